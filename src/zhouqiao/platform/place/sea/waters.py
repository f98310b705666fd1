"""A chart under its layers: the graph as it stands today, and what is seen from a point."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import shapely
from scipy.sparse import csr_array

from zhouqiao.platform.place.sea.chart import Chart, corners_of, walls_of
from zhouqiao.platform.place.sea.layers import Closed, Fairway, Layers
from zhouqiao.platform.place.sea.plane import Bools, Floats, Ints, Plane, ball_km
from zhouqiao.platform.place.sea.sight import Corners, Walls, leaves_taut, seen, tangent

BRINK_KM = 0.002  # on the very line of a closed area counts as in it


@dataclass(frozen=True)
class View:
    """What is seen from a point: numbers of corners and great-circle km to each."""

    corner: Ints
    km: Floats


@dataclass(frozen=True)
class Waters:
    """A graph over corners. `cost` is what a link counts, its km unless a fairway favours it."""

    plane: Plane
    water: shapely.Polygon
    walls: Walls
    corners: Corners
    links: Ints
    cost: Floats
    shut: tuple[tuple[str, shapely.Polygon], ...] = ()
    favours: bool = False

    @cached_property
    def degrees(self) -> Floats:
        """The corners in degrees."""
        return self.plane.degrees(self.corners.at)

    @cached_property
    def graph(self) -> csr_array:
        """The links both ways, as a square matrix of what they count."""
        there, back = self.links[:, 0], self.links[:, 1]
        where = (np.concatenate([there, back]), np.concatenate([back, there]))
        size = len(self.corners)
        return csr_array((np.concatenate([self.cost, self.cost]), where), shape=(size, size))

    def view(self, lon: float, lat: float) -> View:
        """Return the corners a way from this point may bend at first."""
        eye = self.plane.km((lon, lat))
        taut = np.nonzero(tangent(eye, self.corners))[0]
        corner = taut[seen(eye, self.corners.at[taut], self.walls)]
        return View(corner, ball_km((lon, lat), self.degrees[corner]))

    def sees(self, spot: Floats, others: Floats) -> Bools:
        """Say which of (n, 2) points lie in plain sight of a spot, all in degrees."""
        return seen(self.plane.km(spot), self.plane.km(others), self.walls)

    def closed_at(self, lon: float, lat: float) -> str | None:
        """Return the name of the shut area a point lies in, if any."""
        spot = shapely.Point(self.plane.km((lon, lat)))
        return next((name for name, area in self.shut if area.contains(spot)), None)


def waters_of(chart: Chart, layers: Layers) -> Waters:
    """Return the chart's graph under layers: a second at most, for once a day's layers."""
    waters = Waters(
        chart.plane, chart.water, chart.walls, chart.corners, chart.links, chart.link_km
    )
    waters = _with_shut(waters, layers.shut())
    for fairway in layers.fairways:
        waters = _with_fairway(waters, fairway)
    return waters


def _with_shut(waters: Waters, areas: Sequence[Closed]) -> Waters:
    if not areas:
        return waters
    named = [(area.name, shapely.Polygon(waters.plane.km(area.outline))) for area in areas]
    whole = shapely.unary_union([polygon for _, polygon in named])
    shapely.prepare(whole)
    clear = ~shapely.intersects(whole, shapely.linestrings(waters.corners.at[waters.links]))
    rings = [ring for part in shapely.get_parts(whole) for ring in _rings_seen_outside(part)]
    shut = replace(
        waters,
        walls=waters.walls.and_also(walls_of(rings)),
        links=waters.links[clear],
        cost=waters.cost[clear],
        shut=tuple((name, polygon.buffer(BRINK_KM)) for name, polygon in named),
    )
    corners = corners_of(rings)
    afloat = shapely.contains_xy(waters.water, corners.at)
    bends = Corners(corners.at[afloat], corners.back[afloat], corners.ahead[afloat])
    return _with_corners(shut, bends)


def _rings_seen_outside(part: shapely.Polygon) -> list[Floats]:
    turned = shapely.orient_polygons(part, exterior_cw=True)
    return [shapely.get_coordinates(ring)[:-1] for ring in (turned.exterior, *turned.interiors)]


def _with_fairway(waters: Waters, fairway: Fairway) -> Waters:
    """Return the waters with the fairway's open bends, its clear legs counting for less."""
    line = waters.plane.km(fairway.line)
    afloat = shapely.contains_xy(waters.water, line)
    closed = [waters.closed_at(*at) is not None for at in fairway.line]
    open_bends = np.nonzero(afloat & ~np.array(closed))[0]
    line = line[open_bends]
    still = np.zeros_like(line)
    joined = _with_corners(waters, Corners(line, still, still))
    favoured = _follows(joined.links, len(waters.corners), open_bends)
    cost = np.where(favoured, joined.cost * fairway.weight, joined.cost)
    return replace(joined, cost=cost, favours=True)


def _follows(links: Ints, first: int, bends: Ints) -> Bools:
    """Say which links join one bend of a fairway to its next; corner `first` is `bends[0]`."""
    follows = np.zeros(len(links), bool)
    own = np.nonzero(links.min(axis=1) >= first)[0]
    steps = bends[links[own, 1] - first] - bends[links[own, 0] - first]
    follows[own] = np.abs(steps) == 1
    return follows


def _with_corners(waters: Waters, more: Corners) -> Waters:
    """Return the waters with further corners, each joined to all that it sees taut.

    They must be afloat: from inside the land one sees out.
    """
    corners = waters.corners.and_also(more)
    links = [waters.links]
    for number in range(len(waters.corners), len(corners)):
        earlier = Corners(corners.at[:number], corners.back[:number], corners.ahead[:number])
        taut = tangent(corners.at[number], earlier) & leaves_taut(corners, number, earlier.at)
        others = np.nonzero(taut)[0]
        clear = others[seen(corners.at[number], earlier.at[others], waters.walls)]
        links.append(np.stack([clear, np.full(len(clear), number)], axis=1))
    joined = np.vstack(links)
    ends = waters.plane.degrees(corners.at)[joined[len(waters.links) :]]
    cost = np.concatenate([waters.cost, ball_km(ends[:, 0], ends[:, 1])])
    return replace(waters, corners=corners, links=joined, cost=cost)
