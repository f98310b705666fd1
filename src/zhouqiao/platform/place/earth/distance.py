"""How far it is: over the ball, and on land until roads are given."""

from math import asin, cos, radians, sin, sqrt

from zhouqiao.base import Datum, Point
from zhouqiao.platform.place.earth.datum import convert

EARTH_KM = 6371.0088  # mean radius R1, IUGG 1980
LAND_FACTOR = 1.4  # assumed, until roads are given; Ballou et al. 2002 give 1.33 for China


def great_circle_km(a: Point, b: Point) -> float:
    """Return the shortest way over the ball in km, by the haversine formula."""
    a, b = convert(a, Datum.WGS84), convert(b, Datum.WGS84)
    up = sin(radians(b.lat - a.lat) / 2.0) ** 2
    across = sin(radians(b.lon - a.lon) / 2.0) ** 2
    chord = up + cos(radians(a.lat)) * cos(radians(b.lat)) * across
    return 2.0 * EARTH_KM * asin(sqrt(min(1.0, chord)))


def land_km(a: Point, b: Point, *, factor: float = LAND_FACTOR) -> float:
    """Return an assumed road distance in km: the great circle times `factor` (≥ 1)."""
    return great_circle_km(a, b) * max(1.0, factor)
