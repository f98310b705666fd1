import json
import subprocess
import sys

import pytest

from zhouqiao.base import Datum, Invalid, NotFound, Point
from zhouqiao.platform.place import check_code, convert, land_km, load_atlas
from zhouqiao.platform.place.errors import BadCode, OutsideAtlas
from zhouqiao.platform.place.model import Level

ATLAS = load_atlas()
HAIMEN = Point(lon=121.445, lat=28.682)
TAIZHOU = (120.6, 27.8, 122.9, 29.5)


def test_the_ladder_of_divisions_goes_from_province_to_village() -> None:
    assert ATLAS.divisions.full_name("331002001004") == "浙江省台州市椒江区海门街道衙门巷社区"
    assert [above.level for above in ATLAS.divisions.parents("331002001004")] == [
        Level.TOWN,
        Level.COUNTY,
        Level.CITY,
        Level.PROVINCE,
    ]


def test_a_county_has_its_bounds_and_one_split_off_since_those_of_all() -> None:
    west, south, east, north = ATLAS.bounds("331002")
    assert west < HAIMEN.lon < east
    assert south < HAIMEN.lat < north

    whole = ATLAS.bounds("999999")
    assert whole[0] < west
    assert whole[3] > north


def test_zhejiang_has_eleven_cities_ninety_counties_and_every_village_given() -> None:
    cities = ATLAS.divisions.children("33")
    counties = [county for city in cities for county in ATLAS.divisions.children(city.code)]
    towns = [town for county in counties for town in ATLAS.divisions.children(county.code)]
    villages = sum(len(ATLAS.divisions.children(town.code)) for town in towns)

    assert (len(cities), len(counties), len(towns), villages) == (11, 90, 1387, 25547)


@pytest.mark.parametrize(
    ("written", "short"),
    [
        ("33", "33"),
        ("330000", "33"),
        ("331000", "3310"),
        ("331002", "331002"),
        ("331002000000", "331002"),
        ("331002001000", "331002001"),
        ("331000000000", "3310"),
        ("331002001004", "331002001004"),
    ],
)
def test_a_code_may_be_written_with_its_trailing_zeros(written: str, short: str) -> None:
    assert check_code(written) == short


@pytest.mark.parametrize(
    "text", ["", "3", "331", "33100", "3310021", "33100a", "３３", "331002001004x", "'; DROP", "²²"]
)
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(BadCode):
        check_code(text)


def test_an_unknown_division_is_not_found_rather_than_made_up() -> None:
    with pytest.raises(NotFound):
        ATLAS.divisions.division("331099")


def test_names_are_found_whole_ones_first_and_within_a_county() -> None:
    found = ATLAS.divisions.find("大陈镇")
    ours = ATLAS.divisions.find("大陈", within="331002")

    assert found[0].name == "大陈镇"
    assert ours[0].code == "331002101"
    assert ATLAS.divisions.find("  ") == ()


def test_a_point_has_a_county_a_town_and_a_made_cell() -> None:
    found = ATLAS.locate(HAIMEN)

    assert found.county.code == "331002"
    assert found.town is not None
    assert found.town.code == "331002001"
    assert found.grid is not None
    assert found.grid.made
    assert found.as_of == "pre-2021"
    assert "place.town_assumed" in found.notes


def test_the_same_place_on_another_datum_is_the_same_place() -> None:
    on_baidu = convert(HAIMEN, Datum.BD09)

    assert ATLAS.locate(on_baidu).grid == ATLAS.locate(HAIMEN).grid


def test_a_county_split_since_the_polygons_were_drawn_is_said_to_be() -> None:
    found = ATLAS.locate(Point(lon=120.30, lat=30.42))

    assert found.county.name == "余杭区"
    assert [other.name for other in found.may_be] == ["临平区"]
    assert "place.county_split_since" in found.notes


def test_a_county_renamed_since_stands_under_its_name_of_today() -> None:
    found = ATLAS.locate(Point(lon=121.23, lat=28.13))

    assert (found.county.code, found.county.name) == ("331083", "玉环市")
    assert "place.county_renamed_since" in found.notes


def test_a_point_at_sea_counts_to_the_nearest_county_and_says_so() -> None:
    found = ATLAS.locate(Point(lon=121.95, lat=28.40))

    assert found.at_sea
    assert found.county.code == "331002"
    assert found.off_km > 1.0
    assert "place.at_sea_nearest_county" in found.notes


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        (116.4, 39.9),
        (119.3, 26.1),
        (120.95, 31.15),
        (2.3, 48.8),
        (float("nan"), 28.6),
        (121.5, float("inf")),
    ],
)
def test_what_lies_outside_zhejiang_is_refused(lon: float, lat: float) -> None:
    with pytest.raises(OutsideAtlas):
        ATLAS.locate(Point(lon=lon, lat=lat))


def test_a_towns_cells_are_made_deterministic_and_do_not_repeat() -> None:
    cells = ATLAS.grids("331002001")

    assert cells == ATLAS.grids("331002001")
    assert len({cell.code for cell in cells}) == len(cells) > 5
    assert all(cell.made and cell.code.startswith("331002001M") for cell in cells)


def test_the_middle_of_a_cell_is_located_in_that_cell() -> None:
    for cell in ATLAS.grids("331002007"):
        west, south, east, north = cell.bounds

        found = ATLAS.locate(Point(lon=(west + east) / 2, lat=(south + north) / 2))

        assert found.grid == cell


def test_land_travel_is_the_great_circle_times_an_assumed_factor_never_less() -> None:
    there = Point(lon=121.37, lat=28.37)

    assert land_km(HAIMEN, there) == pytest.approx(1.4 * land_km(HAIMEN, there, factor=1.0))
    assert land_km(HAIMEN, there, factor=0.2) == land_km(HAIMEN, there, factor=1.0)


def test_the_map_of_taizhou_is_small_enough_for_a_phone() -> None:
    land = json.dumps(ATLAS.outline(TAIZHOU), separators=(",", ":"))
    borders = json.dumps(ATLAS.division_lines(TAIZHOU), ensure_ascii=False, separators=(",", ":"))

    assert 20_000 < len(land.encode()) < 400_000
    assert 5_000 < len(borders.encode()) < 400_000
    assert "椒江区" in borders


def test_every_berth_is_marked_approximate_and_lies_in_a_known_town() -> None:
    assert len(ATLAS.berths) >= 8
    for berth in ATLAS.berths:
        assert berth.approximate
        assert ATLAS.divisions.division(berth.town).level == Level.TOWN
        assert ATLAS.berth(berth.id) == berth


def test_a_berth_nobody_knows_is_not_found() -> None:
    with pytest.raises(NotFound):
        ATLAS.berth("berth_atlantis")


def test_importing_places_reads_no_file() -> None:
    script = (
        "import sys; opened = []\n"
        "note = lambda event, said: opened.append(str(said[0])) if event == 'open' else None\n"
        "sys.addaudithook(note)\n"
        "import zhouqiao.platform.place\n"
        "print([name for name in opened if name.endswith(('.gz', '.csv', '.npz', '.geojson'))])"
    )
    said = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert said.stdout.strip() == "[]"


def test_a_bad_code_is_told_with_what_was_given() -> None:
    with pytest.raises(Invalid) as refused:
        check_code("33x")

    assert refused.value.slots()["given"] == "33x"
