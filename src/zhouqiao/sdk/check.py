"""Everything wrong with a pack, in words that say how to mend it, before anything starts."""

import dataclasses
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from zhouqiao.base import Refusal
from zhouqiao.flow.case.declare import PLATFORM, Clock, Procedure, Step
from zhouqiao.platform.document.declare import Record
from zhouqiao.platform.rule import clock_of
from zhouqiao.sdk.load import functions_of
from zhouqiao.sdk.pack import Held, Pack


class PackUnsound(Exception):
    """Start-up is refused: `findings` says what to mend."""

    def __init__(self, pack: str, findings: list[str]) -> None:
        super().__init__(f"{pack}: " + "; ".join(findings))
        self.findings = findings


def check(pack: Pack) -> list[str]:
    """Return every finding; an empty list is a sound pack."""
    return [
        *_names(pack),
        *_roles(pack),
        *_matters(pack),
        *(f for procedure in pack.procedures for f in _procedure(pack, procedure)),
        *_functions(pack),
        *_parts(pack),
    ]


def _names(pack: Pack) -> Iterator[str]:
    names = [pack.name, *(one.name for one in pack.procedures)]
    for name in names:
        if not name.isidentifier() or name != name.lower():
            yield f"{name!r} is not a plain lower-case name; write it like 'marine_waste'"
    for name, times in Counter(names[1:]).items():
        if times > 1:
            yield f"procedure {name!r} is declared {times} times; give each its own name"


def _roles(pack: Pack) -> Iterator[str]:
    used = {role for procedure in pack.procedures for role in _used(procedure)}
    held = {role.value for role in pack.roles}
    for role in sorted(used - held - {PLATFORM}):
        yield f"nobody holds the role {role!r}; say in `roles` how it is held"
    for role, how in pack.roles.items():
        if role.value == PLATFORM and how is not Held.PLATFORM:
            yield f"the role {role.value!r} belongs to the platform; hold it by Held.PLATFORM"
        if role.value not in used and role.value != PLATFORM:
            yield f"the role {role.value!r} takes no step; leave it out or give it one"


def _used(procedure: Procedure[Any, Any]) -> Iterator[str]:
    yield procedure.opens.value
    for step in procedure.steps:
        for chair in step.party.chairs:
            yield chair.role.value
    if procedure.remedy is not None:
        yield procedure.remedy.by.value
        yield procedure.remedy.decides.value


def _matters(pack: Pack) -> Iterator[str]:
    known = {matter.name for matter in pack.matters}
    for procedure in pack.procedures:
        if procedure.matter not in known:
            yield (
                f"{procedure.name}: no matter {procedure.matter!r} is declared; nothing may be done "
                "without one"
            )
    for matter in pack.matters:
        if not matter.basis:
            yield f"matter {matter.name!r} rests on no law; name its basis"


def _procedure(pack: Pack, procedure: Procedure[Any, Any]) -> Iterator[str]:
    yield from _states(procedure)
    yield from _duplicates(procedure)
    for step in procedure.steps:
        yield from _step(procedure, step)
    for clock in procedure.clocks:
        yield from _clock(procedure, clock)
    yield from _remedy(procedure)
    yield from _record(procedure.name, procedure.begins)


def _states(procedure: Procedure[Any, Any]) -> Iterator[str]:
    reached = _reached(procedure)
    for state in procedure.states:
        if state not in reached:
            yield f"{procedure.name}: nothing leads to {state.value!r}; add a step or drop the state"
        if state in reached and not _ends(procedure, state):
            yield f"{procedure.name}: no way leads from {state.value!r} to an end; add one"
        if _may_lie(procedure, state):
            yield (
                f"{procedure.name}: a case can lie in {state.value!r} for ever; give one of its "
                "steps a `within`, or set a clock over it"
            )


def _reached(procedure: Procedure[Any, Any]) -> set[StrEnum]:
    return _closure(procedure.initial, {(s.start, s.end) for s in procedure.steps})


def _ends(procedure: Procedure[Any, Any], state: StrEnum) -> bool:
    onward = _closure(state, {(s.start, s.end) for s in procedure.steps})
    return any(final in onward for final in procedure.finals)


def _closure(start: StrEnum, edges: set[tuple[StrEnum, StrEnum]]) -> set[StrEnum]:
    seen, todo = {start}, [start]
    while todo:
        at = todo.pop()
        fresh = {end for begin, end in edges if begin == at} - seen
        seen |= fresh
        todo += fresh
    return seen


def _may_lie(procedure: Procedure[Any, Any], state: StrEnum) -> bool:
    leaves = [step for step in procedure.steps if step.start == state]
    watched = any(step.within for step in leaves) or any(
        clock.since == state or _covers(procedure, clock, state) for clock in procedure.clocks
    )
    return bool(leaves) and any(step.party.chairs for step in leaves) and not watched


def _covers(procedure: Procedure[Any, Any], clock: Clock[Any], state: StrEnum) -> bool:
    edges = {(s.start, s.end) for s in procedure.steps if s.end not in clock.until}
    return state not in clock.pauses and state in _closure(clock.since, edges)


def _duplicates(procedure: Procedure[Any, Any]) -> Iterator[str]:
    for name, times in Counter(step.name for step in procedure.steps).items():
        if times > 1:
            yield f"{procedure.name}: the step {name!r} stands {times} times; one step, one row"
    for name, times in Counter(clock.name for clock in procedure.clocks).items():
        if times > 1:
            yield f"{procedure.name}: the clock {name!r} stands {times} times; name each"


def _step(procedure: Procedure[Any, Any], step: Step[Any, Any]) -> Iterator[str]:
    where = f"{procedure.name}: step {step.name!r}"
    if step.start == step.end:
        yield f"{where} leads nowhere; a case that stays where it is takes no step"
    if step.lapses and step.within is None:
        yield f"{where} lapses but has no `within`; say after how long"
    for chair in step.party.chairs:
        if chair.count < 1:
            yield f"{where} asks for {chair.count} of {chair.role.value!r}; ask for at least one"
    if step.party.one_device and step.shows is None:
        yield f"{where} is signed on one device but shows nothing; say what is signed"
    if step.within is not None:
        yield from _term(where, step.within)
    if step.shows is not None:
        yield from _record(where, step.shows)
    reached = _closure_back(procedure, step.start)
    for state in step.other_than:
        if state not in reached:
            yield f"{where}: nobody has come through {state.value!r} before it; mend `other_than`"


def _closure_back(procedure: Procedure[Any, Any], state: StrEnum) -> set[StrEnum]:
    return _closure(state, {(s.end, s.start) for s in procedure.steps})


def _clock(procedure: Procedure[Any, Any], clock: Clock[Any]) -> Iterator[str]:
    where = f"{procedure.name}: clock {clock.name!r}"
    yield from _term(where, clock.within)
    edges = {(s.start, s.end) for s in procedure.steps}
    onward = _closure(clock.since, edges)
    if not any(state in onward for state in clock.until):
        yield f"{where} can never stop; name in `until` a state that comes after {clock.since.value!r}"
    try:
        term = clock_of(clock.within)
    except Refusal:
        return
    for state in clock.pauses:
        if not term.stops_for(state.value):
            yield (
                f"{where} stands still in {state.value!r}, which no rule allows; name the rule in "
                "its Statute, or let it run"
            )


def _term(where: str, within: Any) -> Iterator[str]:
    try:
        clock_of(within)
    except Refusal as refusal:
        yield f"{where}: {refusal}; name a clock of the register (`zhouqiao deadline --list`)"


def _remedy(procedure: Procedure[Any, Any]) -> Iterator[str]:
    remedy = procedure.remedy
    if remedy is None:
        return
    if remedy.by == remedy.decides:
        yield f"{procedure.name}: whoever appeals may not decide on it; name another role"
    if remedy.within is not None:
        yield from _term(f"{procedure.name}: remedy", remedy.within)


def _record(where: str, record: type) -> Iterator[str]:
    if not (isinstance(record, type) and issubclass(record, Record)):
        yield f"{where}: {record!r} is no record; write @record above it"


def _functions(pack: Pack) -> Iterator[str]:
    for key, function in functions_of(pack):
        if not key:
            name = getattr(function, "__name__", repr(function))
            yield f"the function {name!r} has no name and version; write @rule(name, version) above it"
    seen: dict[str, Any] = {}
    for key, function in functions_of(pack):
        if key and seen.setdefault(key, function) is not function:
            yield f"two functions are called {key!r}; raise the version of the newer one"


def _parts(pack: Pack) -> Iterator[str]:
    names = {procedure.name: procedure for procedure in pack.procedures}
    for part in pack.parts:
        kind = type(part).__name__
        if not dataclasses.is_dataclass(part):
            yield f"{kind} is no declaration of the sdk"
            continue
        procedure = names.get(part.procedure)
        if procedure is None:
            yield f"{kind} hangs on {part.procedure!r}, which this pack does not declare"
            continue
        shown = {procedure.begins, *(step.shows for step in procedure.steps)}
        for record in part.records():
            if record not in shown:
                yield f"{kind} reads {record.__name__}, which no step of {procedure.name!r} shows"
        faults = getattr(part, "faults", None)
        if faults is not None:
            yield from faults()



