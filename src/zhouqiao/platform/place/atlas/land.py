"""From a point to county, town and grid cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely

from zhouqiao.platform.place.model import Grid
from zhouqiao.platform.place.sea.plane import KM_A_DEGREE

CELL = 0.01  # degrees, about 1 km
ORIGIN = (118.0, 27.0)


@dataclass(frozen=True)
class County:
    """A county polygon of before 2021, with its code of 2023 (`was` its name then)."""

    code: str
    was: str
    may_be: tuple[str, ...]
    seat: tuple[float, float]
    shape: shapely.MultiPolygon


@dataclass(frozen=True)
class Town:
    """Where a town is taken to lie, and on what `basis`: "anchor" or "made"."""

    code: str
    lon: float
    lat: float
    basis: str


class Land:
    """County polygons and towns, asked by point; never changes."""

    def __init__(self, counties: Sequence[County], towns: Mapping[str, Sequence[Town]]) -> None:
        self.counties = tuple(counties)
        self._towns = towns

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree([county.shape for county in self.counties])

    def county_at(self, lon: float, lat: float) -> County | None:
        """Return the county whose polygon holds the point."""
        hits = self._tree.query(shapely.Point(lon, lat), predicate="intersects")
        return self.counties[int(hits.min())] if len(hits) else None

    def nearest_county(self, lon: float, lat: float) -> tuple[County, float]:
        """Return the county whose land is nearest, and how far off in km (to about 1 %)."""
        spot = shapely.Point(lon, lat)
        near = self._tree.query(spot.buffer(1.5))
        among = [self.counties[i] for i in near] or list(self.counties)
        ways = [shapely.shortest_line(spot, county.shape) for county in among]
        km = [_km_along(way) for way in ways]
        best = int(np.argmin(km))
        return among[best], km[best]

    def town_at(self, county: str, lon: float, lat: float) -> Town | None:
        """Return the county's town whose seat is nearest, or None where none is placed."""
        towns = self._towns.get(county, ())
        squeeze = np.cos(np.radians(lat))
        return min(
            towns,
            key=lambda town: ((town.lon - lon) * squeeze) ** 2 + (town.lat - lat) ** 2,
            default=None,
        )


def cell_at(town: str, lon: float, lat: float) -> Grid:
    """Return the made cell of a town that holds the point; the same for ever."""
    column, row = int((lon - ORIGIN[0]) // CELL), int((lat - ORIGIN[1]) // CELL)
    return _cell(town, column, row)


def cells_of(land: Land, county: County, town: str) -> list[Grid]:
    """Return a town's made cells: those whose middle lies in the county and nearest its seat."""
    west, south, east, north = county.shape.bounds
    columns = range(int((west - ORIGIN[0]) // CELL), int((east - ORIGIN[0]) // CELL) + 1)
    rows = range(int((south - ORIGIN[1]) // CELL), int((north - ORIGIN[1]) // CELL) + 1)
    shapely.prepare(county.shape)
    cells = []
    for column in columns:
        for row in rows:
            lon, lat = ORIGIN[0] + (column + 0.5) * CELL, ORIGIN[1] + (row + 0.5) * CELL
            if shapely.contains_xy(county.shape, lon, lat):
                nearest = land.town_at(county.code, lon, lat)
                if nearest is not None and nearest.code == town:
                    cells.append(_cell(town, column, row))
    return cells


def _cell(town: str, column: int, row: int) -> Grid:
    west, south = ORIGIN[0] + column * CELL, ORIGIN[1] + row * CELL
    bounds = (round(west, 6), round(south, 6), round(west + CELL, 6), round(south + CELL, 6))
    return Grid(code=f"{town}M{column:04d}{row:04d}", town=town, bounds=bounds)


def _km_along(way: shapely.LineString) -> float:
    (lon, lat), (to_lon, to_lat) = way.coords
    east = (to_lon - lon) * np.cos(np.radians(lat))
    return float(np.hypot(east, to_lat - lat) * KM_A_DEGREE)
