"""Areas, posts, certificates and roles, without a database."""

from datetime import UTC, date, datetime

import pytest

from zhouqiao.base import Invalid
from zhouqiao.platform.identity import (
    Body,
    BodyId,
    BodyKind,
    Breadth,
    Certificate,
    KernelRole,
    Level,
    PersonId,
    Post,
    apart,
    area_of,
)

BODY = BodyId("body_1")


@pytest.mark.parametrize(
    ("division", "area"),
    [
        ("", ""),
        ("330000", "33"),
        ("331000", "3310"),
        ("331002", "331002"),
        ("331002001", "331002001"),
        ("331002001000", "331002001"),
        ("331002001001", "331002001001"),
        ("331002000000", "331002"),
    ],
)
def test_an_area_is_the_prefix_a_division_covers(division: str, area: str) -> None:
    assert area_of(division) == area


@pytest.mark.parametrize("division", ["3310021", "33100a", "３３１００２", "331 02"])
def test_what_is_no_division_code_is_refused(division: str) -> None:
    with pytest.raises(Invalid):
        area_of(division)


@pytest.mark.parametrize(
    ("level", "division", "fits"),
    [
        (Level.NATION, "", True),
        (Level.PROVINCE, "330000", True),
        (Level.CITY, "331000", True),
        (Level.COUNTY, "331002", True),
        (Level.TOWN, "331002001", True),
        (Level.VILLAGE, "331002001001", True),
        (Level.CITY, "331002", False),
        (Level.COUNTY, "331000", False),
    ],
)
def test_a_body_is_of_the_level_its_division_is(level: Level, division: str, *, fits: bool) -> None:
    body = Body(
        key="marine",
        name="示例局",
        uscc="",
        level=level,
        division=division,
        kind=BodyKind.DEPARTMENT,
    )

    if fits:
        assert body.checked() is body
    else:
        with pytest.raises(Invalid):
            body.checked()


@pytest.mark.parametrize("key", ["", "m", "Marine", "a/b", "a%", "海"])
def test_a_key_that_would_confuse_scopes_is_refused(key: str) -> None:
    body = Body(
        key=key, name="示例局", uscc="", level=Level.COUNTY, division="331002",
        kind=BodyKind.DEPARTMENT,
    )  # fmt: skip

    with pytest.raises(Invalid, match="key"):
        body.checked()


@pytest.mark.parametrize(
    ("breadth", "covers", "reach"),
    [
        (Breadth.OWN, "marine/331002", None),
        (Breadth.AREA, "marine/331002", "marine/331002"),
        (Breadth.BODY, "marine/", "marine/"),
        (Breadth.CELL, "", ""),
    ],
)
def test_a_post_acts_and_sees_as_far_as_its_breadth(
    breadth: Breadth, covers: str, reach: str | None
) -> None:
    post = Post(body=BODY, key="marine", role="kernel.officer", area="331002", breadth=breadth)

    assert (post.covers, post.reach) == (covers, reach)


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "officer"},
        {"role": "Kernel.Officer"},
        {"role": "kernel.citizen"},
        {"area": "331000"},
        {"matter": "Marine"},
        {"matter": "m..x"},
        {"role": "marine_waste.crew", "matter": "marine_waste.pickup"},
    ],
)
def test_a_malformed_post_is_refused(wrong: dict[str, str]) -> None:
    told = {"role": "kernel.officer", "area": "331002"} | wrong

    with pytest.raises(Invalid):
        Post(body=BODY, key="marine", **told).checked()


@pytest.mark.parametrize(
    ("at", "holds"),
    [
        (datetime(2025, 12, 31, 15, 59, tzinfo=UTC), False),
        (datetime(2025, 12, 31, 16, 0, tzinfo=UTC), True),  # midnight in Beijing
        (datetime(2026, 6, 30, 15, 59, tzinfo=UTC), True),
        (datetime(2026, 6, 30, 16, 0, tzinfo=UTC), False),
    ],
)
def test_a_certificate_begins_and_ends_with_a_day_in_beijing(at: datetime, *, holds: bool) -> None:
    certificate = Certificate(
        person=PersonId("person_1"), kind="law_enforcement", number="样-1", issuer="示例",
        valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 30),
    )  # fmt: skip

    assert certificate.in_force(at) is holds


@pytest.mark.parametrize("role", [r for r in KernelRole if r is not KernelRole.AUDITOR])
def test_the_auditor_is_nobody_else(role: KernelRole) -> None:
    assert apart(KernelRole.AUDITOR, role)
    assert apart(role, KernelRole.AUDITOR)


@pytest.mark.parametrize(
    ("one", "other", "kept_apart"),
    [
        ("kernel.engineer", "kernel.admin", False),
        ("kernel.engineer", "kernel.duty_officer", True),
        ("marine_waste.crew", "kernel.admin", True),
        ("kernel.duty_officer", "marine_waste.crew", False),
        ("kernel.auditor", "kernel.auditor", False),
    ],
)
def test_who_keeps_the_machine_holds_no_other_office(
    one: str, other: str, *, kept_apart: bool
) -> None:
    assert apart(one, other) is kept_apart
