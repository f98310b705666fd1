"""Stories of figures: counted in batches, opened to what went in."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from zhouqiao.flow import case as cases
from zhouqiao.flow import indicator
from zhouqiao.flow.indicator import NoSuchIndicator

HOUR = timedelta(hours=1)


def figure(yard_world: Any, name: str, **more: Any) -> indicator.Figure:
    now = yard_world.world.clock.now()
    with yard_world.desk() as desk:
        return indicator.read(desk, "scrap", name, since=now - 48 * HOUR, until=now + HOUR, **more)


def explained(yard_world: Any, name: str) -> indicator.Explanation:
    now = yard_world.world.clock.now()
    with yard_world.desk() as desk:
        return indicator.explain(desk, "scrap", name, since=now - HOUR * 48, until=now + HOUR)


def sold_after(yard_world: Any, minutes: float, key: str, kg: str = "10") -> Any:
    case = yard_world.ask(key)
    yard_world.world.clock.turn(minutes=minutes)
    yard_world.weigh(case, kg)
    return case


def test_how_long_it_took_is_told_with_its_share_within_the_promise(yard_world: Any) -> None:
    sold_after(yard_world, 10, "a")
    sold_after(yard_world, 18, "b")
    yard_world.world.drain()

    wait = figure(yard_world, "wait")

    assert (wait.value, wait.count, wait.share) == (Decimal(14), 2, Decimal(1))
    assert (wait.least, wait.most) == (10, 18)


def test_what_is_left_out_is_counted_and_told_apart(yard_world: Any) -> None:
    sold_after(yard_world, 10, "a")
    yard_world.ask("b")
    dropped = yard_world.ask("c")
    with yard_world.desk(yard_world.seller) as desk:
        cases.take_step(desk, dropped.id, "asked_to_dropped")
    yard_world.world.drain()

    wait = figure(yard_world, "wait")

    assert (wait.count, wait.under_way, wait.cancelled) == (1, 1, 1)
    assert wait.left_out == 2


def test_a_figure_opens_to_its_readings_rules_and_facts(yard_world: Any) -> None:
    case = sold_after(yard_world, 10, "a")
    yard_world.world.drain()

    told = explained(yard_world, "wait")

    (reading,) = told.readings
    facts = {fact["id"]: fact["kind"] for fact in yard_world.world.fetch("SELECT * FROM journal")}
    assert told.code == "indicator.typical"
    assert told.slots["promise"] == "20"
    assert (reading.case, reading.value) == (case.id, 10)
    assert facts[reading.from_fact or ""] == "case.CaseOpened"
    assert facts[reading.to_fact] == "case.StepTaken"
    assert told.rules == (("kernel.typical@1", 1),)
    assert told.figure.buckets[2] == 1
    assert (told.median, told.p95) == (10, 10)


def test_a_total_cites_the_rule_that_read_the_record(yard_world: Any) -> None:
    sold_after(yard_world, 1, "a", "10")
    sold_after(yard_world, 1, "b", "2.5")
    yard_world.world.drain()

    told = explained(yard_world, "mass")

    assert told.figure.value == Decimal("12.5")
    assert told.rules == (("scrap.mass_of@1", 2),)
    assert {one.dims for one in told.readings} == {'{"metal":"copper"}'}


def test_a_figure_ends_at_the_border_of_a_scope(yard_world: Any) -> None:
    sold_after(yard_world, 1, "a")
    yard_world.world.drain()

    assert figure(yard_world, "asked", scope="yard/331002").count == 1
    assert figure(yard_world, "asked", scope="yard/331003").count == 0


def test_a_figure_is_told_by_day_and_by_what_it_is_sorted_by(yard_world: Any) -> None:
    sold_after(yard_world, 1, "a")
    yard_world.world.drain()
    now = yard_world.world.clock.now()

    with yard_world.desk() as desk:
        window = {"since": now - HOUR, "until": now + HOUR}
        days = indicator.series(desk, "scrap", "mass", by="day", **window)
        sorts = indicator.series(desk, "scrap", "mass", by="dims", **window)

    assert [(str(day), one.value) for day, one in days] == [("2026-10-14", Decimal(10))]
    assert [key for key, _ in sorts] == ['{"metal":"copper"}']


def test_a_batch_moves_each_figure_once(yard_world: Any) -> None:
    for key in "abc":
        yard_world.weigh(yard_world.ask(key), "10")

    yard_world.world.drain()

    moved = [fact["about"] for fact in yard_world.facts("indicator.IndicatorMoved")]
    assert sorted(moved) == ["scrap.asked", "scrap.mass", "scrap.wait"]


def test_the_same_facts_in_small_batches_read_the_same(yard_world: Any) -> None:
    for minutes, key in ((5, "a"), (9, "b"), (25, "c")):
        sold_after(yard_world, minutes, key)
        if key != "a":
            yard_world.world.drain()

    wait, mass = figure(yard_world, "wait"), figure(yard_world, "mass")

    assert (wait.count, wait.value, wait.share) == (3, 13, Decimal("0.6667"))
    assert (mass.count, mass.value) == (3, 30)
    assert sum(wait.buckets) == 3


def test_a_reading_that_ends_before_it_begins_is_left_out(yard_world: Any) -> None:
    case = yard_world.ask("a")
    early = yard_world.world.clock.now() - timedelta(minutes=5)

    yard_world.weigh(case, "10", happened_at=early)
    yard_world.world.drain()

    wait = figure(yard_world, "wait")
    assert (wait.count, wait.unsound, wait.value) == (0, 1, None)


def test_nothing_is_read_that_no_pack_declares(yard_world: Any) -> None:
    with pytest.raises(NoSuchIndicator):
        figure(yard_world, "happiness")
