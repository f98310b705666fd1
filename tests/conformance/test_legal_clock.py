"""The register row by row, vectors worked out beforehand, the calendar against its peer."""

from datetime import date, timedelta

import chinese_calendar
import msgspec
import pytest

from zhouqiao.base import Money
from zhouqiao.platform.rule import clock_named, clocks, deadline, laws, national, surcharge
from zhouqiao.platform.rule.declare import LegalClock, OnRestDay, Unit

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
    ("fine_payment", 15, C, 0),
    ("publication_withdrawal", 3, W, 0),
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
