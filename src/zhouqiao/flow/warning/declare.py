"""What a pack may say about when a figure should worry us.

slow = WarnAbove(indicator=wait, above=Span.of(20), for_=3, clear_below=Span.of(15),
                 tell=Role.DUTY, opens="pickup_late")
late = WarnLate(clock="sent_to_met", of="pickup", tell=Role.DUTY, opens="pickup_late")
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, Generic, TypeVar

import msgspec

from zhouqiao.base import Quantity
from zhouqiao.flow.case.declare import Part
from zhouqiao.flow.indicator.declare import Tally, Total, Typical

W = TypeVar("W", bound=StrEnum)


class WarnSpec(msgspec.Struct, frozen=True, kw_only=True):
    """A rule for warnings as plain values: `indicator` above a figure, or `clock` run out."""

    name: str
    tell: str
    opens: str | None = None
    indicator: str | None = None
    clock: str | None = None
    unit: str | None = None
    above: Decimal = Decimal(0)
    clear_below: Decimal = Decimal(0)
    count: int = 1


@dataclass(frozen=True, kw_only=True)
class WarnAbove(Part, Generic[W]):
    """`indicator` read above a figure `for_` times running; over once it reads below another.

    Between the two nothing changes, so that a figure swaying about the limit does not ring and
    fall silent in turn. `opens` is the procedure that looks into it.
    """

    stage: ClassVar[str] = "warning"

    indicator: Typical | Total | Tally
    above: Quantity
    tell: W
    for_: int = 1
    clear_below: Quantity | None = None
    opens: str | None = None

    @property
    def procedure(self) -> str:
        """Return the name of the procedure it hangs on."""
        return self.indicator.procedure

    def spec(self, pack: str) -> WarnSpec:  # noqa: ARG002 - it cites no function
        """Return it as plain values."""
        below = self.clear_below or self.above
        return WarnSpec(
            name=f"{self.indicator.name}_above", tell=self.tell.value, opens=self.opens,
            indicator=self.indicator.name, unit=self.above.unit, above=self.above.amount,
            clear_below=below.amount, count=self.for_,
        )  # fmt: skip

    def faults(self) -> Iterator[str]:
        """Yield, in plain words for its author, what is wrong with this declaration."""
        name, unit = self.indicator.name, self.indicator.unit
        below = self.clear_below or self.above
        for limit in (self.above, below):
            if limit.unit != unit:
                yield f"WarnAbove: {name} is told in {unit}, its limit in {limit.unit}; use {unit}"
        if below.amount > self.above.amount:
            yield f"WarnAbove: {name} would be over while still above; lower `clear_below`"
        if self.for_ < 1:
            yield f"WarnAbove: {name} must read above its limit at least once; mend `for_`"


@dataclass(frozen=True, kw_only=True)
class WarnLate(Part, Generic[W]):
    """A time of the procedure `of` ran out: `clock` is the clock's name.

    A step's own time bears the step's name. It is over when the case is closed. `opens` is the
    procedure that looks into it.
    """

    stage: ClassVar[str] = "warning"

    clock: str
    of: str
    tell: W
    opens: str | None = None

    @property
    def procedure(self) -> str:
        """Return the name of the procedure it hangs on."""
        return self.of

    def spec(self, pack: str) -> WarnSpec:  # noqa: ARG002 - it cites no function
        """Return it as plain values."""
        return WarnSpec(
            name=f"{self.clock}_late", tell=self.tell.value, opens=self.opens, clock=self.clock
        )
