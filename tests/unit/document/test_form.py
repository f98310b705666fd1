from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

import msgspec
import pytest

from zhouqiao.base import Count, Id, Mass, Money, Personal, Point, decode, encode, to_plain
from zhouqiao.platform.document.declare import (
    Bounds,
    File,
    Grade,
    Hint,
    Icon,
    Length,
    Media,
    Record,
    record,
)
from zhouqiao.platform.document.errors import FormFaults
from zhouqiao.platform.document.form import (
    FormSpec,
    as_record,
    check_form,
    form_of,
    json_schema,
    split_personal,
)


class Waste(StrEnum):
    PLASTIC = "plastic"
    NET = "net"


class CaseId(Id):
    prefix = "case"
    __slots__ = ()


@record
class Line:
    """One kind, weighed once."""

    kind: Waste
    mass: Annotated[Mass, Bounds("0.01", "2000")]
    scale: str = ""


@record
class Handover:
    """What both sides signed for on the water."""

    lines: Annotated[tuple[Line, ...], Length(12, 1)]
    fee: Money | None = None
    bags: Count | None = None
    note: Annotated[str, Length(20)] = ""
    photo: Annotated[File, Media.IMAGE] | None = None
    at: Point | None = None
    phone: Annotated[Personal[str], Grade(4)] | None = None
    case: CaseId | None = None
    calm: bool = True
    on: date | None = None
    begun: datetime | None = None
    knots: Decimal | None = None
    people: int = 1


GOOD: dict[str, Any] = {"lines": [{"kind": "plastic", "mass": {"kg": "12.40"}}]}
spec = form_of(Handover)


def faults(**said: object) -> dict[str, str]:
    with pytest.raises(FormFaults) as refused:
        check_form(spec, {**GOOD, **said})
    return {f["field"]: f["why"] for f in refused.value.faults}


def test_a_record_is_frozen_and_keyword_only() -> None:
    line = Line(kind=Waste.NET, mass=Mass.of(3))

    assert isinstance(line, Record)
    with pytest.raises(AttributeError):
        line.scale = "S-01"  # type: ignore[misc]
    with pytest.raises(TypeError):
        Line(Waste.NET, Mass.of(3))  # type: ignore[call-arg]


def test_a_record_must_say_what_it_is() -> None:
    with pytest.raises(TypeError, match="docstring"):

        @record
        class Mute:
            name: str


def test_a_form_outlives_its_class_as_plain_json() -> None:
    assert decode(encode(spec), FormSpec) == spec
    assert check_form(decode(encode(spec), FormSpec), GOOD) == GOOD


def test_a_form_knows_unit_bounds_choice_grade_and_label() -> None:
    mass = spec.fields[0].fields[1]
    phone = spec.field("phone")

    assert (mass.unit, mass.least, mass.most) == ("kg", "0.01", "2000")
    assert mass.label == "line.mass"
    assert spec.fields[0].fields[0].options == ("plastic", "net")
    assert phone is not None
    assert (phone.personal, phone.required) == (4, False)
    assert spec.field("photo").media == ("image",)  # type: ignore[union-attr]


@pytest.mark.parametrize("raw", ["12.4", 12.4, {"kg": "12.4"}, {"kg": 12.4}, "１２.４"])
def test_a_weight_may_come_in_any_spelling_and_leaves_in_one(raw: object) -> None:
    clean = check_form(spec, {"lines": [{"kind": "net", "mass": raw}]})

    assert clean["lines"][0]["mass"] == {"kg": "12.4"}


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (-5, "negative"),
        ("-0.01", "negative"),
        (10**9, "too_large"),
        ("1e400", "too_large"),
        ("0", "too_small"),
        ("0.0100000001", "too_fine"),
        (float("nan"), "not_a_number"),
        ("NaN", "not_a_number"),
        (float("inf"), "not_a_number"),
        ("sNaN", "not_a_number"),
        ("12,4", "not_a_number"),
        ("1_0", "not_a_number"),
        ("9" * 41, "not_a_number"),
        (True, "wrong_type"),
        ([1], "wrong_type"),
        ({"litre": "3"}, "wrong_unit"),
        ({"kg": "3", "g": "1"}, "wrong_unit"),
        (None, "missing"),
        ("", "missing"),
    ],
)
def test_a_weight_that_cannot_be_is_refused_at_its_field(raw: object, why: str) -> None:
    assert faults(lines=[{"kind": "net", "mass": raw}]) == {"lines[0].mass": why}


@pytest.mark.parametrize(
    ("field", "raw", "why"),
    [
        ("note", "x" * 21, "too_long"),
        ("note", "a\x00b", "control_character"),
        ("note", "a\u202eb", "control_character"),
        ("note", "\ud800", "control_character"),
        ("note", 7, "wrong_type"),
        ("photo", "case_1", "not_a_file"),
        ("photo", f"file_{'a' * 63}/", "not_a_file"),
        ("case", "case_1; DROP TABLE", "not_a_reference"),
        ("at", {"lon": 300, "lat": 2}, "not_on_earth"),
        ("at", {"lon": "NaN", "lat": 2}, "not_a_number"),
        ("at", {"lon": 1, "lat": 2, "datum": "MARS"}, "not_a_choice"),
        ("at", {"lon": 1, "lat": 2, "accuracy": -1}, "accuracy"),
        ("at", "121,28", "wrong_type"),
        ("calm", "yes", "wrong_type"),
        ("on", "2026-02-30", "not_a_date"),
        ("begun", "2026-02-03T08:00:00", "no_time_zone"),
        ("begun", "soon", "not_a_time"),
        ("people", "1.5", "not_whole"),
        ("lines", [], "too_few"),
        ("lines", [{}] * 13, "too_many"),
        ("lines", "net", "wrong_type"),
        ("colour", "red", "unknown_field"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(field: str, raw: object, why: str) -> None:
    assert faults(**{field: raw}) == {field: why}


def test_all_faults_are_told_at_once() -> None:
    told = faults(
        lines=[{"kind": "gold", "mass": -5}, "net"], note="x" * 99, colour="red", fee="1e10"
    )

    assert told == {
        "colour": "unknown_field",
        "lines[0].kind": "not_a_choice",
        "lines[0].mass": "negative",
        "lines[1]": "wrong_type",
        "fee": "too_large",
        "note": "too_long",
    }


@pytest.mark.parametrize("body", [None, [], "x", 3])
def test_a_body_that_is_no_record_is_refused(body: object) -> None:
    with pytest.raises(FormFaults):
        check_form(spec, body)


@pytest.mark.parametrize("text", ["'; DROP TABLE a;--", "<script>1</script>", "{{7*7}}"])
def test_sql_and_script_are_inert_text(text: str) -> None:
    assert check_form(spec, {**GOOD, "note": text})["note"] == text


def test_personal_values_are_kept_apart() -> None:
    clean = check_form(spec, {**GOOD, "phone": "000-0000"})

    public, personal = split_personal(spec, clean)

    assert "phone" not in public
    assert personal == {"phone": "000-0000"}


def test_a_clean_body_reads_back_as_its_record() -> None:
    said = {
        **GOOD,
        "phone": "000-0000",
        "photo": f"file_{'a' * 64}",
        "at": {"lon": 121.6, "lat": 28.6},
    }

    handover = as_record(Handover, check_form(spec, said))

    assert handover.lines[0].mass == Mass.of("12.40")
    assert handover.phone == Personal("000-0000")
    assert handover.photo == File(f"file_{'a' * 64}")
    assert "000" not in repr(handover)


def test_a_value_made_in_code_passes_its_own_form() -> None:
    made = Handover(lines=(Line(kind=Waste.NET, mass=Mass.of("3")),), begun=None)
    plain = {k: v for k, v in to_plain(made).items() if v is not None}

    assert as_record(Handover, check_form(spec, plain)) == made


def test_the_schema_forbids_what_the_form_refuses() -> None:
    schema = json_schema(spec)

    assert schema["additionalProperties"] is False
    assert schema["required"] == ["lines"]
    line = schema["properties"]["lines"]["items"]
    assert line["properties"]["mass"]["properties"]["kg"]["type"] == "string"
    assert line["properties"]["mass"]["x-most"] == "2000"
    assert schema["properties"]["phone"]["x-personal"] == 4
    msgspec.json.encode(schema)


def _wrong_unit() -> type:
    @record
    class Wrong:
        """Bounds of the wrong kind."""

        mass: Annotated[Mass, Bounds(Money.of(1))]

    return Wrong


def _no_form() -> type:
    @record
    class Wrong:
        """A type nobody can fill in."""

        thing: complex

    return Wrong


def _places_of_a_text() -> type:
    @record
    class Wrong:
        """Known places for what is no place."""

        name: Annotated[str, Hint(places="berths")]

    return Wrong


def _icon_of_no_option() -> type:
    @record
    class Wrong:
        """An icon beside an option there is not."""

        kind: Annotated[Waste, Hint(icons={"glass": Icon.BOTTLE})]

    return Wrong


def _usual_of_another_quantity() -> type:
    @record
    class Wrong:
        """What is usual, in money."""

        mass: Annotated[Mass, Hint(usual={Waste.NET: Money.of(1)})]

    return Wrong


def _known_number() -> type:
    @record
    class Wrong:
        """What is known of somebody is a text."""

        mass: Annotated[Mass, Hint(known="mass")]

    return Wrong


@pytest.mark.parametrize(
    "make",
    [
        _wrong_unit,
        _no_form,
        _places_of_a_text,
        _icon_of_no_option,
        _usual_of_another_quantity,
        _known_number,
    ],
)
def test_a_pack_author_hears_of_a_field_no_form_can_ask_for(make: Callable[[], type]) -> None:
    with pytest.raises(TypeError, match="Wrong"):
        form_of(make())
