"""Faults of a pack as a whole: names, roles, matters, functions."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from zhouqiao.base import Refusal
from zhouqiao.flow.case.declare import PLATFORM, Extend, Intake, Procedure
from zhouqiao.flow.outcome.declare import Rating
from zhouqiao.flow.report.declare import Tell
from zhouqiao.flow.warning.declare import WarnAbove, WarnLate
from zhouqiao.platform.rule import clock_named
from zhouqiao.sdk.load import functions_of
from zhouqiao.sdk.pack import Held, Pack


def findings(pack: Pack) -> Iterator[str]:
    """Yield what is wrong with the pack as a whole."""
    yield from _names(pack)
    yield from _roles(pack)
    yield from _holders(pack)
    yield from _matters(pack)
    yield from _functions(pack)


def _names(pack: Pack) -> Iterator[str]:
    names = [pack.name, *(one.name for one in pack.procedures)]
    for name in names:
        if not name.isidentifier() or name != name.lower():
            yield f"{name!r} is not a plain lower-case name; write it like 'marine_waste'"
    for name, times in Counter(names[1:]).items():
        if times > 1:
            yield f"procedure {name!r} is declared {times} times; give each its own name"


def _roles(pack: Pack) -> Iterator[str]:
    acting = {role for procedure in pack.procedures for role in _used(procedure)}
    acting |= {part.by.value for part in pack.all(Extend)}
    told = {part.tell.value for part in pack.parts if isinstance(part, WarnAbove | WarnLate)}
    told |= {part.by.value for part in pack.all(Rating)}
    told |= {part.whom.value for part in pack.all(Tell)}
    told |= {part.tell.value for part in pack.all(Intake) if part.tell is not None}
    held = {role.value for role in pack.roles}
    for role in sorted((acting | told) - held - {PLATFORM}):
        yield f"nobody holds the role {role!r}; say in `roles` how it is held"
    for role in sorted(held - acting - told - {PLATFORM}):
        yield f"the role {role!r} takes no step; leave it out or give it one"


def _used(procedure: Procedure[Any, Any]) -> Iterator[str]:
    yield procedure.opens.value
    for step in procedure.steps:
        yield from (chair.role.value for chair in step.party.chairs)
    if procedure.remedy is not None:
        yield procedure.remedy.by.value
        yield procedure.remedy.decides.value


def _holders(pack: Pack) -> Iterator[str]:
    held = {role.value: how for role, how in pack.roles.items()}
    for role, how in held.items():
        if (role == PLATFORM) is not (how is Held.PLATFORM):
            yield (
                f"the role {role!r} is held by {how.value!r}; "
                "only 'platform' is, and by nobody else"
            )
    for part in pack.all(Rating):
        if held.get(part.by.value, Held.PERSON) is not Held.PERSON:
            yield (
                f"Rating by {part.by.value!r}: only whom the case is about rates it; "
                "hold it by PERSON"
            )
    for procedure in pack.procedures:
        if held.get(procedure.opens.value) is Held.UNIT:
            yield (
                f"{procedure.name}: a unit opens no case, it is given one; name another in `opens`"
            )


def _matters(pack: Pack) -> Iterator[str]:
    known = {matter.name for matter in pack.matters}
    for procedure in pack.procedures:
        if procedure.matter not in known:
            yield (
                f"{procedure.name}: no matter {procedure.matter!r} is declared; nothing is done "
                "without one"
            )
    for matter in pack.matters:
        if not any(one.strip() for one in matter.basis):
            yield f"matter {matter.name!r} rests on no law; name its basis"
        yield from _clocks(matter.name, matter.clocks)


def _clocks(matter: str, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        try:
            clock_named(name)
        except Refusal as refusal:
            yield f"matter {matter!r}: {refusal}; name a clock of the register"


def _functions(pack: Pack) -> Iterator[str]:
    seen: dict[str, Any] = {}
    for key, function in functions_of(pack):
        if not key:
            name = getattr(function, "__name__", repr(function))
            yield (
                f"the function {name!r} has no name and version; "
                "write @rule(name, version) above it"
            )
        elif seen.setdefault(key, function) is not function:
            yield f"two functions are called {key!r}; raise the version of the newer one"
