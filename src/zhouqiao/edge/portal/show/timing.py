"""How a case stands with its clocks: on time, due soon, past our word, past the law."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec

from zhouqiao.edge.portal.pages.parts import (
    Status,
    TimeLeft,
)
from zhouqiao.edge.portal.show.parts import DUE_SHARE
from zhouqiao.flow.case import Case, ShapeSpec
from zhouqiao.flow.dispatch import Plan
from zhouqiao.flow.dispatch.declare import DispatchSpec
from zhouqiao.platform.rule import Calendar, local_day
from zhouqiao.platform.rule import Unit as Counts

RANK: Mapping[Status, int] = {"breach": 0, "late": 1, "due": 2, "ok": 2, "unknown": 3}


class Time(msgspec.Struct, frozen=True, kw_only=True):
    """How a case stands with its clocks: the one that presses most, and how."""

    status: Status
    due: datetime | None = None
    left: TimeLeft = TimeLeft()
    clock: str = ""

    @property
    def rank(self) -> tuple[int, float]:
        """Return where it stands in the queue: breaches first, then late, then by time left."""
        return RANK[self.status], self.due.timestamp() if self.due else float("inf")


def time_of(case: Case, shape: ShapeSpec, now: datetime, book: Calendar) -> Time:
    """Return how a case stands: past the law before past our word, else the next to come due."""
    specs = {spec.name: spec for spec in shape.clocks}
    running = [one for one in case.clocks if one.due is not None and one.name in specs]
    over = [one for one in running if one.due is not None and one.due <= now]
    breached = [one for one in over if specs[one.name].term.is_statutory]
    one = min(breached or over or running, key=lambda it: it.due or now, default=None)
    if one is None or one.due is None:
        return Time(status="unknown" if case.phase != "open" else "ok")
    if one in over:
        status: Status = "breach" if breached else "late"
    else:
        status = "due" if (one.due - now) * DUE_SHARE < one.due - one.since else "ok"
    left = TimeLeft(minutes=int((one.due - now).total_seconds() // 60))
    if specs[one.name].term.unit is Counts.WORKING:
        left = TimeLeft(working_days=_working_days(now, one.due, book))
    return Time(status=status, due=one.due, left=left, clock=one.name)


def _working_days(now: datetime, due: datetime, book: Calendar) -> int:
    first, last = sorted((local_day(now), local_day(due)))
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    found = sum(1 for day in days if book.is_working(day))
    return found if due >= now else -found


def eta(case: Case, shape: ShapeSpec, plan: Plan | None) -> tuple[datetime, str] | None:
    """Return when whoever was sent is there, and the clock that waits for it, while it does."""
    spec = next(iter(shape.section("dispatch", DispatchSpec)), None)
    tried = () if plan is None else plan.tried
    chosen = next((one for one in tried if plan and one.unit == plan.unit), None)
    if spec is None or plan is None or chosen is None or case.unit != plan.unit:
        return None
    waiting = [
        clock.name
        for clock in sorted(shape.clocks, key=lambda c: c.term.length)
        if clock.since == spec.on.state and clock.until
    ]
    minutes = [c for c in shape.clocks if c.name in waiting and c.term.unit is Counts.MINUTES]
    name = min(minutes, key=lambda c: c.term.length).name if minutes else "".join(waiting[:1])
    if name not in {clock.name for clock in case.clocks}:
        return None
    return plan.made_at + timedelta(minutes=chosen.minutes), name
