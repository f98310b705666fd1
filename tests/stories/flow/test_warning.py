"""Stories of warnings: raised, seen, over, and become cases."""

from typing import Any

import pytest

from zhouqiao.flow import case as cases
from zhouqiao.flow import evidence, warning
from zhouqiao.flow.warning import AlreadyAcknowledged, AlreadyOver, ForAPerson, OwnWarning


def open_warnings(yard_world: Any) -> list[warning.KeptWarning]:
    with yard_world.desk() as desk:
        return warning.still_open(desk)


def a_late_case(yard_world: Any) -> cases.Case:
    case: cases.Case = yard_world.ask()
    yard_world.world.drain()
    yard_world.world.later(minutes=21)
    return case


def slow(yard_world: Any, minutes: float, key: str) -> None:
    case = yard_world.ask(key)
    yard_world.world.clock.turn(minutes=minutes)
    yard_world.weigh(case, "10")
    yard_world.world.drain()


def of_figure(yard_world: Any) -> list[warning.KeptWarning]:
    return [one for one in open_warnings(yard_world) if one.indicator]


def test_twenty_minutes_without_a_weighing_become_a_warning_and_a_case(yard_world: Any) -> None:
    case = a_late_case(yard_world)

    (raised,) = open_warnings(yard_world)
    assert (raised.case, raised.clock, raised.force) == (case.id, "asked_to_weighed", "promise")
    opened = yard_world.world.fetch("SELECT procedure, person FROM cases WHERE procedure = 'look'")
    assert opened == [{"procedure": "look", "person": None}]
    assert raised.signal is not None


def test_a_closed_case_worries_nobody(yard_world: Any) -> None:
    case = a_late_case(yard_world)

    with yard_world.desk(yard_world.seller) as desk:
        cases.take_step(desk, case.id, "asked_to_dropped")
    yard_world.world.drain()

    assert open_warnings(yard_world) == []
    (cleared,) = yard_world.facts("warning.WarningCleared")
    assert "case_closed" in cleared["body"]


def test_a_figure_rings_once_above_and_falls_silent_only_well_below(yard_world: Any) -> None:
    slow(yard_world, 25, "a")
    assert of_figure(yard_world) == []
    slow(yard_world, 25, "b")
    (raised,) = of_figure(yard_world)
    slow(yard_world, 25, "c")
    assert [one.id for one in of_figure(yard_world)] == [raised.id]
    yard_world.world.clock.turn(hours=1)

    slow(yard_world, 18, "d")
    assert [one.id for one in of_figure(yard_world)] == [raised.id]
    yard_world.world.clock.turn(hours=1)
    slow(yard_world, 3, "e")

    assert of_figure(yard_world) == []


def test_a_person_acknowledges_once_and_clears(yard_world: Any) -> None:
    a_late_case(yard_world)
    (raised,) = open_warnings(yard_world)
    with yard_world.desk(yard_world.head) as desk:
        warning.acknowledge(desk, raised.id)

    with pytest.raises(AlreadyAcknowledged), yard_world.desk(yard_world.head) as desk:
        warning.acknowledge(desk, raised.id)
    with yard_world.desk(yard_world.head) as desk:
        warning.clear(desk, raised.id, reason="the scale is back")
    with pytest.raises(AlreadyOver), yard_world.desk(yard_world.head) as desk:
        warning.clear(desk, raised.id, reason="again")


def test_whoever_it_is_about_may_not_say_it_is_seen(yard_world: Any) -> None:
    a_late_case(yard_world)
    (raised,) = open_warnings(yard_world)

    for concerned in (yard_world.seller, yard_world.world.officer("jiang", "scrap.head")):
        with pytest.raises(OwnWarning), yard_world.desk(concerned) as desk:
            warning.acknowledge(desk, raised.id)
    with pytest.raises(ForAPerson), yard_world.desk() as desk:
        warning.acknowledge(desk, raised.id)


def test_whoever_once_had_a_hand_in_a_case_may_not_say_it_is_seen(yard_world: Any) -> None:
    case = yard_world.ask()
    for name in ("first", "second"):
        with yard_world.desk(yard_world.world.officer(name, "scrap.clerk")) as desk:
            load = {"metal": "copper", "mass": {"kg": "10"}}
            evidence.show(desk, case.id, "asked_to_weighed", load, key=name)
        yard_world.world.drain()
        with yard_world.desk(yard_world.clerk) as desk:
            cases.return_(desk, case.id, "asked", "the scale was not level")
    yard_world.world.drain()
    yard_world.world.later(minutes=21)
    (raised,) = [one for one in open_warnings(yard_world) if one.case == case.id]

    for name in ("first", "second"):
        concerned = yard_world.world.officer(name, "scrap.head")
        with pytest.raises(OwnWarning), yard_world.desk(concerned) as desk:
            warning.acknowledge(desk, raised.id)
    with yard_world.desk(yard_world.head) as desk:
        warning.acknowledge(desk, raised.id)


def test_a_warning_cleared_by_hand_lets_its_rule_count_anew(yard_world: Any) -> None:
    slow(yard_world, 25, "a")
    slow(yard_world, 25, "b")
    (raised,) = of_figure(yard_world)
    with yard_world.desk(yard_world.head) as desk:
        warning.clear(desk, raised.id, reason="a truck stood in the gate")

    slow(yard_world, 25, "c")
    assert of_figure(yard_world) == []
    slow(yard_world, 25, "d")

    assert len(of_figure(yard_world)) == 1


def test_a_warning_too_far_from_its_cause_is_shown_and_opens_nothing(yard_world: Any) -> None:
    case = yard_world.ask()
    yard_world.world.drain()
    far = "UPDATE due SET hops = %s WHERE true"
    with yard_world.desk() as desk:
        desk.rows.run(far, (warning.HOPS,))

    yard_world.world.later(minutes=21)

    (raised,) = open_warnings(yard_world)
    assert (raised.case, raised.signal, raised.stopped) == (case.id, None, "too_many_hops")
    assert yard_world.count("cases", "procedure = 'look'") == 0
