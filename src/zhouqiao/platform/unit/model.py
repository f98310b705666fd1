"""Units, what they lack for a need, and what a position is worth. Pure: no clock, no SQL."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from itertools import pairwise
from typing import ClassVar

import msgspec

from zhouqiao.base import Datum, Id, Invalid, Mass, Point, Volume
from zhouqiao.platform.place import convert
from zhouqiao.platform.unit.declare import (
    CommandState,
    Compartment,
    Lack,
    Load,
    Need,
    Shift,
    UnitKind,
    UnitState,
)
from zhouqiao.platform.unit.errors import ShiftsOverlap

BEIJING = timezone(timedelta(hours=8))
AHEAD = timedelta(minutes=2)
LONGEST_SHIFT = timedelta(hours=36)
MEASURES: dict[str, type[Mass] | type[Volume]] = {"kg": Mass, "litre": Volume}


class UnitId(Id):
    """Names a unit."""

    prefix: ClassVar[str] = "unit"
    __slots__ = ()


class CommandId(Id):
    """Names a command to a unit; whoever answers repeats it."""

    prefix: ClassVar[str] = "command"
    __slots__ = ()


class SlotId(Id):
    """Names a bookable time."""

    prefix: ClassVar[str] = "slot"
    __slots__ = ()


NOT_YET = UnitId("unit_new")


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A boat, vehicle, squad, room or device; `id` is given by `register_unit`."""

    kind: UnitKind
    name: str
    scope: str
    id: UnitId = NOT_YET
    body: str | None = None
    capabilities: tuple[str, ...] = ()
    speed_kmh: Decimal = Decimal(0)
    berth: Point | None = None
    state: UnitState = UnitState.READY
    compartments: tuple[Compartment, ...] = ()

    def checked(self) -> "Unit":
        """Return itself with its berth on WGS 84, if it can be. Raises `Invalid`."""
        if not self.name.strip() or len(self.name) > 80:
            raise Invalid("name", "length")
        if not self.speed_kmh.is_finite() or not 0 <= self.speed_kmh <= 400:
            raise Invalid("speed_kmh", "range", value=str(self.speed_kmh))
        names = [one.checked().name for one in self.compartments]
        if len(set(names)) != len(names):
            raise Invalid("compartments", "named_twice")
        return self if self.berth is None else replace(self, berth=in_store(self.berth, "berth"))


@dataclass(frozen=True, kw_only=True)
class Licence:
    """Leave to do a kind of thing, from one day to another, both included (in Beijing)."""

    kind: str
    number: str
    valid_from: date
    valid_to: date
    withdrawn_at: datetime | None = None

    def checked(self) -> "Licence":
        """Return itself if it has a kind, a number and days. Raises `Invalid`."""
        for name in ("kind", "number"):
            if not getattr(self, name).strip():
                raise Invalid(name, "missing")
        if self.valid_to < self.valid_from:
            raise Invalid("valid_to", "before_valid_from")
        return self

    def in_force(self, at: datetime) -> bool:
        """Say whether it holds at that moment."""
        if self.withdrawn_at is not None and self.withdrawn_at <= at:
            return False
        return self.valid_from <= at.astimezone(BEIJING).date() <= self.valid_to


class Sighting(msgspec.Struct, frozen=True, kw_only=True):
    """Where a unit was, as it says itself: `speed_kmh` over ground, `course` in degrees."""

    unit: str
    point: Point
    happened_at: datetime
    speed_kmh: float | None = None
    course: float | None = None


class Whereabouts(msgspec.Struct, frozen=True, kw_only=True):
    """A unit and where it was last. `never`: it has not reported yet; its berth is shown."""

    unit: str
    name: str
    kind: UnitKind
    scope: str
    state: UnitState
    on_duty: bool
    at: tuple[float, float]
    seen_at: datetime
    speed_kmh: float | None = None
    course: float | None = None
    never: bool = False


class Reported(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a batch: positions `kept`, `repeated` (known before), `impossible` ones.

    `unknown` are units that are not registered or not to be reported on by the subject.
    """

    kept: int
    repeated: int
    impossible: int
    unknown: tuple[str, ...]


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """Something a unit was told; `body` is JSON."""

    id: CommandId
    unit: UnitId
    kind: str
    body: str
    scope: str
    state: CommandState
    sent_at: datetime
    expires_at: datetime
    acknowledged_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A unit as dispatch sees it: where it is, what it has left, and what it `lacks` for a need.

    `km` is the great circle from its latest position; `flags` what is odd about that position
    (`berth`: never seen, taken to be at its berth; `ashore`; `ahead`: its clock runs ahead).
    """

    unit: Unit
    at: Point
    seen_at: datetime
    flags: tuple[str, ...]
    km: float
    licences: tuple[Licence, ...] = ()
    shifts: tuple[Shift, ...] = ()
    loads: Mapping[str, tuple[Load, ...]] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()

    @property
    def is_able(self) -> bool:
        """Say whether nothing is lacking."""
        return not self.lacks

    def room(self, compartment: Compartment) -> Decimal:
        """Return what still fits, in the compartment's unit; never below zero."""
        full = sum((one.amount.amount for one in self.loads.get(compartment.name, ())), Decimal(0))
        return max(Decimal(0), compartment.capacity.amount - full)


def in_store(point: Point, name: str) -> Point:
    """Return a stated point on WGS 84. Raises `Invalid`."""
    return convert(point.stated(name), Datum.WGS84)


def flags_of(sighting: Sighting, now: datetime, *, ashore: bool) -> list[str]:
    """Return what is odd about a position; odd ones are kept all the same."""
    found = ["ashore"] if ashore else []
    return [*found, "ahead"] if sighting.happened_at > now + AHEAD else found


def newest(sightings: Iterable[Sighting], now: datetime) -> dict[str, tuple[datetime, int]]:
    """Return by unit the moment and place in the batch of its newest position.

    A clock that runs ahead must not silence what comes after: its moment counts as now.
    """
    found: dict[str, tuple[datetime, int]] = {}
    for place, one in enumerate(sightings):
        key = (min(one.happened_at, now), place)
        found[one.unit] = max(found.get(one.unit, key), key)
    return found


def check_shifts(starts: datetime, ends: datetime, shifts: Sequence[Shift]) -> list[Shift]:
    """Return shifts in order, if they lie between two moments and apart. Raises."""
    if not starts < ends:
        raise Invalid("ends", "before_start")
    ordered = sorted(shifts, key=lambda shift: shift.starts)
    for shift in ordered:
        if not timedelta(0) < shift.ends - shift.starts <= LONGEST_SHIFT:
            raise Invalid("shifts", "length")
        if shift.starts < starts or shift.ends > ends:
            raise Invalid("shifts", "outside")
    for one, following in pairwise(ordered):
        if following.starts < one.ends:
            raise ShiftsOverlap(following.starts)
    return ordered


def weigh(candidate: Candidate, need: Need, now: datetime) -> Candidate:
    """Return the candidate with all it lacks for a need, as `lack` or `lack:what`."""
    return replace(candidate, lacks=tuple(_lacks(candidate, need, now)))


def _lacks(candidate: Candidate, need: Need, now: datetime) -> Iterable[str]:
    unit = candidate.unit
    if unit.state is not UnitState.READY:
        yield f"{Lack.STATE}:{unit.state}"
    if need.capability is not None and need.capability not in unit.capabilities:
        yield f"{Lack.CAPABILITY}:{need.capability}"
    for kind in need.licences:
        if not any(one.kind == kind and one.in_force(need.starts) for one in candidate.licences):
            yield f"{Lack.LICENCE}:{kind}"
    if not any(on.starts <= need.starts and need.ends <= on.ends for on in candidate.shifts):
        yield Lack.SHIFT
    yield from _no_place(candidate, need.loads)
    if need.fresh is not None and now - candidate.seen_at > need.fresh:
        yield Lack.SILENT


def _no_place(candidate: Candidate, loads: Sequence[Load]) -> Iterable[str]:
    """Yield what cannot be taken aboard, the choosiest first, into the narrowest."""
    parts = sorted(candidate.unit.compartments, key=lambda part: len(part.holds))
    left = {part.name: candidate.room(part) for part in parts}
    for load in sorted(loads, key=lambda one: sum(one.kind in part.holds for part in parts)):
        fitting = [
            part
            for part in parts
            if load.kind in part.holds and type(part.capacity) is type(load.amount)
        ]
        wanted = load.amount.amount
        for part in fitting:
            taken = min(wanted, left[part.name])
            left[part.name] -= taken
            wanted -= taken
        if not fitting:
            yield f"{Lack.COMPARTMENT}:{load.kind}"
        elif wanted > 0:
            yield f"{Lack.ROOM}:{load.kind}"
