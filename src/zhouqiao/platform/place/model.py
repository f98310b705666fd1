"""What a place is: divisions, berths, addresses, areas closed to boats. Pure."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

import msgspec
import shapely

from zhouqiao.base import Id, Point
from zhouqiao.platform.place.errors import AreaAlreadyOpen, BadCode, BadOutline
from zhouqiao.platform.place.facts import AreaClosed, AreaReopened

AS_OF_POLYGONS = "pre-2021"
AS_OF_NAMES = "2023-06-30"


class Level(StrEnum):
    """A rung of the ladder of divisions."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"
    VILLAGE = "village"


DIGITS = {2: Level.PROVINCE, 4: Level.CITY, 6: Level.COUNTY, 9: Level.TOWN, 12: Level.VILLAGE}


class Division(msgspec.Struct, frozen=True, kw_only=True):
    """An administrative division: its code (2, 4, 6, 9 or 12 digits) and Chinese name."""

    code: str
    name: str

    @property
    def level(self) -> Level:
        """Which rung of the ladder it stands on."""
        return DIGITS[len(self.code)]


def check_code(text: str) -> str:
    """Return a well-formed division code, short form. Raises `BadCode`.

    A province or city may be written with its trailing zeros (`330000`, `331000000000`).
    """
    if not text.isascii() or not text.isdigit():
        raise BadCode(text[:20])
    short = text
    if len(text) in {6, 9, 12}:
        while len(short) > 2 and short.endswith(TRAILING[len(short)]):
            short = short[: -len(TRAILING[len(short)])]
    if len(short) not in DIGITS:
        raise BadCode(text[:20])
    return short


TRAILING = {12: "000", 9: "000", 6: "00", 4: "00"}


def line_of(code: str) -> tuple[str, ...]:
    """Return the codes above a division, nearest first."""
    return tuple(code[:digits] for digits in sorted(DIGITS, reverse=True) if digits < len(code))


class Grid(msgspec.Struct, frozen=True, kw_only=True):
    """A cell of 0.01° within a town: `made` because no grids are published.

    `bounds` west, south, east, north in degrees, WGS 84.
    """

    code: str
    town: str
    bounds: tuple[float, float, float, float]
    made: bool = True


class Located(msgspec.Struct, frozen=True, kw_only=True):
    """Where a point lies, and how far that can be trusted.

    `county`  by polygons of before 2021, under its code of 2023
    `may_be`  counties split off it since, in one of which the point may really lie
    `town`    the nearest seat of the county's towns: an assumption, `town_basis` says which:
              "anchor" (an approximate real position) or "made" (a position spread evenly)
    `at_sea`  no county's land; the county is then the nearest, `off_km` away
    `notes`   stable words, in the words files under `[note]`
    """

    point: Point
    county: Division
    may_be: tuple[Division, ...]
    town: Division | None
    town_basis: str
    grid: Grid | None
    at_sea: bool
    off_km: float
    notes: tuple[str, ...]
    as_of: str = AS_OF_POLYGONS


class BerthId(Id):
    """Names a berth."""

    prefix: ClassVar[str] = "berth"
    __slots__ = ()


class Berth(msgspec.Struct, frozen=True, kw_only=True):
    """A place where a boat lies: `approximate` unless its harbour office gave the position."""

    id: BerthId
    name: str
    name_en: str
    town: str
    at: Point
    approximate: bool = True


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """Where somebody lives or works: a division and the rest of the line; `at` if it is known."""

    division: str
    line: str
    at: Point | None = None


class AreaId(Id):
    """Names an area closed to boats."""

    prefix: ClassVar[str] = "area"
    __slots__ = ()


class ClosedArea(msgspec.Struct, frozen=True, kw_only=True):
    """An area closed to boats from `starts_at` until `ends_at` (None: until reopened).

    `outline` longitude and latitude in degrees, WGS 84, 3 to 500 corners, not repeated at the
    end. `basis` is the notice or article that closes it.
    """

    id: AreaId
    scope: str
    name: str
    outline: tuple[tuple[float, float], ...]
    basis: str
    starts_at: datetime
    ends_at: datetime | None = None
    reopened_at: datetime | None = None

    def closed_fact(self) -> AreaClosed:
        """Return what is told when it is closed. Raises `BadOutline`."""
        check_outline(self.outline)
        if self.ends_at is not None and self.ends_at <= self.starts_at:
            raise BadOutline("ends_before_it_starts")
        return AreaClosed(
            area=self.id,
            name=self.name,
            outline=self.outline,
            basis=self.basis,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
        )

    def reopen(self, at: datetime) -> AreaReopened:
        """Return what is told when it is opened again. Raises `AreaAlreadyOpen`."""
        if self.reopened_at is not None:
            raise AreaAlreadyOpen(self.name)
        return AreaReopened(area=self.id, name=self.name, reopened_at=at)

    def after(self, fact: AreaReopened) -> "ClosedArea":
        """Return itself as it stands after the fact."""
        return msgspec.structs.replace(self, reopened_at=fact.reopened_at)

    def is_closed(self, at: datetime) -> bool:
        """Say whether boats must keep out at a moment."""
        if self.reopened_at is not None and self.reopened_at <= at:
            return False
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)


def check_outline(outline: tuple[tuple[float, float], ...]) -> None:
    """Return if the corners make a simple polygon off our coast. Raises `BadOutline`."""
    if not 3 <= len(outline) <= 500:
        raise BadOutline("corners")
    if not all(117.0 <= lon <= 126.0 and 26.0 <= lat <= 33.0 for lon, lat in outline):
        raise BadOutline("off_the_chart")
    polygon = shapely.Polygon(outline)
    if not polygon.is_valid or polygon.area == 0.0:
        raise BadOutline("crosses_itself")
