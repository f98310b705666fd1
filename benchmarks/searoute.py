"""How fast a way by sea is found, beside the bare shortest-path run it cannot do without."""

from collections.abc import Callable
from functools import partial
from time import perf_counter

import numpy as np
import shapely
from scipy.sparse.csgraph import dijkstra

from zhouqiao.base import Point
from zhouqiao.platform.place import Sea, load_atlas, load_sea
from zhouqiao.platform.place.atlas.shelf import coast
from zhouqiao.platform.place.sea import OPEN_SEA
from zhouqiao.platform.place.sea.waters import waters_of

GOAL_MS = 10.0
MATRIX_GOAL_S = 1.0


def run(quick: bool) -> dict[str, object]:  # noqa: FBT001
    """Time routes between points never asked before and out of each other's sight, and a matrix.

    `figure` is the 95th percentile of a query in ms; `against` a bare Dijkstra from one node on
    the same graph in the same run; every leg of every route is checked against the coast.
    """
    sea = load_sea()
    pairs = _pairs_out_of_sight(sea, 300 if quick else 2_000)
    sea.route(*pairs.pop())
    queries = [_ms(partial(sea.route, a, b)) for a, b in pairs]
    floor = _floor(sea, len(pairs))
    p95, floor_p95 = float(np.percentile(queries, 95)), float(np.percentile(floor, 95))
    return {
        "name": "searoute",
        "figure": round(p95, 3),
        "unit": "ms",
        "against": {
            "what": "scipy csgraph dijkstra, one row, same graph",
            "p95": round(floor_p95, 3),
        },
        "ratio": round(p95 / floor_p95, 2),
        "detail": {
            "goal_ms": GOAL_MS,
            "queries": len(pairs),
            "p50": round(float(np.percentile(queries, 50)), 3),
            "p99": round(float(np.percentile(queries, 99)), 3),
            "floor_p50": round(float(np.percentile(floor, 50)), 3),
            "corners": len(sea.chart.corners),
            "links": len(sea.chart.links),
            "matrix_goal_s": MATRIX_GOAL_S,
            "matrix_50x50_s": round(_ms(partial(sea.matrix, _water(sea, 50, seed=7))) / 1000.0, 3),
            "matrix_berths_again_ms": round(_berths_again(sea), 3),
            "legs_on_land": _legs_on_land(sea, pairs),
        },
    }


def _pairs_out_of_sight(sea: Sea, count: int) -> list[tuple[Point, Point]]:
    """Return pairs whose straight line something blocks: the others are answered in 0.5 ms."""
    waters = waters_of(sea.chart, OPEN_SEA)
    points = _water(sea, count * 6)
    pairs = list(zip(points[::2], points[1::2], strict=True))
    blind = [
        (a, b)
        for a, b in pairs
        if not waters.sees(np.array([a.lon, a.lat]), np.array([[b.lon, b.lat]]))[0]
    ]
    return blind[:count]


def _water(sea: Sea, count: int, seed: int = 1) -> list[Point]:
    """Return points spread over the water, the same for the same seed (a Halton sequence)."""
    west, south, east, north = sea.chart.box.bounds
    found: list[Point] = []
    number = seed * 10_000
    while len(found) < count:
        number += 1
        lon = west + (east - west) * _halton(number, 2)
        lat = south + (north - south) * _halton(number, 3)
        if shapely.contains_xy(sea.chart.water, *sea.chart.plane.km((lon, lat))):
            found.append(Point(lon=lon, lat=lat))
    return found[::2] + found[1::2]


def _halton(number: int, base: int) -> float:
    share, part = 0.0, 1.0
    while number:
        part /= base
        number, digit = divmod(number, base)
        share += digit * part
    return share


def _floor(sea: Sea, times: int) -> list[float]:
    graph = waters_of(sea.chart, OPEN_SEA).graph
    steps = range(0, len(sea.chart.corners), max(1, len(sea.chart.corners) // times))
    return [_ms(partial(dijkstra, graph, indices=one)) for one in steps]


def _berths_again(sea: Sea) -> float:
    berths = [berth.at for berth in load_atlas().berths]
    sea.matrix(berths)
    return _ms(partial(sea.matrix, berths))


def _legs_on_land(sea: Sea, pairs: list[tuple[Point, Point]]) -> int:
    land = shapely.union_all([shapely.make_valid(one) for one in coast()])
    shapely.prepare(land)
    ways = [sea.route(a, b).legs for a, b in pairs]
    lines = [shapely.LineString([(at.lon, at.lat) for at in legs]) for legs in ways]
    return int(shapely.intersects(land, lines).sum())


def _ms(what: Callable[[], object]) -> float:
    begun = perf_counter()
    what()
    return (perf_counter() - begun) * 1000.0
