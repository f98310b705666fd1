"""Faults of one procedure: states, steps, clocks, remedy, records."""

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from zhouqiao.base import Refusal
from zhouqiao.flow.case import APPEAL
from zhouqiao.flow.case.declare import Chair, Clock, Dated, Procedure, Remedy, Step, Time, bare
from zhouqiao.flow.dispatch.declare import Dispatch
from zhouqiao.platform.document.declare import Record
from zhouqiao.platform.document.form import form_of
from zhouqiao.platform.rule import clock_of
from zhouqiao.sdk.check import dates, guards
from zhouqiao.sdk.check.signature import reads
from zhouqiao.sdk.check.ways import closure, edges_of, under
from zhouqiao.sdk.pack import Held, Pack


def findings(pack: Pack, procedure: Procedure[Any, Any]) -> Iterator[str]:
    """Yield what is wrong with one procedure."""
    if not procedure.steps:
        yield f"{procedure.name} has no step; a case must be able to end"
        return
    yield from _states(procedure)
    yield from _duplicates(procedure)
    for step in procedure.steps:
        yield from _step(procedure, step)
        yield from _who(pack, procedure, step)
    for clock in procedure.clocks:
        yield from _clock(procedure, clock)
    yield from _remedy(procedure)
    yield from _records(procedure)
    yield from _headline(procedure)
    yield from guards.findings(pack, procedure)
    yield from dates.findings(procedure)


def _states(procedure: Procedure[Any, Any]) -> Iterator[str]:
    name, edges = procedure.name, edges_of(procedure)
    known, reached = {*procedure.states.__members__.values()}, closure(procedure.initial, edges)
    for state in sorted({end for edge in edges for end in edge} - known):
        yield f"{name}: {state.value!r} is no state of {procedure.states.__name__}; use its own"
    for state in procedure.states:
        if state not in reached:
            yield f"{name}: nothing leads to {state.value!r}; add a step or drop the state"
        elif not closure(state, edges) & set(procedure.finals):
            yield f"{name}: no way leads from {state.value!r} to an end; add one"
        if _may_lie(procedure, state):
            yield (
                f"{name}: a case can lie in {state.value!r} for ever; give one of its steps a "
                "`within`, or set a clock over it"
            )
    if procedure.reopens is not None and procedure.reopens in procedure.finals:
        yield (
            f"{name}: a case reopened into {procedure.reopens.value!r} is over at once; "
            "name another"
        )


def _may_lie(procedure: Procedure[Any, Any], state: StrEnum) -> bool:
    leaves = [step for step in procedure.steps if step.start == state]
    watched = any(step.within for step in leaves) or any(
        state not in clock.pauses and state in under(procedure, clock) - {*clock.until}
        for clock in procedure.clocks
    )
    return bool(leaves) and not watched


def _duplicates(procedure: Procedure[Any, Any]) -> Iterator[str]:
    steps = Counter(step.name for step in procedure.steps)
    for name, times in steps.items():
        if times > 1:
            yield f"{procedure.name}: the step {name!r} stands {times} times; one step, one row"
    for name, times in Counter(clock.name for clock in procedure.clocks).items():
        if times > 1 or name in steps or name == APPEAL:
            yield f"{procedure.name}: the clock {name!r} is not the only one so called; name each"


def _step(procedure: Procedure[Any, Any], step: Step[Any, Any]) -> Iterator[str]:
    where = _where(procedure, step)
    if step.start == step.end:
        yield f"{where} leads nowhere; a case that stays where it is takes no step"
    if step.lapses and step.within is None:
        yield f"{where} lapses but has no `within`; say after how long"
    if step.party.one_device and step.shows is None:
        yield f"{where} is signed on one device but shows nothing; say what is signed"
    if step.within is not None:
        yield from _term(where, step.within)
    behind = closure(step.start, {(end, start) for start, end in edges_of(procedure)})
    for state in step.other_than:
        if state not in behind:
            yield f"{where}: nobody has come through {state.value!r} before it; mend `other_than`"


def _who(pack: Pack, procedure: Procedure[Any, Any], step: Step[Any, Any]) -> Iterator[str]:
    where = _where(procedure, step)
    for chair in step.party.chairs:
        yield from _chair(pack, procedure, step, chair)
    for role, times in Counter(chair.role.value for chair in step.party.chairs).items():
        if times > 1:
            yield f"{where} names {role!r} {times} times; write two({role!r}) for two persons"
    if not step.party.chairs and not step.lapses and not _sent(pack, procedure, step):
        yield f"{where} is nobody's; give it a role, let it lapse, or let a Dispatch take it"


def _chair(
    pack: Pack, procedure: Procedure[Any, Any], step: Step[Any, Any], chair: Chair[Any]
) -> Iterator[str]:
    where, held = _where(procedure, step), {role.value: how for role, how in pack.roles.items()}
    role, how = chair.role.value, held.get(chair.role.value)
    if chair.count < 1:
        yield f"{where} asks for {chair.count} of {role!r}; ask for at least one"
    if chair.count > 1 and how is Held.PERSON:
        yield f"{where} asks for {chair.count} of {role!r}, who is one person; ask for one"
    if chair.certificate and how in {Held.PERSON, Held.PLATFORM}:
        yield f"{where} asks {role!r} for a certificate; only who holds a post has one"
    if how is Held.PERSON and _only_by(procedure, role, step.other_than):
        yield f"{where} asks {role!r} to be another than itself; mend `other_than`"


def _only_by(procedure: Procedure[Any, Any], role: str, states: tuple[StrEnum, ...]) -> bool:
    into = [step for step in procedure.steps if step.end in states]
    return bool(into) and all(
        role in {chair.role.value for chair in step.party.chairs} for step in into
    )


def _sent(pack: Pack, procedure: Procedure[Any, Any], step: Step[Any, Any]) -> bool:
    return any(
        (one.by.procedure, one.by.step) == (procedure.name, step.name) for one in pack.all(Dispatch)
    )


def _where(procedure: Procedure[Any, Any], step: Step[Any, Any]) -> str:
    return f"{procedure.name}: step {step.name!r}"


def _clock(procedure: Procedure[Any, Any], clock: Clock[Any]) -> Iterator[str]:
    where = f"{procedure.name}: clock {clock.name!r}"
    yield from _term(where, clock.within)
    onward = closure(clock.since, edges_of(procedure))
    if not any(state in onward for state in clock.until):
        yield (
            f"{where} can never stop; "
            f"name in `until` a state that comes after {clock.since.value!r}"
        )
    if clock.lapses is not None and clock.lapses not in {*clock.until, *procedure.finals}:
        yield f"{where} moves the case to {clock.lapses.value!r} and runs on; add that to `until`"
    try:
        term = clock_of(bare(clock.within))
    except Refusal:
        return
    for state in clock.pauses:
        if not term.stops_for(state.value):
            yield (
                f"{where} stands still in {state.value!r}, which no rule allows; name the rule in "
                "its Statute, or let it run"
            )


def _term(where: str, time: Time) -> Iterator[str]:
    try:
        term = clock_of(bare(time))
    except Refusal as refusal:
        yield f"{where}: {refusal}; name a clock of the register (`zhouqiao deadline --list`)"
        return
    if term.backward and not isinstance(time, Dated):
        yield f"{where} is counted back from a day; say from which: Dated({term.name!r}, …)"


def _remedy(procedure: Procedure[Any, Any]) -> Iterator[str]:
    remedy = procedure.remedy
    if remedy is None:
        return
    where = f"{procedure.name}: remedy"
    if remedy.by == remedy.decides:
        yield f"{procedure.name}: whoever appeals may not decide on it; name another role"
    if remedy.back in procedure.finals:
        yield f"{where} brings the case back to {remedy.back.value!r}, where it ends; name another"
    if remedy.within is None or (remedy.holds and remedy.decided_within is None):
        yield (
            f"{where} sets no time to appeal, or none to decide; name `within` and `decided_within`"
        )
    if remedy.stays and remedy.holds:
        yield f"{where} holds the whole case, so `stays` says nothing; leave one of them out"
    yield from _remedy_times(where, remedy)
    reached = closure(procedure.initial, edges_of(procedure))
    for state in sorted({*remedy.after, *remedy.stays, remedy.since or remedy.back} - reached):
        yield f"{where} names {state.value!r}, into which no case comes; mend it"


def _remedy_times(where: str, remedy: Remedy[Any, Any]) -> Iterator[str]:
    if remedy.times is not None and remedy.times < 1:
        yield f"{where} may be used {remedy.times} times; say 1 or more, or leave `times` out"
    for within in (remedy.within, remedy.decided_within):
        if within is not None:
            yield from _term(where, within)


def _records(procedure: Procedure[Any, Any]) -> Iterator[str]:
    shown = {procedure.begins: procedure.name}
    for step in procedure.steps:
        if step.shows is not None:
            shown.setdefault(step.shows, _where(procedure, step))
    named: dict[str, type] = {}
    for record, where in shown.items():
        if not issubclass(record, Record):
            yield f"{where}: {record.__name__} is no record; write @record above it"
            continue
        try:
            name = form_of(record).name
        except TypeError as wrong:
            yield f"{where}: {wrong}; mend the field"
            continue
        if named.setdefault(name, record) is not record:
            yield f"{where}: two records are called {name!r}; rename one"


def _headline(procedure: Procedure[Any, Any]) -> Iterator[str]:
    if procedure.headline is not None and reads(procedure.headline) is not procedure.begins:
        yield (
            f"{procedure.name}: its headline must read {procedure.begins.__name__}, with which it "
            "begins; annotate its parameter so"
        )
