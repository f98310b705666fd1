"""Evidence: taken in whatever has become of the case, once however often it is sent."""

from typing import Any

import pytest

from zhouqiao.flow import evidence
from zhouqiao.flow.case import Case, NotYourStep, take_step
from zhouqiao.testing import World

PLACE = {"lon": 121.655, "lat": 28.612}
ASKED: dict[str, Any] = {
    "vessel": "浙椒渔00000",
    "place": PLACE,
    "kinds": [{"kind": "plastic", "mass": {"kg": "12"}}],
}
BOAT = "unit_lan03"


def under_way(world: World) -> Case:
    case = world.open(world.citizen(), "marine_waste.pickup", ASKED, scope="marine/331002001")
    with world.desk() as desk:
        take_step(desk, case.id, "requested_to_sent", unit=BOAT)
    return world.take(world.crew(BOAT), case, "sent_to_under_way")


def test_evidence_for_a_step_that_is_over_is_kept_and_told(world: World) -> None:
    case = under_way(world)
    world.take(world.citizen(), case, "under_way_to_cancelled")

    with world.desk(world.crew(BOAT)) as desk:
        shown = evidence.show(desk, case.id, "under_way_to_met", {"place": PLACE}, key="late")

    assert (shown.status, shown.why) == ("kept", "case.stands_still")
    assert world.fetch(
        "SELECT count(*) AS n FROM journal WHERE kind = 'evidence.EvidenceKept'"
    ) == [{"n": 1}]
    assert world.stands(case).state == "cancelled"


def test_the_same_intent_sent_twice_is_shown_once(world: World) -> None:
    case = under_way(world)

    for _ in range(2):
        with world.desk(world.crew(BOAT)) as desk:
            shown = evidence.show(desk, case.id, "under_way_to_met", {"place": PLACE}, key="met")

    assert shown.status == "done"
    assert world.fetch("SELECT count(*) AS n FROM evidence") == [{"n": 1}]


def test_what_is_shown_before_its_step_is_kept_and_moves_nothing(world: World) -> None:
    case = world.open(world.citizen(), "marine_waste.pickup", ASKED, scope="marine/331002001")
    with world.desk() as desk:
        take_step(desk, case.id, "requested_to_sent", unit=BOAT)

    with world.desk(world.crew(BOAT)) as desk:
        shown = evidence.show(desk, case.id, "under_way_to_met", {"place": PLACE}, key="soon")

    assert (shown.status, shown.why) == ("kept", "case.step_not_open")
    assert world.stands(case).state == "sent"


@pytest.mark.parametrize("closed", [True, False])
def test_what_is_shown_for_a_step_of_others_is_refused_though_it_is_not_open(
    world: World, *, closed: bool
) -> None:
    case = under_way(world)
    if closed:
        world.take(world.citizen(), case, "under_way_to_cancelled")
    else:
        world.take(world.crew(BOAT), case, "under_way_to_met", {"place": PLACE})

    with pytest.raises(NotYourStep), world.desk(world.citizen()) as desk:
        evidence.show(desk, case.id, "under_way_to_met", {"place": PLACE}, key="not theirs")

    assert world.fetch("SELECT count(*) AS n FROM evidence WHERE key = 'not theirs'") == [{"n": 0}]
