"""Who is told what: in the pack's words, in both languages, once."""

from datetime import timedelta
from typing import Any

import pytest

from zhouqiao.base import Mass, Money, Personal, Point
from zhouqiao.flow import case as cases
from zhouqiao.flow import evidence, report
from zhouqiao.flow.report.declare import TellSpec
from zhouqiao.platform import identity, notice
from zhouqiao.platform import unit as units
from zhouqiao.platform.identity import Body, BodyKind, Breadth, Level, PersonId, Post
from zhouqiao.platform.notice import CHANNELS, ChannelInMemory
from zhouqiao.platform.notice.declare import Way
from zhouqiao.platform.unit import Compartment, Shift, Unit, UnitKind
from zhouqiao.store import Subject, personal
from zhouqiao.testing import World

SCOPE = "marine/331002"
BERTH = Point(lon=121.64, lat=28.62)
PLACE = {"lon": 121.655, "lat": 28.612}
ASKED: dict[str, Any] = {
    "vessel": "浙椒渔00000", "place": PLACE, "kinds": [{"kind": "plastic", "mass": {"kg": "10"}}],
}  # fmt: skip


def person(world: World, name: str) -> PersonId:
    with world.desk() as desk:
        return identity.register_person(desk, {"name": Personal(name)})


@pytest.fixture
def crew(world: World) -> Subject:
    """The crew of the only boat."""
    sailor = person(world, "林样本")
    now = world.clock.now()
    hold = Compartment(name="hold", capacity=Mass.of(500), holds=("plastic",))
    with world.desk() as desk:
        boat = units.register_unit(
            desk,
            Unit(kind=UnitKind.BOAT, name="蓝样03", scope=SCOPE, berth=BERTH, compartments=(hold,)),
        )
        span = Shift(starts=now - timedelta(hours=1), ends=now + timedelta(hours=10))
        units.change_shift(desk, boat.id, span, [span])
        units.board(desk, boat.id, sailor)
    return world.crew(boat.id, str(sailor).removeprefix("person_"))  # fmt: skip


@pytest.fixture
def fisher(world: World) -> Subject:
    return world.citizen(str(person(world, "江示例")).removeprefix("person_"))


def duty_of(world: World, area: str) -> PersonId:
    """An officer on duty for an area."""
    officer = person(world, "陈值班")
    with world.desk() as desk:
        keys = {one.key: one for one in identity.bodies(desk)}
        body = keys.get("marine") or identity.register_body(
            desk,
            Body(
                key="marine",
                name="海洋云仓（示例）",
                uscc="11330105002500287C",
                level=Level.COUNTY,
                division="331002",
                kind=BodyKind.DEPARTMENT,
            ),
        )
        post = Post(body=body.id, role="marine_waste.duty", area=area, breadth=Breadth.AREA)
        identity.appoint(desk, officer, identity.open_post(desk, post).id)
    return officer  # fmt: skip


def ask(world: World, who: Subject) -> cases.Case:
    with world.desk(who) as desk:
        return cases.open_(
            desk, "marine_waste.pickup", ASKED, scope="marine/331002001", key="k",
            person=who.person, point=(PLACE["lon"], PLACE["lat"]),
        )  # fmt: skip


def heard(world: World, who: str, lang: str = "en") -> list[str]:
    """Return what lies in somebody's inbox, oldest first."""
    world.drain()
    with world.desk() as desk:
        return [one.words[lang] for one in reversed(notice.inbox(desk, who))]


def test_a_boat_that_is_sent_is_told_to_the_fisher_and_to_its_crew(
    world: World, fisher: Subject, crew: Subject
) -> None:
    case = ask(world, fisher)

    assert heard(world, fisher.person) == [
        "蓝样03 is sent and about to set out. You can see where it is"
    ]
    assert heard(world, fisher.person, "zh") == ["蓝样03已派出，正等船员接单。可随时看它到哪了"]
    assert heard(world, crew.person) == [f"New task {case.code}: please accept it within 5 minutes"]
    with world.desk(fisher) as desk:
        assert [one.about for one in notice.inbox(desk, fisher.person)] == [case.id]


def test_a_boat_that_did_not_find_the_fisher_is_told_and_the_next_one_too(
    world: World, fisher: Subject, crew: Subject
) -> None:
    case = ask(world, fisher)
    world.drain()
    with world.desk(crew) as desk:
        cases.take_step(desk, case.id, "sent_to_under_way")
        evidence.show(
            desk, case.id, "under_way_to_requested", {"place": PLACE, "note": "nobody"}, key="n"
        )
    world.drain()
    world.later(seconds=31)

    told = heard(world, fisher.person)
    assert [one.split(" ")[:2] for one in told] == [
        ["蓝样03", "is"], ["蓝样03", "came"], ["蓝样03", "is"],
    ]  # fmt: skip


def test_a_pickup_cancelled_is_told_to_the_crew_that_was_coming(
    world: World, fisher: Subject, crew: Subject
) -> None:
    case = ask(world, fisher)
    world.drain()
    with world.desk(fisher) as desk:
        cases.take_step(desk, case.id, "sent_to_cancelled")

    assert heard(world, crew.person)[-1] == f"Task {case.code} was cancelled; no need to go"


def test_twenty_minutes_without_a_meeting_are_told_to_the_duty_of_that_town_only(
    world: World, fisher: Subject
) -> None:
    here, elsewhere = duty_of(world, "331002001"), duty_of(world, "331002003")
    case = ask(world, fisher)
    world.drain()
    world.later(minutes=21)

    assert heard(world, here) == [
        f"{case.code} was not met within 20 minutes; a case looks into it"
    ]
    assert heard(world, elsewhere) == []


@pytest.mark.usefixtures("crew")
def test_nobody_is_told_twice_of_one_fact(world: World, fisher: Subject) -> None:
    case = ask(world, fisher)
    world.drain()
    (told,) = world.fetch("SELECT cause FROM notice WHERE person = %s", fisher.person)
    spec = TellSpec(whom="fisher", words="boat_sent")
    cause = report.Cause(fact=told["cause"], at=world.clock.now(), amount=Money.of(1))

    with world.desk() as desk:
        (again,) = report.tell(desk, case, spec, cause)

    assert len(heard(world, fisher.person)) == 1
    with world.desk() as desk:
        assert again == notice.inbox(desk, fisher.person)[0]


@pytest.mark.usefixtures("crew")
def test_what_leaves_the_house_holds_no_personal_value(world: World, fisher: Subject) -> None:
    sms = ChannelInMemory()
    world.platform.store.pinned.functions[CHANNELS] = lambda: {Way.SMS: sms}  # type: ignore[index]
    with world.desk() as desk:
        personal.keep(desk, fisher.person, {"phone": "000-0000"}, scope=SCOPE, basis="consent")
    with world.desk(fisher) as desk:
        notice.consent(desk, fisher.person, Way.SMS, field="phone", scope=SCOPE)

    ask(world, fisher)
    world.drain()

    (letter,) = sms.sent.values()
    assert "蓝样03" in letter.text
    for value in ("江示例", "浙椒渔00000", "000-0000"):
        assert value not in letter.text
