from datetime import date

import msgspec
import pytest

from zhouqiao.base import Invalid
from zhouqiao.edge.portal.words import LANGS, Lang, words
from zhouqiao.platform.matter import (
    Entry,
    Exercise,
    Limit,
    Material,
    Matter,
    Office,
    case_number,
    check_basic_code,
    check_case_number,
    check_item_code,
    item_code,
)
from zhouqiao.platform.matter import declare as tables
from zhouqiao.platform.matter.declare import Satisfaction
from zhouqiao.platform.matter.model import faults_of
from zhouqiao.platform.rule import Unit

PUBLISHED = "11370800MB285591843370117002011"  # a real item code: body, level 3, basic code
BODY = Office(name="示例局", uscc="11370800MB28559184")
NAME = "made_up.pickup"


def entry(**more: object) -> Entry:
    plain: dict[str, object] = {
        "title": "示例事项",
        "basis": ("示例条例 §1",),
        "body": BODY,
        "valid_from": date(2026, 1, 1),
        "level": Exercise.CITY,
        "basic_code": "370117002011",
        "code": PUBLISHED,
    }
    return Entry(**plain | more)  # type: ignore[arg-type]


def test_a_published_item_code_comes_apart_and_together():
    code = check_item_code(PUBLISHED.lower())

    assert (code.uscc, code.level, code.basic) == (BODY.uscc, Exercise.CITY, "370117002011")
    assert item_code(BODY.uscc, Exercise.CITY, "370117002011") == PUBLISHED


def test_the_lengths_of_the_standard_are_taken_too():
    assert check_item_code("A" * 24).uscc == ""
    assert check_basic_code("a123456789") == "A123456789"


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("", "shape"),
        (PUBLISHED[:-1], "shape"),
        (PUBLISHED + "1", "shape"),
        (PUBLISHED[:18] + "8" + PUBLISHED[19:], "shape"),
        (PUBLISHED.replace("4337", "5337"), "check_character"),
        ("事" * 31, "shape"),
    ],
)
def test_a_wrong_item_code_is_refused(code: str, why: str):
    with pytest.raises(Invalid) as refusal:
        check_item_code(code)

    assert refusal.value.why == why


@pytest.mark.parametrize("code", ["", "1", "12345678901", "37011700201!"])
def test_a_wrong_basic_code_is_refused(code: str):
    with pytest.raises(Invalid):
        check_basic_code(code)


def test_a_case_number_is_code_day_and_serial():
    number = case_number(PUBLISHED, date(2026, 3, 2), 7)

    assert number == PUBLISHED + "20260302" + "0007"
    assert len(number) == 43
    found = check_case_number(number)
    assert (found.code.text, found.day, found.serial) == (PUBLISHED, date(2026, 3, 2), 7)


@pytest.mark.parametrize("serial", [0, 10_000])
def test_a_day_has_9999_serials(serial: int):
    with pytest.raises(Invalid):
        case_number(PUBLISHED, date(2026, 3, 2), serial)


@pytest.mark.parametrize(
    ("number", "why"),
    [(PUBLISHED, "shape"), (PUBLISHED + "202602300001", "date")],
)
def test_a_wrong_case_number_is_refused(number: str, why: str):
    with pytest.raises(Invalid) as refusal:
        check_case_number(number)

    assert refusal.value.why == why


def test_a_sound_entry_has_no_faults():
    assert faults_of(NAME, entry()) == ()


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"title": " "}, "title: missing"),
        ({"title": "事" * 201}, "title: longer_than 200"),
        ({"basis": ()}, "basis: missing"),
        ({"basis": ("",)}, "basis: missing"),
        ({"valid_to": date(2025, 12, 31)}, "valid_to: before_valid_from"),
        ({"clocks": ("no_such_clock",)}, "clocks: unknown no_such_clock"),
        ({"level": Exercise.COUNTY}, "code: other_level"),
        ({"basic_code": "370117002012"}, "code: other_basic_code"),
        ({"body": Office(name="另一局", uscc="11330105002500287C")}, "code: other_body"),
        ({"body": Office(name="错码局", uscc="113301050025002870")}, "uscc: check_character"),
        ({"code": "123"}, "code: shape"),
        ({"fee_basis": ""}, "fee_basis: missing"),
        (
            {"statutory": Limit(length=20), "promised": Limit(length=21)},
            "promised: longer_than_the_law",
        ),
        (
            {"statutory": Limit(length=20), "promised": Limit(length=5, unit=Unit.CALENDAR)},
            "promised: other_unit_than_the_law",
        ),
        (
            {"materials": (Material(name="身份证", from_register="公安人口库"),)},
            "materials.1: asked_for_what_公安人口库_knows",
        ),
        ({"materials": (Material(name="", copies=100),)}, "materials.1: count"),
    ],
)
def test_a_fault_of_an_entry_is_named(more: dict[str, object], fault: str):
    assert fault in faults_of(NAME, entry(**more))


def test_all_faults_are_told_at_once():
    assert len(faults_of(NAME, entry(title="", basis=(), clocks=("x",), code="1"))) == 4


def test_a_name_says_its_pack():
    assert faults_of("pickup", entry()) == ("name: shape",)


def test_the_same_entry_has_the_same_mark():
    assert entry().mark == entry().mark
    assert entry().mark != entry(visits=1).mark


def test_a_packs_matter_needs_only_its_name_and_basis():
    matter = Matter(name="pickup", basis=("海洋环境保护法 §57",))

    assert matter.title_key == "matter.pickup"
    with pytest.raises(Invalid):
        msgspec.structs.replace(matter, code="123")


def test_4_and_5_are_bad_ratings():
    assert [one.value for one in Satisfaction if one.is_bad] == ["4", "5"]


@pytest.mark.parametrize("lang", LANGS)
def test_every_code_of_the_standard_has_words(lang: Lang):
    known = {
        "kind": tables.MatterKind,
        "level": tables.Exercise,
        "standing": tables.Standing,
        "audience": tables.Audience,
        "channel": tables.Channel,
        "case_kind": tables.CaseKind,
        "special_procedure": tables.SpecialProcedure,
        "satisfaction": tables.Satisfaction,
        "span": tables.Span,
    }
    keys = [f"matter.{name}.{code.value}" for name, table in known.items() for code in table]

    assert [key for key in keys if key not in words(lang)] == []
