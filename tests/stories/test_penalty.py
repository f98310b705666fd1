"""A penalty: two officers, pauses, a lawyer, a panel, statutory time, an appeal."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from packs import penalty
from zhouqiao.base import Refusal
from zhouqiao.flow import case as cases
from zhouqiao.flow import evidence, task
from zhouqiao.sdk import PackUnsound, Statute
from zhouqiao.store import Subject
from zhouqiao.store.engines import Server
from zhouqiao.testing import World, open_world

FILED = datetime(2022, 10, 18, 2, tzinfo=UTC)  # 10:00 in Taizhou
HERE = "enforcement/331002"
NOTE = {"text": "made up"}
FINDINGS = {"facts": "没有", "evidence": "照片", "broken": "样例 §1"}
PENALTY = {"number": "样〔2022〕1", "fine": {"yuan": "2000"}, "basis": "样例 §1"}
PAYMENT = {"fine": {"yuan": "2000"}, "slip": "样0001"}


@pytest.fixture
def world(server: Server) -> Iterator[World]:
    with open_world(server, [penalty.pack], start=FILED) as found:
        yield found


class Bureau:
    """The people of one story, and the steps they take."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.party = world.citizen("party")
        self.one, self.two = self.officer("one"), self.officer("two")
        self.chief = self.holder("chief", "chief")
        self.lawyer = self.holder("lawyer", "reviewer", "legal_review")
        self.presider = self.holder("presider", "presider")
        self.leaders = [self.holder(f"leader{n}", "leader") for n in range(3)]
        self.tribunal = self.holder("tribunal", "tribunal")

    def holder(self, name: str, role: str, *certificates: str) -> Subject:
        return self.world.officer(name, f"penalty.{role}", scope=HERE, certificates=certificates)

    def officer(self, name: str) -> Subject:
        return self.holder(name, "officer", "law_enforcement")

    def begin(self) -> str:
        clue = {"what": "占道堆放", "place": "样例路 1 号", "name": "江示例"}
        with self.world.desk(self.one) as desk:
            found = cases.open_(
                desk, "penalty.case", clue, scope=HERE, key="clue", person=self.party.person
            )
        self.take(self.chief, found.id, "clue_to_filed")
        return str(found.id)

    def take(self, who: Subject, case: str, step: str, record: Any = None) -> cases.Case:
        with self.world.desk(who) as desk:
            return cases.take_step(desk, case, step, record=record)

    def pair(self, case: str, step: str, record: Any) -> cases.Case:
        self.take(self.one, case, step, record)
        return self.take(self.two, case, step, record)

    def seal(self, case: str) -> cases.Case:
        self.pair(case, "filed_to_sealed", NOTE)
        return self.take(self.chief, case, "filed_to_sealed", NOTE)

    def notice(self, case: str, penalty: Any = PENALTY) -> None:
        self.pair(case, "filed_to_investigated", FINDINGS)
        self.take(self.lawyer, case, "investigated_to_reviewed", NOTE)
        self.pair(case, "reviewed_to_noticed", penalty)

    def waive(self, case: str) -> None:
        self.notice(case)
        self.world.later(days=12)

    def decide(self, case: str) -> None:
        for leader in self.leaders:
            self.take(leader, case, "heard_to_discussed", NOTE)
        self.take(self.chief, case, "discussed_to_decided", PENALTY)

    def serve(self, case: str) -> None:
        self.waive(case)
        self.decide(case)
        self.pair(case, "decided_to_served", self.returned())

    def call(self, case: str, ahead: int = 20) -> None:
        self.pair(case, "hearing_to_called", {"place": "样例厅", "day": self.day(ahead)})

    def day(self, ahead: int = 0) -> str:
        """Return a day in Taizhou: today, or so many days ahead."""
        return (self.world.clock.now() + timedelta(hours=8, days=ahead)).date().isoformat()

    def returned(self, way: str = "signed_for") -> dict[str, str]:
        """Return the proof of a service made today."""
        return {"way": way, "day": self.day(), "who": "江示例"}

    def stands(self, case: str) -> cases.Case:
        with self.world.desk() as desk:
            return cases.get(desk, case)

    def due(self, case: str, clock: str) -> date | None:
        """Return the last day of a clock in Taizhou."""
        due = next(one.due for one in self.stands(case).clocks if one.name == clock)
        return due and (due + timedelta(hours=8)).date()


@pytest.fixture
def bureau(world: World) -> Bureau:
    return Bureau(world)


def test_a_penalty_is_found_reviewed_discussed_decided_served_paid_and_closed(
    bureau: Bureau,
) -> None:
    case = bureau.begin()

    bureau.serve(case)
    bureau.take(bureau.party, case, "served_to_paid", PAYMENT)
    bureau.take(bureau.chief, case, "paid_to_closed")
    bureau.world.drain()

    assert bureau.stands(case).is_closed
    assert bureau.world.fetch("SELECT count(*) AS n FROM parked") == [{"n": 0}]
    assert bureau.world.fetch("SELECT count(*) AS n FROM task") == [{"n": 0}]


def test_a_case_is_numbered_by_the_day_on_the_calendar_here(server: Server) -> None:
    """One in the morning of the 19th in Taizhou is five in the afternoon of the 18th in UTC."""
    night = datetime(2022, 10, 18, 17, tzinfo=UTC)
    with open_world(server, [penalty.pack], start=night) as world:
        bureau = Bureau(world)

        assert bureau.stands(bureau.begin()).code.startswith("331002-20221019-")


def test_the_decision_is_due_ninety_days_after_filing(bureau: Bureau) -> None:
    case = bureau.begin()

    assert bureau.due(case, "decision") == date(2023, 1, 16)


@pytest.mark.parametrize(
    ("on", "clock", "due"),
    [
        ("2022-09-29", "penalty_hearing_request", date(2022, 10, 11)),
        ("2022-09-20", "fine_payment", date(2022, 10, 8)),
        ("2023-01-18", "evidence_preservation", date(2023, 2, 1)),
    ],
)
def test_each_clock_of_the_way_comes_out_as_its_vector(
    server: Server, on: str, clock: str, due: date
) -> None:
    """National Day, Spring Festival and make-up working days lie between."""
    bring = {
        "penalty_hearing_request": ("noticed_to_heard", Bureau.notice),
        "fine_payment": ("served_to_overdue", Bureau.serve),
        "evidence_preservation": (
            "sealed_to_filed",
            lambda bureau, case: bureau.seal(case),
        ),
    }
    step, way = bring[clock]
    moment = datetime.fromisoformat(f"{on}T02:00:00+00:00")
    before = timedelta(days=12 if clock == "fine_payment" else 0)

    with open_world(server, [penalty.pack], start=moment - before) as world:
        bureau = Bureau(world)
        case = bureau.begin()
        way(bureau, case)

        assert bureau.due(case, step) == due


def test_one_officer_is_not_enough(bureau: Bureau) -> None:
    case = bureau.begin()

    bureau.take(bureau.one, case, "filed_to_investigated", FINDINGS)

    assert bureau.stands(case).state == "filed"
    with pytest.raises(cases.StepNotOpen):
        bureau.take(bureau.lawyer, case, "investigated_to_reviewed", NOTE)


def test_the_same_officer_is_not_the_second_one(bureau: Bureau) -> None:
    case = bureau.begin()
    bureau.take(bureau.one, case, "filed_to_investigated", FINDINGS)

    with pytest.raises(cases.AlreadySigned):
        bureau.take(bureau.one, case, "filed_to_investigated", FINDINGS)


def test_both_officers_sign_the_same_findings(bureau: Bureau) -> None:
    case = bureau.begin()
    bureau.take(bureau.one, case, "filed_to_investigated", FINDINGS)

    with pytest.raises(cases.WrongRecord):
        bureau.take(bureau.two, case, "filed_to_investigated", {**FINDINGS, "facts": "别的"})


def test_an_officer_without_a_valid_certificate_does_not_count(bureau: Bureau) -> None:
    case = bureau.begin()

    with pytest.raises(cases.NotYourStep) as refused:
        bureau.take(bureau.holder("aide", "officer"), case, "filed_to_investigated", FINDINGS)

    assert refused.value.slots()["certificate"] == "law_enforcement"


def test_a_reviewer_without_the_legal_qualification_is_refused(bureau: Bureau) -> None:
    case = bureau.begin()
    bureau.pair(case, "filed_to_investigated", FINDINGS)

    with pytest.raises(cases.NotYourStep):
        bureau.take(bureau.holder("clerk", "reviewer"), case, "investigated_to_reviewed", NOTE)


def test_an_investigator_does_not_review_their_own_case(bureau: Bureau) -> None:
    case = bureau.begin()
    bureau.pair(case, "filed_to_investigated", FINDINGS)
    both = bureau.world.officer(
        "two", "penalty.officer", "penalty.reviewer", scope=HERE,
        certificates=("law_enforcement", "legal_review"),
    )  # fmt: skip

    with pytest.raises(cases.HandsAreTied):
        bureau.take(both, case, "investigated_to_reviewed", NOTE)

    assert bureau.world.todo(both) == []
    assert bureau.world.todo(bureau.lawyer) == ["investigated_to_reviewed", "investigated_to_filed"]


def test_whoever_took_the_clue_up_does_not_file_the_case(bureau: Bureau) -> None:
    self_made = bureau.world.officer("one", "penalty.officer", "penalty.chief", scope=HERE)
    with bureau.world.desk(self_made) as desk:
        clue = {"what": "占道", "place": "样例路", "name": "江示例"}
        case = cases.open_(desk, "penalty.case", clue, scope=HERE, key="k", person=None)

    with pytest.raises(cases.HandsAreTied):
        bureau.take(self_made, case.id, "clue_to_filed")


def hand(bureau: Bureau, **other: str) -> dict[str, str]:
    """Return what the party signed by hand on the presider's device."""
    return {"role": "party", "person": bureau.party.person, "strokes": "M1 1L2 2"} | other


@pytest.mark.parametrize("forged", [{"strokes": ""}, {"strokes": "x<svg>"}, {"role": "presider"}])
def test_nobody_signs_for_the_party_without_their_hand_nor_with_it_from_a_post(
    bureau: Bureau, forged: dict[str, str]
) -> None:
    case = bureau.begin()
    bureau.notice(case)
    bureau.take(bureau.party, case, "noticed_to_hearing", NOTE)
    bureau.call(case)

    signs = [hand(bureau, **forged)]

    with pytest.raises(Refusal), bureau.world.desk(bureau.presider) as desk:
        evidence.show(desk, case, "called_to_heard", NOTE, key="minutes", signatures=signs)

    assert bureau.stands(case).state == "called"
    assert bureau.stands(case).signed == {}


def test_a_hearing_asked_for_in_time_is_held_and_stops_the_ninety_days(bureau: Bureau) -> None:
    case = bureau.begin()
    bureau.notice(case)

    bureau.take(bureau.party, case, "noticed_to_hearing", NOTE)
    assert bureau.due(case, "decision") is None
    bureau.call(case)
    bureau.world.later(days=10)
    with bureau.world.desk(bureau.presider) as desk:
        evidence.show(
            desk, case, "called_to_heard", NOTE, key="minutes",
            signatures=[hand(bureau)],
        )  # fmt: skip

    assert bureau.stands(case).state == "heard"
    assert bureau.due(case, "decision") == date(2023, 1, 26)


def test_a_hearing_is_called_seven_working_days_before_it_is_held(bureau: Bureau) -> None:
    """On Tuesday, 18 October 2022, for Thursday of the week after at the earliest."""
    case = bureau.begin()
    bureau.notice(case)
    bureau.take(bureau.party, case, "noticed_to_hearing", NOTE)

    with pytest.raises(cases.TooLate) as refused:
        bureau.call(case, 8)
    assert refused.value.slots()["why"] == "ahead"
    bureau.call(case, 9)

    assert bureau.stands(case).state == "called"


def test_what_runs_from_service_runs_from_the_day_written_down_and_not_from_the_writing(
    bureau: Bureau,
) -> None:
    """Served on the 3rd and written down on the 6th: paid by the 18th, appealed by 60 days on."""
    case = bureau.begin()
    bureau.waive(case)
    bureau.decide(case)
    served = bureau.returned()
    bureau.world.later(days=3)
    bureau.pair(case, "decided_to_served", served)

    day = date.fromisoformat(served["day"])
    assert bureau.due(case, "served_to_overdue") == day + timedelta(days=15)
    bureau.world.clock.turn(days=58)
    with pytest.raises(cases.TooLate), bureau.world.desk(bureau.party) as desk:
        cases.appeal(desk, case, "过重")


def test_a_case_sent_back_to_be_served_runs_from_the_new_day(bureau: Bureau) -> None:
    case = bureau.begin()
    bureau.serve(case)
    bureau.world.later(days=5)
    with bureau.world.desk(bureau.chief) as desk:
        cases.return_(desk, case, "decided", "送达错误")

    again = bureau.returned()
    bureau.pair(case, "decided_to_served", again)

    due = bureau.due(case, "served_to_overdue")
    assert due is not None
    assert due >= date.fromisoformat(again["day"]) + timedelta(days=15)


LIGHT = {**PENALTY, "fine": {"yuan": "1999"}}


def test_a_hearing_is_only_for_a_heavy_fine_and_whoever_asks_is_told_so(bureau: Bureau) -> None:
    case = bureau.begin()
    bureau.notice(case, LIGHT)
    bureau.world.drain()

    with pytest.raises(cases.NotNow) as refused:
        bureau.take(bureau.party, case, "noticed_to_hearing", NOTE)

    assert refused.value.slots()["guard"] == "penalty.guard.heavy"
    assert bureau.world.todo(bureau.party) == ["noticed_to_defended"]


@pytest.mark.parametrize(
    ("start", "offered"), [(FILED, True), (datetime(2023, 2, 1, 2, tzinfo=UTC), False)]
)
def test_a_fine_is_heavy_by_the_row_in_force_on_the_day(
    server: Server, start: datetime, *, offered: bool
) -> None:
    """2000 yuan is heavy in 2022, and not in 2023."""
    with open_world(server, [penalty.pack], start=start) as world:
        bureau = Bureau(world)
        bureau.notice(bureau.begin())

        assert ("noticed_to_hearing" in world.todo(bureau.party)) is offered


def test_a_heavy_fine_is_not_decided_without_the_panel(bureau: Bureau) -> None:
    case = bureau.begin()
    bureau.waive(case)

    with pytest.raises(cases.NotNow) as refused:
        bureau.take(bureau.chief, case, "heard_to_decided", PENALTY)
    assert refused.value.slots()["why"] == "unless"
    bureau.take(bureau.chief, case, "heard_to_decided", LIGHT)

    assert bureau.stands(case).state == "decided"


def test_an_appraisal_does_not_count_but_sealing_evidence_does(bureau: Bureau) -> None:
    case = bureau.begin()

    bureau.seal(case)
    bureau.world.later(days=3)
    bureau.pair(case, "sealed_to_filed", NOTE)
    assert bureau.due(case, "decision") == date(2023, 1, 16)
    bureau.pair(case, "filed_to_appraisal", NOTE)
    bureau.world.later(days=7)
    bureau.pair(case, "appraisal_to_filed", NOTE)

    assert bureau.due(case, "decision") == date(2023, 1, 23)


def extend(bureau: Bureau, who: Subject, case: str, clock: str = "decision", **more: Any) -> None:
    with bureau.world.desk(who) as desk:
        cases.extend(desk, case, clock, "案情复杂", **more)


def test_the_head_of_the_body_lengthens_the_ninety_days_once_and_says_why(bureau: Bureau) -> None:
    case = bureau.begin()

    extend(bureau, bureau.chief, case)
    bureau.world.drain()

    assert bureau.due(case, "decision") == date(2023, 2, 15)
    with bureau.world.desk(bureau.one) as desk:
        due = task.todo(desk)[0].due_at
    assert due is not None
    assert (due + timedelta(hours=8)).date() == date(2023, 2, 15)
    told = bureau.world.fetch("SELECT body FROM journal WHERE kind = 'case.ClockExtended'")
    assert "案情复杂" in told[0]["body"]
    with pytest.raises(cases.NoLonger):
        extend(bureau, bureau.chief, case)


def test_a_shorter_extension_is_granted_and_none_longer_than_the_rule(bureau: Bureau) -> None:
    case = bureau.begin()

    for length in (31, 0, -1):
        with pytest.raises(cases.NoLonger):
            extend(bureau, bureau.chief, case, length=length)
    extend(bureau, bureau.chief, case, length=10)

    assert bureau.due(case, "decision") == date(2023, 1, 26)


def test_nobody_else_lengthens_it_nor_a_time_no_rule_lets_bend(bureau: Bureau) -> None:
    case = bureau.begin()
    bureau.seal(case)

    with pytest.raises(cases.NotYourStep):
        extend(bureau, bureau.one, case)
    with pytest.raises(cases.NothingToUndo):
        extend(bureau, bureau.chief, case, "sealed_to_filed")


def test_what_has_run_out_is_not_lengthened(bureau: Bureau) -> None:
    case = bureau.begin()
    bureau.world.clock.turn(days=91)

    with pytest.raises(cases.TooLate):
        extend(bureau, bureau.chief, case)
    bureau.world.drain()
    with pytest.raises(cases.TooLate):
        extend(bureau, bureau.chief, case)


def test_an_extended_time_still_stops_for_a_hearing(bureau: Bureau) -> None:
    case = bureau.begin()
    extend(bureau, bureau.chief, case)
    bureau.pair(case, "filed_to_appraisal", NOTE)
    bureau.world.later(days=7)
    bureau.pair(case, "appraisal_to_filed", NOTE)

    assert bureau.due(case, "decision") == date(2023, 2, 22)


def test_the_reviewing_body_lengthens_its_own_time_once(bureau: Bureau) -> None:
    case = bureau.begin()
    bureau.serve(case)
    with bureau.world.desk(bureau.party) as desk:
        cases.appeal(desk, case, "过重")
    before = bureau.due(case, "appeal")

    extend(bureau, bureau.tribunal, case, "appeal")

    after = bureau.due(case, "appeal")
    assert before is not None
    assert after is not None
    assert after - before >= timedelta(days=28)
    with bureau.world.desk(bureau.tribunal) as desk:
        found = cases.get(desk, case)
        assert cases.extensible(desk, found, cases.shape_of(desk, found.shape)) == ()


def test_putting_the_case_aside_wins_no_time(bureau: Bureau) -> None:
    case = bureau.begin()

    with bureau.world.desk(bureau.chief) as desk:
        cases.suspend(desk, case, "too much else to do")
    bureau.world.later(days=20)
    with bureau.world.desk(bureau.chief) as desk:
        cases.resume(desk, case)

    assert bureau.due(case, "decision") == date(2023, 1, 16)


def test_a_pause_that_no_rule_allows_never_starts(server: Server) -> None:
    whole = penalty.case
    bare = replace(whole, clocks=(replace(whole.clocks[0], within=Statute("处罚法 §60")),))

    with (
        pytest.raises(PackUnsound, match="which no rule allows"),
        open_world(server, [replace(penalty.pack, procedures=(bare,))]),
    ):
        pass


def test_a_hearing_asked_for_too_late_is_refused_though_nobody_has_looked_yet(
    bureau: Bureau,
) -> None:
    case = bureau.begin()
    bureau.notice(case)

    bureau.world.clock.turn(days=12)
    with pytest.raises(cases.TooLate):
        bureau.take(bureau.party, case, "noticed_to_hearing", NOTE)
    bureau.world.drain()

    assert bureau.stands(case).state == "heard"
    with pytest.raises(cases.StepNotOpen):
        bureau.take(bureau.party, case, "noticed_to_hearing", NOTE)


def test_time_that_ran_out_while_the_case_stood_still_has_its_effect_when_it_goes_on(
    bureau: Bureau,
) -> None:
    case = bureau.begin()
    bureau.notice(case)
    with bureau.world.desk(bureau.chief) as desk:
        cases.suspend(desk, case, "file mislaid")
    bureau.world.later(days=12)
    assert bureau.stands(case).state == "noticed"

    with bureau.world.desk(bureau.chief) as desk:
        cases.resume(desk, case)

    assert bureau.stands(case).state == "heard"


def test_two_leaders_are_no_group(bureau: Bureau) -> None:
    case = bureau.begin()
    bureau.waive(case)

    for leader in bureau.leaders[:2]:
        bureau.take(leader, case, "heard_to_discussed", NOTE)

    assert bureau.stands(case).state == "heard"


@pytest.mark.parametrize("branch", ["not_filed", "transferred"])
def test_a_clue_may_come_to_nothing_or_go_elsewhere(bureau: Bureau, branch: str) -> None:
    with bureau.world.desk(bureau.one) as desk:
        clue = {"what": "占道", "place": "样例路", "name": "江示例"}
        case = cases.open_(desk, "penalty.case", clue, scope=HERE, key="k", person=None)

    bureau.take(bureau.chief, case.id, f"clue_to_{branch}", NOTE)

    assert bureau.stands(case.id).is_closed


def test_a_fine_not_paid_in_fifteen_days_is_overdue(bureau: Bureau) -> None:
    case = bureau.begin()
    bureau.serve(case)

    bureau.world.later(days=17)

    assert bureau.stands(case).state == "overdue"
    bureau.take(bureau.party, case, "overdue_to_paid", PAYMENT)


def test_no_court_is_asked_before_the_suit_is_barred_and_a_demand_has_run_ten_working_days(
    bureau: Bureau,
) -> None:
    """强制法 §53, §54: served 30 October 2022, six months to sue, then the demand."""
    case = bureau.begin()
    bureau.serve(case)
    bureau.world.later(days=17)
    with pytest.raises(cases.StepNotOpen):
        bureau.take(bureau.chief, case, "due_to_enforced", NOTE)
    assert bureau.due(case, "overdue_to_final") == date(2023, 5, 4)

    bureau.world.later(days=180)
    assert bureau.stands(case).state == "final"
    bureau.pair(case, "final_to_demanded", NOTE)
    with pytest.raises(cases.StepNotOpen):
        bureau.take(bureau.chief, case, "due_to_enforced", NOTE)
    bureau.world.later(days=20)
    bureau.take(bureau.chief, case, "due_to_enforced", NOTE)

    assert bureau.stands(case).is_closed


def test_evidence_is_not_registered_and_kept_unless_the_head_approves(bureau: Bureau) -> None:
    case = bureau.begin()

    bureau.pair(case, "filed_to_sealed", NOTE)
    assert bureau.stands(case).state == "filed"
    bureau.take(bureau.chief, case, "filed_to_sealed", NOTE)

    assert bureau.stands(case).state == "sealed"


def test_a_defence_is_looked_into_and_costs_no_right_to_a_hearing(
    bureau: Bureau,
) -> None:
    case = bureau.begin()
    bureau.notice(case)

    bureau.take(bureau.party, case, "noticed_to_defended", NOTE)
    bureau.world.later(days=12)
    assert bureau.stands(case).state == "defended"
    bureau.pair(case, "defended_to_answered", NOTE)
    bureau.take(bureau.party, case, "answered_to_hearing", NOTE)

    assert bureau.stands(case).state == "hearing"


def test_a_light_case_may_end_without_a_penalty(bureau: Bureau) -> None:
    case = bureau.begin()
    bureau.waive(case)

    bureau.take(bureau.chief, case, "heard_to_no_penalty", NOTE)

    assert bureau.stands(case).is_closed


def test_a_successful_appeal_brings_the_case_back_and_does_not_stop_the_penalty(
    bureau: Bureau,
) -> None:
    case = bureau.begin()
    bureau.serve(case)
    with bureau.world.desk(bureau.party) as desk:
        cases.appeal(desk, case, "事实不清")

    bureau.take(bureau.party, case, "served_to_paid", PAYMENT)
    with bureau.world.desk(bureau.tribunal) as desk:
        after = cases.decide_appeal(desk, case, upheld=False, reason="证据不足")
    bureau.world.drain()

    assert (after.state, after.phase) == ("filed", "open")
    assert "appeal" not in {one.name for one in after.clocks}
    with bureau.world.desk(bureau.one) as desk:
        assert "filed_to_investigated" in task.todo(desk)[0].options


def test_an_appeal_decided_for_the_bureau_leaves_a_closed_case_closed(bureau: Bureau) -> None:
    case = bureau.begin()
    bureau.serve(case)
    bureau.take(bureau.party, case, "served_to_paid", PAYMENT)
    with bureau.world.desk(bureau.party) as desk:
        cases.appeal(desk, case, "过重")
    bureau.take(bureau.chief, case, "paid_to_closed")

    with bureau.world.desk(bureau.tribunal) as desk:
        after = cases.decide_appeal(desk, case, upheld=True, reason="适当")

    assert after.is_closed


@pytest.mark.parametrize("upheld", [True, False])
def test_a_remedy_for_once_is_refused_the_second_time_whatever_came_of_it(
    server: Server, *, upheld: bool
) -> None:
    declared = penalty.case.remedy
    assert declared is not None
    once = replace(penalty.case, remedy=replace(declared, times=1))
    with open_world(server, [replace(penalty.pack, procedures=(once,))], start=FILED) as world:
        bureau = Bureau(world)
        case = bureau.begin()
        bureau.serve(case)
        world.appeal(bureau.party, bureau.stands(case), "过重")
        world.answer(bureau.tribunal, bureau.stands(case), "适当", upheld=upheld)
        if not upheld:
            bureau.serve(case)

        with pytest.raises(cases.NothingToUndo) as refused:
            world.appeal(bureau.party, bureau.stands(case), "还是过重")

    assert refused.value.why == "used_up"


def test_the_body_that_decided_does_not_decide_on_the_appeal(bureau: Bureau) -> None:
    case = bureau.begin()
    bureau.serve(case)
    with bureau.world.desk(bureau.party) as desk:
        cases.appeal(desk, case, "过重")
    turncoat = bureau.world.officer("chief", "penalty.tribunal", scope=HERE)

    with pytest.raises(cases.NotYourStep), bureau.world.desk(bureau.chief) as desk:
        cases.decide_appeal(desk, case, upheld=True, reason="我对")
    with pytest.raises(cases.HandsAreTied), bureau.world.desk(turncoat) as desk:
        cases.decide_appeal(desk, case, upheld=True, reason="我对")
    assert bureau.world.todo(turncoat) == []
    assert bureau.world.todo(bureau.tribunal) == ["decide_appeal"]


def test_what_nobody_present_may_take_still_stands_before_whoever_leads(bureau: Bureau) -> None:
    case, world = bureau.begin(), bureau.world
    bureau.serve(case)
    world.appeal(bureau.party, bureau.stands(case), "过重")
    only = world.officer("chief", "penalty.tribunal", scope=HERE)

    assert world.todo(only) == []
    (row,) = world.fetch("SELECT id FROM task WHERE role = 'tribunal'")
    with pytest.raises(task.NoSuchTask), world.desk(only) as desk:
        task.take(desk, row["id"])
    with world.desk(bureau.leaders[0]) as desk:
        (seen,) = cases.find(desk, cases.Asked(open_only=True, sort="due"))
    assert (str(seen.id), seen.phase) == (case, "appealed")
    assert seen.due_at is not None


def test_the_sixty_days_for_an_appeal_run_from_service_and_not_from_payment(
    bureau: Bureau,
) -> None:
    case = bureau.begin()
    bureau.serve(case)
    bureau.world.later(days=10)
    bureau.take(bureau.party, case, "served_to_paid", PAYMENT)

    bureau.world.later(days=53)

    with pytest.raises(cases.TooLate), bureau.world.desk(bureau.party) as desk:
        cases.appeal(desk, case, "过重")


def test_the_reviewing_body_has_sixty_days_of_its_own(bureau: Bureau) -> None:
    case = bureau.begin()
    bureau.serve(case)

    with bureau.world.desk(bureau.party) as desk:
        cases.appeal(desk, case, "过重")
    bureau.world.drain()

    on = (bureau.world.clock.now() + timedelta(hours=8)).date()
    due = bureau.due(case, "appeal")
    assert due is not None
    assert due - on >= timedelta(days=60)
    with bureau.world.desk(bureau.tribunal) as desk:
        assert [one.options for one in task.todo(desk)] == [("decide_appeal",)]


def test_whom_it_is_about_stands_in_no_fact(bureau: Bureau) -> None:
    bureau.begin()

    rows = bureau.world.fetch("SELECT body FROM journal")

    assert not [row for row in rows if "江示例" in row["body"]]
    assert bureau.world.fetch("SELECT DISTINCT field FROM personal") == [{"field": "clue.name"}]
