"""The nearest boat that is able is sent by sea, and of the others it is said why not."""

from datetime import date, timedelta
from typing import Any

import pytest

from zhouqiao.app.node import SOLVED
from zhouqiao.base import Mass, Point
from zhouqiao.flow import case as cases
from zhouqiao.flow import dispatch, evidence
from zhouqiao.platform import unit as units
from zhouqiao.platform.unit import Compartment, Licence, Shift, Unit, UnitId, UnitKind
from zhouqiao.store import Subject, search
from zhouqiao.testing import World

HERE = Point(lon=121.655, lat=28.612)
NEAR = Point(lon=121.64, lat=28.62)
FAR = Point(lon=121.50, lat=28.668)
SOLIDS = ("plastic", "gear", "garbage", "waste_oil", "battery")


def boat(world: World, name: str, at: Point, *, licensed: bool = True, room: str = "500") -> str:
    hold = Compartment(name="hold", capacity=Mass.of(room), holds=SOLIDS)
    now = world.clock.now()
    with world.desk() as desk:
        one = units.register_unit(
            desk,
            Unit(
                kind=UnitKind.BOAT, name=name, scope="marine/331002", berth=at, compartments=(hold,)
            ),
        )
        span = Shift(starts=now - timedelta(hours=1), ends=now + timedelta(hours=10))
        units.change_shift(desk, one.id, span, [span])
        if licensed:
            licence = Licence(
                kind="hazardous_waste", number="SAMPLE-1", valid_from=date(2026, 1, 1),
                valid_to=date(2027, 1, 1),
            )  # fmt: skip
            units.license_unit(desk, one.id, licence)
    return str(one.id)


def ask(world: World, kind: str, kg: str = "10", *, who: Subject | None = None) -> cases.Case:
    fisher = who or world.citizen()
    record: dict[str, Any] = {
        "vessel": "浙椒渔00000",
        "place": {"lon": HERE.lon, "lat": HERE.lat},
        "kinds": [{"kind": kind, "mass": {"kg": kg}}],
    }
    with world.desk(fisher) as desk:
        return cases.open_(
            desk, "marine_waste.pickup", record, scope="marine/331002",
            key=f"{kind}{kg}{fisher.person}", person=fisher.person,
            point=(HERE.lon, HERE.lat),
        )  # fmt: skip


def stands(world: World, case: cases.Case) -> cases.Case:
    with world.desk() as desk:
        return cases.get(desk, case.id)


def test_the_nearest_able_boat_is_sent(world: World) -> None:
    boat(world, "蓝样01", FAR)
    near = boat(world, "蓝样02", NEAR)

    case = ask(world, "plastic")
    world.drain()

    assert (stands(world, case).state, stands(world, case).unit) == ("sent", near)


def test_the_crew_finds_the_case_once_it_is_theirs_and_no_longer_once_it_is_anothers(
    world: World,
) -> None:
    near, far = boat(world, "蓝样02", NEAR), boat(world, "蓝样01", FAR)
    case = ask(world, "plastic")

    def found(unit: str) -> list[str]:
        with world.desk(world.crew(unit)) as desk:
            return [one.key for one in search.find(desk, case.code, ["case"])]

    assert found(near) == []
    world.drain()
    assert found(near) == [case.id]
    with world.desk() as desk:
        cases.object_(desk, case.id, "发动机故障")
        cases.take_step(desk, case.id, "requested_to_sent", unit=far)

    assert (found(near), found(far)) == ([], [case.id])


def test_who_is_sent_is_weighed_on_a_lane_of_its_own_and_nothing_else_waits_for_it(
    world: World,
) -> None:
    boat(world, "蓝样01", FAR)
    engine = world.platform.engine
    others = [lane for lane in engine.lanes() if lane not in SOLVED]

    case = ask(world, "plastic")
    while engine.work(others):
        pass
    assert stands(world, case).state == "requested"
    assert world.fetch("SELECT 1 FROM journal WHERE kind = 'indicator.IndicatorMoved'")

    while engine.work(SOLVED):
        pass
    assert stands(world, case).state == "sent"


@pytest.mark.parametrize(
    ("nearer", "kind", "kg", "lack"),
    [
        ({"licensed": False}, "waste_oil", "10", "licence"),
        ({"room": "5"}, "plastic", "10", "room"),
    ],
)
def test_a_nearer_boat_that_lacks_something_is_passed_over_and_told_why(
    world: World, nearer: dict[str, Any], kind: str, kg: str, lack: str
) -> None:
    unable = boat(world, "蓝样02", NEAR, **nearer)
    able = boat(world, "蓝样01", FAR)

    case = ask(world, kind, kg)
    world.drain()

    with world.desk() as desk:
        plan = dispatch.explain(desk, case.id)
    assert plan is not None
    assert plan.unit == able
    assert [(one.unit, one.lacks[0].partition(":")[0]) for one in plan.passed_over] == [
        (unable, lack)
    ]


def test_while_nobody_is_able_the_request_waits_and_is_looked_at_again(world: World) -> None:
    case = ask(world, "plastic")
    world.drain()
    assert stands(world, case).state == "requested"

    late = boat(world, "蓝样01", FAR)
    world.later(seconds=31)

    assert stands(world, case).unit == late


def handed_over(world: World, unit: str, case: cases.Case) -> dict[str, Any]:
    """Let a boat meet whoever asked and take 9 kg over; return the line weighed."""
    now = world.clock.now().isoformat()
    line = {"kind": "plastic", "mass": {"kg": "9"}, "scale": "device", "weighed_at": now}
    place = {"lon": HERE.lon, "lat": HERE.lat}
    with world.desk(world.crew(unit)) as desk:
        evidence.show(desk, case.id, "sent_to_under_way", {}, key="s")
        evidence.show(desk, case.id, "under_way_to_met", {"place": place}, key="m")
        evidence.show(
            desk, case.id, "met_to_handed_over",
            {"boat": "蓝样03", "place": place, "begun": now, "ended": now, "lines": [line]},
            key="h",
            signatures=[{"role": "fisher", "person": "person_jiang", "strokes": "M1 1L2 2"}],
        )  # fmt: skip
    world.drain()
    return line


def test_a_boat_serves_one_request_at_a_time_and_is_free_after_the_handover(world: World) -> None:
    one = boat(world, "蓝样01", NEAR)
    first, second = ask(world, "plastic"), ask(world, "gear", who=world.citizen("wang"))
    world.drain()
    assert [stands(world, c).state for c in (first, second)] == ["sent", "requested"]

    handed_over(world, one, first)
    world.later(seconds=31)

    assert stands(world, second).unit == one


def state_of(world: World, unit: str) -> units.UnitState:
    with world.desk() as desk:
        return units.unit_of(desk, UnitId(unit)).state


def test_a_crew_that_objects_is_free_and_another_boat_is_sent(world: World) -> None:
    first, other = boat(world, "蓝样02", NEAR), boat(world, "蓝样01", FAR)
    case = ask(world, "plastic")
    world.drain()

    with world.desk(world.crew(first)) as desk:
        cases.object_(desk, case.id, "不归我")
    world.drain()

    assert stands(world, case).unit == other
    assert [state_of(world, one) for one in (first, other)] == ["ready", "engaged"]


def test_a_case_sent_back_frees_its_boat_and_waits_for_one_again(world: World) -> None:
    one = boat(world, "蓝样01", NEAR)
    case = ask(world, "plastic")
    world.drain()

    with world.desk(world.officer("duty", "marine_waste.duty")) as desk:
        cases.return_(desk, case.id, "requested", "重派")
    world.drain()
    world.later(seconds=31)

    assert (stands(world, case).state, stands(world, case).unit) == ("sent", one)


def test_a_case_that_stood_still_is_sent_when_it_goes_on(world: World) -> None:
    duty = world.officer("duty", "marine_waste.duty")
    case = ask(world, "plastic")
    with world.desk(duty) as desk:
        cases.suspend(desk, case.id, "等潮水")
    world.later(minutes=5)
    one = boat(world, "蓝样01", NEAR)

    with world.desk(duty) as desk:
        cases.resume(desk, case.id)
    world.drain()

    assert stands(world, case).unit == one


def test_landing_one_case_does_not_free_a_boat_that_serves_the_next(world: World) -> None:
    one = boat(world, "蓝样01", NEAR)
    first, second = ask(world, "plastic"), ask(world, "gear", who=world.citizen("wang"))
    world.drain()
    line = handed_over(world, one, first)
    world.later(seconds=31)
    assert stands(world, second).unit == one

    with world.desk(world.crew(one)) as desk:
        landed = {"depot": "示例码头", "lines": [line]}
        evidence.show(desk, first.id, "handed_over_to_landed", landed, key="l")
    world.drain()

    assert state_of(world, one) == "engaged"
