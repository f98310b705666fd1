"""Times that run from, or are counted back from, a day written in a record."""

from datetime import UTC, date, datetime, time
from typing import Any

from msgspec import UnsetType

from zhouqiao.flow.case.errors import TooLate
from zhouqiao.flow.case.model import AheadSpec, Case, DaySpec, ShapeSpec, StepSpec
from zhouqiao.flow.case.service.shapes import apply_rule
from zhouqiao.platform import rule
from zhouqiao.platform.rule import SHANGHAI, LegalClock
from zhouqiao.store import Desk


def counted_from(
    desk: Desk, case: Case, shape: ShapeSpec, day: DaySpec | UnsetType, otherwise: datetime
) -> datetime:
    """Return the moment a time runs from: the start of the day a record names, else `otherwise`."""
    record = case.last(day.of, shape.begins) if isinstance(day, DaySpec) else None
    if record is None or not isinstance(day, DaySpec):
        return otherwise
    return _moment(_read(desk, day, record))


def last_moment(desk: Desk, term: LegalClock, known: datetime) -> datetime | None:
    """Return until when somebody may object; None while it cannot be said, to their good."""
    try:
        return rule.due(desk, term, known).due
    except rule.CalendarYearUnknown:
        return None


def be_in_time(desk: Desk, case: Case, step: StepSpec, record: dict[str, Any] | None) -> None:
    """Refuse a step taken too late before the day its own record names. Raises `TooLate`."""
    if not isinstance(step.ahead, AheadSpec) or record is None:
        return
    due = rule.due(desk, step.ahead.term, _read(desk, step.ahead.day, record)).due
    if due is not None and desk.now() > due:
        raise TooLate(case.id, due.isoformat(), why="ahead")


def _read(desk: Desk, day: DaySpec, record: dict[str, Any]) -> date:
    found: date = apply_rule(desk, day.rule, record)
    return found


def _moment(day: date) -> datetime:
    if isinstance(day, datetime):
        return day.astimezone(UTC)
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)
