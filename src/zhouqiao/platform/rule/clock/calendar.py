"""Which days are worked and which are days of rest, as the State Council sets them each year."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property, reduce
from importlib.resources import files
from zoneinfo import ZoneInfo

import msgspec

from zhouqiao.base import digest
from zhouqiao.platform.rule.errors import CalendarFaulty, CalendarYearUnknown

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)
SATURDAY = 5
# 全国年节及纪念日放假办法 (2024 修订) §2, each by its code.
HOLIDAYS = frozenset({
    "new_year", "spring_festival", "tomb_sweeping", "labour_day", "dragon_boat", "mid_autumn",
    "national_day",
})  # fmt: skip

Hours = tuple[tuple[time, time], ...]
# Assumed: what most county offices in Zhejiang post at the door; summer hours differ by body.
OFFICE_HOURS: Hours = ((time(8, 30), time(12, 0)), (time(13, 30), time(17, 0)))


@dataclass(frozen=True)
class Calendar:
    """A working calendar: what differs from Monday to Friday, and when offices are open.

    `rest` and `work` map such days to the code of the holiday that made them so (`national_day`);
    only `years` are known, and a day outside them is refused, never guessed. `version` is the hash
    of its content.
    """

    years: frozenset[int]
    rest: Mapping[date, str]
    work: Mapping[date, str]
    office: Hours = OFFICE_HOURS

    @cached_property
    def version(self) -> str:
        """Return the content hash of its days and hours, in hex."""
        days = (sorted(self.years), sorted(self.rest), sorted(self.work))
        return digest([*days, self.office])

    def is_working(self, day: date) -> bool:
        """Say whether offices work on that day. Raises `CalendarYearUnknown`."""
        if day.year not in self.years:
            raise CalendarYearUnknown(day.year, min(self.years), max(self.years))
        return day in self.work or (day.weekday() < 5 and day not in self.rest)

    def with_year(self, year: "Year") -> "Calendar":
        """Return the calendar with one year more."""
        return replace(
            self,
            years=self.years | {year.year},
            rest={**self.rest, **_by_day(year.rest)},
            work={**self.work, **_by_day(year.work)},
        )

    def from_day(self, day: date) -> date:
        """Return that day if it is worked, else the next that is."""
        while not self.is_working(day):
            day += DAY
        return day

    def opening(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Return the spans in which offices are open, from `start` on, in order, aware."""
        day = start.astimezone(SHANGHAI).date()
        while True:
            for opens, closes in self.office if self.is_working(day) else ():
                begin, end = (datetime.combine(day, t, SHANGHAI) for t in (opens, closes))
                if end > start:
                    yield max(begin, start), end
            day += DAY


def end_of(day: date) -> datetime:
    """Return the last instant of a day in Asia/Shanghai (截止时间为二十四时, 民法典 §203), UTC."""
    return datetime.combine(day, time.max, SHANGHAI).astimezone(UTC)


def local_day(moment: datetime) -> date:
    """Return the day it is in Asia/Shanghai at that moment."""
    return moment.astimezone(SHANGHAI).date()


class Year(msgspec.Struct, frozen=True, kw_only=True):
    """What a year's notices set: `rest` and `work` list the days of each holiday."""

    year: int
    notices: tuple[str, ...]
    rest: dict[str, tuple[date, ...]]
    work: dict[str, tuple[date, ...]]


def year_read(text: str) -> Year:
    """Read one year in the form of `days.toml`. Raises `CalendarFaulty` with all that is wrong."""
    try:
        ((head, told),) = tomllib.loads(text).items()
        read = msgspec.convert({"year": int(head), **told}, Year)
    except (ValueError, TypeError) as wrong:
        raise CalendarFaulty("—", (f"not_read: {wrong}",)) from None
    if faults := tuple(_faults(read)):
        raise CalendarFaulty(str(read.year), faults)
    return read


def _faults(read: Year) -> Iterator[str]:
    """Yield what no notice says: a day of another year, a holiday left out, no notice at all."""
    if not any(one.strip() for one in read.notices):
        yield "no_notice"
    rest, work = _by_day(read.rest), _by_day(read.work)
    yield from (f"other_year: {day}" for day in (*rest, *work) if day.year != read.year)
    yield from (f"rest_and_work: {day}" for day in sorted(rest.keys() & work.keys()))
    yield from (f"works_anyway: {day}" for day in work if day.weekday() < SATURDAY)
    given = set(rest.values())
    yield from (f"holiday_missing: {one}" for one in sorted(HOLIDAYS - given))
    yield from (f"holiday_unknown: {one}" for one in sorted(given - HOLIDAYS))


@cache
def national() -> Calendar:
    """Return the calendar of the State Council's notices, read from `days.toml`."""
    text = files("zhouqiao.platform.rule.clock").joinpath("days.toml").read_text("utf-8")
    years = (
        msgspec.convert({"year": int(n), **told}, Year) for n, told in tomllib.loads(text).items()
    )
    return reduce(Calendar.with_year, years, Calendar(years=frozenset(), rest={}, work={}))


def _by_day(days: Mapping[str, Iterable[date]]) -> dict[date, str]:
    return {day: holiday for holiday, each in days.items() for day in each}
