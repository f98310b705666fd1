"""What time it is; handed in, never looked up."""

from datetime import UTC, datetime
from typing import Protocol

from zhouqiao.base.refusal import Invalid

YEARS = range(1950, 2200)  # in which anything can be said to have happened


class Clock(Protocol):
    """A source of the present moment."""

    def now(self) -> datetime:
        """Return the present, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the present, aware, in UTC."""
        return datetime.now(UTC)


def stated_moment(moment: datetime | None, now: datetime) -> datetime:
    """Return when something happened as somebody says, else `now`.

    A device's clock may be days wrong, and is believed; raises `Invalid` for a moment without an
    offset, or in a year no calendar of ours means.
    """
    if moment is None:
        return now
    if moment.tzinfo is None:
        raise Invalid("happened_at", "naive_moment")
    if moment.year not in YEARS:
        raise Invalid("happened_at", "not_storable")
    return moment
