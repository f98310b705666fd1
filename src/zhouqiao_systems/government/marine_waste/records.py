"""Who takes part, where a pickup stands, and what is asked, weighed and signed."""

from datetime import datetime
from enum import StrEnum, auto
from typing import Annotated

from zhouqiao.sdk import (
    PLATFORM,
    Bounds,
    File,
    Hint,
    Icon,
    Length,
    Mass,
    Media,
    Money,
    Point,
    record,
)

Photo = Annotated[File, Media.IMAGE]
Photos = Annotated[tuple[File, ...], Media.IMAGE, Length(3)]
Weight = Annotated[Mass, Bounds("0.01", "5000")]


class Waste(StrEnum):
    """What comes off a boat. Oily water is 99.5 % of the mass in the one published year."""

    OILY_WATER = auto()
    GARBAGE = auto()
    PLASTIC = auto()
    GEAR = auto()
    WASTE_OIL = auto()
    BATTERY = auto()

    @property
    def is_hazardous(self) -> bool:
        """Whether only a licensed boat may take it (国家危险废物名录: HW08, HW31)."""
        return self in (Waste.WASTE_OIL, Waste.BATTERY)


ICONS = {
    Waste.OILY_WATER: Icon.DROP,
    Waste.GARBAGE: Icon.BAG,
    Waste.PLASTIC: Icon.BOTTLE,
    Waste.GEAR: Icon.NET,
    Waste.WASTE_OIL: Icon.DROP,
    Waste.BATTERY: Icon.BATTERY,
}
Kind = Annotated[Waste, Hint(icons=ICONS)]
USUAL = dict.fromkeys(Waste, Mass.of(10)) | {Waste.OILY_WATER: Mass.of(100)}


class Scale(StrEnum):
    """How a weight was found."""

    DEVICE = auto()
    BY_HAND = auto()


class Role(StrEnum):
    """Who takes part."""

    FISHER = auto()
    CREW = auto()
    DUTY = auto()
    SUPERVISOR = auto()
    PLATFORM = PLATFORM


class State(StrEnum):
    """Where a pickup stands."""

    REQUESTED, SENT, UNDER_WAY, MET, HANDED_OVER, LANDED, CANCELLED = (
        auto(), auto(), auto(), auto(), auto(), auto(), auto(),
    )  # fmt: skip


class Late(StrEnum):
    """Where the looking into a broken promise stands."""

    RAISED, EXPLAINED, CLOSED = auto(), auto(), auto()


@record
class Estimate:
    """What a fisher thinks is there; nobody is paid by it."""

    kind: Kind
    mass: Annotated[Weight, Hint(usual=USUAL)]


@record
class PickupRequest:
    """Come and fetch what is on board."""

    kinds: Annotated[list[Estimate], Length(6, 1)]
    place: Annotated[Point, Hint(places="berths")]
    berth: Annotated[str, Length(40), Hint(names="place")] = ""
    photo: Photo | None = None
    vessel: Annotated[str, Length(20, 2), Hint(known="vessel")]


@record
class Meeting:
    """The boat lies alongside."""

    place: Point


@record
class NotMet:
    """The fisher's boat was not there."""

    place: Point
    photos: Photos = ()
    note: Annotated[str, Length(200)] = ""


@record
class Weighed:
    """One kind on the scale."""

    kind: Kind
    mass: Weight
    scale: Scale
    weighed_at: datetime
    note: Annotated[str, Length(60)] = ""


@record
class Handover:
    """What went from one boat to the other; both sign for it."""

    boat: Annotated[str, Length(40, 1)]
    place: Point
    begun: datetime
    ended: datetime
    lines: Annotated[list[Weighed], Length(6, 1)]
    photos: Photos = ()


@record
class Declined:
    """Why something could not be taken."""

    reason: Annotated[str, Length(200, 2)]


@record
class Landing:
    """What the depot's scale said when it came ashore."""

    depot: Annotated[str, Length(40, 2)]
    lines: Annotated[list[Weighed], Length(6, 1)]


@record
class LateNotice:
    """A promise that was not kept, to be looked into."""

    about: Annotated[str, Length(80)]
    clock: Annotated[str, Length(80)]


@record
class Finding:
    """Why it was late, and what is done so that it does not happen again."""

    cause: Annotated[str, Length(200, 2)]
    mended: Annotated[str, Length(200, 2)]


@record
class Receipt:
    """What was received, from which ship, where and when (船舶污染物接收联单)."""

    code: str
    ship: str
    vessel: str
    begun: datetime
    ended: datetime
    at: Point
    lines: Annotated[list[Weighed], Length(6, 1)]
    total: Mass


@record
class Rates:
    """What the fund pays per kilogram, and at most for one handover."""

    plastic: Money
    gear: Money
    garbage: Money
    waste_oil: Money
    battery: Money
    oily_water: Money
    ceiling: Money
