"""Which pauses a clock knows, laid end to end without overlap."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple, TypeVar

from zhouqiao.base import Invalid
from zhouqiao.platform.rule.clock.calendar import end_of, local_day
from zhouqiao.platform.rule.declare import LegalClock
from zhouqiao.platform.rule.model import Pause

T = TypeVar("T", date, datetime)


class Stops(NamedTuple):
    """The pauses that stop one clock: by days (begun, ended] and by moments; None: still lasts."""

    days: tuple[tuple[date, date | None], ...] = ()
    moments: tuple[tuple[datetime, datetime | None], ...] = ()

    def covers(self, day: date) -> bool:
        """Say whether that day is not counted."""
        return any(begun < day and (ended is None or day <= ended) for begun, ended in self.days)

    def stands(self, day: date) -> bool:
        """Say whether the clock stands still on that day and nobody knows until when."""
        return any(begun < day and ended is None for begun, ended in self.days)


def of(clock: LegalClock, pauses: Sequence[Pause]) -> Stops:
    """Return what of `pauses` stops `clock`. Raises `Invalid`: one ends before it begins."""
    spans = [(_moment(p.start), None if p.end is None else _moment(p.end)) for p in pauses]
    if any(ended is not None and ended < begun for begun, ended in spans):
        raise Invalid("pauses", "ends_before_it_begins")
    counted = [s for s, p in zip(spans, pauses, strict=True) if clock.stops_for(p.why)]
    days = [(local_day(a), None if b is None else local_day(b)) for a, b in counted]
    return Stops(_merged(days), _merged(counted))


def _moment(stated: date | datetime) -> datetime:
    """Return the moment; of a bare day its end, so that (begun, ended] means the same for both."""
    if not isinstance(stated, datetime):
        return end_of(stated)
    if stated.tzinfo is None:
        raise Invalid("pauses", "naive_moment")
    return stated.astimezone(UTC)


def _merged(spans: Iterable[tuple[T, T | None]]) -> tuple[tuple[T, T | None], ...]:
    merged: list[tuple[T, T | None]] = []
    for begun, ended in sorted(spans, key=lambda s: s[0]):
        last = merged[-1] if merged else None
        if last is None or (last[1] is not None and last[1] < begun):
            merged.append((begun, ended))
        elif last[1] is not None:
            merged[-1] = (last[0], None if ended is None else max(last[1], ended))
    return tuple(merged)
