import pytest

from zhouqiao.base import Datum, Point
from zhouqiao.platform.place import convert, great_circle_km

JIAOJIANG = Point(lon=121.452, lat=28.690, accuracy=8.0)


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
def test_an_offset_near_taizhou_is_hundreds_of_metres_and_never_a_kilometre_or_two(
    datum: Datum,
) -> None:
    moved = convert(JIAOJIANG, datum)
    as_if_wgs = Point(lon=moved.lon, lat=moved.lat)

    assert 0.3 < great_circle_km(JIAOJIANG, as_if_wgs) < 1.5


def test_the_accuracy_said_by_the_phone_is_kept() -> None:
    assert convert(JIAOJIANG, Datum.BD09).accuracy == 8.0


def test_cgcs2000_counts_as_wgs84() -> None:
    there = convert(JIAOJIANG, Datum.CGCS2000)

    assert (there.lon, there.lat, there.datum) == (121.452, 28.690, Datum.CGCS2000)


@pytest.mark.parametrize("datum", list(Datum))
def test_outside_china_nothing_is_offset(datum: Datum) -> None:
    paris = Point(lon=2.35, lat=48.86)

    there = convert(paris, datum)

    assert (there.lon, there.lat) == (2.35, 48.86)


def test_the_great_circle_knows_a_minute_of_latitude_is_a_nautical_mile() -> None:
    minute = great_circle_km(Point(lon=121.0, lat=28.0), Point(lon=121.0, lat=28.0 + 1 / 60))

    assert minute == pytest.approx(1.852, abs=0.003)
