from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

import msgspec
import pytest

from unit.rule.subsidy import FIRST_YEARS, HEAD, NEXT_YEAR, Asked, Rate, Waste
from zhouqiao.base import Mass, Money
from zhouqiao.platform.rule import Table, decide, load
from zhouqiao.platform.rule.errors import NoRowApplies, SeveralRowsApply, TableFaulty


def table(body: str, head: str = HEAD) -> Table[Asked, Rate]:
    return load(head + body, Asked, Rate)


def faults(body: str, head: str = HEAD) -> str:
    with pytest.raises(TableFaulty) as refusal:
        table(body, head)
    return refusal.value.faults


def asked(kind: Waste, kg: str) -> Asked:
    return Asked(kind=kind, mass=Mass.of(kg))


@pytest.mark.parametrize(
    ("kg", "row"), [("0", "plastic_light"), ("99.99", "plastic_light"), ("100", "plastic_heavy")]
)
def test_a_decision_names_its_row_its_basis_and_what_is_assumed(kg: str, row: str):
    found = decide(table(FIRST_YEARS), asked(Waste.PLASTIC, kg), date(2024, 5, 1))

    (reason,) = found.reasons
    assert (reason.row, reason.basis) == (row, "试行办法 §4")
    assert reason.assumed == (row == "plastic_light")
    assert found.inputs == {"kind": "plastic", "mass": {"kg": kg}}


def test_a_row_holds_until_the_day_before_the_one_that_follows_it():
    rates = table(FIRST_YEARS + NEXT_YEAR)

    before = decide(rates, asked(Waste.OIL, "1"), date(2025, 6, 30))
    after = decide(rates, asked(Waste.OIL, "1"), date(2025, 7, 1))

    assert (before.outcome.per_kg, after.outcome.per_kg) == (Money.of("1.00"), Money.of("1.20"))


def test_a_following_row_changes_the_table_but_not_the_row_it_follows():
    old, new = table(FIRST_YEARS), table(FIRST_YEARS + NEXT_YEAR)

    assert old.spec.version != new.spec.version
    assert old.spec.rows[0].mark == new.spec.rows[0].mark


def test_before_the_first_row_a_person_must_decide():
    with pytest.raises(NoRowApplies):
        decide(table(FIRST_YEARS), asked(Waste.OIL, "1"), date(2023, 12, 31))


def test_every_fault_is_told_at_once():
    said = faults("""
[[row]]
id = "a"
valid_from = 2024-01-01
basis = ""
when = { colour = "red", mass = { below = { litre = "3" } }, kind = "paper" }
then = { per_kg = { kg = "1" } }
""")

    assert "a: when: no_such_input colour" in said
    assert "a: when.mass:" in said
    assert "a: when.kind:" in said
    assert "a: then:" in said


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (FIRST_YEARS.replace('from = { kg = "100" }', 'above = { kg = "100" }'), "nothing_for"),
        (
            FIRST_YEARS.replace('below = { kg = "100" }', 'up_to = { kg = "100" }'),
            "plastic_light: overlaps plastic_heavy",
        ),
        (FIRST_YEARS.replace('"oil"', '"plastic"'), "nothing_for kind=oil"),
        (FIRST_YEARS + FIRST_YEARS, "oil_2024: id_doubled"),
        (FIRST_YEARS + NEXT_YEAR.replace('s = "oil_2024"', 's = "oil"'), "follows_unknown_row oil"),
        (
            FIRST_YEARS + NEXT_YEAR.replace("2025-07", "2023-07"),
            "oil_2025: does_not_begin_after oil_2024",
        ),
        (FIRST_YEARS + NEXT_YEAR.replace("follows", "#"), "oil_2024: overlaps oil_2025"),
        (
            FIRST_YEARS.replace('basis = "试行办法 §3"', 'basis = "x"\nvalid_to = 2024-12-31'),
            "2025-01-01: nothing_for kind=oil",
        ),
        (
            FIRST_YEARS.replace('basis = "试行办法 §3"', 'basis = "x"\nvalid_to = 2023-12-31'),
            "oil_2024: ends_before_it_begins",
        ),
        (
            FIRST_YEARS.replace('{ kg = "100" } }', '{ kg = "0" } }', 1).replace(
                "below", 'from = { kg = "5" }, below'
            ),
            "empty_range",
        ),
        (FIRST_YEARS.replace("试行", "", 1).replace("row]]", "line]]"), "file:"),
        (FIRST_YEARS.replace('yuan = "1.00" }', 'yuan = "1.00" }, fee = 3'), "no_such_field fee"),
    ],
)
def test_a_faulty_table_is_refused(body: str, fault: str):
    assert fault in faults(body)


def test_a_table_that_need_not_cover_all_may_be_silent():
    some = table(FIRST_YEARS.replace('"oil"', '"plastic"', 0), HEAD + "covers = false\n")

    silent = decide(some, asked(Waste.OIL, "1"), date(2020, 1, 1))

    assert silent.outcomes == ()
    with pytest.raises(NoRowApplies):
        _ = silent.outcome


def test_first_takes_the_first_and_collect_takes_all():
    open_end = FIRST_YEARS.replace('kind = "plastic", mass = { from', "mass = { from")
    heavy_oil = asked(Waste.OIL, "200")

    first = decide(table(open_end, HEAD.replace("unique", "first")), heavy_oil, date(2024, 5, 1))
    both = decide(table(open_end, HEAD.replace("unique", "collect")), heavy_oil, date(2024, 5, 1))

    assert [r.row for r in first.reasons] == ["oil_2024"]
    assert [r.row for r in both.reasons] == ["oil_2024", "plastic_heavy"]


def test_two_rows_of_a_unique_table_are_refused_even_if_the_check_was_passed_by():
    rates = table(FIRST_YEARS)
    twice = msgspec.structs.replace(
        rates.spec,
        rows=(*rates.spec.rows, msgspec.structs.replace(rates.spec.rows[0], id="again")),
    )

    with pytest.raises(SeveralRowsApply):
        decide(Table(twice, Asked, Rate), asked(Waste.OIL, "1"), date(2024, 5, 1))


class Person(msgspec.Struct, frozen=True, kw_only=True):
    age: Annotated[int, msgspec.Meta(ge=0, le=130)]
    alone: bool
    since: date
    stage: Literal["a", "b"]
    score: Decimal | None = None


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    calls: int


CARE = """
name = "made_up.care"
hit = "unique"
[[row]]
id = "old_and_alone"
valid_from = 2024-01-01
basis = "x"
when = { age = { from = 80 }, alone = true }
then = { calls = 7 }
[[row]]
id = "old"
valid_from = 2024-01-01
basis = "x"
when = { age = { from = 80 }, alone = false }
then = { calls = 2 }
[[row]]
id = "young"
valid_from = 2024-01-01
basis = "x"
when = { age = { up_to = 79 } }
then = { calls = 0 }
"""


def test_whole_numbers_have_no_gap_between_neighbours():
    care = load(CARE, Person, Plan)
    someone = Person(age=81, alone=True, since=date(2024, 1, 1), stage="a")

    assert decide(care, someone, date(2026, 1, 1)).outcome.calls == 7


def test_days_flags_and_closed_lists_are_asked_too():
    by_day = CARE.replace("age = { from = 80 }", "since = { below = 2020-01-01 }").replace(
        "age = { up_to = 79 }", "since = { from = 2020-01-01 }, stage = ['a', 'b']"
    )
    care = load(by_day, Person, Plan)

    def calls(since: date) -> int:
        person = Person(age=1, alone=True, since=since, stage="b")
        return decide(care, person, date(2026, 1, 1)).outcome.calls

    assert (calls(date(2019, 12, 31)), calls(date(2020, 1, 1))) == (7, 0)


def test_what_was_not_stated_passes_no_test():
    scored = CARE.replace("age = { up_to = 79 }", "score = { from = 3 }")
    with pytest.raises(TableFaulty) as refusal:
        load(scored, Person, Plan)
    assert "overlaps" in refusal.value.faults

    some = load(scored.replace("unique", "collect"), Person, Plan)
    someone = Person(age=30, alone=True, since=date(2024, 1, 1), stage="a")
    assert decide(some, someone, date(2026, 1, 1)).outcomes == ()


@pytest.mark.parametrize("kind", [float, list[int], datetime, int | str])
def test_a_type_no_table_can_ask_about_is_refused(kind: type):
    inexact = msgspec.defstruct("Inexact", [("x", kind)], frozen=True)

    with pytest.raises(TableFaulty) as refusal:
        load(CARE, inexact, Plan)

    assert "inputs: x:" in refusal.value.faults
