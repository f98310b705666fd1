"""What is shown of a value to somebody who may not see it clear."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhouqiao.base import Invalid, Personal
from zhouqiao.platform.access import Grant, Shown, masked

NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("name", "江示例", "江*例"),
        ("name", "江样", "江*"),
        ("name", "欧阳示例", "欧**例"),
        ("id_card", "331002190001010000", "331***0000"),
        ("id_card", "1234", "1***"),
        ("phone", "13800000000", "138****0000"),
        ("phone", "110", "****10"),
        ("address", "浙江省台州市椒江区示例街道1号", "浙江省台州市椒江区***"),
        ("address", "台州市示例路1号", "台州市***"),
        ("address", "示例街道样本小区3幢", "***"),
        ("address", "样本小区3幢", "***"),
        ("blood_group", "AB", "***"),
    ],
)
def test_a_value_is_masked_by_its_field(field: str, value: str, shown: str) -> None:
    assert masked(field, Personal(value)) == shown


@pytest.mark.parametrize(
    ("grade", "shown"), [(1, "江示例"), (2, "江*例"), (3, "江*例"), (4, "***")]
)
def test_a_value_is_masked_by_its_grade(grade: int, shown: str) -> None:
    assert masked("name", Personal("江示例", grade)) == shown


@given(
    st.sampled_from(["name", "id_card", "phone", "address", "other"]),
    st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=3, max_size=40),
)
def test_no_mask_shows_a_whole_value(field: str, value: str) -> None:
    assert masked(field, Personal(value)) != value


def test_a_shown_value_does_not_show_itself_in_a_log() -> None:
    assert "江" not in repr(Shown(text="江示例"))


def a_grant(**other: object) -> Grant:
    told = {
        "person": "person_1", "action": "case.read", "scope": "marine/331002", "starts": NOW,
        "ends": NOW + timedelta(days=7), "reason": "示例：代班",
    } | other  # fmt: skip
    return Grant(**told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"action": "*"}, "action"),
        ({"action": "access.grant"}, "action"),
        ({"action": "access.*"}, "action"),
        ({"ends": NOW}, "ends"),
        ({"ends": NOW + timedelta(days=93)}, "ends"),
        ({"reason": " "}, "reason"),
    ],
)
def test_a_grant_is_one_action_for_a_time_and_a_reason(
    other: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as told:
        a_grant(**other).checked()

    assert told.value.field == field


@pytest.mark.parametrize(
    ("after", "holds"),
    [(timedelta(-1), False), (timedelta(0), True), (timedelta(7), False)],
)
def test_a_grant_holds_from_its_start_until_before_its_end(
    after: timedelta, *, holds: bool
) -> None:
    assert a_grant().in_force(NOW + after) is holds
