"""An old person living alone is called; silence makes two bodies look in; nothing leaks."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from packs import safety_call
from zhouqiao.flow import case as cases
from zhouqiao.flow import evidence, task
from zhouqiao.store import Subject, personal
from zhouqiao.store.engines import Server
from zhouqiao.testing import World, open_world

TOWN = "civil/331002001"
SECRETS = ("13900000000", "样例村 8 号", "血压 180", "中风")
PLAN = {"phone": SECRETS[0], "address": SECRETS[1]}
VISIT = {"seen": "unwell", "health": SECRETS[2]}


@pytest.fixture
def world(server: Server) -> Iterator[World]:
    with open_world(server, [safety_call.pack]) as found:
        yield found


class Village:
    """The people of one story, and what they do."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.elder = world.citizen("elder")
        self.worker, self.clinic = self.holder("worker"), self.holder("clinic")
        self.town, self.bureau = self.holder("town"), self.holder("bureau")

    def holder(self, role: str, scope: str = TOWN) -> Subject:
        return self.world.officer(role, f"safety_call.{role}", scope=scope)

    def call(self) -> str:
        with self.world.desk(self.worker) as desk:
            found = cases.open_(
                desk, "safety_call.call", PLAN, scope=TOWN, key="k", person=self.elder.person
            )
        return str(found.id)

    def missed(self) -> str:
        case = self.call()
        self.world.later(minutes=31)
        return case

    def show(self, who: Subject, case: str, step: str, record: Any) -> str:
        with self.world.desk(who) as desk:
            return evidence.show(desk, case, step, record, key=f"{who.person}{step}").status

    def found(self) -> str:
        case = self.missed()
        self.show(self.worker, case, "missed_to_found", VISIT)
        self.show(self.clinic, case, "missed_to_found", VISIT)
        return case

    def stands(self, case: str) -> cases.Case:
        with self.world.desk() as desk:
            return cases.get(desk, case)


@pytest.fixture
def village(world: World) -> Village:
    return Village(world)


def test_one_key_says_that_all_is_well_and_a_day_later_the_case_is_closed(village: Village) -> None:
    case = village.call()

    village.show(village.elder, case, "calling_to_safe", {"mood": "fine"})
    village.world.later(hours=25)

    assert village.stands(case).is_closed


def test_however_late_one_looks_times_follow_each_other_without_a_gap(village: Village) -> None:
    case = village.call()
    opened = village.stands(case).opened_at

    village.world.later(hours=9)

    then = village.stands(case)
    assert then.state == "escalated"
    assert then.entered == opened + timedelta(minutes=30, hours=2)


def test_a_call_nobody_answers_is_missed_after_half_an_hour(village: Village) -> None:
    case = village.missed()

    assert village.stands(case).state == "missed"
    assert village.stands(case).hands[-1].persons == ("system",)


def test_both_bodies_must_have_looked_in(village: Village) -> None:
    case = village.missed()

    first = village.show(village.worker, case, "missed_to_found", VISIT)
    assert (first, village.stands(case).state) == ("waiting", "missed")
    second = village.show(village.clinic, case, "missed_to_found", VISIT)

    assert (second, village.stands(case).state) == ("done", "found")


def test_one_body_does_not_stand_in_for_the_other(village: Village) -> None:
    case = village.missed()
    village.show(village.worker, case, "missed_to_found", VISIT)
    both = village.world.officer("worker", "safety_call.clinic", scope=TOWN)

    with pytest.raises(cases.AlreadySigned), village.world.desk(both) as desk:
        cases.take_step(desk, case, "missed_to_found", record=VISIT)


def test_another_village_s_clinic_may_not_even_see_it(village: Village) -> None:
    case = village.missed()
    other = village.holder("clinic", "civil/331002002")

    with pytest.raises(cases.NoSuchCase), village.world.desk(other) as desk:
        cases.take_step(desk, case, "missed_to_found", record=VISIT)


def test_two_hours_of_silence_call_the_town_in(village: Village) -> None:
    case = village.missed()
    village.show(village.worker, case, "missed_to_found", VISIT)

    village.world.later(hours=2, minutes=1)

    assert village.stands(case).state == "escalated"
    with village.world.desk(village.town) as desk:
        assert [one.options for one in task.todo(desk)] == [("escalated_to_found",)]


def test_four_hours_unseen_warn_the_town(village: Village) -> None:
    village.missed()

    village.world.later(hours=4, minutes=1)

    assert village.world.fetch("SELECT tell, clock FROM warning") == [
        {"tell": "town", "clock": "seen"}
    ]


def test_whoever_found_them_does_not_close_the_case_alone(village: Village) -> None:
    case = village.found()
    worker = village.world.officer("worker", "safety_call.town", scope=TOWN)

    with pytest.raises(cases.HandsAreTied), village.world.desk(worker) as desk:
        cases.take_step(desk, case, "found_to_closed")


def test_the_person_objects_and_another_body_looks_again(village: Village) -> None:
    case = village.found()
    with village.world.desk(village.town) as desk:
        cases.take_step(desk, case, "found_to_closed")

    with village.world.desk(village.elder) as desk:
        cases.appeal(desk, case, "我没有病")
    with pytest.raises(cases.NotYourStep), village.world.desk(village.town) as desk:
        cases.decide_appeal(desk, case, upheld=True, reason="有病")
    with village.world.desk(village.bureau) as desk:
        after = cases.decide_appeal(desk, case, upheld=False, reason="再看一次")
    village.world.drain()

    assert (after.state, after.phase) == ("found", "open")
    with village.world.desk(village.clinic) as desk:
        assert [one.options for one in task.todo(desk)] == [("found_to_cared_for",)]


def test_nobody_ends_a_case_by_sending_it_back_to_its_end(village: Village) -> None:
    case = village.found()
    with village.world.desk(village.town) as desk:
        cases.take_step(desk, case, "found_to_closed")
    with village.world.desk(village.elder) as desk:
        cases.appeal(desk, case, "我没有病")
    with village.world.desk(village.bureau) as desk:
        cases.decide_appeal(desk, case, upheld=False, reason="再看一次")

    with pytest.raises(cases.NothingToUndo), village.world.desk(village.worker) as desk:
        cases.return_(desk, case, "closed", "省事")


def test_while_the_objection_is_looked_at_the_case_stands_still(village: Village) -> None:
    case = village.found()
    with village.world.desk(village.elder) as desk:
        cases.appeal(desk, case, "我没有病")

    with pytest.raises(cases.CaseStandsStill), village.world.desk(village.town) as desk:
        cases.take_step(desk, case, "found_to_closed")


def test_nothing_private_stands_in_a_fact_a_case_or_evidence(village: Village) -> None:
    case = village.found()
    village.show(
        village.clinic, case, "found_to_cared_for", {"what": "送医", "diagnosis": SECRETS[3]}
    )
    late = village.show(village.worker, case, "escalated_to_found", VISIT)
    village.world.drain()

    told = village.world.fetch("SELECT body FROM journal")
    rows = village.world.fetch(
        "SELECT kept AS body FROM cases UNION ALL SELECT record FROM evidence"
    )
    assert late == "kept"
    assert len(told) > 10
    assert [secret for row in (*told, *rows) for secret in SECRETS if secret in row["body"]] == []


def test_what_is_private_is_kept_by_grade_under_the_person_s_key(village: Village) -> None:
    village.found()

    kept = village.world.fetch("SELECT field, grade, person FROM personal ORDER BY field")
    with village.world.desk() as desk:
        read = personal.read(desk, village.elder.person, ["visit.health"])

    assert [(row["field"], row["grade"]) for row in kept] == [
        ("arrangement.address", 3), ("arrangement.phone", 3), ("visit.health", 4),
    ]  # fmt: skip
    assert {row["person"] for row in kept} == {village.elder.person}
    assert getattr(read["visit.health"], "value", None) == SECRETS[2]
