"""Stories of tables that decide, and of factors that are followed."""

from datetime import date
from decimal import Decimal

import pytest

from unit.rule.subsidy import FIRST_YEARS, HEAD, NEXT_YEAR, Asked, Rate, Waste
from zhouqiao.base import Mass, NotFound
from zhouqiao.platform import rule
from zhouqiao.platform.rule import FactorRow
from zhouqiao.platform.rule.errors import (
    FactorNotAfter,
    FactorUnknown,
    ReplayDiffers,
    RowEdited,
)
from zhouqiao.store import Desk, story
from zhouqiao.testing import World

SCOPE = "marine/331002001"
ON = date(2026, 3, 2)


RATES = HEAD + FIRST_YEARS


def rates(text: str = RATES) -> rule.Table[Asked, Rate]:
    return rule.load(text, Asked, Rate)


def decided(desk: Desk) -> rule.DecisionId:
    table = rates()
    rule.pin(desk, table)
    found = rule.decide(table, Asked(kind=Waste.OIL, mass=Mass.of("12.5")), ON)
    return rule.keep(desk, found, about="case_1", scope=SCOPE, person="person_jiang")


def test_a_decision_is_kept_told_and_comes_out_the_same_years_later(world: World):
    with world.desk() as desk:
        id = decided(desk)

    with world.desk() as desk:
        rule.pin(desk, rates(RATES + NEXT_YEAR))
        kept = rule.replay(desk, id)

        assert kept.rows == ("oil_2024",)
        assert bytes(kept.outcomes) == b'[{"per_kg":{"yuan":"1.00"}}]'
        assert [e.kind for e in story(desk, "case_1")] == ["rule.Decided"]
        assert rule.decisions_about(desk, "case_1") == [kept]


def test_a_decision_that_was_tampered_with_does_not_replay(world: World):
    with world.desk() as desk:
        id = decided(desk)
        sql = "SELECT version FROM rule_decision WHERE id = %s"
        version = desk.rows.one(sql, (str(id),))["version"]
        other = rule.pin(desk, rates(RATES + NEXT_YEAR))
        copy = (
            "INSERT INTO rule_decision SELECT 'decision_2', cell, scope, person, name, %s, on_day, "
            "about, rows, inputs, outcomes, decided_at FROM rule_decision"
        )
        desk.rows.run(copy, (other,))

        assert version != other
        with pytest.raises(ReplayDiffers):
            rule.replay(desk, rule.DecisionId("decision_2"))


def test_a_row_in_use_is_followed_never_edited_or_dropped(world: World):
    with world.desk() as desk:
        first = rule.pin(desk, rates())
        assert rule.pin(desk, rates()) == first

        with pytest.raises(RowEdited):
            rule.pin(desk, rates(RATES.replace("0.50", "0.60")))
        with pytest.raises(RowEdited):
            rule.pin(desk, rates(RATES.replace("plastic_light", "plastic")))
        assert rule.pin(desk, rates(RATES + NEXT_YEAR)) != first
        assert [e.kind for e in story(desk, "made_up.subsidy")] == ["rule.TablePinned"] * 2


def test_a_decision_by_a_table_nobody_pinned_is_not_kept(world: World):
    found = rule.decide(rates(), Asked(kind=Waste.OIL, mass=Mass.of(1)), ON)

    with world.desk() as desk, pytest.raises(NotFound):
        rule.keep(desk, found, about="case_1", scope=SCOPE)


def test_a_citizen_sees_what_was_decided_about_them_and_nothing_else(world: World):
    with world.desk() as desk:
        decided(desk)

    with world.desk(world.citizen("jiang")) as desk:
        assert len(rule.decisions_about(desk, "case_1")) == 1
    with world.desk(world.citizen("lin")) as desk:
        assert rule.decisions_about(desk, "case_1") == []


def diesel(value: str = "2.68", since: date = date(2025, 1, 1), scope: str = "") -> FactorRow:
    return FactorRow(
        name="diesel.co2e",
        value=Decimal(value),
        unit="kg/litre",
        valid_from=since,
        source="试行清单 表 2",
        scope=scope,
    )


def test_a_factor_holds_from_its_day_and_the_nearest_scope_goes_first(world: World):
    with world.desk() as desk:
        old = rule.set_factor(desk, diesel())
        rule.set_factor(desk, diesel("2.70", date(2026, 1, 1)))
        near = rule.set_factor(desk, diesel("2.65", date(2026, 2, 1), scope="marine/331002"))

        assert rule.factor(desk, "diesel.co2e", date(2025, 12, 31), SCOPE).id == old
        assert rule.factor(desk, "diesel.co2e", ON, "marine/331003001").value == Decimal("2.70")
        assert rule.factor(desk, "diesel.co2e", ON, SCOPE).id == near
        with pytest.raises(FactorUnknown):
            rule.factor(desk, "diesel.co2e", date(2024, 12, 31), SCOPE)


def test_a_factor_is_followed_never_edited(world: World):
    with world.desk() as desk:
        first = rule.set_factor(desk, diesel())
        assert rule.set_factor(desk, diesel()) == first

        with pytest.raises(FactorNotAfter):
            rule.set_factor(desk, diesel("2.70"))
        with pytest.raises(FactorNotAfter):
            rule.set_factor(desk, diesel("2.70", date(2024, 1, 1)))


def test_a_wrong_factor_is_corrected_and_the_wrong_one_can_still_be_opened(world: World):
    with world.desk() as desk:
        wrong = rule.set_factor(desk, diesel("26.8"))
        right = rule.set_factor(desk, diesel("2.68"), corrects=wrong)

        assert rule.factor(desk, "diesel.co2e", ON, SCOPE).id == right
        assert rule.factor_by_id(desk, wrong).value == Decimal("26.8")
        assert [f.id for f in rule.factors(desk)] == [wrong, right]


def test_everybody_may_open_a_factor_but_set_it_only_where_they_reach(world: World):
    with world.desk() as desk:
        rule.set_factor(desk, diesel())
    steward = world.officer("lin", scope="marine/331002")

    with world.desk(world.citizen()) as desk:
        assert rule.factor(desk, "diesel.co2e", ON, SCOPE).value == Decimal("2.68")
    with world.desk(steward) as desk:
        rule.set_factor(desk, diesel("2.60", ON, scope="marine/331002001"))
    with pytest.raises(Exception, match="row-level security"), world.desk(steward) as desk:
        rule.set_factor(desk, diesel("2.60", date(2026, 3, 3)))
