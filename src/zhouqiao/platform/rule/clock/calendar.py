"""Which days are worked and which are days of rest, as the State Council sets them each year."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property
from importlib.resources import files
from zoneinfo import ZoneInfo

from zhouqiao.base import digest
from zhouqiao.platform.rule.errors import CalendarYearUnknown

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)
_Year = Mapping[str, Mapping[str, list[date]]]

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


@cache
def national() -> Calendar:
    """Return the calendar of the State Council's notices, read from `days.toml`."""
    text = files("zhouqiao.platform.rule.clock").joinpath("days.toml").read_text("utf-8")
    years = tomllib.loads(text)
    return Calendar(
        years=frozenset(int(y) for y in years),
        rest=_by_day(years, "rest"),
        work=_by_day(years, "work"),
    )


def _by_day(years: Mapping[str, _Year], kind: str) -> dict[date, str]:
    return {
        day: holiday
        for year in years.values()
        for holiday, days in year[kind].items()
        for day in days
    }
