"""One affair, from the request to the ledger."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from zhouqiao.base import Money, digest
from zhouqiao.flow import case as cases
from zhouqiao.flow import evidence, indicator, outcome, task
from zhouqiao.platform import document
from zhouqiao.platform.document.form import check_form
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
HANDOVER: dict[str, Any] = {
    "boat": "蓝样03", "place": PLACE, "begun": NOW, "ended": NOW, "lines": WEIGHED,
}  # fmt: skip
PEN = {"strokes": "M10 12c3 1 5 3 7 5", "signed_at": NOW}
BOAT = "unit_lan03"


def covered(world: World, case: cases.Case) -> str:
    """What the hands sign for: the lines as the form keeps them."""
    with world.desk() as desk:
        form = cases.shape_of(desk, case.shape).forms["handover"]
    clean = check_form(form, HANDOVER)
    return digest({"lines": clean["lines"]})


def ask(world: World, who: Subject, key: str = "k1") -> cases.Case:
    with world.desk(who) as desk:
        return cases.open_(
            desk, "marine_waste.pickup", ASKED, scope="marine/331002001", key=key,
            person=who.person, point=(121.655, 28.612),
        )  # fmt: skip


def send(world: World, case: cases.Case) -> None:
    with world.desk() as desk:
        cases.take_step(desk, case.id, "requested_to_sent", unit=BOAT)


def signed(world: World, case: cases.Case, fisher: Subject, crew: Subject) -> list[dict[str, Any]]:
    """The fisher's and the crew's hands, as the crew's device sends them."""
    pen = PEN | {"covers": covered(world, case)}
    return [
        {"role": "fisher", "person": fisher.person, "name": "江示例"} | pen,
        {"role": "crew", "person": crew.person, "name": "林样本"} | pen,
    ]


def hand_over(world: World, fisher: Subject, crew: Subject) -> cases.Case:
    case = ask(world, fisher)
    send(world, case)
    with world.desk(crew) as desk:
        cases.take_step(desk, case.id, "sent_to_under_way")
        evidence.show(desk, case.id, "under_way_to_met", {"place": PLACE}, key="m")
        evidence.show(
            desk, case.id, "met_to_handed_over", HANDOVER, key="h",
            signatures=signed(world, case, fisher, crew),
        )  # fmt: skip
    world.drain()
    return case


def test_a_handover_issues_a_receipt_that_verifies(world: World) -> None:
    fisher = world.citizen()
    case = hand_over(world, fisher, world.crew(BOAT))

    with world.desk(fisher) as desk:
        (paper,) = outcome.papers_of(desk, case.id)
        found = document.proof.verify(desk, paper.paper)

    assert (found.genuine, found.current) == (True, True)
    assert world.fetch("SELECT reaction, why FROM parked") == []


def test_a_handover_earns_the_subsidy_once_however_often_it_is_told(world: World) -> None:
    fisher = world.citizen()
    case = hand_over(world, fisher, world.crew(BOAT))

    world.drain()

    with world.desk(fisher) as desk:
        (grant,) = outcome.grants_of(desk, case=case.id)
    assert grant.amount == Money.of("56.40")  # 12.40 kg × 2.00 + 31.60 kg × 1.00


def test_twenty_minutes_without_a_meeting_become_a_case_to_look_into(world: World) -> None:
    case = ask(world, world.citizen())
    world.drain()

    world.later(minutes=21)
    world.drain()

    late = world.fetch("SELECT state, headline, kept FROM cases WHERE procedure = 'late'")
    assert [one["state"] for one in late] == ["raised"]
    assert late[0]["headline"] == f"{case.id}|clock.pickup.to_met"
    assert case.id in late[0]["kept"]


def test_the_indicator_opens_to_its_arithmetic(world: World) -> None:
    fisher = world.citizen()
    case = ask(world, fisher)
    send(world, case)
    world.clock.turn(minutes=14)
    with world.desk(world.crew(BOAT)) as desk:
        cases.take_step(desk, case.id, "sent_to_under_way")
        evidence.show(desk, case.id, "under_way_to_met", {"place": PLACE}, key="m")
    world.drain()

    with world.desk(world.officer("duty", "marine_waste.duty")) as desk:
        told = indicator.explain(
            desk, "marine_waste", "minutes_to_met",
            since=world.clock.now() - timedelta(days=1), until=world.clock.now(),
        )  # fmt: skip

    assert told.figure.value == Decimal(14)


def test_a_pickup_goes_from_request_to_ledger(world: World) -> None:
    fisher, crew = world.citizen(), world.crew(BOAT)
    case = ask(world, fisher)
    send(world, case)

    with world.desk(crew) as desk:
        cases.take_step(desk, case.id, "sent_to_under_way")
        evidence.show(desk, case.id, "under_way_to_met", {"place": PLACE}, key="m1")
        shown = evidence.show(
            desk, case.id, "met_to_handed_over",
            HANDOVER, key="h1", signatures=signed(world, case, fisher, crew),
        )  # fmt: skip
    world.drain()

    assert shown.status == "done"
    lines = world.fetch("SELECT account, kind, amount FROM ledger_line ORDER BY kind, amount")
    assert sum(line["amount"] for line in lines) == 0
    assert world.fetch("SELECT reaction, why FROM parked") == []


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
