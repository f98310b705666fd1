"""What is due when a case moves: papers and grants, once, and not while a difference is open."""

import inspect
import typing
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, Protocol

from zhouqiao.base import Money, decode, encode, to_plain
from zhouqiao.flow import case as cases
from zhouqiao.flow import evidence, ledger
from zhouqiao.flow.case import ShapeSpec
from zhouqiao.flow.case.facts import StepTaken
from zhouqiao.flow.outcome import repository
from zhouqiao.flow.outcome.declare import Affair, OutcomeSpec
from zhouqiao.flow.outcome.errors import NoRate
from zhouqiao.flow.outcome.facts import GrantHeld, GrantId, GrantMade, PaperHeld
from zhouqiao.flow.outcome.model import DIFFERENCE, Due, Granted, Held, State, day_of
from zhouqiao.flow.outcome.repository import Paper
from zhouqiao.platform import document
from zhouqiao.platform.document import Draft, PaperShape, SeenBy
from zhouqiao.platform.document.declare import HandSignature
from zhouqiao.platform.document.form import Kind, check_form
from zhouqiao.store import Desk, Told, answering

Owed = Sequence[tuple[Desk, Due]]


class RateRow(Protocol):
    """A dated row of a table: its name, what it rests on, what then holds.

    `assumed`: nobody verified it, and whoever shows the amount must say so.
    """

    id: str
    basis: str
    assumed: bool
    then: dict[str, Any]


class RateTable(Protocol):
    """What a table of rates must answer: the rows whose tests pass on a day, in order."""

    def applying(self, inputs: Any, day: date) -> Sequence[RateRow]:
        """Return the rows that apply."""
        ...


def due_for(desk: Desk, told: Sequence[Told[StepTaken]]) -> list[tuple[Desk, Due]]:
    """Return what the moves of cases call for, each with the desk that answers its fact."""
    return [(answering(desk, one.envelope), due) for one in told for due in _due(desk, one)]


def _due(desk: Desk, one: Told[StepTaken]) -> Iterator[Due]:
    fact, envelope = one.fact, one.envelope
    shape = cases.shape_of(desk, fact.shape)
    for spec in shape.section("outcome", OutcomeSpec):
        if spec.way == "rating" or not spec.on.hit(state=fact.end, step=fact.step):
            continue
        record, shown = _record(desk, one, spec)
        yield Due(
            spec=spec, pack=fact.pack, case=fact.case, scope=envelope.scope,
            person=envelope.person, form=shown or f"{fact.case}/{fact.step}", evidence=shown,
            record=record, hands=fact.hands, happened_at=envelope.happened_at,
        )  # fmt: skip


def _record(
    desk: Desk, one: Told[StepTaken], spec: OutcomeSpec
) -> tuple[dict[str, Any], str | None]:
    """Return the record the outcome reads: of this step, an earlier one, or the beginning."""
    fact = one.fact
    shape = cases.shape_of(desk, fact.shape)
    forms = {step.name: step.form for step in shape.steps}
    if fact.record is not None and forms.get(fact.step) == spec.of:
        return fact.record, fact.evidence
    for shown in reversed(evidence.of_case(desk, fact.case)):
        if forms.get(shown.step) == spec.of:
            return shown.record, shown.id
    return cases.get(desk, fact.case).record, None


def foresee(desk: Desk, shown: evidence.Shown) -> None:
    """Refuse evidence just shown whose papers could never be issued. Writes nothing.

    Called in the same transaction, so that nobody is told "done" of what cannot be completed.
    Raises `FormFaults`, `SignatureFault`.
    """
    if shown.status != "done" or not shown.fresh:
        return
    one = evidence.get(desk, shown.evidence)
    case = cases.get(desk, one.case)
    shape = cases.shape_of(desk, case.shape)
    for spec, paper in _papers_of(desk, shape, one.step):
        due = Due(
            spec=spec, pack=case.pack, case=case.id, scope=case.scope, person=case.person,
            form=one.id, evidence=one.id, record=one.record, hands=(),
            happened_at=one.happened_at,
        )  # fmt: skip
        document.rehearse(desk, paper, _draft(desk, due, case, paper))


def signers(desk: Desk, shape: ShapeSpec, step: str) -> tuple[str, ...]:
    """Return the roles whose hand the papers of a step need, in the order printed."""
    named = (role for _, paper in _papers_of(desk, shape, step) for role in paper.signers)
    return tuple(dict.fromkeys(named))


def covers(desk: Desk, shape: ShapeSpec, step: str) -> tuple[str, ...]:
    """Return the fields of a step's record that hands under it sign for, as its paper declares.

    Where no paper wants a hand: all but files, which one hand may add without the other.
    """
    form = shape.step(step).form
    fields = () if form is None else shape.forms[form].fields
    for _, paper in _papers_of(desk, shape, step):
        if paper.signers:
            return tuple(one.name for one in fields if one.name in paper.signed_for)
    return tuple(one.name for one in fields if one.kind is not Kind.FILE)


def hands_for(desk: Desk, case: cases.Case, step: str, record: dict[str, Any]) -> dict[str, str]:
    """Return what each hand the papers of a step need must cover: a digest by role.

    Raises `FormFaults` where the record makes no such paper.
    """
    shape, wanted = cases.shape_of(desk, case.shape), dict[str, str]()
    for spec, paper in _papers_of(desk, shape, step):
        due = Due(
            spec=spec, pack=case.pack, case=case.id, scope=case.scope, person=case.person,
            form=step, evidence=None, hands=(), happened_at=desk.now(),
            record=check_form(shape.forms[str(spec.of)], record),
        )  # fmt: skip
        covers = paper.covered(check_form(paper.form, _draft(desk, due, case, paper).data))
        wanted |= dict.fromkeys(paper.signers, covers)
    return wanted


def _papers_of(desk: Desk, shape: ShapeSpec, step: str) -> Iterator[tuple[OutcomeSpec, PaperShape]]:
    """Yield the papers made, as a step is taken, from the very record it shows."""
    taken = shape.step(step)
    for spec in shape.section("outcome", OutcomeSpec):
        hit = spec.way == "paper" and spec.on.hit(state=taken.end, step=step)
        if hit and spec.of == taken.form:
            yield spec, _paper_shape(desk, shape.pack, spec.name)


def fulfil(desk: Desk, owed: Owed) -> None:
    """Issue and grant what is due; hold back what belongs to a case with an open difference."""
    if not owed:
        return
    names = sorted({due.case for _, due in owed})
    stuck = {gap.case for gap in ledger.open_differences(desk, *names)}
    _hold(desk, [one for one in owed if one[1].case in stuck])
    free = [one for one in owed if one[1].case not in stuck]
    _issue(desk, [one for one in free if one[1].spec.way == "paper"])
    _grant(desk, [one for one in free if one[1].spec.way == "grant"])


def release(desk: Desk, case: str, *, drop: bool = False) -> None:
    """Make good what waited in a case once its last difference is cleared; `drop`: it is void."""
    waiting = repository.held(desk, [case])
    if not waiting or ledger.open_differences(desk, case):
        return
    repository.end_hold(desk, [case])
    if not drop:
        fulfil(desk, [(desk, one.due) for one in waiting])


def _hold(desk: Desk, owed: Owed) -> None:
    if not owed:
        return
    now = desk.now()
    fresh = repository.hold(desk, [Held(due=due, why=DIFFERENCE, held_at=now) for _, due in owed])
    for answer, due in owed:
        if (due.case, due.spec.way, due.spec.name, due.form) in fresh:
            kind = GrantHeld if due.spec.way == "grant" else PaperHeld
            fact = kind(case=due.case, name=due.spec.name, form=due.form, why=DIFFERENCE)
            answer.tell(fact, about=due.case, scope=due.scope, person=due.person)


def _issue(desk: Desk, owed: Owed) -> None:
    if not owed:
        return
    names = sorted({due.case for _, due in owed})
    has = repository.papers(desk, names)
    known = {(one.case, one.name, one.form) for one in has}
    affairs = {case.id: case for case in cases.get_many(desk, names)}
    for answer, due in owed:
        if (due.case, due.spec.name, due.form) not in known:
            has.append(_one_paper(answer, due, affairs[cases.CaseId(due.case)], has))


def _one_paper(desk: Desk, due: Due, case: cases.Case, has: Sequence[Paper]) -> Paper:
    shape = _paper_shape(desk, due.pack, due.spec.name)
    wanted = {quote.paper for quote in shape.must_quote}
    quotes = [one.paper for one in has if one.case == due.case and one.kind in wanted]
    draft = _draft(desk, due, case, shape, tuple(quotes))
    seen = SeenBy(scope=due.scope, person=due.person, unit=case.unit)
    issued = document.issue(desk, shape, draft, seen, about=due.case)
    repository.add_paper(desk, due, issued)
    return Paper(
        case=due.case, name=due.spec.name, form=due.form, paper=issued.id, kind=shape.kind,
        number=issued.number, issued_at=issued.issued_at,
    )  # fmt: skip


def _draft(
    desk: Desk, due: Due, case: cases.Case, shape: PaperShape, quotes: tuple[str, ...] = ()
) -> Draft:
    more = (_affair(due, case),) if due.spec.whole else ()
    data = to_plain(cases.apply_rule(desk, due.spec.made, due.record, *more))
    body, hands = due.scope.partition("/")[0], _hands(desk, due, shape)
    return Draft(data=data, body=body, quotes=quotes, hands=hands)


def _paper_shape(desk: Desk, pack: str, name: str) -> PaperShape:
    """Return the frozen declaration of a paper; the loader pins it as `<pack>.paper.<name>`."""
    shape: PaperShape = desk.pinned.function(f"{pack}.paper.{name}")()
    return shape


def _affair(due: Due, case: cases.Case) -> Affair:
    return Affair(
        case=case.id, code=case.code, scope=case.scope, person=case.person, unit=case.unit,
        hands=due.hands, opened_at=case.opened_at, happened_at=due.happened_at, point=case.point,
        began=case.record,
    )  # fmt: skip


def _hands(desk: Desk, due: Due, shape: PaperShape) -> tuple[HandSignature, ...]:
    """Return the hand signatures the paper asks for, on whichever device each was made."""
    if not shape.signers or due.evidence is None:
        return ()
    told = evidence.of_case(desk, due.case)
    last = next(one for one in told if one.id == due.evidence)
    signed = {
        str(hand["role"]): hand
        for one in told
        if one.is_about(last)
        for hand in one.signatures
        if hand.get("role") in shape.signers
    }
    return decode(encode(list(signed.values())), tuple[HandSignature, ...])


def _grant(desk: Desk, owed: Owed) -> None:
    counted = [(answer, due, _count(answer, due)) for answer, due in owed]
    made = [(answer, due, one) for answer, due, one in counted if one is not None]
    fresh = repository.add_grants(desk, [one for _, _, one in made])
    for answer, due, one in made:
        if one.id in fresh:
            fact = GrantMade(
                grant=one.id, case=one.case, fund=one.fund, amount=one.amount, form=one.form,
                rule=one.rule, row=one.row, inputs=one.inputs,
            )  # fmt: skip
            answer.tell(fact, about=one.case, scope=one.scope, person=one.person,
                        happened_at=due.happened_at)  # fmt: skip


def _count(desk: Desk, due: Due) -> Granted | None:
    """Count a grant by the rates of its day; None where it comes to nothing."""
    spec, row = due.spec, None
    inputs: dict[str, Any] = {"record": due.record}
    more: tuple[Any, ...] = ()
    if spec.rates is not None:
        found = _rates(desk, due)
        row, more = found.id, (_as_rates(desk, spec.made, found.then),)
        inputs |= {"rates": found.then, "basis": found.basis, "assumed": found.assumed}
    amount: Money = cases.apply_rule(desk, spec.made, due.record, *more)
    if amount.yuan <= 0:
        return None
    return Granted(
        id=desk.ids.new(GrantId), scope=due.scope, person=due.person, case=due.case,
        pack=due.pack, fund=spec.name, form=due.form, state=State.GRANTED, amount=amount,
        rule=spec.made, row=row, inputs=inputs, granted_at=desk.now(),
    )  # fmt: skip


def _rates(desk: Desk, due: Due) -> RateRow:
    """Return the row that holds; the loader pins the table as `<pack>.table.<name>`."""
    table: RateTable = desk.pinned.function(f"{due.pack}.table.{due.spec.rates}")()
    day = day_of(due.happened_at)
    rows = table.applying(due.record, day)
    if not rows:
        raise NoRate(f"{due.pack}.{due.spec.rates}", day.isoformat())
    return rows[0]


def _as_rates(desk: Desk, key: str, then: dict[str, Any]) -> Any:
    kind = desk.pinned.value("second parameter", key, lambda _: _second(desk.pinned.function(key)))
    return then if kind is dict else decode(encode(then), kind)


def _second(function: Callable[..., Any]) -> type[Any]:
    name = list(inspect.signature(function).parameters)[1]
    kind: type[Any] = typing.get_type_hints(function)[name]
    return typing.get_origin(kind) or kind
