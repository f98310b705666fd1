"""What a pack may say about what it all adds up to.

wait = Typical(name="minutes_to_met", since=pickup.entering(State.REQUESTED),
               until=pickup.entering(State.MET), promise=Span.of(20))
taken = Total(name="mass_taken", on=pickup.taking(State.MET, State.HANDED_OVER), of=Handover,
              value=mass_of, per=("scope", "kind"))
asked = Tally(name="requests", on=pickup.entering(State.REQUESTED))
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

import msgspec

from zhouqiao.base import Quantity, Span
from zhouqiao.flow.case.declare import Entering, On, Part, Taking, key_of

Moment = Entering[Any] | Taking


class IndicatorSpec(msgspec.Struct, frozen=True, kw_only=True):
    """An indicator as plain values. `way` is typical, total or tally; `promise` in `unit`.

    A typical runs from `since` until `on`; `rule` cites the function that values a record.
    `per` names fields of the record by whose values it is also told apart.
    """

    name: str
    way: str
    on: On
    unit: str
    since: On | None = None
    promise: Decimal | None = None
    rule: str | None = None
    per: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Typical(Part):
    """How long it takes from `since` until `until`: mean, spread, share within the promise.

    Counted once a case and way through, from the first time it came to `since`.
    """

    stage: ClassVar[str] = "indicator"
    unit: ClassVar[str] = Span.unit

    name: str
    since: Moment
    until: Moment
    per: tuple[str, ...] = ("scope",)
    promise: Span | None = None

    @property
    def procedure(self) -> str:
        """Return the name of the procedure it hangs on."""
        return self.until.procedure

    def spec(self, pack: str) -> IndicatorSpec:  # noqa: ARG002 - it cites no function
        """Return it as plain values."""
        return IndicatorSpec(
            name=self.name, way="typical", since=self.since.on, on=self.until.on, unit=self.unit,
            promise=None if self.promise is None else self.promise.amount, per=_fields(self.per),
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Total(Part):
    """How much: the sum of what a pinned function reads from a record, in `unit_of`."""

    stage: ClassVar[str] = "indicator"

    name: str
    on: Moment
    of: type
    value: Callable[[Any], Quantity]
    unit_of: type[Quantity]
    per: tuple[str, ...] = ("scope",)

    @property
    def procedure(self) -> str:
        """Return the name of the procedure it hangs on."""
        return self.on.procedure

    @property
    def unit(self) -> str:
        """Return the unit it is told in."""
        return self.unit_of.unit

    def spec(self, pack: str) -> IndicatorSpec:
        """Return it as plain values."""
        return IndicatorSpec(
            name=self.name, way="total", on=self.on.on, unit=self.unit,
            rule=key_of(self.value, pack), per=_fields(self.per),
        )  # fmt: skip

    def functions(self) -> tuple[Callable[..., Any], ...]:
        """Return the function that values a record."""
        return (self.value,)

    def records(self) -> tuple[type, ...]:
        """Return the record it reads."""
        return (self.of,)


@dataclass(frozen=True, kw_only=True)
class Tally(Part):
    """How many times a moment came."""

    stage: ClassVar[str] = "indicator"
    unit: ClassVar[str] = "pieces"

    name: str
    on: Moment
    per: tuple[str, ...] = ("scope",)

    @property
    def procedure(self) -> str:
        """Return the name of the procedure it hangs on."""
        return self.on.procedure

    def spec(self, pack: str) -> IndicatorSpec:  # noqa: ARG002 - it cites no function
        """Return it as plain values."""
        return IndicatorSpec(
            name=self.name, way="tally", on=self.on.on, unit=self.unit, per=_fields(self.per)
        )


def _fields(per: tuple[str, ...]) -> tuple[str, ...]:
    """Leave the scope out: figures are always kept by scope, and summed up from it."""
    return tuple(one for one in per if one != "scope")
