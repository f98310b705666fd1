"""Faults of conditions on steps: what they read, and ways that cannot be gone.

Each condition is taken as it stands, true or false of a record: that two of them exclude each
other by what they compute is not decided here. What is decided: every way through the procedure
with every answer they can give, asked again whenever the record they read is shown anew.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import product
from typing import Any, NamedTuple

from zhouqiao.flow.case.declare import Guard, Procedure, Step
from zhouqiao.sdk.check import table
from zhouqiao.sdk.check.signature import asks, makes, reads
from zhouqiao.sdk.check.ways import moves, surely_shown
from zhouqiao.sdk.pack import Pack

Any_ = Procedure[Any, Any]
Answers = frozenset[tuple[str, bool]]


class At(NamedTuple):
    """Where a case may stand: its state, and what each condition says of the records shown."""

    state: StrEnum
    answers: Answers


def findings(pack: Pack, procedure: Any_) -> Iterator[str]:
    """Yield what is wrong with the conditions of one procedure."""
    guarded = [step for step in procedure.steps if step.guards]
    faults = [one for step in guarded for one in _faults(pack, procedure, step)]
    yield from faults
    if guarded and not faults:
        yield from _ways(procedure, guarded)


def _faults(pack: Pack, procedure: Any_, step: Step[Any, Any]) -> Iterator[str]:
    where = f"{procedure.name}: step {step.name!r}"
    if not step.party.chairs:
        yield f"{where} is the platform's and asks for a condition; put it on somebody's step"
    if step.only_if is not None and step.only_if == step.unless:
        yield f"{where} asks for {step.only_if.name!r} and against it; leave one out"
    for guard in step.guards:
        yield from _reading(pack, procedure, step, guard)


def _reading(pack: Pack, procedure: Any_, step: Step[Any, Any], guard: Guard) -> Iterator[str]:
    where, wants = f"{procedure.name}: step {step.name!r}", 1 if guard.rates is None else 2
    takes, record = asks(guard.holds), reads(guard.holds)
    if takes != wants:
        yield f"{where}: its condition takes {takes} values, not {wants}; mend it or `rates`"
        return
    if makes(guard.holds) is not bool:
        yield f"{where}: its condition must answer bool; annotate it so"
    if record not in {step.shows, *surely_shown(procedure)[step.start]}:
        name = getattr(record, "__name__", record)
        yield f"{where}: its condition reads {name}, which need not be shown by then; mend it"
    if guard.rates is not None:
        yield from table.findings(pack, guard.rates, guard.holds, where)


def _ways(procedure: Any_, guarded: Iterable[Step[Any, Any]]) -> Iterator[str]:
    """Yield steps no way leads to, and where no way leads on."""
    guards = {guard.name: guard for step in guarded for guard in step.guards}
    after, taken = _explored(procedure, guards)
    for step in guarded:
        if step.name not in taken:
            yield (
                f"{procedure.name}: step {step.name!r} can never be taken, as its condition is "
                "never so there; mend it"
            )
    dead = _dead(procedure, after)
    stuck = [at for at in dead if not after[at]]
    for at in stuck or dead:
        told = _told(at, procedure if at in stuck else None)
        yield (
            f"{procedure.name}: where {told}, no way leads on from {at.state.value!r} to an end; "
            "add a step for it"
        )


def _explored(procedure: Any_, guards: dict[str, Guard]) -> tuple[dict[At, set[At]], set[str]]:
    """Return what comes after each place a case may come to, and the steps taken on the way."""
    onward, taken = moves(procedure), set[str]()
    after: dict[At, set[At]] = {}
    todo = [At(procedure.initial, one) for one in _answered(frozenset(), procedure.begins, guards)]
    while todo:
        at = todo.pop()
        if at in after:
            continue
        after[at] = set()
        for start, end, step in onward:
            for answers in _answered(at.answers, step.shows if step else None, guards):
                if start == at.state and _passes(step, answers):
                    after[at].add(At(end, answers))
                    taken |= {step.name} if step else set()
        todo += after[at]
    return after, taken


def _answered(known: Answers, record: type | None, guards: dict[str, Guard]) -> list[Answers]:
    """Return what the conditions may say once a record was shown: those that read it, either."""
    anew = [name for name, guard in guards.items() if record and reads(guard.holds) is record]
    kept = {name: said for name, said in known if name not in anew}
    ways = product((True, False), repeat=len(anew))
    return [frozenset((kept | dict(zip(anew, said, strict=True))).items()) for said in ways]


def _passes(step: Step[Any, Any] | None, answers: Answers) -> bool:
    if step is None:
        return True
    only, unless = step.only_if, step.unless
    return (only is None or (only.name, True) in answers) and (
        unless is None or (unless.name, False) in answers
    )


def _dead(procedure: Any_, after: dict[At, set[At]]) -> list[At]:
    """Return where a case may come to, and never to an end."""
    alive = {at for at in after if at.state in procedure.finals}
    grown = -1
    while grown != len(alive):
        grown = len(alive)
        alive |= {at for at, ends in after.items() if ends & alive}
    return sorted(set(after) - alive, key=lambda at: (at.state, sorted(at.answers)))


def _told(at: At, procedure: Any_ | None) -> str:
    """Return what is so there; of a procedure, only what its steps from there ask."""
    steps = () if procedure is None else procedure.steps
    asked = {guard.name for step in steps if step.start == at.state for guard in step.guards}
    said = sorted((name, holds) for name, holds in at.answers if not asked or name in asked)
    return " and ".join(f"{name!r} {'holds' if holds else 'does not hold'}" for name, holds in said)
