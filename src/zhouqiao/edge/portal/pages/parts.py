"""What several pages are made of. All times are aware; all places are WGS 84 longitude, latitude.

Sentences that belong to a pack (a state's name, an option, a reason) arrive already in the
reader's language; sentences that belong to a page are in its words files.
"""

from datetime import datetime
from decimal import Decimal
from typing import ClassVar, Literal

import msgspec

Status = Literal["ok", "due", "late", "breach", "unknown"]
Stage = Literal["done", "now", "next", "warn"]
Spot = tuple[float, float]


class View(msgspec.Struct, frozen=True, kw_only=True):
    """What one page shows. `template` draws it; `elder`, if given, is its second layout."""

    template: ClassVar[str]
    elder: ClassVar[str | None] = None


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One boat of the bridge: its word and whether the deck is laid."""

    word: str
    stage: Stage


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a timeline.

    `said` what happened; `at` when (None: not yet known); `about` the time is a forecast;
    `by_then` the time is a limit; `far` it is on another day than today; `note` source and rule
    version; `why` where it is explained; `files` where the photos shown with it are.
    """

    said: str
    stage: Stage
    at: datetime | None = None
    about: bool = False
    by_then: bool = False
    far: bool = False
    note: str = ""
    why: str = ""
    why_word: str = ""
    files: tuple[str, ...] = ()


class TimeLeft(msgspec.Struct, frozen=True, kw_only=True):
    """What is left of a clock: minutes, or working days for a working-day clock; below 0: over."""

    minutes: int | None = None
    working_days: int | None = None


class Drill(msgspec.Struct, frozen=True, kw_only=True):
    """A link that opens a figure: where to, and the word for it."""

    href: str
    word: str


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One kind on a scale: `kg` weighed; `note` says more; `basis` which scale and when."""

    kind: str
    icon: str
    kg: Decimal
    note: str = ""
    basis: str = ""
    hazardous: bool = False
    by_hand: bool = False


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A signature as made: `path` the pen's way in a box of 150 × `height`; `key` its key."""

    who: str
    role: str
    at: datetime | None = None
    key: str = ""
    path: str = ""
    height: int = 52


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A number that opens to its making: `value` and `unit` as shown; `beside` the promise."""

    name: str
    label: str
    value: str
    unit: str
    beside: str
    drill: Drill
    status: Status | None = None
    status_word: str = ""
    on: bool = False


class MapUnit(msgspec.Struct, frozen=True, kw_only=True):
    """A boat or squad on the map; `heading` in degrees from north; `mine` is the one meant."""

    id: str
    name: str
    at: Spot
    heading: float
    seen_at: datetime
    knots: float | None = None
    mine: bool = False
    lost: bool = False


class MapCase(msgspec.Struct, frozen=True, kw_only=True):
    """An affair on the map: its status is its shape; `left` the words of its time left."""

    id: str
    name: str
    at: Spot
    status: Status
    left: str = ""
    chosen: bool = False


class MapPlace(msgspec.Struct, frozen=True, kw_only=True):
    """A fixed place: a store, a quay."""

    name: str
    at: Spot
    kind: Literal["store", "quay"] = "quay"


class MapRoute(msgspec.Struct, frozen=True, kw_only=True):
    """A way by sea: what is sailed and what is to come; both begin or end at the boat."""

    id: str
    sailed: tuple[Spot, ...]
    ahead: tuple[Spot, ...]
    chosen: bool = False


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """What a map island draws over the coast as of `now`; `box` is west, south, east, north."""

    now: datetime
    box: tuple[float, float, float, float]
    you: Spot | None = None
    units: tuple[MapUnit, ...] = ()
    cases: tuple[MapCase, ...] = ()
    places: tuple[MapPlace, ...] = ()
    routes: tuple[MapRoute, ...] = ()
