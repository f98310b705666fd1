"""The register row by row, vectors worked out beforehand, the calendar against its peer."""

from datetime import date, timedelta

import chinese_calendar
import msgspec
import pytest

from zhouqiao.base import Money
from zhouqiao.platform.rule import (
    clock_named,
    clock_of,
    clocks,
    deadline,
    laws,
    national,
    surcharge,
)
from zhouqiao.platform.rule.declare import LegalClock, OnRestDay, Statute, Unit

VECTORS = [
    ("penalty_hearing_request", "2022-09-29", "2022-10-11"),
    ("evidence_preservation", "2023-01-18", "2023-02-01"),
    ("penalty_decision", "2022-10-18", "2023-01-16"),
    ("fine_payment", "2022-09-20", "2022-10-08"),
    ("licence_decision", "2022-09-26", "2022-10-27"),
    ("demand_before_court", "2023-04-27", "2023-05-15"),
    ("hotline_order", "2023-09-28", "2023-10-11"),
    ("mediator_confirmation", "2022-12-30", "2023-01-05"),
]


@pytest.mark.parametrize(("name", "start", "end"), VECTORS)
def test_the_vector_comes_out(name: str, start: str, end: str):
    assert deadline(clock_named(name), date.fromisoformat(start)).day == date.fromisoformat(end)


def test_without_a_rule_for_days_of_rest_a_fine_is_due_on_the_raw_day():
    raw = msgspec.structs.replace(clock_named("fine_payment"), on_rest_day=OnRestDay.STAYS)

    found = deadline(raw, date(2022, 9, 20))

    assert found.day == date(2022, 10, 5)
    assert "stays_on_rest_day" in [step.code for step in found.why]


def test_a_surcharge_is_never_more_than_the_fine():
    owed = surcharge(Money.of(2000), date(2023, 1, 1), date(2023, 2, 10))

    assert (owed.days, owed.amount, owed.capped) == (40, Money.of(2000), True)


W, C, H, M, Y = Unit.WORKING, Unit.CALENDAR, Unit.HOURS, Unit.MONTHS, Unit.YEARS
# Every row of the table of deadlines the clock engine was asked to know: length, unit, extension.
ROWS = [
    ("licence_correction_notice", 5, W, 0),
    ("licence_decision", 20, W, 10),
    ("licence_joint_decision", 45, W, 15),
    ("licence_delivery", 10, W, 0),
    ("licence_hearing_request", 5, W, 0),
    ("licence_hearing", 20, W, 0),
    ("licence_hearing_notice", 7, W, 0),
    ("commitment_check", 60, W, 0),
    ("penalty_hearing_request", 5, W, 0),
    ("penalty_hearing_notice", 7, W, 0),
    ("evidence_preservation", 7, W, 0),
    ("penalty_decision", 90, C, 0),
    ("penalty_service", 7, W, 0),
    ("service_by_announcement", 30, C, 0),
    ("fine_payment", 15, C, 0),
    ("fine_handover", 2, W, 0),
    ("fine_handover_afloat", 2, W, 0),
    ("fine_deposit", 2, W, 0),
    ("publication_withdrawal", 3, W, 0),
    ("penalty_limitation", 2, Y, 0),
    ("penalty_limitation_grave", 5, Y, 0),
    ("seizure", 30, C, 30),
    ("immediate_measure_approval", 24, H, 0),
    ("demand_before_court", 10, W, 0),
    ("court_enforcement_request", 3, M, 0),
    ("court_acceptance", 5, W, 0),
    ("court_ruling", 7, W, 0),
    ("court_ruling_heard", 30, C, 0),
    ("review_request", 60, C, 0),
    ("review_acceptance", 5, W, 0),
    ("review_decision", 60, C, 30),
    ("review_decision_simple", 30, C, 0),
    ("lawsuit", 6, M, 0),
    ("lawsuit_after_review", 15, C, 0),
    ("hotline_order", 5, W, 0),
    ("petition_transfer", 15, C, 0),
    ("petition_objection", 5, W, 0),
    ("petition_decision", 60, C, 30),
    ("petition_review", 30, C, 0),
    ("petition_second_review", 30, C, 0),
    ("mediator_choice", 2, W, 0),
    ("mediator_assignment", 3, W, 0),
    ("mediator_confirmation", 3, W, 0),
    ("mediation_notice", 3, W, 0),
    ("mediation", 30, C, 0),
    ("mediation_ordinary", 15, C, 0),
    ("mediation_summary", 7, C, 0),
    ("judicial_confirmation", 30, C, 0),
    ("allowance_first_review", 15, W, 0),
    ("allowance_publicity", 7, C, 0),
    ("allowance_approval", 5, W, 0),
    ("credit_objection", 5, W, 15),
    ("bad_record_retention", 5, Y, 0),
    ("complaint_contact", 1, C, 0),
    ("complaint_rectification", 15, C, 0),
    ("share_request_review", 2, W, 0),
    ("share_request_answer", 5, W, 0),
    ("share_request_unpublished", 10, W, 0),
]


@pytest.mark.parametrize(("name", "length", "unit", "more"), ROWS)
def test_the_register_holds_the_row(name: str, length: int, unit: Unit, more: int):
    clock = clock_named(name)

    assert (clock.length, clock.unit, sum(e.length for e in clock.extensions)) == (
        length,
        unit,
        more,
    )


# Read again in the text of the law, paragraph by paragraph.
PROVISIONS = [
    ("fine_handover_afloat", "处罚法 §71", "ashore"),
    ("petition_objection", "信访工作条例 §23(3)", "receipt"),
    ("mediator_choice", "调解规则 §10(2)", "consent"),
    ("mediator_assignment", "调解规则 §10(3)", "request"),
    ("lawsuit_after_review", "行诉法 §45", "receipt"),
]


@pytest.mark.parametrize(("name", "basis", "starts"), PROVISIONS)
def test_the_provision_cited_is_the_one_that_says_so(name: str, basis: str, starts: str):
    assert (clock_named(name).basis, clock_named(name).starts) == (basis, starts)


STOPS = [
    ("review_request", {"force_majeure", "good_reason"}),  # 复议法 §20(2)
    ("lawsuit", {"force_majeure", "no_fault"}),  # 行诉法 §48(1)
    ("petition_second_review", {"hearing"}),  # 信访工作条例 §36(2)
    ("seizure", {"testing", "inspection", "quarantine", "appraisal"}),  # 强制法 §25(3)
    ("penalty_decision", set()),  # 处罚法 §60
]


@pytest.mark.parametrize(("name", "stops"), STOPS)
def test_a_clock_stops_for_what_its_law_names_and_for_nothing_else(name: str, stops: set[str]):
    assert set(clock_named(name).pauses) == stops


ASSUMED = [
    ("licence_hearing_request", "deemed"),
    ("penalty_hearing_request", "deemed"),
    ("service_by_announcement", "length"),
    ("fine_payment", "on_rest_day"),
    ("fine_deposit", "starts"),
    ("court_enforcement_request", "on_rest_day"),
    ("hotline_order", "length"),
    ("complaint_contact", "length"),
    ("share_request_review", "length"),
]


@pytest.mark.parametrize(("name", "field"), ASSUMED)
def test_what_the_law_does_not_say_is_marked_assumed(name: str, field: str):
    assert field in clock_named(name).assumed


@pytest.mark.parametrize(
    ("rule", "assumed"), [("行诉法解释 §48", ()), ("某某办理程序规定 §64", ("pauses",))]
)
def test_a_pause_by_a_further_rule_nobody_read_is_assumed(rule: str, assumed: tuple[str, ...]):
    found = clock_of(Statute("处罚法 §60", pauses=("hearing",), rule=rule))

    assert found.assumed == assumed


@pytest.mark.parametrize("clock", clocks().values(), ids=lambda c: c.name)
def test_a_clock_says_its_titles_its_start_its_basis_and_its_evidence(clock: LegalClock):
    assert all((clock.zh, clock.en, clock.starts, clock.basis, clock.source))
    assert clock.basis.split(" §")[0] in laws() or "basis" in clock.assumed
    assert not clock.source.startswith("P:") or "length" in clock.assumed


def test_each_day_of_the_calendar_agrees_with_its_peer():
    day, book, differing = date(2004, 1, 1), national(), []
    while day <= date(2026, 12, 31):
        if book.is_working(day) != chinese_calendar.is_workday(day):
            differing.append(day)
        day += timedelta(1)

    assert not differing
    assert book.years == frozenset(range(2004, 2027))
