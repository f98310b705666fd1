"""How the clocks of a case begin, stand still, go on and end."""

from collections.abc import Callable
from datetime import datetime

import msgspec
from msgspec.structs import replace

from zhouqiao.flow.case.model.case import Case, Running, Stood
from zhouqiao.flow.case.model.shape import APPEAL, ClockSpec, ShapeSpec
from zhouqiao.platform.rule import Extended, Unit

Counted = Callable[[ClockSpec, Running], Running]
"""Returns a running clock with its due time as of now."""


def clocks_after(
    running: tuple[Running, ...],
    shape: ShapeSpec,
    *,
    state: str,
    at: datetime,
    counted: Counted,
    begins: Callable[[ClockSpec], datetime],
) -> tuple[Running, ...]:
    """Return the clocks once the case has come into `state`: some end, pause, go on or begin.

    `begins` says from when one runs that begins now.
    """
    specs = {spec.name: spec for spec in shape.clocks}
    going = [one for one in running if not _ends(specs[one.name], state)]
    after = [_paused(one, at, state if state in specs[one.name].pauses else None) for one in going]
    names = {one.name for one in after}
    after += [
        Running(name=spec.name, since=begins(spec), due=None)
        for spec in shape.clocks
        if spec.since == state and spec.name not in names
    ]
    return tuple(counted(specs[one.name], one) for one in after)


def clocks_appealed(
    running: tuple[Running, ...],
    shape: ShapeSpec,
    *,
    at: datetime,
    counted: Counted,
) -> tuple[Running, ...]:
    """Return the clocks once an appeal was made: its decider's begins, where there is one."""
    rest = tuple(one for one in running if one.name != APPEAL)
    spec = next((one for one in shape.clocks if one.name == APPEAL), None)
    if spec is None:
        return rest
    begun = Running(name=APPEAL, since=at, due=None)
    return (*rest, counted(spec, begun))


def clocks_held(
    running: tuple[Running, ...],
    shape: ShapeSpec,
    *,
    at: datetime,
    why: str | None,
    counted: Counted,
) -> tuple[Running, ...]:
    """Return the clocks once the whole case stands still (`why`), or goes on again (None)."""
    specs = {spec.name: spec for spec in shape.clocks}
    after = [_paused(one, at, why) for one in running]
    return tuple(counted(specs[one.name], one) for one in after)


def clock_lengthened(
    running: tuple[Running, ...],
    spec: ClockSpec,
    given: Extended,
    *,
    counted: Counted,
) -> tuple[Running, ...]:
    """Return the clocks once an extension of one of them was granted."""
    longer = (
        replace(one, extended=(*one.extended, given)) for one in running if one.name == spec.name
    )
    later = {one.name: counted(spec, one) for one in longer}
    return tuple(later.get(one.name, one) for one in running)


class Lengthens(msgspec.Struct, frozen=True, kw_only=True):
    """A clock somebody may lengthen, by at most so many of its unit."""

    clock: str
    most: int
    unit: Unit


def clocks_recounted(case: Case, shape: ShapeSpec, counted: Counted) -> tuple[Running, ...]:
    """Return the clocks, those counted anew that wait for a year of the calendar."""
    specs = {spec.name: spec for spec in shape.clocks}
    return tuple(counted(specs[c.name], c) if c.waits_for else c for c in case.clocks)


def left_of(spec: ClockSpec, running: Running, by: str) -> list[int]:
    """Return the lengths of the extensions a role has not granted yet."""
    given = sum(one.by == by for one in running.extended)
    return [one.length for one in spec.term.extensions if one.by == by][given:]


def _ends(spec: ClockSpec, state: str) -> bool:
    return state in spec.until if spec.until else state != spec.since


def _paused(one: Running, at: datetime, why: str | None) -> Running:
    last = one.pauses[-1] if one.pauses and one.pauses[-1].end is None else None
    if why is not None and last is None:
        return replace(one, pauses=(*one.pauses, Stood(start=at, end=None, why=why)))
    if why is None and last is not None:
        return replace(one, pauses=(*one.pauses[:-1], replace(last, end=at)))
    return one


def next_due(case: Case, shape: ShapeSpec) -> tuple[datetime, str] | None:
    """Return the earliest time still to come due, and whether `promise` or `statute` sets it."""
    kinds = {spec.name: spec.kind for spec in shape.clocks}
    times = [
        (one.due, kinds[one.name]) for one in case.clocks if one.due is not None and not one.lapsed
    ]
    return min(times, default=None)


def over(case: Case, shape: ShapeSpec, now: datetime) -> Running | None:
    """Return a clock that is over and moves the case by itself, if there is one."""
    deemed = {spec.name for spec in shape.clocks if spec.lapses is not None}
    ended = (one for one in case.clocks if one.due is not None and one.due <= now)
    return next((one for one in ended if one.name in deemed), None)
