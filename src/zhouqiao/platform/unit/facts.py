"""What unit tells the world. Positions are not facts: the track keeps them."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from zhouqiao.store import Fact


class UnitRegistered(Fact, frozen=True, kw_only=True):
    """A boat, vehicle, squad, room or device can be sent or used from now on."""

    unit: str
    kind: str
    name: str
    capabilities: tuple[str, ...]


class UnitStateChanged(Fact, frozen=True, kw_only=True):
    """A unit is ready, engaged or out of service."""

    unit: str
    state: str
    why: str


class ShiftChanged(Fact, frozen=True, kw_only=True):
    """Between two moments a unit is on duty in these shifts (start, end), and no others."""

    unit: str
    starts: datetime
    ends: datetime
    shifts: tuple[tuple[datetime, datetime], ...]


class UnitLicensed(Fact, frozen=True, kw_only=True):
    """A unit may do a kind of thing between two days, both included."""

    unit: str
    kind: str
    number: str
    valid_from: date
    valid_to: date


class LicenceWithdrawn(Fact, frozen=True, kw_only=True):
    """A unit may no longer do a kind of thing."""

    unit: str
    kind: str
    why: str


class LoadChanged(Fact, frozen=True, kw_only=True):
    """A compartment holds more or less; what does not fit is kept as seen, and said.

    `change` and `load` (of this kind, afterwards) are in `measure`. `over`: by how much all kinds
    together exceed the capacity. `foreign`: the compartment may not hold this kind. `missing`:
    how much more was taken out than was known to be in it.
    """

    unit: str
    compartment: str
    kind: str
    measure: str
    change: Decimal
    load: Decimal
    over: Decimal
    foreign: bool
    missing: Decimal


class CommandSent(Fact, frozen=True, kw_only=True):
    """A unit was told to do something, and to say so before `expires_at`."""

    command: str
    unit: str
    kind: str
    expires_at: datetime


class CommandAcknowledged(Fact, frozen=True, kw_only=True):
    """A unit said it got a command; `late`: after it had expired."""

    command: str
    unit: str
    late: bool


class CommandExpired(Fact, frozen=True, kw_only=True):
    """A unit said nothing in time."""

    command: str
    unit: str


class UnitSilent(Fact, frozen=True, kw_only=True):
    """A unit on duty has not said where it is since `seen_at`."""

    unit: str
    seen_at: datetime


class SlotBooked(Fact, frozen=True, kw_only=True):
    """A person has a place at a bookable time."""

    slot: str
    unit: str
    case: str | None


class SlotReleased(Fact, frozen=True, kw_only=True):
    """A person gave a place back."""

    slot: str
    unit: str


def _without_former(body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "former": ""}


class KeyIssued(Fact, frozen=True, kw_only=True):
    """A unit's device was given a new key; the one before opens nothing any more.

    `former` is the print of that one ("": there was none, or it was not written down).
    """

    fact_version: ClassVar[int] = 2
    upcasts: ClassVar[dict[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {1: _without_former}

    unit: str
    former: str


class KeyRevoked(Fact, frozen=True, kw_only=True):
    """A unit's device is heard no more; `former` is the print of its key."""

    fact_version: ClassVar[int] = 2
    upcasts: ClassVar[dict[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {1: _without_former}

    unit: str
    why: str
    former: str
