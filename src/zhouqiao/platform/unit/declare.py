"""What a pack may say about units: kinds, compartments, and what a task needs of one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from zhouqiao.base import Invalid, Mass, Point, Volume


class UnitKind(StrEnum):
    """What can be sent or used."""

    BOAT = "boat"
    VEHICLE = "vehicle"
    SQUAD = "squad"
    ROOM = "room"
    DEVICE = "device"


class UnitState(StrEnum):
    """Whether it can be sent now."""

    READY = "ready"
    ENGAGED = "engaged"
    OUT_OF_SERVICE = "out_of_service"


class CommandState(StrEnum):
    """Where a command stands."""

    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    EXPIRED = "expired"


class Lack(StrEnum):
    """Why a unit is not able; the words are in the words files under `[lack]`."""

    STATE = "state"
    CAPABILITY = "capability"
    LICENCE = "licence"
    SHIFT = "shift"
    COMPARTMENT = "compartment"
    ROOM = "room"
    SILENT = "silent"


@dataclass(frozen=True, kw_only=True)
class Compartment:
    """A part of a unit that holds something: its capacity, and the kinds it may hold."""

    name: str
    capacity: Mass | Volume
    holds: tuple[str, ...]

    def checked(self) -> "Compartment":
        """Return itself if it holds something. Raises `Invalid`."""
        if not self.name.strip():
            raise Invalid("compartment", "missing")
        if self.capacity.stated("capacity").amount == 0:
            raise Invalid("capacity", "zero")
        if not self.holds:
            raise Invalid("holds", "missing")
        return self


@dataclass(frozen=True, kw_only=True)
class Shift:
    """When a unit is on duty (`ends` excluded)."""

    starts: datetime
    ends: datetime


@dataclass(frozen=True, kw_only=True)
class Load:
    """So much of a kind."""

    kind: str
    amount: Mass | Volume


@dataclass(frozen=True, kw_only=True)
class Need:
    """What a task needs of a unit, and where (WGS 84).

    On duty from `starts` to `ends`; a licence of each kind in `licences` in force at `starts`; room
    for every load at once; seen not longer ago than `fresh`.
    """

    at: Point
    starts: datetime
    ends: datetime
    kind: UnitKind = UnitKind.BOAT
    capability: str | None = None
    licences: tuple[str, ...] = ()
    loads: tuple[Load, ...] = ()
    fresh: timedelta | None = None


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A time at which a unit (a room, a doctor's desk) can be booked by `places` persons."""

    starts: datetime
    ends: datetime
    places: int = 1


SPEEDS_KMH: dict[UnitKind, Decimal] = {
    UnitKind.BOAT: Decimal(22),
    UnitKind.VEHICLE: Decimal(40),
    UnitKind.SQUAD: Decimal(4),
}
"""Assumed where nobody says; shown as assumed. A boat of 12 knots, town traffic, a walk."""
