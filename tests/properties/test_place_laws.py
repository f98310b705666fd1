"""Laws of places: datums round-trip, the sea router keeps its promises anywhere on the chart."""

from math import cos, pi, sin

import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from zhouqiao.base import Datum, Point, Refusal
from zhouqiao.platform.place import (
    Layers,
    SeaRoute,
    convert,
    great_circle_km,
    load_atlas,
    load_sea,
)
from zhouqiao.platform.place.atlas.shelf import coast
from zhouqiao.platform.place.sea import Closed

SEA = load_sea()
LAND = shapely.unary_union([shapely.make_valid(land) for land in coast()])
shapely.prepare(LAND)

in_china = st.builds(Point, lon=st.floats(73.5, 134.5), lat=st.floats(4.0, 53.0))
offset = st.sampled_from([Datum.GCJ02, Datum.BD09])
on_chart = st.builds(Point, lon=st.floats(120.9, 122.9), lat=st.floats(27.9, 29.4))


def routed(a: Point, b: Point) -> SeaRoute | None:
    try:
        return SEA.route(a, b)
    except Refusal as refusal:
        assert refusal.code in {"place.on_land", "place.no_open_water"}  # noqa: PT017
        return None


@given(point=in_china, datum=offset)
def test_there_and_back_between_datums_is_less_than_half_a_metre(
    point: Point, datum: Datum
) -> None:
    back = convert(convert(point, datum), Datum.WGS84)

    assert great_circle_km(point, back) < 0.0005


@settings(max_examples=150, deadline=None)
@given(a=on_chart, b=on_chart)
def test_anywhere_on_the_chart_a_way_is_wet_no_shorter_than_the_crow_and_the_same_back(
    a: Point, b: Point
) -> None:
    way = routed(a, b)
    assume(way is not None)
    assert way is not None

    assert not LAND.intersects(shapely.LineString([(p.lon, p.lat) for p in way.legs]))
    assert way.km >= great_circle_km(a, b) * (1.0 - 1e-12)
    assert (way.km > 0.0) == (great_circle_km(a, b) > 0.0)
    assert SEA.route(b, a).km == way.km


@settings(max_examples=100, deadline=None)
@given(a=on_chart, b=on_chart, c=on_chart)
def test_going_by_a_third_place_is_never_much_shorter(a: Point, b: Point, c: Point) -> None:
    ab, bc, ac = routed(a, b), routed(b, c), routed(a, c)
    assume(ab is not None and bc is not None and ac is not None)
    assert ab is not None
    assert bc is not None
    assert ac is not None

    assert ac.km <= (ab.km + bc.km) * 1.002 + 0.05


@settings(max_examples=60, deadline=None)
@given(points=st.lists(on_chart.filter(lambda p: routed(p, p) is not None), max_size=6))
def test_the_matrix_never_disagrees_with_the_route(points: list[Point]) -> None:
    km = SEA.matrix(points)

    for i, a in enumerate(points):
        for j, b in enumerate(points):
            assert abs(km[i, j] - SEA.route(a, b).km) < 0.05


@settings(max_examples=100, deadline=None)
@given(
    a=on_chart,
    b=on_chart,
    middle=on_chart,
    size=st.floats(0.01, 0.3),
    turn=st.floats(0.0, 6.3),
    corners=st.integers(3, 9),
)
def test_whatever_is_closed_no_way_crosses_it_nor_the_land(
    a: Point, b: Point, middle: Point, size: float, turn: float, corners: int
) -> None:
    around = [turn + 2 * pi * corner / corners for corner in range(corners)]
    outline = tuple((middle.lon + size * cos(at), middle.lat + size * sin(at)) for at in around)
    try:
        way = SEA.route(a, b, layers=Layers(closed=(Closed("试验封闭区", outline),)))
    except Refusal:
        return
    line = shapely.LineString([(p.lon, p.lat) for p in way.legs])
    well_inside = shapely.Polygon(outline).buffer(-1e-5)

    assert not LAND.intersects(line)
    assert not well_inside.intersects(line)
    assert way.km >= routed_km(a, b) - 1e-6


def routed_km(a: Point, b: Point) -> float:
    way = routed(a, b)
    assert way is not None
    return way.km


@settings(max_examples=200, deadline=None)
@given(point=st.builds(Point, lon=st.floats(117.5, 123.5), lat=st.floats(26.5, 31.7)))
def test_every_point_is_located_or_refused_in_words(point: Point) -> None:
    try:
        found = load_atlas().locate(point)
    except Refusal as refusal:
        assert refusal.code == "place.outside_atlas"  # noqa: PT017
    else:
        assert found.county.code.startswith("33")
        assert found.grid is None or found.grid.code.startswith(found.county.code)
