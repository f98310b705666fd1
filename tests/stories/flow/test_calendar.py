"""The year ends before its notice is out: cases go on, and their times are counted once it is."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from packs import old_tree
from zhouqiao.flow.case import Case
from zhouqiao.platform import rule
from zhouqiao.platform.rule.errors import CalendarFaulty
from zhouqiao.store.engines import Server
from zhouqiao.testing import World, open_world

TOWN, COUNTY = "forestry/331002001", "forestry/331002"
LATE = datetime(2026, 12, 30, 1, tzinfo=UTC)  # a Wednesday
REPORT = {
    "tree": "样木 012",
    "place": {"lon": 121.43, "lat": 28.67},
    "harm": "storm",
    "phone": "13800000000",
}
# Made up for this story: when it was written, no notice of 2027 was out.
MADE_UP = """
[2027]
notices = ["样例通知"]
[2027.rest]
new_year = [2027-01-01, 2027-01-02, 2027-01-03]
spring_festival = [2027-02-05, 2027-02-06]
tomb_sweeping = [2027-04-05]
labour_day = [2027-05-01]
dragon_boat = [2027-06-09]
mid_autumn = [2027-09-15]
national_day = [2027-10-01]
[2027.work]
spring_festival = [2027-02-20]
"""


@pytest.fixture
def world(server: Server) -> Iterator[World]:
    with open_world(server, [old_tree.pack], start=LATE) as found:
        yield found


def reported(world: World) -> Case:
    return world.open(world.citizen(), "old_tree.care", REPORT, scope=TOWN)


def enter(world: World, text: str = MADE_UP) -> int:
    with world.desk() as desk:
        return rule.enter_year(desk, text)


def test_whoever_reports_is_heard_though_no_time_can_be_counted_yet(world: World) -> None:
    case = reported(world)

    (clock,) = world.stands(case).clocks
    assert (clock.due, clock.waits_for) == (None, 2027)
    assert world.todo(world.officer("zhou", "old_tree.clerk", scope=COUNTY))


def test_the_time_is_counted_from_where_it_began_once_the_year_is_known(world: World) -> None:
    case = reported(world)
    world.later(days=1)
    assert world.stands(case).clocks[0].due is None

    assert enter(world) == 2027
    world.later(days=1)

    (clock,) = world.stands(case).clocks
    last = datetime(2027, 1, 4, 15, 59, 59, 999999, tzinfo=UTC)  # 31 December, then past the rest
    assert (clock.due, clock.waits_for) == (last, None)


def test_what_ran_out_while_nobody_could_count_it_is_late_from_its_own_day(world: World) -> None:
    case = reported(world)
    world.later(days=30)

    enter(world)
    world.later(days=1)

    (clock,) = world.stands(case).clocks
    assert clock.lapsed
    assert clock.due is not None
    assert clock.due.month == 1


def test_a_year_times_were_counted_by_is_never_entered_again(world: World) -> None:
    enter(world)

    with pytest.raises(CalendarFaulty, match="not_next: 2028"):
        enter(world)
    with pytest.raises(CalendarFaulty, match="not_next: 2028"):
        enter(world, MADE_UP.replace("2027-02-20", "2027-02-24").replace("2027", "2029"))


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ('["样例通知"]', "[]", "no_notice"),
        ("labour_day = [2027-05-01]", "", "holiday_missing: labour_day"),
        ("2027-05-01", "2028-05-01", "other_year: 2028-05-01"),
        ("[2027-02-20]", "[2027-02-22]", "works_anyway: 2027-02-22"),
        ("[2027-02-20]", "[2027-02-06]", "rest_and_work: 2027-02-06"),
        ("[2027.work]", "[2027.make_up]", "not_read"),
        ("mid_autumn", "moon_feast", "holiday_unknown: moon_feast"),
        (MADE_UP, "not = toml = at all", "not_read"),
    ],
)
def test_what_no_notice_can_say_is_refused_with_all_that_is_wrong(
    world: World, right: str, wrong: str, fault: str
) -> None:
    with pytest.raises(CalendarFaulty) as refused:
        enter(world, MADE_UP.replace(right, wrong))

    assert fault in refused.value.faults
