"""Water in an underpass: closed in time, pumped, reopened by another officer, doubted once."""

from collections.abc import Iterator
from typing import Any

import pytest

from packs import underpass
from zhouqiao.base import Point, Refusal
from zhouqiao.edge.portal.door import spoken
from zhouqiao.edge.portal.show.machine import health
from zhouqiao.flow import case as cases
from zhouqiao.flow import outcome
from zhouqiao.flow.case import Case
from zhouqiao.platform.document import SignatureFault
from zhouqiao.platform.unit import UnitKind
from zhouqiao.store import Subject
from zhouqiao.store.engines import Server
from zhouqiao.testing import World, open_world

TOWN, COUNTY = "town/331002001", "town/331002"
PLACE = {"lon": 121.43, "lat": 28.67}
WATER = {"underpass": "样例路下穿通道", "place": PLACE, "depth": 35}
DRY = {"why": "只有一点水"}


@pytest.fixture
def world(server: Server) -> Iterator[World]:
    with open_world(server, [underpass.pack]) as found:
        yield found


def duty(world: World, name: str = "lin") -> Subject:
    return world.officer(name, "underpass.duty", scope=TOWN)


def county(world: World) -> Subject:
    return world.officer("he", "underpass.county", scope=COUNTY)


def team(world: World, name: str, lon: float, *capabilities: str) -> str:
    """Register a team on duty for two days; return its id."""
    berth = Point(lon=lon, lat=28.67)
    return world.on_duty(name, UnitKind.SQUAD, *capabilities, scope=TOWN, berth=berth)


def report(world: World) -> Case:
    return world.open(world.citizen(), "underpass.flood", WATER, scope=TOWN)


def shut(world: World) -> Case:
    case = report(world)
    world.later(minutes=10)
    world.take(duty(world), case, "reported_to_shut")
    world.later(minutes=1)
    return case


def lead(world: World, unit: str) -> Subject:
    return world.crew(unit, "chen", role="underpass.lead")


def record(world: World) -> dict[str, Any]:
    ended = world.clock.now().isoformat()
    return {
        "depth_before": 35, "depth_after": 2, "pumped": {"minutes": "90"}, "ended": ended
    }  # fmt: skip


def pump(world: World, case: Case, again: str = "") -> None:
    unit = world.stands(case).unit
    assert unit is not None
    chen = lead(world, unit)
    world.take(chen, case, f"sent{again}_to_pumped{again}", record(world), hands=[chen])
    world.drain()


def turn_back(world: World, case: Case, unit: str) -> None:
    world.take(lead(world, unit), case, "sent_to_back", {"why": "车坏了"})
    world.later(minutes=1)


def reopened(world: World) -> Case:
    team(world, "样队", 121.44, "pump")
    case = shut(world)
    pump(world, case)
    world.take(duty(world, "wang"), case, "pumped_to_reopened")
    return case


def test_a_report_is_closed_or_it_is_said_why_not(world: World) -> None:
    report(world)
    other = report(world)

    assert world.todo(duty(world))[:2] == ["reported_to_shut", "reported_to_left_open"]
    world.take(duty(world), other, "reported_to_left_open", DRY)

    assert world.stands(other).state == "left_open"


def test_minutes_from_report_to_closed_are_read(world: World) -> None:
    shut(world)

    assert world.reads("underpass", "minutes_to_closed").value == 10


def test_the_nearest_team_with_a_pump_is_sent_and_another_if_it_turns_back(world: World) -> None:
    team(world, "没泵队", 121.432)
    far, near = team(world, "远样队", 121.60, "pump"), team(world, "近样队", 121.44, "pump")
    case = shut(world)
    assert world.stands(case).unit == near

    turn_back(world, case, near)

    assert (world.stands(case).state, world.stands(case).unit) == ("sent", far)


def test_another_officer_than_who_closed_it_reopens_it(world: World) -> None:
    near = team(world, "近样队", 121.44, "pump")
    team(world, "远样队", 121.60, "pump")
    case = shut(world)
    turn_back(world, case, near)
    pump(world, case)

    with pytest.raises(Refusal):
        world.take(duty(world), case, "pumped_to_reopened")
    world.take(duty(world, "wang"), case, "pumped_to_reopened")

    assert world.stands(case).state == "reopened"


def test_who_closed_it_stays_tied_though_another_sent_it_back_there_since(world: World) -> None:
    unit = team(world, "样队", 121.44, "pump")
    case = shut(world)
    with world.desk(duty(world, "wang")) as desk:
        cases.return_(desk, case.id, "shut", "再看一次")
    with world.desk() as desk:
        cases.take_step(desk, case.id, "shut_to_sent", unit=unit)
    pump(world, case)

    for name in ("lin", "wang"):
        with pytest.raises(cases.HandsAreTied):
            world.take(duty(world, name), case, "pumped_to_reopened")
    world.take(duty(world, "zhou"), case, "pumped_to_reopened")

    assert world.stands(case).state == "reopened"


def test_the_record_of_the_pumping_bears_the_lead_s_name_and_nobody_else_may_show_it(
    world: World,
) -> None:
    unit = team(world, "样队", 121.44, "pump")
    case = shut(world)
    shown = record(world)

    with pytest.raises(Refusal):
        world.take(duty(world), case, "sent_to_pumped", shown)
    with pytest.raises(Refusal):
        world.take(lead(world, "unit_other"), case, "sent_to_pumped", shown)
    world.take(lead(world, unit), case, "sent_to_pumped", shown, hands=[lead(world, unit)])

    last = world.stands(case).hands[-1]
    assert (last.state, last.persons) == ("pumped", ("person_chen",))


def test_the_record_is_issued_under_the_hand_of_the_lead_and_refused_without_it(
    world: World,
) -> None:
    unit = team(world, "样队", 121.44, "pump")
    case, shown = shut(world), record(world)

    with pytest.raises(SignatureFault) as refused:
        world.take(lead(world, unit), case, "sent_to_pumped", shown)
    assert (refused.value.who, world.stands(case).state) == ("underpass.role.lead", "sent")
    pump(world, case)

    with world.desk() as desk:
        papers = outcome.papers_of(desk, case.id)
    assert [one.name for one in papers] == ["pumping"]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("depth_before", 601), ("depth_after", -1), ("pumped", {"minutes": "0"})],
)
def test_a_record_out_of_bounds_is_refused(world: World, field: str, wrong: Any) -> None:
    unit = team(world, "样队", 121.44, "pump")
    case = shut(world)

    with pytest.raises(Refusal):
        world.take(lead(world, unit), case, "sent_to_pumped", record(world) | {field: wrong})

    assert world.stands(case).state == "sent"


def test_twelve_hours_closed_warn_the_county(world: World) -> None:
    shut(world)
    world.later(hours=11)
    assert world.warnings(county(world)) == []

    world.later(hours=2)

    assert world.warnings(county(world)) == ["underpass.shut_late"]


def test_the_reporter_may_say_once_that_there_is_still_water(world: World) -> None:
    case, jiang = reopened(world), world.citizen()
    assert world.todo(jiang) == ["reopened_to_doubted"]
    assert world.todo(world.citizen("zhao")) == []

    world.take(jiang, case, "reopened_to_doubted", {"depth": 20})
    world.take(duty(world), case, "doubted_to_shut_again")
    world.later(minutes=1)
    pump(world, case, "_again")
    with pytest.raises(Refusal):
        world.take(duty(world), case, "pumped_again_to_closed")
    world.take(duty(world, "wang"), case, "pumped_again_to_closed")

    assert world.stands(case).is_closed
    assert world.todo(jiang) == []


def test_who_reopened_it_does_not_judge_the_objection(world: World) -> None:
    case = reopened(world)
    world.take(world.citizen(), case, "reopened_to_doubted", {"depth": 20})

    with pytest.raises(Refusal):
        world.take(duty(world, "wang"), case, "doubted_to_closed", DRY)
    world.take(duty(world), case, "doubted_to_closed", DRY)

    assert world.stands(case).is_closed


def test_a_day_of_silence_ends_it(world: World) -> None:
    case = reopened(world)

    world.later(hours=25)

    assert world.stands(case).is_closed


def test_the_reporter_sees_where_it_stands_and_no_other_resident_does(world: World) -> None:
    case = shut(world)

    with world.desk(world.citizen()) as desk:
        assert cases.get(desk, case.id).state == "shut"
    with pytest.raises(cases.NoSuchCase), world.desk(world.citizen("zhao")) as desk:
        cases.get(desk, case.id)


@pytest.mark.parametrize(("depth", "told"), [(40, 40), (900, 600)])
def test_a_sensor_reports_as_a_resident_does(world: World, depth: int, told: int) -> None:
    said = {"underpass": "样例路下穿通道", **PLACE, "depth": depth}
    for _ in range(2):
        world.signal("underpass.water", said, scope=TOWN, key="1")

    assert world.fetch("SELECT state, headline FROM cases") == [
        {"state": "reported", "headline": f"样例路下穿通道 {told} cm"}
    ]
    assert world.todo(duty(world)) == ["reported_to_shut", "reported_to_left_open"]


def test_whoever_is_on_duty_is_warned_of_what_a_sensor_says_that_fits_no_form_once(
    world: World,
) -> None:
    said = {"lon": 121.43, "lat": 28.67, "underpass": "样例路下穿通道", "depth": "deep"}
    fits = {"underpass": "样例路下穿通道", **PLACE, "depth": 40}

    world.signal("underpass.water", fits, scope=TOWN)
    before = world.warnings(duty(world))
    for _ in range(2):
        world.signal("underpass.water", said, scope=TOWN)

    assert before == []
    assert world.warnings(duty(world)) == ["underpass.flood_misfit"]
    (fact,) = world.fetch(
        "SELECT body::jsonb->>'tell' AS tell FROM journal WHERE kind = 'warning.WarningRaised'"
    )
    assert fact["tell"] == "duty"


@pytest.mark.parametrize(("lang", "label"), [("zh", "搁置"), ("en", "Parked")])
def test_what_a_sensor_says_that_fits_no_form_is_counted_on_the_console(
    world: World, lang: str, label: str
) -> None:
    said = {"lon": 121.43, "lat": 28.67, "underpass": "样例路下穿通道", "depth": "deep"}

    world.signal("underpass.water", said, scope=TOWN)

    with world.desk() as desk:
        counts = {one.label: one.n for one in health(desk, spoken(lang), None, "1").counts}
    assert counts[label] == 1
