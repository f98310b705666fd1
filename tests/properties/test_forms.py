"""Laws of forms: whatever comes in, only faults come out; what is clean stays clean."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

import jsonschema_rs
import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from zhouqiao.base import Mass, Money, Personal, Point, digest
from zhouqiao.platform.document.declare import Bounds, File, HandSignature, Length, record
from zhouqiao.platform.document.errors import FormFaults
from zhouqiao.platform.document.form import (
    as_record,
    check_form,
    form_of,
    json_schema,
    split_personal,
)


class Waste(StrEnum):
    """Two kinds are enough."""

    PLASTIC = "plastic"
    NET = "net"


@record
class Line:
    """One kind, weighed once."""

    kind: Waste
    mass: Annotated[Mass, Bounds("0.01", "2000")]


@record
class Everything:
    """A field of every kind, so that every reader is met."""

    lines: Annotated[tuple[Line, ...], Length(5)] = ()
    fee: Money | None = None
    note: str = ""
    phone: Personal[str] | None = None
    photo: File | None = None
    at: Point | None = None
    hand: HandSignature | None = None
    calm: bool = True
    on: date | None = None
    begun: datetime | None = None
    knots: Decimal | None = None
    people: int = 0


SPEC = form_of(Everything)
SCHEMA = jsonschema_rs.Draft202012Validator(json_schema(SPEC))
NAMES = [field.name for field in SPEC.fields]
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.sampled_from(
        ["plastic", "12.4", "1e3", "2026-10-14", "2026-10-14T08:00:00+08:00", f"file_{'a' * 64}"]
    ),
)
HANDS = st.fixed_dictionaries(
    {
        "role": st.just("crew"),
        "person": st.text(max_size=8),
        "name": st.text(max_size=8),
        "strokes": st.sampled_from(["M1 1", "<script>", ""]),
        "signed_at": st.just("2026-10-14T08:00:00+08:00"),
        "covers": st.just("0" * 64),
    },
    optional={"width": SCALARS, "key": SCALARS, "mark": SCALARS},
)
KEYS = st.one_of(st.sampled_from(["kg", "yuan", "lon", "lat", "kind", "mass", "role"]), st.text())
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
BODIES = (
    HANDS.map(lambda hand: {"hand": hand})
    | st.dictionaries(st.sampled_from(NAMES) | st.text(), ANYTHING, max_size=8)
    | ANYTHING
)


def cleaned(body: Any) -> Any:
    try:
        return check_form(SPEC, body)
    except FormFaults as refused:
        return refused


@settings(max_examples=400, deadline=None)
@given(BODIES)
def test_whatever_comes_in_is_clean_or_told_by_field(body: Any) -> None:
    clean = cleaned(body)

    if isinstance(clean, FormFaults):
        assert clean.faults
        assert all(fault["why"] for fault in clean.faults)
        return
    assert check_form(SPEC, clean) == clean
    assert SCHEMA.is_valid(clean), [str(error) for error in SCHEMA.iter_errors(clean)]
    as_record(Everything, clean)
    assert check_form(SPEC, msgspec.json.decode(msgspec.json.encode(clean))) == clean
    assert digest(clean)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(Waste), st.decimals("0.01", "2000", places=2)), max_size=5),
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf")), max_size=100),
)
def test_a_good_body_reads_back_with_nothing_gained_or_lost(
    lines: list[tuple[Waste, Decimal]], phone: str
) -> None:
    body = {"lines": [{"kind": k, "mass": str(kg)} for k, kg in lines], "phone": phone}

    clean = check_form(SPEC, body)
    public, personal = split_personal(SPEC, clean)
    made = as_record(Everything, clean)

    assert [line.mass.kg for line in made.lines] == [kg for _, kg in lines]
    assert {**public, **personal} == clean
    assert not phone.strip() or "phone" not in public
