"""What the rules refuse.

Refusal
├── CalendarYearUnknown   no notice of holidays is known for that year
├── ExtensionNotAllowed   the statute grants no such extension to that approver
├── ExtensionTooLate      an extension granted after the time had run out
├── StatuteAmbiguous      several clocks rest on that provision
├── TableFaulty           a decision table that contradicts itself; all faults at once
│   └── CalendarFaulty    a year of the calendar as no notice sets it, or not the next
├── NoRowApplies          nothing is decided for these inputs on that day
├── SeveralRowsApply      more is decided than the table allows
├── FactorNotAfter        a factor that would edit the past
├── RowEdited             a row already used in a decision was changed, not followed
└── ReplayDiffers         the same inputs no longer give the same outcome
NotFound
├── ClockUnknown          no clock of that name or provision
└── FactorUnknown         no factor of that name, day and scope
"""

from datetime import date
from typing import ClassVar

from zhouqiao.base import NotFound, Refusal


class CalendarYearUnknown(Refusal):
    """The State Council's notice for that year is not in our table: nothing is guessed."""

    code: ClassVar[str] = "rule.calendar_year_unknown"
    status: ClassVar[int] = 422

    def __init__(self, year: int, first: int, last: int) -> None:
        super().__init__()
        self.year, self.first, self.last = year, first, last


class ClockUnknown(NotFound):
    """No clock of that name or provision in the register; `near` may be what was meant."""

    code: ClassVar[str] = "rule.clock_unknown"

    def __init__(self, key: str, near: tuple[str, ...] = ()) -> None:
        super().__init__("clock", key)
        self.near = ", ".join(near) or "—"


class StatuteAmbiguous(Refusal):
    """The provision sets several clocks; name the paragraph or the clock."""

    code: ClassVar[str] = "rule.statute_ambiguous"
    status: ClassVar[int] = 422

    def __init__(self, basis: str, clocks: tuple[str, ...]) -> None:
        super().__init__()
        self.basis = basis
        self.clocks = ", ".join(clocks)


class ExtensionNotAllowed(Refusal):
    """The rule knows no such extension, or not by this approver, or not once more."""

    code: ClassVar[str] = "rule.extension_not_allowed"

    def __init__(self, clock: str, by: str, length: int | None) -> None:
        super().__init__()
        self.clock, self.by = clock, by
        self.length = length if length is not None else "—"


class ExtensionTooLate(Refusal):
    """What has run out cannot be lengthened."""

    code: ClassVar[str] = "rule.extension_too_late"

    def __init__(self, clock: str, granted: date, ended: date) -> None:
        super().__init__()
        self.clock, self.granted, self.ended = clock, granted, ended


class TableFaulty(Refusal):
    """A decision table that may not be used; `faults` lists everything wrong with it."""

    code: ClassVar[str] = "rule.table_faulty"
    status: ClassVar[int] = 422

    def __init__(self, table: str, faults: tuple[str, ...]) -> None:
        super().__init__()
        self.table = table
        self.faults = "; ".join(faults)


class CalendarFaulty(TableFaulty):
    """A year that no notice set so, or not the next one; `table` is the year."""

    code: ClassVar[str] = "rule.calendar_faulty"


class _OfRows(Refusal):
    """A refusal that names rows of a table."""

    def __init__(self, table: str, rows: tuple[str, ...] = (), on: date | None = None) -> None:
        super().__init__()
        self.table = table
        self.rows = ", ".join(rows)
        self.on = on


class NoRowApplies(_OfRows):
    """The table says nothing about these inputs on that day: a person must decide."""

    code: ClassVar[str] = "rule.no_row_applies"


class SeveralRowsApply(_OfRows):
    """The table must give one answer and gives several."""

    code: ClassVar[str] = "rule.several_rows_apply"


class RowEdited(_OfRows):
    """A row that stands in the store was changed; write a row that follows it."""

    code: ClassVar[str] = "rule.row_edited"


class ReplayDiffers(_OfRows):
    """The stored decision, `rows`, is not what its table says about its inputs on that day."""

    code: ClassVar[str] = "rule.replay_differs"


class FactorUnknown(NotFound):
    """No factor of that name holds there on that day."""

    code: ClassVar[str] = "rule.factor_unknown"

    def __init__(self, name: str, on: date, scope: str) -> None:
        super().__init__("factor", name)
        self.on = on
        self.scope = scope


class FactorNotAfter(Refusal):
    """A new value must hold from a later day than the last one, or say which one it corrects."""

    code: ClassVar[str] = "rule.factor_not_after"

    def __init__(self, name: str, latest: date) -> None:
        super().__init__()
        self.name, self.latest = name, latest
