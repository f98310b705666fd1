"""Quantities with their unit in the type: exact decimals that refuse to be mixed.

Each is a frozen value with one field named after its unit, so that its wire form reads by
itself: `{"kg": "12.40"}`. Sums, differences, comparisons and products with a number stay in type.
"""

from decimal import Decimal
from typing import Any, ClassVar, Self

import msgspec

from zhouqiao.base.refusal import Invalid


class Quantity(msgspec.Struct, frozen=True):
    """An amount of one kind of thing. Subclasses name their unit as their only field.

    `unit` is that field; `step` the smallest amount told to people; `limit` the largest amount
    anybody may state in one record (more is a slip of the finger and refused).
    """

    unit: ClassVar[str]
    step: ClassVar[Decimal] = Decimal("0.01")
    limit: ClassVar[Decimal] = Decimal(1_000_000)

    @property
    def amount(self) -> Decimal:
        """The bare number, in `unit`."""
        number: Decimal = getattr(self, self.unit)
        return number

    @classmethod
    def of(cls, number: Decimal | int | str) -> Self:
        """Make one from a number in `unit`."""
        return cls(Decimal(number))

    @classmethod
    def zero(cls) -> Self:
        """Return none of it."""
        return cls(Decimal(0))

    def stated(self, field: str) -> Self:
        """Return itself if a person may state it: finite, ≥ 0, ≤ limit. Raises `Invalid`."""
        if not self.amount.is_finite():
            raise Invalid(field, "not_a_number", unit=self.unit)
        if self.amount < 0:
            raise Invalid(field, "negative", unit=self.unit, value=str(self.amount))
        if self.amount > self.limit:
            raise Invalid(field, "too_large", unit=self.unit, limit=str(self.limit))
        return self

    def __add__(self, other: Self) -> Self:
        return type(self)(self.amount + self._same(other))

    def __sub__(self, other: Self) -> Self:
        return type(self)(self.amount - self._same(other))

    def __neg__(self) -> Self:
        return type(self)(-self.amount)

    def __mul__(self, times: Decimal | int) -> Self:
        return type(self)(self.amount * times)

    def __lt__(self, other: Self) -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: Self) -> bool:
        return self.amount <= self._same(other)

    def __gt__(self, other: Self) -> bool:
        return self.amount > self._same(other)

    def __ge__(self, other: Self) -> bool:
        return self.amount >= self._same(other)

    def _same(self, other: Any) -> Decimal:
        if type(other) is not type(self):
            raise TypeError(f"{type(self).__name__} and {type(other).__name__} do not mix")
        number: Decimal = other.amount
        return number


class Mass(Quantity, frozen=True):
    """Mass in kilograms."""

    kg: Decimal
    unit: ClassVar[str] = "kg"


class Volume(Quantity, frozen=True):
    """Volume in litres."""

    litre: Decimal
    unit: ClassVar[str] = "litre"


class Distance(Quantity, frozen=True):
    """Distance in kilometres."""

    km: Decimal
    unit: ClassVar[str] = "km"
    step: ClassVar[Decimal] = Decimal("0.1")


class Span(Quantity, frozen=True):
    """A length of time in minutes, as measured (a deadline is a matter of `rule`, not of this)."""

    minutes: Decimal
    unit: ClassVar[str] = "minutes"


class Money(Quantity, frozen=True):
    """Money in yuan renminbi (CNY)."""

    yuan: Decimal
    unit: ClassVar[str] = "yuan"
    limit: ClassVar[Decimal] = Decimal(1_000_000_000)


class Carbon(Quantity, frozen=True):
    """Greenhouse gas in kilograms of CO2 equivalent."""

    kg_co2e: Decimal
    unit: ClassVar[str] = "kg_co2e"


class Count(Quantity, frozen=True):
    """A number of whole things."""

    pieces: Decimal
    unit: ClassVar[str] = "pieces"
    step: ClassVar[Decimal] = Decimal(1)
