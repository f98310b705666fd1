from itertools import combinations

import numpy as np
import pytest
import shapely

from zhouqiao.base import Datum, Point
from zhouqiao.platform.place import (
    NOT_FOR_NAVIGATION,
    OPEN_SEA,
    Layers,
    SeaRoute,
    charted_layers,
    convert,
    great_circle_km,
    load_atlas,
    load_sea,
)
from zhouqiao.platform.place.atlas.shelf import coast
from zhouqiao.platform.place.errors import (
    InClosedArea,
    NoOpenWater,
    NoWayThere,
    OnLand,
    OutsideChart,
)
from zhouqiao.platform.place.sea import Closed, Fairway, Shoal

SEA = load_sea()
BERTHS = {berth.id.removeprefix("berth_"): berth.at for berth in load_atlas().berths}
LAND = shapely.unary_union([shapely.make_valid(land) for land in coast()])
shapely.prepare(LAND)
MOUTH = Closed("试验封闭区", ((121.62, 28.40), (121.80, 28.40), (121.80, 28.62), (121.62, 28.62)))


def line(route: SeaRoute) -> shapely.LineString:
    return shapely.LineString([(point.lon, point.lat) for point in route.legs])


@pytest.mark.parametrize(("a", "b"), list(combinations(BERTHS, 2)))
def test_between_any_two_berths_the_way_is_wet_longer_than_the_crow_and_the_same_back(
    a: str, b: str
) -> None:
    way, back = SEA.route(BERTHS[a], BERTHS[b]), SEA.route(BERTHS[b], BERTHS[a])

    assert not LAND.intersects(line(way))
    assert way.km >= great_circle_km(BERTHS[a], BERTHS[b])
    assert way.km > 0.0
    assert way.km == back.km
    assert way.legs == back.legs[::-1]
    assert way.label == NOT_FOR_NAVIGATION


def test_the_matrix_says_what_the_routes_say() -> None:
    points = list(BERTHS.values())

    km = SEA.matrix(points)

    for (i, a), (j, b) in combinations(enumerate(points), 2):
        assert km[i, j] == pytest.approx(SEA.route(a, b).km, abs=0.005)
        assert km[i, j] >= great_circle_km(a, b) - 1e-9
        assert km[i, j] > 0.0
    assert np.array_equal(km, km.T)
    assert not np.any(np.diag(km))


def test_jiaojiang_to_shitang_goes_round_the_land_and_not_zero_km() -> None:
    way = SEA.route(BERTHS["jiaojiang"], BERTHS["shitang"])

    assert great_circle_km(BERTHS["jiaojiang"], BERTHS["shitang"]) < 51.0
    assert 55.0 < way.km < 65.0


def test_the_graph_holds_no_more_than_ten_thousand_nodes_and_no_dry_link() -> None:
    chart = SEA.chart

    legs = shapely.linestrings(chart.corner_degrees[chart.links])

    assert len(chart.corners) <= 10_000
    assert not np.any(shapely.intersects(LAND, legs))


def test_two_points_that_snap_to_one_spot_are_still_apart() -> None:
    inland = Point(lon=121.6050, lat=28.2650)
    beside = Point(lon=121.6049, lat=28.2650)

    assert SEA.route(inland, beside).km >= great_circle_km(inland, beside) > 0.0


def test_a_berth_on_reclaimed_land_is_snapped_to_water_and_said_to_be() -> None:
    way = SEA.route(BERTHS["shitang"], BERTHS["xiadachen"])

    assert way.snapped_from is not None
    assert way.snapped_from.ashore
    assert 0.0 < way.snapped_from.km <= 3.0
    assert way.snapped_to is None
    assert way.approach_km == way.snapped_from.km
    assert "place.snapped_from_land" in way.notes


def test_a_point_in_the_hills_is_refused_as_on_land() -> None:
    with pytest.raises(OnLand) as refused:
        SEA.route(Point(lon=121.0, lat=28.85), BERTHS["toumen"])

    assert refused.value.slots()["inland_km"] > 3.0


@pytest.mark.parametrize(("lon", "lat"), [(123.0, 28.5), (121.5, 29.41), (120.0, 28.6), (0.0, 0.0)])
def test_a_point_off_the_chart_is_refused(lon: float, lat: float) -> None:
    with pytest.raises(OutsideChart):
        SEA.route(Point(lon=lon, lat=lat), BERTHS["toumen"])


def test_a_phone_on_another_datum_is_understood() -> None:
    there = convert(BERTHS["xiadachen"], Datum.GCJ02)

    way = SEA.route(BERTHS["jiaojiang"], there)

    assert way.km == pytest.approx(SEA.route(BERTHS["jiaojiang"], BERTHS["xiadachen"]).km, abs=1e-3)


def test_a_closed_area_is_gone_round() -> None:
    layers = Layers(closed=(MOUTH,))
    a, b = BERTHS["jiaojiang"], BERTHS["xiadachen"]

    free, round_it = SEA.route(a, b), SEA.route(a, b, layers=layers)

    assert shapely.Polygon(MOUTH.outline).intersects(line(free))
    assert not shapely.Polygon(MOUTH.outline).intersects(line(round_it))
    assert not LAND.intersects(line(round_it))
    assert round_it.km > free.km
    assert SEA.matrix([a, b], layers=layers)[0, 1] == pytest.approx(round_it.km, abs=0.005)


def test_nobody_is_sent_into_a_closed_area() -> None:
    with pytest.raises(InClosedArea) as refused:
        SEA.route(BERTHS["jiaojiang"], Point(lon=121.7, lat=28.5), layers=Layers(closed=(MOUTH,)))

    assert refused.value.area == "试验封闭区"


def test_a_fairway_that_bends_on_the_very_line_of_a_closed_area_does_not_lead_in() -> None:
    bend = ((121.56, 28.66), (121.72, 28.62), (121.84, 28.50))
    layers = Layers(closed=(MOUTH,), fairways=(Fairway("试验航路", bend, weight=0.5),))

    way = SEA.route(BERTHS["jiaojiang"], BERTHS["xiadachen"], layers=layers)

    assert not shapely.Polygon(MOUTH.outline).crosses(line(way))
    assert not shapely.Polygon(MOUTH.outline).contains_properly(line(way))


def test_an_area_closed_all_round_a_point_leaves_no_way_and_says_so() -> None:
    middle = shapely.Point(122.5, 28.6)
    ring = middle.buffer(0.1).difference(middle.buffer(0.05))
    left = ring.intersection(shapely.box(122, 28, 122.501, 29))
    right = ring.intersection(shapely.box(122.499, 28, 123, 29))
    layers = Layers(
        closed=tuple(Closed("环", tuple(half.exterior.coords[:-1])) for half in (left, right))
    )
    inside = Point(lon=122.5, lat=28.6)

    with pytest.raises(NoWayThere):
        SEA.route(inside, BERTHS["xiadachen"], layers=layers)
    assert SEA.matrix([inside, BERTHS["xiadachen"]], layers=layers)[0, 1] == np.inf
    assert SEA.route(inside, Point(lon=122.51, lat=28.61), layers=layers).km > 0.0


def test_a_deep_boat_keeps_off_a_shoal_and_a_flat_one_crosses_it() -> None:
    shoal = Shoal("试验浅滩", MOUTH.outline, depth_m=2.0)
    a, b = BERTHS["jiaojiang"], BERTHS["xiadachen"]

    flat = SEA.route(a, b, layers=Layers(shoals=(shoal,), draught_m=1.2))
    deep = SEA.route(a, b, layers=Layers(shoals=(shoal,), draught_m=2.4))

    assert flat.km == SEA.route(a, b).km
    assert deep.km > flat.km
    assert "place.depth_assumed" in deep.notes


def test_a_fairway_is_kept_to_where_it_costs_little() -> None:
    bend = ((121.56, 28.66), (121.70, 28.60), (121.84, 28.50))
    layers = Layers(fairways=(Fairway("试验航路", bend, weight=0.7),))
    a, b = BERTHS["jiaojiang"], BERTHS["xiadachen"]

    free, kept = SEA.route(a, b), SEA.route(a, b, layers=layers)

    assert free.km <= kept.km < free.km * 1.1
    assert (121.70, 28.60) in {(round(p.lon, 4), round(p.lat, 4)) for p in kept.legs}
    assert not LAND.intersects(line(kept))


def test_the_fairways_of_the_atlas_cross_no_land() -> None:
    layers = charted_layers()

    assert layers.fairways
    for fairway in layers.fairways:
        assert fairway.assumed
        assert not LAND.intersects(shapely.LineString(fairway.line))
    for shoal in layers.shoals:
        assert shoal.assumed
    assert SEA.route(BERTHS["jiaojiang"], BERTHS["shitang"], layers=layers).km > 0


def test_no_points_make_an_empty_matrix() -> None:
    assert SEA.matrix([]).shape == (0, 0)
    assert SEA.matrix([BERTHS["toumen"]]).tolist() == [[0.0]]


def test_a_point_and_itself_are_no_way_apart() -> None:
    way = SEA.route(BERTHS["xiadachen"], BERTHS["xiadachen"])

    assert way.km == 0.0


def test_water_that_leads_nowhere_is_not_taken_for_the_sea() -> None:
    ponds = [point for point in far_ponds() if point is not None]

    for pond in ponds:
        with pytest.raises((NoOpenWater, OnLand)):
            SEA.route(pond, BERTHS["toumen"], layers=OPEN_SEA)


def far_ponds() -> list[Point]:
    """Charted water further than 3 km from any the router knows."""
    box = SEA.chart.box
    water = shapely.box(*box.bounds).difference(LAND)
    known = shapely.transform(SEA.chart.water, SEA.chart.plane.degrees)
    rest = shapely.get_parts(water.difference(known.buffer(0.032)))
    return [Point(lon=p.x, lat=p.y) for p in shapely.point_on_surface(rest)]
