"""Where a case stands: its state, its clocks, its row and its next due time, kept as one."""

from datetime import datetime, timedelta
from functools import partial

from msgspec.structs import replace

from zhouqiao.flow.case import repository
from zhouqiao.flow.case.model import (
    APPEAL,
    Case,
    ClockSpec,
    Counted,
    Running,
    ShapeSpec,
    clock_lengthened,
    clocks_after,
    clocks_appealed,
    clocks_held,
    clocks_recounted,
    hands_after,
    next_due,
)
from zhouqiao.flow.case.service.days import counted_from
from zhouqiao.platform.rule import CalendarYearUnknown, Extended, Pause, due
from zhouqiao.store import Desk, forget, remind

DUE = "case.due"
DAY = timedelta(days=1)


def counted(desk: Desk, spec: ClockSpec, running: Running) -> Running:
    """Return a running clock with when it is over; without, while it stands still.

    Where nobody has said yet which days of a year are worked, it waits for that year: what is
    asked of a body is asked all the same, and no time is guessed.
    """
    pauses = [Pause(start=one.start, end=one.end, why=one.why) for one in running.pauses]
    try:
        found = due(desk, spec.term, running.since, pauses=pauses, extensions=running.extended)
    except CalendarYearUnknown as unknown:
        return replace(running, due=None, waits_for=unknown.year)
    return replace(running, due=found.due, waits_for=None)


def by(desk: Desk) -> Counted:
    """Return how this desk counts a clock."""
    return partial(counted, desk)


def entered(  # noqa: PLR0913 - one coming, whole
    desk: Desk,
    case: Case,
    shape: ShapeSpec,
    state: str,
    *,
    at: datetime,
    hands: tuple[str, ...],
    phase: str = "open",
) -> Case:
    """Return the case once it has come into a state."""

    def begins(spec: ClockSpec) -> datetime:
        return counted_from(desk, case, shape, spec.day, at)

    clocks = (
        ()
        if state in shape.finals
        else clocks_after(case.clocks, shape, state=state, at=at, counted=by(desk), begins=begins)
    )
    return replace(
        case, state=state, phase=phase, nth=case.nth + 1, entered=at, clocks=clocks,
        hands=hands_after(case, state, hands, at), signed={},
    )  # fmt: skip


def held(
    desk: Desk, case: Case, shape: ShapeSpec, phase: str, *, at: datetime, why: str | None
) -> Case:
    """Return the case once it stands still for `why`, or goes on again (None)."""
    clocks = clocks_held(case.clocks, shape, at=at, why=why, counted=by(desk))
    return replace(case, phase=phase, nth=case.nth + 1, clocks=clocks)


def lengthened(desk: Desk, case: Case, spec: ClockSpec, given: Extended) -> Case:
    """Return the case once one of its clocks was lengthened."""
    clocks = clock_lengthened(case.clocks, spec, given, counted=by(desk))
    return replace(case, nth=case.nth + 1, clocks=clocks)


def appealed(desk: Desk, case: Case, shape: ShapeSpec, *, at: datetime) -> Case:
    """Return the case once it was appealed against: held still, unless its remedy lets it go on."""
    holds = shape.remedy is None or shape.remedy.holds
    after = held(desk, case, shape, "appealed", at=at, why="appealed" if holds else None)
    clocks = clocks_appealed(after.clocks, shape, at=at, counted=by(desk))
    return replace(after, clocks=clocks, appeals=case.appeals + 1)


def answered(case: Case) -> Case:
    """Return the case once the appeal is decided: its decider's clock is done."""
    return replace(case, clocks=tuple(one for one in case.clocks if one.name != APPEAL))


def recounted(desk: Desk, case: Case, shape: ShapeSpec) -> Case:
    """Return the case once its clocks that waited for a year were looked at again."""
    return replace(case, clocks=clocks_recounted(case, shape, by(desk)))


def add(desk: Desk, case: Case, shape: ShapeSpec) -> None:
    """Write a new case and its next due time."""
    repository.add(desk, case, next_due(case, shape))
    _remind(desk, case, shape)


def keep(desk: Desk, case: Case, shape: ShapeSpec) -> None:
    """Write a case back, and move its next due time."""
    repository.put(desk, case, next_due(case, shape))
    if not _remind(desk, case, shape):
        forget(desk, DUE, case.id)


def _remind(desk: Desk, case: Case, shape: ShapeSpec) -> bool:
    """Ask to be woken when a clock is over, or tomorrow if one waits for a year to be known."""
    coming = next_due(case, shape)
    waits = any(one.waits_for for one in case.clocks)
    times = [*([coming[0]] if coming else ()), *([desk.now() + DAY] if waits else ())]
    if times:
        remind(desk, DUE, case.id, at=min(times), scope=case.scope)
    return bool(times)
