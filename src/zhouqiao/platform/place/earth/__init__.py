"""The earth as a ball and as three datums: pure sums, no data."""

from zhouqiao.platform.place.earth.datum import convert
from zhouqiao.platform.place.earth.distance import LAND_FACTOR, great_circle_km, land_km

__all__ = ["LAND_FACTOR", "convert", "great_circle_km", "land_km"]
