"""Where a case stands: its state, its clocks, its row and its next due time, kept as one."""

from datetime import datetime

from msgspec.structs import replace

from zhouqiao.flow.case import repository
from zhouqiao.flow.case.model import (
    APPEAL,
    Case,
    ClockSpec,
    Running,
    ShapeSpec,
    clock_lengthened,
    clocks_after,
    clocks_appealed,
    clocks_held,
    hands_after,
    next_due,
)
from zhouqiao.flow.case.service.days import counted_from
from zhouqiao.platform.rule import Extended, Pause, deadline
from zhouqiao.store import Desk, forget, remind

DUE = "case.due"


def due_of(spec: ClockSpec, running: Running) -> datetime | None:
    """Return when a running clock is over; None while it stands still."""
    pauses = [Pause(start=one.start, end=one.end, why=one.why) for one in running.pauses]
    return deadline(spec.term, running.since, pauses=pauses, extensions=running.extended).due


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
        else clocks_after(case.clocks, shape, state=state, at=at, due=due_of, begins=begins)
    )
    return replace(
        case, state=state, phase=phase, nth=case.nth + 1, entered=at, clocks=clocks,
        hands=hands_after(case, state, hands, at), signed={},
    )  # fmt: skip


def held(case: Case, shape: ShapeSpec, phase: str, *, at: datetime, why: str | None) -> Case:
    """Return the case once it stands still for `why`, or goes on again (None)."""
    clocks = clocks_held(case.clocks, shape, at=at, why=why, due=due_of)
    return replace(case, phase=phase, nth=case.nth + 1, clocks=clocks)


def lengthened(case: Case, spec: ClockSpec, given: Extended) -> Case:
    """Return the case once one of its clocks was lengthened."""
    clocks = clock_lengthened(case.clocks, spec, given, due=due_of)
    return replace(case, nth=case.nth + 1, clocks=clocks)


def appealed(case: Case, shape: ShapeSpec, *, at: datetime) -> Case:
    """Return the case once it was appealed against: held still, unless its remedy lets it go on."""
    holds = shape.remedy is None or shape.remedy.holds
    after = held(case, shape, "appealed", at=at, why="appealed" if holds else None)
    clocks = clocks_appealed(after.clocks, shape, at=at, due=due_of)
    return replace(after, clocks=clocks, appeals=case.appeals + 1)


def answered(case: Case) -> Case:
    """Return the case once the appeal is decided: its decider's clock is done."""
    return replace(case, clocks=tuple(one for one in case.clocks if one.name != APPEAL))


def add(desk: Desk, case: Case, shape: ShapeSpec) -> None:
    """Write a new case and its next due time."""
    due = next_due(case, shape)
    repository.add(desk, case, due)
    if due is not None:
        remind(desk, DUE, case.id, at=due[0], scope=case.scope)


def keep(desk: Desk, case: Case, shape: ShapeSpec) -> None:
    """Write a case back, and move its next due time."""
    due = next_due(case, shape)
    repository.put(desk, case, due)
    if due is not None:
        remind(desk, DUE, case.id, at=due[0], scope=case.scope)
    else:
        forget(desk, DUE, case.id)
