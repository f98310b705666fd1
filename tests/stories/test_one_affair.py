"""One affair, from the request to the ledger."""

from typing import Any

from zhouqiao.flow import case as cases
from zhouqiao.flow import evidence, task
from zhouqiao.store import Subject
from zhouqiao.testing import World

PLACE = {"lon": 121.655, "lat": 28.612}
ASKED: dict[str, Any] = {
    "vessel": "浙椒渔00000",
    "place": PLACE,
    "kinds": [{"kind": "plastic", "mass": {"kg": "12"}}, {"kind": "gear", "mass": {"kg": "30"}}],
}
NOW = "2026-10-14T00:40:00Z"
WEIGHED = [
    {"kind": "plastic", "mass": {"kg": "12.40"}, "scale": "device", "weighed_at": NOW},
    {"kind": "gear", "mass": {"kg": "31.60"}, "scale": "device", "weighed_at": NOW},
]
BOAT = "unit_lan03"


def ask(world: World, who: Subject, key: str = "k1") -> cases.Case:
    with world.desk(who) as desk:
        return cases.open_(
            desk, "marine_waste.pickup", ASKED, scope="marine/331002001", key=key,
            person=who.person, point=(121.655, 28.612),
        )  # fmt: skip


def send(world: World, case: cases.Case) -> None:
    with world.desk() as desk:
        cases.take_step(desk, case.id, "requested_to_sent", unit=BOAT)


def test_a_pickup_goes_from_request_to_ledger(world: World) -> None:
    fisher, crew = world.citizen(), world.crew(BOAT)
    case = ask(world, fisher)
    send(world, case)

    with world.desk(crew) as desk:
        cases.take_step(desk, case.id, "sent_to_under_way")
        evidence.show(desk, case.id, "under_way_to_met", {"place": PLACE}, key="m1")
        shown = evidence.show(
            desk, case.id, "met_to_handed_over",
            {"place": PLACE, "begun": NOW, "ended": NOW, "lines": WEIGHED},
            key="h1", signatures=[{"role": "fisher", "person": fisher.person}],
        )  # fmt: skip
    world.drain()

    assert shown.status == "done"
    lines = world.fetch("SELECT account, kind, amount FROM ledger_line ORDER BY kind, amount")
    assert sum(line["amount"] for line in lines) == 0
    assert world.fetch("SELECT count(*) AS n FROM parked") == [{"n": 0}]


def test_the_same_request_twice_is_one_case(world: World) -> None:
    fisher = world.citizen()

    first, second = ask(world, fisher), ask(world, fisher)

    assert first.id == second.id


def test_the_task_list_follows_the_case(world: World) -> None:
    case = ask(world, world.citizen())
    send(world, case)
    world.drain()

    with world.desk(world.crew(BOAT)) as desk:
        mine = task.todo(desk)
    with world.desk(world.crew("unit_other", "wang")) as desk:
        theirs = task.todo(desk)

    assert [one.options for one in mine] == [("sent_to_under_way",)]
    assert theirs == []
