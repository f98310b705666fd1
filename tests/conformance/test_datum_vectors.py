"""The published vectors of `eviltransform` (googollee) and `coordtransform` (wandergis), both MIT.

The BD-09 vectors of `eviltransform` are left out: its period is π, Baidu's π·3000/180.
"""

import pytest

from zhouqiao.base import Datum, Point
from zhouqiao.platform.place import convert

WGS84_AND_GCJ02 = [
    (31.1774276, 121.5272106, 31.17530398364597, 121.531541859215),  # Shanghai
    (22.543847, 113.912316, 22.540796131694766, 113.9171764808363),  # Shenzhen
    (39.911954, 116.377817, 39.91334545536069, 116.38404722455657),  # Beijing
]
BD09 = [
    (Datum.GCJ02, (116.404, 39.915), (116.41036949371029, 39.92133699351021)),
    (Datum.WGS84, (116.404, 39.915), (116.41662724378733, 39.922699552216216)),
]
ABROAD = [(39.7392, -104.9903), (-27.4698, 153.0251), (-22.9068, -43.1729)]


@pytest.mark.parametrize(("lat", "lon", "to_lat", "to_lon"), WGS84_AND_GCJ02)
def test_wgs84_becomes_gcj02_to_the_last_digit(
    lat: float, lon: float, to_lat: float, to_lon: float
) -> None:
    there = convert(Point(lon=lon, lat=lat), Datum.GCJ02)

    assert (there.lat, there.lon) == pytest.approx((to_lat, to_lon), abs=1e-9)


@pytest.mark.parametrize(("lat", "lon", "from_lat", "from_lon"), WGS84_AND_GCJ02)
def test_gcj02_becomes_wgs84_exactly(
    lat: float, lon: float, from_lat: float, from_lon: float
) -> None:
    there = convert(Point(lon=from_lon, lat=from_lat, datum=Datum.GCJ02), Datum.WGS84)

    assert (there.lat, there.lon) == pytest.approx((lat, lon), abs=1e-9)


@pytest.mark.parametrize(("datum", "given", "on_baidu"), BD09)
def test_what_baidu_shows_is_reached_and_left_exactly(
    datum: Datum, given: tuple[float, float], on_baidu: tuple[float, float]
) -> None:
    start = Point(lon=given[0], lat=given[1], datum=datum)

    there = convert(start, Datum.BD09)
    back = convert(there, datum)

    assert (there.lon, there.lat) == pytest.approx(on_baidu, abs=1e-9)
    assert (back.lon, back.lat) == pytest.approx(given, abs=1e-9)


@pytest.mark.parametrize(("lat", "lon"), ABROAD)
def test_abroad_nothing_moves(lat: float, lon: float) -> None:
    there = convert(Point(lon=lon, lat=lat), Datum.GCJ02)

    assert (there.lat, there.lon) == (lat, lon)
