"""Stories of who may see whose data, and who looked."""

from datetime import timedelta

import pytest

from zhouqiao.base import NotAllowed, Personal
from zhouqiao.platform import access, identity
from zhouqiao.platform.access import Grant
from zhouqiao.store import Desk, Fact, Seat, Subject, story, system
from zhouqiao.testing import World

CELL, SCOPE = "331002", "marine/331002"


class SampleOpened(Fact, frozen=True, kw_only=True):
    """A case of this test was opened."""

    case: str


def a_person_with_a_case(world: World) -> identity.PersonId:
    with world.desk(system(CELL)) as desk:
        person = identity.register_person(
            desk, {"name": Personal("江示例"), "phone": Personal("13800000000")}
        )
        desk.tell(SampleOpened(case="case_1"), about="case_1", scope=SCOPE, person=person)
    return person


def officer(role: str = "kernel.duty_officer", scope: str = SCOPE) -> Subject:
    seat = Seat(role=role, scope=scope, body="body_1")
    return Subject(person="person_officer", cell=CELL, reach=scope, seats=(seat,))


def test_an_officer_sees_what_the_case_needs_and_the_person_sees_who_looked(world: World):
    person = a_person_with_a_case(world)

    with world.desk(officer()) as desk:
        shown = access.read_personal(desk, person, ["name", "phone"], "handle_case", "case_1")

    assert (shown["name"].text, shown["name"].is_masked) == ("江*例", True)
    assert (shown["phone"].text, shown["phone"].is_masked) == ("13800000000", False)
    with world.desk(Subject(person=person, cell=CELL)) as desk:
        [look] = access.who_looked(desk, person)
        told = [e.kind for e in story(desk, person)]
    assert (look.by, look.body, look.role) == (None, "body_1", "kernel.duty_officer")
    assert (look.purpose, look.case, look.fields) == ("handle_case", "case_1", ("name", "phone"))
    assert "access.PersonalRead" in told


def test_without_a_purpose_or_a_case_nothing_is_read(world: World):
    person = a_person_with_a_case(world)

    with world.desk(officer()) as desk:
        for purpose, case in (("", "case_1"), ("handle_case", "")):
            with pytest.raises(access.PurposeMissing):
                access.read_personal(desk, person, ["name"], purpose, case)


def test_a_case_that_concerns_somebody_else_is_no_excuse(world: World):
    person, other = a_person_with_a_case(world), "person_other"

    with world.desk(officer()) as desk:
        with pytest.raises(access.CaseNotTheirs):
            access.read_personal(desk, other, ["name"], "handle_case", "case_1")
        with pytest.raises(access.CaseNotTheirs):
            access.read_personal(desk, person, ["name"], "handle_case", "case_2")
    with (
        world.desk(officer(scope="health/331002")) as desk,
        pytest.raises(access.CaseNotTheirs),
    ):
        access.read_personal(desk, person, ["name"], "handle_case", "case_1")


def test_one_field_that_may_not_be_seen_stops_the_whole_read(world: World):
    person = a_person_with_a_case(world)
    crew = officer("kernel.crew")

    with world.desk(crew) as desk, pytest.raises(NotAllowed):
        access.read_personal(desk, person, ["phone", "id_card"], "deliver", "case_1")

    with world.desk(Subject(person=person, cell=CELL)) as desk:
        assert access.who_looked(desk, person) == []


def test_an_engineer_reads_nobodys_data(world: World):
    person = a_person_with_a_case(world)

    with world.desk(officer("kernel.engineer")) as desk, pytest.raises(access.Separated):
        access.read_personal(desk, person, ["name"], "handle_case", "case_1")


def test_a_person_reads_about_themself_clear_and_without_a_log(world: World):
    person = a_person_with_a_case(world)

    with world.desk(Subject(person=person, cell=CELL)) as desk:
        shown = access.read_personal(desk, person, ["name"], "own", "")

        assert shown["name"].text == "江示例"
        assert access.who_looked(desk, person) == []
    with (
        world.desk(Subject(person="person_other", cell=CELL)) as desk,
        pytest.raises(NotAllowed),
    ):
        access.read_personal(desk, person, ["name"], "own", "")


def test_nobody_unwrites_that_they_looked(world: World):
    person = a_person_with_a_case(world)
    with world.desk(officer()) as desk:
        access.read_personal(desk, person, ["name"], "handle_case", "case_1")

    with pytest.raises(Exception, match="permission denied"), world.desk(officer()) as desk:
        desk.rows.run("DELETE FROM personal_read")


def lend(world: World, desk: Desk, person: str, **other: str) -> Grant:
    told = {
        "person": person,
        "action": "case.read",
        "scope": "health/331002",
        "starts": world.clock.now(),
        "ends": world.clock.now() + timedelta(days=7),
        "reason": "示例：代班",
    } | other
    return access.grant(desk, Grant(**told))


def test_a_lent_right_holds_for_its_time_and_until_it_is_taken_back(world: World):
    person = a_person_with_a_case(world)
    with world.desk(officer("kernel.leader", "health/331002")) as desk:
        first, second = lend(world, desk, person), lend(world, desk, person)
    themself = Subject(person=person, cell=CELL)

    with world.desk(system(CELL)) as desk:
        under = access.subject_under(desk, themself, first.id)
        assert under.reach == "health/331002"
        desk.decide(under, "case.read", scope="health/331002001")

    with world.desk(officer("kernel.leader", "health/331002")) as desk:
        access.revoke(desk, first.id, "示例：已回岗")
    world.clock.turn(days=7)
    with world.desk(system(CELL)) as desk:
        for ended in (first, second):
            with pytest.raises(access.GrantEnded):
                access.subject_under(desk, themself, ended.id)


def test_nobody_lends_a_right_to_themself_or_outside_their_reach(world: World):
    person = a_person_with_a_case(world)

    with world.desk(officer("kernel.leader", "health/331002")) as desk:
        with pytest.raises(access.OwnAffair):
            lend(world, desk, "person_officer")
        with pytest.raises(access.NoRight):
            lend(world, desk, person, scope=SCOPE)


def test_no_case_is_lent_to_who_keeps_the_machine(world: World):
    with world.desk(system(CELL)) as desk:
        person = identity.register_person(desk, {"name": Personal("林样本")})
        body = identity.register_body(
            desk,
            identity.Body(
                key="digital",
                name="示例大数据局",
                uscc="11330105002500287C",
                level=identity.Level.COUNTY,
                division=CELL,
                kind=identity.BodyKind.DEPARTMENT,
            ),
        )
        post = identity.Post(body=body.id, role="kernel.engineer", area=CELL)
        identity.appoint(desk, person, identity.open_post(desk, post).id)

        with pytest.raises(access.Separated):
            lend(world, desk, person)
