"""The sea as callers know it: snap a point to water, ask for a route or a matrix."""

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from math import fsum

import msgspec
import numpy as np
import shapely

from zhouqiao.base import Datum, Point
from zhouqiao.platform.place.earth import convert, great_circle_km
from zhouqiao.platform.place.errors import (
    InClosedArea,
    NoOpenWater,
    NoWayThere,
    OnLand,
    OutsideChart,
)
from zhouqiao.platform.place.sea.chart import Chart
from zhouqiao.platform.place.sea.layers import OPEN_SEA, Layers
from zhouqiao.platform.place.sea.plane import Bools, Floats, ball_km
from zhouqiao.platform.place.sea.search import all_pairs_km, cheapest
from zhouqiao.platform.place.sea.waters import View, Waters, waters_of

NOT_FOR_NAVIGATION = "not_for_navigation"
QUAY_LIMIT_KM = 3.0  # quays built since the coast was charted lie this far inland of it at most
WORTH_TELLING_KM = 0.2
INTO_WATER_KM = 0.006

Spot = tuple[float, float]


class Snap(msgspec.Struct, frozen=True, kw_only=True):
    """Where on the water a point was taken to be: `to`, `km` from it; `ashore` on the chart."""

    to: Point
    km: float
    ashore: bool


class SeaRoute(msgspec.Struct, frozen=True, kw_only=True):
    """A way by sea. `km` from point to point, the `approach_km` off the chart's water included.

    `legs`          the bends in WGS 84, first and last on the water; no leg crosses charted land
    `snapped_from`  where the way leaves from, if that is not the point asked; so `snapped_to`
    `notes`         stable words, in the words files under `[note]`
    `label`         always "not_for_navigation"
    """

    km: float
    legs: tuple[Point, ...]
    approach_km: float
    snapped_from: Snap | None
    snapped_to: Snap | None
    notes: tuple[str, ...]
    label: str = NOT_FOR_NAVIGATION


class Sea:
    """A chart that answers: frozen, shared between threads, remembers what it has looked at.

    `coast` gives the charted land (degrees, WGS 84) when a point off the water must be judged.
    """

    def __init__(self, chart: Chart, coast: Callable[[], Sequence[shapely.Polygon]]) -> None:
        self.chart = chart
        self._coast = coast
        self._waters = lru_cache(maxsize=8)(lambda layers: waters_of(chart, layers))
        self._view = lru_cache(maxsize=4096)(self._look)
        self._moved = lru_cache(maxsize=4096)(self._to_water)

    def route(self, a: Point, b: Point, *, layers: Layers = OPEN_SEA) -> SeaRoute:
        """Return the cheapest way by sea, the same both ways.

        Raises `OutsideChart`, `OnLand`, `NoOpenWater`, `InClosedArea`, `NoWayThere`.
        """
        start, end = self.snap(a), self.snap(b)
        self._heed(layers, a, start)
        self._heed(layers, b, end)
        spots = self._way(_spot(start.to), _spot(end.to), layers)
        degrees = np.array(spots)
        parts = (start.km, *ball_km(degrees[:-1], degrees[1:]).tolist(), end.km)
        return SeaRoute(
            km=0.0 if great_circle_km(a, b) == 0.0 else fsum(parts),
            legs=tuple(Point(lon=lon, lat=lat) for lon, lat in spots),
            approach_km=start.km + end.km,
            snapped_from=start if start.km else None,
            snapped_to=end if end.km else None,
            notes=_notes(layers, start, end),
        )

    def matrix(self, points: Sequence[Point], *, layers: Layers = OPEN_SEA) -> Floats:
        """Return (n, n) km, as `route` would say one by one; inf where closed areas leave no way.

        Raises what `route` raises for a single point.
        """
        snaps = [self.snap(point) for point in points]
        for point, snap in zip(points, snaps, strict=True):
            self._heed(layers, point, snap)
        spots = [_spot(snap.to) for snap in snaps]
        views = [self._view(spot, layers) for spot in spots]
        km = all_pairs_km(self._waters(layers), views, np.array(spots).reshape(-1, 2))
        approach = np.array([snap.km for snap in snaps])
        whole: Floats = km + (approach[:, None] + approach[None, :])
        return np.where(_apart(points), whole, 0.0)

    def snap(self, point: Point) -> Snap:
        """Return where on navigable water a point is taken to be.

        A point on the water stays (0 km). One ashore or hard under it, as new quays are on an
        old chart, moves to the nearest water within 3 km. Raises `OutsideChart`, `OnLand`,
        `NoOpenWater`.
        """
        here = convert(point, Datum.WGS84)
        if not self.chart.box.holds(here.lon, here.lat):
            raise OutsideChart(point)
        if shapely.contains_xy(self.chart.water, *self.chart.plane.km((here.lon, here.lat))):
            return Snap(to=Point(lon=here.lon, lat=here.lat), km=0.0, ashore=False)
        snap = self._moved(here.lon, here.lat)
        if snap.km > QUAY_LIMIT_KM:
            refusal = OnLand if snap.ashore else NoOpenWater
            raise refusal(point, inland_km=snap.km, limit_km=QUAY_LIMIT_KM)
        return snap

    def ashore(self, points: Sequence[Point]) -> list[bool]:
        """Say of each point (WGS 84) whether it lies on charted land; 500 take about 2 ms."""
        if not points:
            return []
        spots = np.array([_spot(point) for point in points])
        wet = shapely.contains_xy(self.chart.water, self.chart.plane.km(spots))
        return [
            not afloat and self._is_ashore(*spot) for afloat, spot in zip(wet, spots, strict=True)
        ]

    def _to_water(self, lon: float, lat: float) -> Snap:
        wet = self._nearest_water(self.chart.plane.km((lon, lat)))
        to_lon, to_lat = self.chart.plane.degrees(wet).tolist()
        km = float(ball_km((lon, lat), (to_lon, to_lat)))
        at = Point(lon=to_lon, lat=to_lat)
        return Snap(to=at, km=km, ashore=self._is_ashore(lon, lat))

    def _nearest_water(self, spot: Floats) -> Floats:
        """Return the nearest point of the water's rim, and a few metres into the water."""
        start, end = self.chart.walls.start, self.chart.walls.end
        along = end - start
        share = ((spot - start) * along).sum(1) / (along * along).sum(1)
        rim = start + np.clip(share, 0.0, 1.0)[:, None] * along
        best = int(np.argmin(((rim - spot) ** 2).sum(1)))
        turns = np.linspace(0.0, 2.0 * np.pi, 24, endpoint=False)
        around = rim[best] + np.stack([np.cos(turns), np.sin(turns)], axis=1) * INTO_WATER_KM
        wet = shapely.contains_xy(self.chart.water, around)
        room = shapely.distance(self._rim, shapely.points(around))
        deepest: Floats = around[int(np.argmax(np.where(wet, room, -1.0)))]
        return deepest

    @cached_property
    def _rim(self) -> shapely.Geometry:
        rim = self.chart.water.boundary
        shapely.prepare(rim)
        return rim

    @cached_property
    def _land(self) -> shapely.STRtree:
        return shapely.STRtree(list(self._coast()))

    def _is_ashore(self, lon: float, lat: float) -> bool:
        return len(self._land.query(shapely.Point(lon, lat), predicate="within")) > 0

    def _heed(self, layers: Layers, asked: Point, snap: Snap) -> None:
        area = self._waters(layers).closed_at(*_spot(snap.to))
        if area is not None:
            raise InClosedArea(asked, area)

    def _way(self, a: Spot, b: Spot, layers: Layers) -> list[Spot]:
        """Return the bends from a to b, reckoned in one direction so that both agree."""
        if b < a:
            return self._way(b, a, layers)[::-1]
        waters = self._waters(layers)
        in_sight = waters.sees(np.array(a), np.array([b]))[0]
        if in_sight and not waters.favours:
            return [a, b]
        straight = float(ball_km(a, b)) if in_sight else np.inf
        leave, arrive = self._view(a, layers), self._view(b, layers)
        found = cheapest(waters, leave, arrive, straight=straight)
        if found is None:
            raise NoWayThere
        return [a, *((lon, lat) for lon, lat in waters.degrees[found].tolist()), b]

    def _look(self, spot: Spot, layers: Layers) -> View:
        waters: Waters = self._waters(layers)
        return waters.view(*spot)


def _apart(points: Sequence[Point]) -> Bools:
    given = [convert(point, Datum.WGS84) for point in points]
    degrees = np.array([_spot(point) for point in given]).reshape(-1, 2)
    apart: Bools = ball_km(degrees[:, None], degrees[None, :]) > 0.0
    return apart


def _spot(point: Point) -> Spot:
    return (point.lon, point.lat)


def _notes(layers: Layers, *snaps: Snap) -> tuple[str, ...]:
    notes = [] if layers.draught_m is None else ["place.depth_assumed"]
    if any(snap.ashore for snap in snaps):
        notes.append("place.snapped_from_land")
    if any(snap.km > WORTH_TELLING_KM and not snap.ashore for snap in snaps):
        notes.append("place.snapped_to_open_water")
    return tuple(notes)
