"""What a decision table is made of, as plain values that are stored by content hash."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

import msgspec

from zhouqiao.base import digest

Value = str | bool | Decimal | date
Plain = dict[str, Any]


class Hit(StrEnum):
    """How many rows may answer: the first in order, exactly one, or all that apply."""

    FIRST = "first"
    UNIQUE = "unique"
    COLLECT = "collect"


class Kind(StrEnum):
    """What an input is."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"
    DAY = "day"


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """One input: its kind; the unit of a quantity; the members of a closed list; its bounds.

    `whole`: a number that is never a fraction.
    """

    kind: Kind
    unit: str = ""
    members: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    whole: bool = False

    def value(self, plain: object) -> Value | None:
        """Return a plain input as it is compared (None: not stated)."""
        raw = plain.get(self.unit) if self.unit and isinstance(plain, dict) else plain
        if raw is None or isinstance(raw, bool):
            return raw
        if self.kind is Kind.NUMBER:
            return Decimal(str(raw))
        return date.fromisoformat(str(raw)) if self.kind is Kind.DAY else str(raw)

    def read(self, text: str) -> Value | None:
        """Return a limit of a test, which is kept as text, as it is compared."""
        return text == "true" if self.kind is Kind.FLAG else self.value(text)


class Test(msgspec.Struct, frozen=True, kw_only=True):
    """What a row asks of one input: one of some values, or from `low` on and below `high`.

    `above` excludes `low` itself, `up_to` includes `high` itself.
    """

    any_of: tuple[str, ...] = ()
    low: str | None = None
    high: str | None = None
    above: bool = False
    up_to: bool = False

    def holds(self, given: Input, value: Value | None) -> bool:
        """Say whether a value passes; one that is not stated passes no test."""
        if value is None:
            return False
        if self.any_of:
            return any(given.read(one) == value for one in self.any_of)
        return self._from(given, value) and self._to(given, value)

    def _from(self, given: Input, value: Any) -> bool:
        if self.low is None:
            return True
        low: Any = given.read(self.low)
        return bool(value > low if self.above else value >= low)

    def _to(self, given: Input, value: Any) -> bool:
        if self.high is None:
            return True
        high: Any = given.read(self.high)
        return bool(value <= high if self.up_to else value < high)


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row: what it asks, what then holds, since when, by which provision.

    It holds from `valid_from` to `valid_to`, both included, or until the day before a row that
    `follows` it begins. `assumed`: nobody verified it.
    """

    id: str
    valid_from: date
    basis: str
    then: Plain
    when: dict[str, Test] = {}
    valid_to: date | None = None
    follows: str | None = None
    assumed: bool = False

    @property
    def mark(self) -> str:
        """Return its content hash: what must never change once it was used."""
        return digest(self)


class Spec(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A whole table. `covers` false: it may have nothing to say."""

    name: str
    hit: Hit
    inputs: dict[str, Input]
    rows: tuple[Row, ...]
    covers: bool = True

    @cached_property
    def version(self) -> str:
        """Return the content hash of the table."""
        return digest(self)

    @cached_property
    def ends(self) -> Mapping[str, date | None]:
        """Return the last day each row holds, its followers considered."""
        return {row.id: _end(row, self.rows) for row in self.rows}

    def at(self, day: date) -> tuple[Row, ...]:
        """Return the rows that hold on a day, in order."""
        ends = self.ends
        return tuple(
            r for r in self.rows if r.valid_from <= day and (ends[r.id] or date.max) >= day
        )

    def applying(self, inputs: Mapping[str, Any], day: date) -> tuple[Row, ...]:
        """Return the rows whose every test passes on that day, in order."""
        values = {name: given.value(inputs.get(name)) for name, given in self.inputs.items()}
        return tuple(row for row in self.at(day) if self.passes(row, values))

    def passes(self, row: Row, values: Mapping[str, Value | None]) -> bool:
        """Say whether every test of a row passes."""
        return all(t.holds(self.inputs[name], values[name]) for name, t in row.when.items())


def _end(row: Row, rows: tuple[Row, ...]) -> date | None:
    followed = [r.valid_from for r in rows if r.follows == row.id]
    last = date.fromordinal(min(followed).toordinal() - 1) if followed else None
    return min(d for d in (last, row.valid_to, date.max) if d) if last or row.valid_to else None
