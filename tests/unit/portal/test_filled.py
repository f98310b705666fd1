"""What a browser sends of a form becomes the record its fields declare."""

from enum import StrEnum, auto
from typing import Annotated, Any

from zhouqiao.edge.portal.filled import About, Spot, record_of, tiles
from zhouqiao.platform.document.form import check_form, form_of
from zhouqiao.sdk import Bounds, Hint, Length, Mass, Point, record

NOBODY = About({}, {})


class Part(StrEnum):
    """What is worn out."""

    BULB = auto()
    CABLE = auto()


@record
class Load:
    """How much of a part."""

    part: Part
    mass: Annotated[Mass, Bounds("1", "50"), Hint(usual={Part.BULB: Mass.of(2)})]


@record
class Owner:
    """Whose it is."""

    name: str
    rings: bool = False


@record
class Report:
    """Everything a page can ask for."""

    lamp: Annotated[str, Hint(known="lamp")]
    loads: Annotated[list[Load], Length(3, 1)]
    place: Annotated[Point, Hint(places="berths")]
    spot: Annotated[str, Length(4), Hint(names="place")] = ""
    owner: Owner | None = None
    former: Annotated[list[Owner], Length(5)] = []  # noqa: RUF012 - a record is frozen
    colours: Annotated[list[str], Length(3)] = []  # noqa: RUF012 - a record is frozen


FIELDS = form_of(Report).fields
PLACE = {"place": ["here"], "place.lon": ["121.43"], "place.lat": ["28.66"]}
LEAST: dict[str, list[str]] = {"lamp": ["样灯"], "loads": ["bulb"], "loads.bulb": ["3"], **PLACE}


def read(**more: Any) -> dict[str, Any]:
    return record_of(FIELDS, LEAST | more, NOBODY)


def test_a_filled_form_fits_its_record() -> None:
    clean = check_form(form_of(Report), read())

    assert clean["loads"] == [{"part": "bulb", "mass": {"kg": "3"}}]
    assert clean["place"] == {"lon": 121.43, "lat": 28.66, "datum": "WGS84"}


def test_an_amount_nobody_said_is_the_usual_one() -> None:
    assert read(**{"loads.bulb": [""]})["loads"] == [{"part": "bulb", "mass": "2"}]


def test_a_known_place_gives_its_name_too() -> None:
    about = About({}, {"quay": Spot("示例码头一号", 121.5, 28.7)})

    found = record_of(FIELDS, LEAST | {"place": ["quay"]}, about)

    assert (found["place"], found["spot"]) == ({"lon": 121.5, "lat": 28.7}, "示例码头")


def test_what_is_known_of_a_person_is_not_theirs_to_send() -> None:
    found = record_of(FIELDS, LEAST, About({"lamp": "登记的灯"}, {}))

    assert found["lamp"] == "登记的灯"


def test_a_record_in_a_record_is_left_out_when_nothing_of_it_was_said() -> None:
    assert "former" not in read()
    said = read(**{"owner.name": ["江示例"], "owner.rings": ["on"]})["owner"]
    assert said == {"name": "江示例", "rings": True}


def test_items_of_a_list_are_those_that_were_filled() -> None:
    found = read(**{"former[1].name": ["王样例"]})["former"]

    assert [one.get("name") for one in found] == ["王样例"]


def test_a_list_of_texts_is_one_a_line() -> None:
    assert read(colours=["红\r\n\r\n黄 "])["colours"] == ["红", "黄"]


def test_only_a_choice_with_an_amount_each_is_drawn_as_tiles() -> None:
    assert [one.name for one in FIELDS if tiles(one)] == ["loads"]
