"""Faults of what hangs on procedures: dispatch, postings, papers, grants, figures, warnings."""

from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import msgspec

from zhouqiao.base import Money
from zhouqiao.flow.case.declare import Entering, Extend, Intake, Part, Procedure, Taking
from zhouqiao.flow.dispatch.declare import Dispatch
from zhouqiao.flow.indicator.declare import Tally, Total, Typical
from zhouqiao.flow.outcome.declare import Grant, Issues
from zhouqiao.flow.warning.declare import WarnAbove, WarnLate
from zhouqiao.sdk.check import extension, table
from zhouqiao.sdk.check.extension import clocks_of
from zhouqiao.sdk.check.signature import asks, makes, reads
from zhouqiao.sdk.pack import Pack

Any_ = Procedure[Any, Any]
WAYS = {"sea", "land"}


def findings(pack: Pack) -> Iterator[str]:
    """Yield what is wrong with the parts of a pack."""
    yield from _twins(pack)
    known = {procedure.name: procedure for procedure in pack.procedures}
    for part in pack.parts:
        kind = type(part).__name__
        if part.procedure not in known:
            yield f"{kind} hangs on {part.procedure!r}, which this pack does not declare"
        else:
            yield from _part(pack, known[part.procedure], part)


def _twins(pack: Pack) -> Iterator[str]:
    figures = Counter(part.name for part in pack.parts if isinstance(part, Typical | Total | Tally))
    for name, times in figures.items():
        if times > 1:
            yield f"{times} indicators are called {name!r}; give each its own name"
    papers = {(part.paper.name, part.paper) for part in pack.all(Issues)}
    for name, times in Counter(name for name, _ in papers).items():
        if times > 1:
            yield f"{times} papers are called {name!r}; give each its own name"


def _part(pack: Pack, procedure: Any_, part: Part) -> Iterator[str]:
    yield from _moments(procedure, part)
    yield from _reading(procedure, part)
    faults = getattr(part, "faults", None)
    yield from faults() if faults is not None else ()
    match part:
        case Dispatch():
            yield from _dispatch(procedure, part)
        case Total():
            yield from _total(part)
        case Issues():
            yield from _paper(pack, part)
            yield from _signing(procedure, part)
        case Grant():
            yield from _grant(pack, part)
        case WarnAbove() | WarnLate():
            yield from _warning(pack, procedure, part)
        case Intake():
            yield from _intake(procedure, part)
        case Extend():
            yield from extension.findings(pack, procedure, part)


def _moments(procedure: Any_, part: Part) -> Iterator[str]:
    kind, steps = type(part).__name__, {step.name for step in procedure.steps}
    states = {*procedure.states.__members__.values()}
    for field in ("on", "since", "until", "by"):
        moment = getattr(part, field, None)
        if not isinstance(moment, Entering | Taking):
            continue
        if moment.procedure != procedure.name:
            yield f"{kind} hangs on {procedure.name!r} and {moment.procedure!r}; use one of them"
        elif isinstance(moment, Entering) and moment.state not in states:
            yield f"{kind}: {moment.state.value!r} is no state of {procedure.name!r}; use its own"
        elif isinstance(moment, Taking) and moment.step not in steps:
            yield f"{kind}: {procedure.name!r} has no step {moment.step!r}; name one it has"


def _reading(procedure: Any_, part: Part) -> Iterator[str]:
    kind = type(part).__name__
    try:
        records = part.records()
    except TypeError as wrong:
        yield f"{kind}: {wrong}; annotate its first parameter with the record"
        return
    shown = {procedure.begins, *(step.shows for step in procedure.steps)}
    for record in records:
        if record not in shown:
            yield f"{kind} reads {record.__name__}, which no step of {procedure.name!r} shows"
        elif not _at_hand(procedure, getattr(part, "on", None), record):
            yield (
                f"{kind} reads {record.__name__} at a moment when something else is shown; hang it "
                "on the step that shows it"
            )


def _at_hand(procedure: Any_, moment: object, record: type[msgspec.Struct]) -> bool:
    """Say whether a record lies on the table at a moment, whichever way the case came there."""
    if isinstance(moment, Taking):
        return moment.shows is record
    if not isinstance(moment, Entering):
        return True
    came = [step.shows for step in procedure.steps if step.end == moment.state]
    began = [procedure.begins] if moment.state == procedure.initial else []
    return all(one is record for one in (*came, *began))


def _dispatch(procedure: Any_, part: Dispatch) -> Iterator[str]:
    step = next((one for one in procedure.steps if one.name == part.by.step), None)
    if step is not None and step.party.chairs:
        yield f"Dispatch sends by {step.name!r}, which is not the platform's; leave its `by` out"
    if step is not None and step.start != part.on.state:
        yield f"Dispatch sends by {step.name!r}, which does not begin where it looks; mend `on`"
    if part.travel not in WAYS:
        yield f"Dispatch travels over {part.travel!r}; write 'sea' or 'land'"
    if reads(part.errand) is not procedure.begins:
        yield (
            f"Dispatch: its errand must read {procedure.begins.__name__}; annotate its parameter so"
        )


def _total(part: Total) -> Iterator[str]:
    if reads(part.value) is not part.of:
        yield (
            f"Total {part.name!r} counts {part.of.__name__}, its rule reads another; "
            "make them agree"
        )
    if makes(part.value) is not part.unit_of:
        yield f"Total {part.name!r} is told in {part.unit}, its rule makes another; make them agree"
    fields = {"scope", *getattr(part.of, "__struct_fields__", ())}
    for name in part.per:
        if name not in fields:
            yield f"Total {part.name!r}: {part.of.__name__} has no field {name!r}; mend `per`"


def _paper(pack: Pack, part: Issues) -> Iterator[str]:
    paper = part.paper
    yield from paper.faults()
    if not files(pack.home).joinpath("templates", paper.template).is_file():
        yield f"paper {paper.name!r}: no file templates/{paper.template}; write it or name another"
    if makes(part.data) is not paper.says:
        yield (
            f"paper {paper.name!r} says {paper.says.__name__}, its rule makes another; "
            "let them agree"
        )
    own = {f"{pack.name}.{one.paper.name}" for one in pack.all(Issues)}
    for quote in paper.must_quote:
        if quote.paper.startswith(f"{pack.name}.") and quote.paper not in own:
            yield f"paper {paper.name!r} quotes {quote.paper!r}, which is never issued; mend it"


def _signing(procedure: Any_, part: Issues) -> Iterator[str]:
    """Yield the steps at which a hand the paper needs cannot be given."""
    paper = part.paper
    for step in procedure.steps if paper.signers else ():
        if not part.on.on.hit(state=step.end.value, step=step.name):
            continue
        if step.shows is not reads(part.data):
            yield (
                f"paper {paper.name!r} is signed by hand, but {step.name} does not show what it "
                "is made from; issue it where that is shown"
            )
        for role in {*paper.signers} - {chair.role.value for chair in step.party.chairs}:
            yield (
                f"paper {paper.name!r} needs the hand of {role!r}, who does not take "
                f"{step.name}; let them, or take them out of `signers`"
            )


def _grant(pack: Pack, part: Grant) -> Iterator[str]:
    where, wants = f"Grant from {part.fund!r}", 1 if part.rates is None else 2
    if asks(part.amount) != wants:
        yield (
            f"{where}: its amount takes {asks(part.amount)} values, not {wants}; mend it or `rates`"
        )
        return
    if reads(part.amount) is not part.of or makes(part.amount) is not Money:
        yield f"{where}: its amount must read {part.of.__name__} and make Money; annotate it so"
    if part.rates is not None:
        yield from table.findings(pack, part.rates, part.amount, where)


def _warning(pack: Pack, procedure: Any_, part: WarnAbove[Any] | WarnLate[Any]) -> Iterator[str]:
    kind = type(part).__name__
    if isinstance(part, WarnAbove) and part.indicator not in pack.parts:
        yield f"{kind} watches {part.indicator.name!r}, which the pack does not publish; add it"
    if isinstance(part, WarnLate) and part.clock not in clocks_of(procedure):
        yield f"{kind} waits for the clock {part.clock!r}, which {procedure.name!r} does not have"
    if part.opens is None:
        return
    if part.opens not in {one.name for one in pack.procedures}:
        yield f"{kind} opens {part.opens!r}, which this pack does not declare; name a procedure"
    elif not any(
        (one.kind, one.opens) == (f"{pack.name}.{part.opens}", part.opens)
        for one in pack.all(Intake)
    ):
        yield f"{kind} opens {part.opens!r}, but nothing takes it up; add an Intake of that kind"


def _intake(procedure: Any_, part: Intake[Any]) -> Iterator[str]:
    if makes(part.record) is not procedure.begins:
        yield (
            f"Intake of {part.kind!r}: its rule must make {procedure.begins.__name__}, with which "
            f"{procedure.name!r} begins; annotate it so"
        )
