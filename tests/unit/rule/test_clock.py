from datetime import UTC, date, datetime, timedelta

import pytest

from zhouqiao.base import Invalid, Money
from zhouqiao.platform.rule import (
    SHANGHAI,
    Extended,
    Pause,
    clock_named,
    clock_of,
    deadline,
    surcharge,
)
from zhouqiao.platform.rule.declare import (
    Extension,
    LegalClock,
    OnRestDay,
    Promise,
    Statute,
    Unit,
    mark_of,
    rule,
)
from zhouqiao.platform.rule.errors import (
    CalendarYearUnknown,
    ClockUnknown,
    ExtensionNotAllowed,
    ExtensionTooLate,
    StatuteAmbiguous,
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def clock(length: int, unit: Unit, **more: object) -> LegalClock:
    return LegalClock(name="made_up", length=length, unit=unit, basis="试行规定 §1", **more)  # type: ignore[arg-type]


def codes(found: object) -> list[str]:
    return [step.code for step in found.why]  # type: ignore[attr-defined]


def test_a_day_ends_at_midnight_in_shanghai():
    found = deadline(clock(1, Unit.CALENDAR), at("2026-03-02T09:00"))

    assert found.due == datetime(2026, 3, 3, 15, 59, 59, 999999, tzinfo=UTC)
    assert not found.is_past(datetime(2026, 3, 3, 15, 59, tzinfo=UTC))
    assert found.is_past(datetime(2026, 3, 3, 16, 0, tzinfo=UTC))


def test_the_day_of_the_event_is_the_day_in_shanghai_not_in_greenwich():
    assert deadline(clock(1, Unit.CALENDAR), datetime(2026, 3, 1, 17, tzinfo=UTC)).day == date(
        2026, 3, 3
    )


def test_a_counted_start_day_is_the_first_day():
    assert deadline(clock(1, Unit.CALENDAR, start_excluded=False), date(2026, 3, 2)).day == date(
        2026, 3, 2
    )


def test_hours_run_through_the_night_from_the_minute_of_the_event():
    found = deadline(clock_named("immediate_measure_approval"), at("2026-10-03T18:20"))

    assert found.due == at("2026-10-04T18:20")


def test_hours_from_a_bare_day_are_refused():
    with pytest.raises(Invalid) as refusal:
        deadline(Promise(hours=4), date(2026, 3, 2))

    assert refusal.value.why == "moment_needed"


def test_a_moment_without_its_zone_is_refused():
    with pytest.raises(Invalid) as refusal:
        deadline(Promise(hours=4), datetime(2026, 3, 2, 9))  # noqa: DTZ001

    assert refusal.value.why == "naive_moment"


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-03-02T09:00", "2026-03-02T14:30"),  # over noon
        ("2026-03-02T16:00", "2026-03-03T11:30"),  # over night
        ("2026-03-06T16:30", "2026-03-09T12:00"),  # over a weekend, to the end of the morning
        ("2026-03-07T10:00", "2026-03-09T14:00"),  # from a Saturday
        ("2026-02-14T16:00", "2026-02-24T11:30"),  # a make-up Saturday, then spring festival
    ],
)
def test_working_hours_are_those_the_office_is_open(start: str, due: str):
    found = deadline(Promise(working_hours=4), at(start))

    assert found.due == at(due)


@pytest.mark.parametrize(
    ("start", "months", "end", "code"),
    [
        ("2022-11-30", 3, "2023-02-28", "month_end"),
        ("2023-11-30", 3, "2024-02-29", "month_end"),
        ("2026-01-31", 1, "2026-02-28", "month_end"),
        ("2026-01-15", 6, "2026-07-15", "corresponding_day"),
        ("2025-12-31", 12, "2026-12-31", "corresponding_day"),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_last_of_the_month(
    start: str, months: int, end: str, code: str
):
    found = deadline(clock(months, Unit.MONTHS), date.fromisoformat(start))

    assert found.day == date.fromisoformat(end)
    assert code in codes(found)


def test_years_from_the_29th_of_february_end_on_the_28th():
    assert deadline(clock(2, Unit.YEARS), date(2024, 2, 29)).day == date(2026, 2, 28)


def test_a_suit_whose_last_day_is_a_day_of_rest_may_be_brought_on_the_next_working_day():
    found = deadline(Statute("行诉法 §46"), date(2026, 4, 1))

    assert found.day == date(2026, 10, 8)
    assert "moved_to_working_day" in codes(found)


def test_notice_before_a_hearing_is_counted_back():
    found = deadline(Statute("处罚法 §64", clock="penalty_hearing_notice"), date(2026, 10, 15))

    # 14, 13, 12, 10 (a make-up Saturday), 9, 8 October, then the last day before the holiday
    assert found.day == date(2026, 9, 30)
    assert codes(found)[0] == "counted_back"


def test_a_pause_the_law_knows_is_not_counted():
    licence = Statute("许可法 §42(1)")
    hearing = Pause(start=date(2026, 3, 4), end=date(2026, 3, 11), why="hearing")

    assert deadline(licence, date(2026, 3, 2)).day == date(2026, 3, 30)
    assert deadline(licence, date(2026, 3, 2), pauses=[hearing]).day == date(2026, 4, 7)


def test_a_pause_the_law_does_not_know_leaves_the_clock_running_and_says_so():
    talk = Pause(start=date(2026, 3, 4), end=date(2026, 3, 11), why="mediation")

    found = deadline(Statute("许可法 §42(1)"), date(2026, 3, 2), pauses=[talk])

    assert found.day == date(2026, 3, 30)
    assert "pause_not_counted" in codes(found)


def test_while_a_pause_lasts_there_is_no_due_day_but_what_is_left():
    hearing = Pause(start=date(2026, 3, 4), end=None, why="hearing")

    found = deadline(Statute("许可法 §42(1)"), date(2026, 3, 2), pauses=[hearing])

    assert (found.due, found.day, found.is_paused) == (None, None, True)
    assert found.left is not None
    assert (found.left.amount, found.left.unit) == (18, Unit.WORKING)
    assert not found.is_past(datetime(2030, 1, 1, tzinfo=UTC))


def test_a_pause_that_begins_when_the_time_is_up_changes_nothing():
    late = Pause(start=date(2026, 3, 30), end=None, why="hearing")

    assert deadline(Statute("许可法 §42(1)"), date(2026, 3, 2), pauses=[late]).day == date(
        2026, 3, 30
    )


def test_pauses_that_overlap_count_once():
    one = Pause(start=date(2026, 3, 4), end=date(2026, 3, 10), why="hearing")
    two = Pause(start=date(2026, 3, 6), end=date(2026, 3, 11), why="testing")
    both = Pause(start=date(2026, 3, 4), end=date(2026, 3, 11), why="hearing")
    licence = Statute("许可法 §42(1)")

    assert (
        deadline(licence, date(2026, 3, 2), pauses=[two, one]).day
        == deadline(licence, date(2026, 3, 2), pauses=[both]).day
    )


def test_minutes_are_paused_to_the_second():
    stop = Pause(start=at("2026-03-02T09:05:30"), end=at("2026-03-02T10:00"), why="storm")

    found = deadline(Promise(minutes=20), at("2026-03-02T09:00"), pauses=[stop])

    assert found.due == at("2026-03-02T10:14:30")


def test_minutes_left_are_told_while_paused():
    stop = Pause(start=at("2026-03-02T09:05:30"), end=None, why="storm")

    found = deadline(Promise(minutes=20), at("2026-03-02T09:00"), pauses=[stop])

    assert found.left is not None
    assert str(found.left.amount) == "14.50"


def test_working_hours_are_paused_too():
    stop = Pause(start=at("2026-03-02T10:00"), end=at("2026-03-02T15:00"), why="storm")

    found = deadline(Promise(working_hours=4), at("2026-03-02T09:00"), pauses=[stop])

    assert found.due == at("2026-03-03T09:30")


def test_six_months_are_lengthened_by_the_days_that_were_lost():
    storm = Pause(start=date(2026, 2, 1), end=date(2026, 2, 11), why="force_majeure")

    assert deadline(Statute("行诉法 §46"), date(2026, 1, 5), pauses=[storm]).day == date(
        2026, 7, 15
    )


def test_a_pause_that_ends_before_it_begins_is_refused():
    with pytest.raises(Invalid) as refusal:
        deadline(
            Promise(days=3),
            date(2026, 3, 2),
            pauses=[Pause(start=date(2026, 3, 4), end=date(2026, 3, 3), why="x")],
        )

    assert refusal.value.why == "ends_before_it_begins"


def test_a_further_rule_may_stop_a_statutory_clock_and_is_cited():
    penalty = Statute("处罚法 §60", pauses=("testing",), rule="部门规章 §1")
    lab = Pause(start=date(2026, 3, 4), end=date(2026, 3, 14), why="testing")

    assert deadline(Statute("处罚法 §60"), date(2026, 3, 2), pauses=[lab]).day == date(2026, 5, 31)
    found = deadline(penalty, date(2026, 3, 2), pauses=[lab])
    assert found.day == date(2026, 6, 10)
    assert found.why[0].slots["basis"] == "处罚法 §60; 部门规章 §1"


def test_a_pause_without_a_rule_is_not_a_statute():
    with pytest.raises(Invalid):
        Statute("处罚法 §60", pauses=("testing",))


def test_an_extension_by_the_head_of_the_body_adds_ten_days():
    found = deadline(
        Statute("许可法 §42(1)"),
        date(2026, 3, 2),
        extensions=[Extended(by="head_of_body", on=date(2026, 3, 30))],
    )

    assert found.day == date(2026, 4, 14)
    assert "extended" in codes(found)


@pytest.mark.parametrize(
    "granted",
    [
        [Extended(by="case_officer")],
        [Extended(by="head_of_body", length=11)],
        [Extended(by="head_of_body"), Extended(by="head_of_body")],
    ],
)
def test_an_extension_the_law_does_not_grant_is_refused(granted: list[Extended]):
    with pytest.raises(ExtensionNotAllowed):
        deadline(Statute("许可法 §42(1)"), date(2026, 3, 2), extensions=granted)


def test_what_has_run_out_is_not_lengthened():
    with pytest.raises(ExtensionTooLate):
        deadline(
            Statute("许可法 §42(1)"),
            date(2026, 3, 2),
            extensions=[Extended(by="head_of_body", on=date(2026, 3, 31))],
        )


def test_outside_the_known_years_nothing_is_guessed():
    with pytest.raises(CalendarYearUnknown) as refusal:
        deadline(Promise(working_days=30), date(2026, 12, 1))

    assert (refusal.value.year, refusal.value.first, refusal.value.last) == (2027, 2004, 2026)


def test_calendar_days_need_no_calendar():
    assert deadline(Statute("处罚法 §60"), date(2031, 1, 1)).day == date(2031, 4, 1)


def test_a_provision_that_sets_two_clocks_must_be_named_closer():
    with pytest.raises(StatuteAmbiguous) as refusal:
        clock_of(Statute("许可法 §42"))

    assert refusal.value.clocks == "licence_decision, licence_joint_decision"


def test_an_unknown_clock_is_refused_with_what_may_have_been_meant():
    with pytest.raises(ClockUnknown) as refusal:
        clock_named("penalty_decison")

    assert "penalty_decision" in refusal.value.near


@pytest.mark.parametrize("lengths", [{}, {"minutes": 1, "hours": 1}, {"minutes": -1}])
def test_a_promise_has_exactly_one_length(lengths: dict[str, int]):
    with pytest.raises(Invalid):
        Promise(**lengths)


@pytest.mark.parametrize(
    "more",
    [
        {"on_rest_day": OnRestDay.NEXT_WORKING_DAY},
        {"extensions": (Extension(length=1, by="x"),)},
        {"pauses": ("x",)},
    ],
)
def test_a_clock_that_runs_backward_cannot_bend(more: dict[str, object]):
    with pytest.raises(Invalid):
        clock(7, Unit.WORKING, backward=True, **more)


def test_silence_after_five_days_is_acceptance_on_receipt():
    found = deadline(Statute("许可法 §32"), date(2026, 3, 2))

    assert [s.slots for s in found.why if s.code == "deemed"] == [{"effect": "accepted_on_receipt"}]


def test_a_surcharge_stops_while_a_suit_runs():
    suit = Pause(start=date(2026, 1, 11), end=date(2026, 6, 11), why="lawsuit")

    owed = surcharge(Money.of("1000"), date(2026, 1, 1), date(2026, 6, 16), pauses=[suit])

    assert (owed.days, owed.amount, owed.capped) == (15, Money.of("450.00"), False)


def test_nothing_is_owed_on_a_fine_paid_in_time():
    assert surcharge(Money.of(1000), date(2026, 1, 10), date(2026, 1, 9)).amount == Money.of("0.00")


def test_a_rule_is_marked_and_stays_the_same_function():
    def by_weight(kg: int) -> int:
        return kg * 2

    marked = rule("by_weight", 2)(by_weight)

    assert marked is by_weight
    mark = mark_of(marked)
    assert mark is not None
    assert mark.key("marine_waste") == "marine_waste.by_weight@2"
    assert mark_of(timedelta) is None
