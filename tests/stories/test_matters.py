"""Stories of the register of matters."""

from datetime import date, timedelta

import msgspec
import pytest

from zhouqiao.base import NotFound
from zhouqiao.platform import matter
from zhouqiao.platform.identity import Body, BodyKind, Level
from zhouqiao.platform.matter import Entry, Exercise, Limit, Matter, Office
from zhouqiao.platform.matter.errors import (
    MatterFaulty,
    MatterKnown,
    MatterNotInForce,
    MatterNotLater,
    NoCode,
    SerialsUsedUp,
)
from zhouqiao.store import story
from zhouqiao.testing import World

CODE = "11370800MB285591843370117002011"
SCOPE = "marine/331002"
NAME = "made_up.berth"
MARCH = date(2026, 3, 2)
ENTRY = Entry(
    title="示例泊位许可",
    basis=("示例条例 §1",),
    body=Office(name="示例海洋局", uscc=CODE[:18]),
    valid_from=date(2026, 1, 1),
    level=Exercise.CITY,
    code=CODE,
    basic_code=CODE[19:],
    statutory=Limit(length=20),
    promised=Limit(length=5),
    clocks=("licence_decision",),
)
BODY = Body(
    key="marine",
    name="示例海洋局",
    uscc="11330105002500287C",
    level=Level.COUNTY,
    division="331002",
    kind=BodyKind.DEPARTMENT,
)


def test_a_case_keeps_the_version_it_was_opened_by(world: World):
    with world.desk() as desk:
        matter.register(desk, NAME, ENTRY, scope=SCOPE)
        opened_by = matter.in_force(desk, NAME, MARCH)
        shorter = msgspec.structs.replace(
            ENTRY, promised=Limit(length=3), valid_from=date(2026, 4, 1)
        )
        matter.revise(desk, NAME, shorter, because="提速")

        assert (opened_by.version, opened_by.entry) == (1, ENTRY)
        assert matter.in_force(desk, NAME, date(2026, 3, 31)).version == 1
        assert matter.in_force(desk, NAME, date(2026, 4, 1)).version == 2
        assert matter.get(desk, NAME, 1).entry.promised == Limit(length=5)
        assert [v.version for v in matter.versions(desk, NAME)] == [1, 2]
        assert [v.version for v in matter.matters(desk) if v.name == NAME] == [2]
        assert [e.kind for e in story(desk, opened_by.id)] == [
            "matter.MatterRegistered",
            "matter.MatterRevised",
        ]


def test_the_same_revision_twice_is_once(world: World):
    with world.desk() as desk:
        matter.register(desk, NAME, ENTRY, scope=SCOPE)

        assert matter.revise(desk, NAME, ENTRY, because="没变").version == 1


def test_a_retired_matter_opens_no_case_but_its_versions_stay(world: World):
    with world.desk() as desk:
        matter.register(desk, NAME, ENTRY, scope=SCOPE)
        matter.retire(desk, NAME, last_day=date(2026, 6, 30), because="示例条例废止")

        assert matter.in_force(desk, NAME, date(2026, 6, 30)).version == 2
        assert matter.get(desk, NAME, 1).entry == ENTRY
        for day in (date(2026, 7, 1), date(2025, 12, 31)):
            with pytest.raises(MatterNotInForce):
                matter.in_force(desk, NAME, day)


def test_what_cannot_be_is_refused(world: World):
    with world.desk() as desk:
        matter.register(desk, NAME, ENTRY, scope=SCOPE)

        with pytest.raises(MatterKnown):
            matter.register(desk, NAME, ENTRY, scope=SCOPE)
        with pytest.raises(MatterKnown):
            matter.register(desk, "made_up.other", ENTRY, scope=SCOPE)
        with pytest.raises(MatterFaulty):
            matter.revise(desk, NAME, msgspec.structs.replace(ENTRY, basis=()), because="x")
        early = msgspec.structs.replace(ENTRY, valid_from=date(2025, 1, 1))
        with pytest.raises(MatterNotLater):
            matter.revise(desk, NAME, early, because="x")
        with pytest.raises(MatterNotLater):
            matter.retire(desk, NAME, last_day=date(2025, 1, 1), because="x")
        for ask in (
            lambda: matter.get(desk, NAME, 2),
            lambda: matter.in_force(desk, "made_up.none", MARCH),
            lambda: matter.revise(desk, "made_up.none", ENTRY, because="x"),
        ):
            with pytest.raises(NotFound):
                ask()


def test_cases_of_a_day_are_numbered_one_after_the_other(world: World):
    with world.desk() as desk:
        pinned = matter.register(desk, NAME, ENTRY, scope=SCOPE)

    numbers = []
    for day in (MARCH, MARCH, MARCH + timedelta(1)):
        with world.desk(world.citizen()) as desk:
            numbers.append(matter.number_case(desk, pinned, day))

    assert numbers == [CODE + tail for tail in ("202603020001", "202603020002", "202603030001")]


def test_the_ten_thousandth_case_of_a_day_has_no_number(world: World):
    with world.desk() as desk:
        pinned = matter.register(desk, NAME, ENTRY, scope=SCOPE)
        matter.number_case(desk, pinned, MARCH)
        desk.rows.run("UPDATE matter_serial SET last = 9999")

        with pytest.raises(SerialsUsedUp):
            matter.number_case(desk, pinned, MARCH)


def test_a_citizen_reads_the_register_and_writes_nothing_on_it(world: World):
    with world.desk() as desk:
        matter.register(desk, NAME, ENTRY, scope=SCOPE)

    with world.desk(world.citizen()) as desk:
        assert matter.in_force(desk, NAME, MARCH).entry.title == "示例泊位许可"
    with pytest.raises(Exception, match="row-level security"), world.desk(world.citizen()) as desk:
        matter.retire(desk, NAME, last_day=MARCH, because="x")


def test_a_packs_matter_is_installed_once_and_keeps_what_a_steward_added(world: World):
    said = Matter(name="quay", basis=("示例条例 §2",), code="000117002011")
    with world.desk() as desk:
        first = matter.install(desk, "made_up", said, title="示例码头", body=BODY)
        again = matter.install(desk, "made_up", said, title="示例码头", body=BODY)
        added = msgspec.structs.replace(first.entry, supervision_phone="0576-0000000")
        matter.revise(desk, "made_up.quay", added, because="补电话")
        newer = msgspec.structs.replace(said, basis=("示例条例（修订） §2",))
        third = matter.install(desk, "made_up", newer, title="示例码头", body=BODY)

    assert first == again
    assert first.entry.code == "11330105002500287C4000117002011"
    assert (third.version, third.scope) == (3, "marine/331002")
    assert third.entry.supervision_phone == "0576-0000000"
    assert third.entry.basis == ("示例条例（修订） §2",)


def test_a_matter_without_code_numbers_no_case(world: World):
    plain = Matter(name="plain", basis=("示例条例 §2",))
    with world.desk() as desk:
        pinned = matter.install(desk, "made_up", plain, title="示例", body=BODY)

        with pytest.raises(NoCode):
            matter.number_case(desk, pinned, MARCH)
