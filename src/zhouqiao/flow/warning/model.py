"""When a figure becomes a warning, and when it stops being one. Pure."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

import msgspec

from zhouqiao.base import encode
from zhouqiao.flow.indicator.facts import IndicatorMoved
from zhouqiao.flow.warning.declare import WarnSpec
from zhouqiao.flow.warning.errors import AlreadyAcknowledged, AlreadyOver, ForAPerson, OwnWarning
from zhouqiao.flow.warning.facts import WarningId

HOPS = 16
"""How many answers may lie between a first cause and a warning that still opens a case.

From a signal to its warning there are at most seven (event, case, step, indicator, warning) and
from a warning to its own case's warning as many again. Beyond two rounds a warning warns of
warnings: it is still shown, but opens nothing any more.
"""


class Turn(StrEnum):
    """What one more reading means."""

    NOTHING = "nothing"
    RAISE = "raise"
    CLEAR = "clear"


class Watch(msgspec.Struct, frozen=True, kw_only=True):
    """Where a rule stands for one figure: how often running it read above, and what is raised."""

    rule: str
    scope: str
    dims: str
    above: int = 0
    warning: WarningId | None = None

    def after(self, spec: WarnSpec, value: Decimal) -> tuple["Watch", Turn]:
        """Return where it stands after a reading, and what that means."""
        if self.warning is not None:
            turn = Turn.CLEAR if value < spec.clear_below else Turn.NOTHING
            return (_without(self) if turn is Turn.CLEAR else self), turn
        above = self.above + 1 if value > spec.above else 0
        turn = Turn.RAISE if above >= spec.count else Turn.NOTHING
        return msgspec.structs.replace(self, above=above), turn


def _without(watch: Watch) -> Watch:
    return msgspec.structs.replace(watch, warning=None, above=0)


class KeptWarning(msgspec.Struct, frozen=True, kw_only=True):
    """A warning as it stands. `hands` are those whose own work it is about.

    `state`: raised, acknowledged, cleared.
    """

    id: WarningId
    scope: str
    rule: str
    tell: str
    state: str
    raised_at: datetime
    person: str | None = None
    case: str | None = None
    clock: str | None = None
    force: str | None = None
    indicator: str | None = None
    dims: str = "{}"
    value: Decimal | None = None
    limit: Decimal | None = None
    unit: str | None = None
    signal: str | None = None
    stopped: str | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    cleared_at: datetime | None = None
    cleared_by: str | None = None
    reason: str | None = None


def may_acknowledge(it: KeptWarning, person: str, hands: Sequence[str], *, is_system: bool) -> None:
    """Refuse whoever it is about, the platform, and a second one."""
    may_clear(it, person, hands, is_system=is_system)
    if it.acknowledged_by is not None:
        raise AlreadyAcknowledged(it.id, it.acknowledged_by)


def may_clear(it: KeptWarning, person: str, hands: Sequence[str], *, is_system: bool) -> None:
    """Refuse whoever it is about, the platform, and what is over."""
    if is_system:
        raise ForAPerson(it.id)
    if it.state == "cleared":
        raise AlreadyOver(it.id)
    if person == it.person or person in hands:
        raise OwnWarning(it.id)


def dims_of(moved: IndicatorMoved) -> str:
    """Return what the figure is told apart by, as one text."""
    return encode(moved.sorted_by).decode()


def may_open(hops: int) -> bool:
    """Say whether a warning that far from its first cause may still open a case."""
    return hops < HOPS
