"""The values the rules speak in: pauses, extensions, deadlines and why; factors; kept decisions."""

from datetime import date, datetime
from decimal import Decimal

import msgspec

from zhouqiao.base import Id
from zhouqiao.platform.rule.declare import FactorRow, Unit


class FactorId(Id):
    """Names one value of a factor, for ever."""

    prefix = "factor"
    __slots__ = ()


class DecisionId(Id):
    """Names one decision kept by a table."""

    prefix = "decision"
    __slots__ = ()


class Pause(msgspec.Struct, frozen=True, kw_only=True):
    """A time in which something else was waited for: `why` is its code (`hearing`, `testing` …).

    `end` None: it still lasts. By whole days the day it began counts for the clock and the day it
    ended does not (开始的当日不计入, 民法典 §201); hours and minutes are cut out exactly.
    """

    start: date | datetime
    end: date | datetime | None
    why: str


class Extended(msgspec.Struct, frozen=True, kw_only=True):
    """An extension that was granted: by whom, by how much (None: all the rule allows), when."""

    by: str
    length: int | None = None
    on: date | None = None


class Step(msgspec.Struct, frozen=True):
    """One sentence of an explanation: a code and what fills its slots; never words."""

    code: str
    slots: dict[str, str | int] = {}


class Left(msgspec.Struct, frozen=True):
    """What remains of a stopped clock, in the unit it is counted in."""

    amount: Decimal
    unit: Unit


class Deadline(msgspec.Struct, frozen=True, kw_only=True):
    """When a clock runs out, and why then.

    `due` is the last instant in time, UTC (for days 23:59:59.999999 in Asia/Shanghai): what comes
    later is late. `day` is that day in Asia/Shanghai. While a pause lasts both are None and `left`
    says what remains. `calendar` is the version of the working calendar that was asked, if it was.
    """

    clock: str
    unit: Unit
    due: datetime | None
    day: date | None
    left: Left | None = None
    why: tuple[Step, ...] = ()
    calendar: str = ""

    @property
    def is_paused(self) -> bool:
        """Say whether the clock stands still."""
        return self.due is None

    def is_past(self, now: datetime) -> bool:
        """Say whether it has run out at `now`; a stopped clock never has."""
        return self.due is not None and now > self.due


class Factor(FactorRow, frozen=True, kw_only=True):
    """A value of a factor as it stands in the store, cited by `id` wherever it was used."""

    id: FactorId
    recorded_at: datetime
    corrects: FactorId | None = None

    @property
    def row(self) -> FactorRow:
        """Return what was stated, without when and as what it was kept."""
        return FactorRow(**{field: getattr(self, field) for field in FactorRow.__struct_fields__})


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A decision as the store keeps it: plain inputs and outcomes, and the table's content hash."""

    id: DecisionId
    table: str
    version: str
    on: date
    about: str
    scope: str
    rows: tuple[str, ...]
    inputs: msgspec.Raw
    outcomes: msgspec.Raw
    decided_at: datetime
