"""Counting legal time: from an event to the last moment in which something may be done.

Sources: 民法典 §201 (start day excluded; hours run at once), §202 (corresponding day, month end),
§203 (24:00; last day on a day of rest); which of them a statute follows stands in its clock.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from zhouqiao.base import Invalid
from zhouqiao.platform.rule.clock import stops, why
from zhouqiao.platform.rule.clock.calendar import DAY, Calendar, end_of, local_day, national
from zhouqiao.platform.rule.clock.register import clock_of
from zhouqiao.platform.rule.clock.stops import Stops
from zhouqiao.platform.rule.declare import Extension, LegalClock, OnRestDay, Unit, Within
from zhouqiao.platform.rule.errors import ExtensionNotAllowed, ExtensionTooLate
from zhouqiao.platform.rule.model import Deadline, Extended, Left, Pause, Step

_LENGTH = {
    Unit.MINUTES: timedelta(minutes=1),
    Unit.HOURS: timedelta(hours=1),
    Unit.WORKING_HOURS: timedelta(hours=1),
}


class _Run(NamedTuple):
    """One clock set going: everything the sum is made of but its length."""

    clock: LegalClock
    start: date | datetime
    stopped: Stops
    book: Calendar

    @property
    def day(self) -> date:
        return local_day(self.start) if isinstance(self.start, datetime) else self.start


class _End(NamedTuple):
    """Where counting came out: an end, or what is left where it stands still."""

    end: date | datetime | None
    left: Left | None = None
    steps: tuple[Step, ...] = ()

    @property
    def day(self) -> date | None:
        return local_day(self.end) if isinstance(self.end, datetime) else self.end

    @property
    def due(self) -> datetime | None:
        if isinstance(self.end, datetime):
            return self.end.astimezone(UTC)
        return None if self.end is None else end_of(self.end)


def deadline(
    within: Within,
    start: date | datetime,
    *,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extended] = (),
    calendar: Calendar | None = None,
) -> Deadline:
    """Return when `within`, set going at `start`, runs out, and why.

    `start` is an aware moment, or a day for what is counted in days. Pauses the rule does not
    know leave the clock running, and are named in `why`. Raises `Invalid` (a naive moment, a day
    where a moment is needed, a pause that ends before it begins), `ExtensionNotAllowed`,
    `ExtensionTooLate`, `CalendarYearUnknown`, `ClockUnknown`, `StatuteAmbiguous`.
    """
    clock = clock_of(within)
    _check_start(clock, start)
    run = _Run(clock, start, stops.of(clock, pauses), calendar or national())
    length, granted = _lengthened(run, extensions)
    found = _count(run, length)
    middle = (*granted, *why.pauses(clock, pauses), *found.steps)
    last = why.close(run.clock, found.day, found.left, run.book)
    return _told(run, found, (why.opening(clock, run.day), *middle, *last))


def _told(run: _Run, found: _End, steps: tuple[Step, ...]) -> Deadline:
    return Deadline(
        clock=run.clock.name,
        unit=run.clock.unit,
        due=found.due,
        day=found.day,
        left=found.left,
        why=steps,
        calendar=run.book.version if asks(run.clock) else "",
    )


def asks(clock: LegalClock) -> bool:
    """Say whether a clock asks which days are worked."""
    worked = clock.unit in (Unit.WORKING, Unit.WORKING_HOURS)
    return worked or clock.on_rest_day is OnRestDay.NEXT_WORKING_DAY


def _check_start(clock: LegalClock, start: date | datetime) -> None:
    if isinstance(start, datetime):
        if start.tzinfo is None:
            raise Invalid("start", "naive_moment")
    elif clock.unit.is_exact:
        raise Invalid("start", "moment_needed", unit=clock.unit.value)


def _lengthened(run: _Run, extensions: Sequence[Extended]) -> tuple[int, list[Step]]:
    clock, length = run.clock, run.clock.length
    free, steps = list(clock.extensions), []
    for given in extensions:
        rule = next((e for e in free if e.by == given.by), None)
        if rule is None or not 0 < (more := _more(given, rule)) <= rule.length:
            raise ExtensionNotAllowed(clock.name, given.by, given.length)
        free.remove(rule)
        _check_in_time(run, length, given)
        length += more
        steps.append(why.extension(clock, given.by, more))
    return length, steps


def _more(given: Extended, rule: Extension) -> int:
    return rule.length if given.length is None else given.length


def _check_in_time(run: _Run, length: int, given: Extended) -> None:
    ended = _count(run, length).day
    if given.on is not None and ended is not None and given.on > ended:
        raise ExtensionTooLate(run.clock.name, given.on, ended)


def _count(run: _Run, length: int) -> _End:
    if isinstance(run.start, datetime) and run.clock.unit.is_exact:
        return _moments(run, run.start, length)
    months = run.clock.unit in (Unit.MONTHS, Unit.YEARS)
    return _rested(run, _months(run, length) if months else _days(run, length))


def _days(run: _Run, length: int) -> _End:
    clock, working = run.clock, run.clock.unit is Unit.WORKING
    onward = -DAY if clock.backward else DAY
    day = run.day if clock.start_excluded or not length else run.day - onward
    left = length
    while left:
        day += onward
        if run.stopped.stands(day):
            return _End(None, Left(Decimal(left), clock.unit))
        if not run.stopped.covers(day) and (not working or run.book.is_working(day)):
            left -= 1
    return _End(day, steps=why.rest(run.book, run.day, day) if working else ())


def _months(run: _Run, length: int) -> _End:
    end, steps = _corresponding(run, length * (12 if run.clock.unit is Unit.YEARS else 1))
    for begun, ended in run.stopped.days:
        if begun >= end:
            break
        counted_to = max(begun, run.day)
        if ended is None:
            return _End(None, Left(Decimal((end - counted_to).days), Unit.CALENDAR), steps)
        end += max(ended - counted_to, timedelta())
    return _End(end, steps=steps)


def _corresponding(run: _Run, months: int) -> tuple[date, tuple[Step, ...]]:
    day = run.day
    first = _month_after(day, months)
    last = (_month_after(first, 1) - DAY).day
    end = first.replace(day=min(day.day, last)) - (DAY * (not run.clock.start_excluded))
    code = "month_end" if day.day > last else "corresponding_day"
    return end, (Step(code, {"start": day.isoformat(), "day": end.isoformat()}),)


def _month_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _rested(run: _Run, found: _End) -> _End:
    raw = found.day
    if raw is None or run.clock.on_rest_day is OnRestDay.STAYS:
        return found
    moved = run.book.from_day(raw)
    if moved == raw:
        return found
    step = Step("moved_to_working_day", {"day": raw.isoformat(), "moved": moved.isoformat()})
    return _End(moved, steps=(*found.steps, step))


def _moments(run: _Run, start: datetime, length: int) -> _End:
    unit = run.clock.unit
    worked = unit is Unit.WORKING_HOURS
    spans = run.book.opening(start) if worked else iter([(start, None)])
    need = length * _LENGTH[unit]
    for begins, ends in _outside(run.stopped, spans):
        if ends is None or ends - begins >= need:
            return _End(begins + need)
        need -= ends - begins
    left = Decimal(need // timedelta(microseconds=1)) / (_LENGTH[unit] // timedelta(microseconds=1))
    return _End(None, Left(left.quantize(Decimal("0.01")), unit))


def _outside(
    stopped: Stops, spans: Iterator[tuple[datetime, datetime | None]]
) -> Iterator[tuple[datetime, datetime | None]]:
    for span_begins, ends in spans:
        begins = span_begins
        for begun, ended in stopped.moments:
            if begun > begins and (ends is None or begins < ends):
                yield begins, begun if ends is None else min(begun, ends)
            if ended is None and (ends is None or begun < ends):
                return
            begins = max(begins, ended or begun)
        if ends is None or begins < ends:
            yield begins, ends
