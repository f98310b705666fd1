"""What the rules tell the world."""

from datetime import date
from decimal import Decimal

from zhouqiao.store import Fact


class FactorSet(Fact, frozen=True, kw_only=True):
    """A factor has this value from `valid_from` on, where its `scope` reaches."""

    factor: str
    name: str
    value: Decimal
    unit: str
    reaches: str
    valid_from: date
    source: str
    assumed: bool
    corrects: str | None = None


class CalendarYearEntered(Fact, frozen=True, kw_only=True):
    """The working days of `year` are known here from now on; `version` is the whole calendar's."""

    year: int
    notices: tuple[str, ...]
    version: str


class TablePinned(Fact, frozen=True, kw_only=True):
    """Decisions may be made by this version of a table from now on; `added` its new rows."""

    table: str
    version: str
    added: tuple[str, ...]


class Decided(Fact, frozen=True, kw_only=True):
    """A table answered by these rows. The inputs, which may be personal, are not here."""

    decision: str
    table: str
    version: str
    on: date
    rows: tuple[str, ...]
