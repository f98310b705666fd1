"""An old tree: who reports its harm, who goes there, and who may say that all is well."""

from collections.abc import Iterator

import pytest

from packs import old_tree
from zhouqiao.testing import Case, Refusal, Server, Subject, World, open_world

TOWN, COUNTY = "forestry/331002001", "forestry/331002"
REPORT = {
    "tree": "样木 012",
    "place": {"lon": 121.43, "lat": 28.67},
    "harm": "storm",
    "phone": "13800000000",
}
URGENT = {"found": "样例：主枝劈裂", "girth": 412, "urgent": True, "note": "样例：已拉警戒线"}
CALM = {"found": "样例：树洞三处", "girth": 412, "urgent": False}
PLAN = {"measures": "样例：补洞、松土"}
CARE = {"done": "样例：支撑、清创"}
REASON = {"reason": "样例：不在名录"}


@pytest.fixture
def world(server: Server) -> Iterator[World]:
    with open_world(server, [old_tree.pack]) as found:
        yield found


def officer(world: World, name: str, *roles: str) -> Subject:
    return world.officer(name, *(f"old_tree.{role}" for role in roles), scope=COUNTY)


def clerk(world: World) -> Subject:
    return officer(world, "zhou", "clerk")


def ranger(world: World) -> Subject:
    return officer(world, "lin", "ranger")


def head(world: World) -> Subject:
    return officer(world, "fang", "head")


def carer(world: World) -> Subject:
    return officer(world, "chen", "carer")


def reported(world: World) -> Case:
    return world.open(world.citizen(), "old_tree.care", REPORT, scope=TOWN)


def accepted(world: World) -> Case:
    return world.take(clerk(world), reported(world), "reported_to_accepted")


def refused(world: World) -> Case:
    return world.take(clerk(world), reported(world), "reported_to_refused", REASON)


def told(world: World, whom: str = "jiang") -> list[str]:
    return [one.code for one in world.told(world.citizen(whom))]


def test_an_urgent_tree_is_cared_for_without_a_plan_and_the_reporter_is_told(world: World) -> None:
    case = accepted(world)
    world.take(ranger(world), case, "accepted_to_emergency", URGENT)
    world.later(hours=5)
    world.take(carer(world), case, "emergency_to_cared", CARE)
    world.later(hours=3)
    assert told(world) == []

    world.take(ranger(world), case, "cared_to_sound")

    assert world.stands(case).state == "sound"
    assert told(world) == ["old_tree.sound"]
    assert told(world, "chen") == []
    assert world.reads("old_tree", "emergency").value == 5 * 60


def test_a_tree_that_can_wait_is_cared_for_by_an_approved_plan(world: World) -> None:
    case = accepted(world)
    world.take(ranger(world), case, "accepted_to_planning", CALM)
    world.take(officer(world, "wu", "specialist"), case, "planning_to_planned", PLAN)
    assert world.todo(carer(world)) == []

    world.take(head(world), case, "planned_to_approved")

    assert world.todo(carer(world)) == ["approved_to_cared"]


def test_the_way_taken_must_agree_with_what_was_found(world: World) -> None:
    case = accepted(world)

    with pytest.raises(Refusal, match=r"old_tree\.guard\.urgent"):
        world.take(ranger(world), case, "accepted_to_emergency", CALM)
    with pytest.raises(Refusal, match=r"old_tree\.guard\.urgent"):
        world.take(ranger(world), case, "accepted_to_planning", URGENT)

    assert world.stands(case).state == "accepted"


def test_a_head_does_not_approve_the_plan_they_wrote(world: World) -> None:
    case = accepted(world)
    author = officer(world, "wu", "specialist", "head")
    world.take(ranger(world), case, "accepted_to_planning", CALM)
    world.take(author, case, "planning_to_planned", PLAN)

    with pytest.raises(Refusal, match="hands_are_tied"):
        world.take(author, case, "planned_to_approved")
    assert world.todo(author) == ["planned_to_planning"]
    assert world.todo(head(world)) == ["planned_to_approved", "planned_to_planning"]

    assert world.take(head(world), case, "planned_to_approved").state == "approved"


def test_nobody_accepts_their_own_care(world: World) -> None:
    case = accepted(world)
    both = officer(world, "chen", "carer", "ranger")
    world.take(ranger(world), case, "accepted_to_emergency", URGENT)
    world.take(both, case, "emergency_to_cared", CARE)

    with pytest.raises(Refusal, match="hands_are_tied"):
        world.take(both, case, "cared_to_sound")
    assert world.todo(both) == []
    assert world.todo(ranger(world)) == ["cared_to_sound", "cared_to_approved"]

    assert world.take(ranger(world), case, "cared_to_sound").state == "sound"


def test_three_working_days_without_inspection_warn_the_clerk(world: World) -> None:
    accepted(world)  # on a Wednesday: until the end of Monday

    world.later(days=5)
    assert world.warnings(clerk(world)) == []
    world.later(days=1)

    assert world.warnings(clerk(world)) == ["old_tree.inspection_late"]


def test_a_day_without_emergency_care_warns_the_clerk(world: World) -> None:
    case = accepted(world)
    world.take(ranger(world), case, "accepted_to_emergency", URGENT)

    world.later(hours=23)
    assert world.warnings(clerk(world)) == []
    world.later(hours=2)

    assert world.warnings(clerk(world)) == ["old_tree.emergency_to_cared_late"]


def test_a_refused_reporter_is_told_and_may_appeal_once(world: World) -> None:
    case = refused(world)
    assert told(world) == ["old_tree.refused"]

    world.appeal(world.citizen(), case, "样例：名录第 12 号")
    world.answer(head(world), case, "样例：确不在名录", upheld=True)
    assert world.stands(case).state == "refused"

    with pytest.raises(Refusal, match="used_up"):
        world.appeal(world.citizen(), case, "样例：再申诉")


def test_an_appeal_that_succeeds_sends_the_ranger(world: World) -> None:
    case = refused(world)

    world.appeal(world.citizen(), case, "样例：名录第 12 号")
    world.answer(head(world), case, "样例：在名录", upheld=False)

    assert world.todo(ranger(world)) == ["accepted_to_emergency", "accepted_to_planning"]


def test_a_ranger_reports_in_their_own_name(world: World) -> None:
    case = world.open(world.citizen("lin"), "old_tree.care", REPORT, scope=TOWN)

    world.take(clerk(world), case, "reported_to_accepted")

    assert world.todo(ranger(world)) == ["accepted_to_emergency", "accepted_to_planning"]


def test_the_phone_stands_in_no_fact(world: World) -> None:
    reported(world)

    facts = world.fetch("SELECT body FROM journal")

    assert facts
    assert not [one for one in facts if REPORT["phone"] in one["body"]]
