"""From one datum to another: WGS 84 and CGCS2000, GCJ-02, BD-09.

The two Chinese offsets have no published definition; the formulas here are the ones every map
library has used since 2013 (the `eviltransform` and `coordtransform` projects), which agree with
the maps to a few metres. Forward is their formula; backward is found by iteration, to 1e-9 degrees
(0.1 mm), because the closed inverse they give is 1–5 m off.
"""

from collections.abc import Callable
from math import atan2, cos, hypot, pi, radians, sin, sqrt

from zhouqiao.base import Datum, Point

Pair = tuple[float, float]

AXIS_M = 6_378_245.0  # Krasovsky 1940
ECCENTRICITY_2 = 0.006_693_421_622_965_943_23
BAIDU = pi * 3000.0 / 180.0
ROUNDS = 12


def convert(point: Point, datum: Datum) -> Point:
    """Return the same place on `datum`, its accuracy kept. Outside China nothing is offset."""
    if point.datum == datum:
        return point
    to_wgs, _ = BETWEEN[point.datum]
    _, from_wgs = BETWEEN[datum]
    lon, lat = from_wgs(to_wgs((point.lon, point.lat)))
    return Point(lon=lon, lat=lat, datum=datum, accuracy=point.accuracy)


def gcj_from_wgs(pair: Pair) -> Pair:
    """Return the mandatory offset of published maps, in degrees."""
    lon, lat = pair
    if not _in_china(lon, lat):
        return pair
    east, north = _offset_m(lon - 105.0, lat - 35.0)
    slope = radians(lat)
    rest = 1.0 - ECCENTRICITY_2 * sin(slope) ** 2
    per_lon = pi / 180.0 * AXIS_M / sqrt(rest) * cos(slope)
    per_lat = pi / 180.0 * AXIS_M * (1.0 - ECCENTRICITY_2) / (rest * sqrt(rest))
    return lon + east / per_lon, lat + north / per_lat


def wgs_from_gcj(pair: Pair) -> Pair:
    """Return the pair whose `gcj_from_wgs` is `pair`."""
    return _undo(gcj_from_wgs, pair)


def bd_from_wgs(pair: Pair) -> Pair:
    """Return Baidu's offset of the mandatory offset, in degrees."""
    return _bd_from_gcj(gcj_from_wgs(pair)) if _in_china(*pair) else pair


def wgs_from_bd(pair: Pair) -> Pair:
    """Return the pair whose `bd_from_wgs` is `pair`."""
    return wgs_from_gcj(_undo(_bd_from_gcj, pair)) if _in_china(*pair) else pair


def _same(pair: Pair) -> Pair:
    return pair


def _bd_from_gcj(pair: Pair) -> Pair:
    lon, lat = pair
    far = hypot(lon, lat) + 0.000_02 * sin(lat * BAIDU)
    turn = atan2(lat, lon) + 0.000_003 * cos(lon * BAIDU)
    return far * cos(turn) + 0.0065, far * sin(turn) + 0.006


def _undo(forward: Callable[[Pair], Pair], goal: Pair) -> Pair:
    lon, lat = goal
    for _ in range(ROUNDS):
        there = forward((lon, lat))
        lon, lat = lon - (there[0] - goal[0]), lat - (there[1] - goal[1])
    return lon, lat


def _in_china(lon: float, lat: float) -> bool:
    return 72.004 <= lon <= 137.8347 and 0.8293 <= lat <= 55.8271


def _offset_m(x: float, y: float) -> Pair:
    ripple = (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    root = sqrt(abs(x))
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + ripple
    east += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + ripple
    north += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y * pi / 30.0)) * 2.0 / 3.0
    return east, north


BETWEEN: dict[Datum, tuple[Callable[[Pair], Pair], Callable[[Pair], Pair]]] = {
    Datum.WGS84: (_same, _same),
    Datum.CGCS2000: (_same, _same),
    Datum.GCJ02: (wgs_from_gcj, gcj_from_wgs),
    Datum.BD09: (wgs_from_bd, bd_from_wgs),
}
