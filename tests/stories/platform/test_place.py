"""An area of sea is closed, boats go round it, and it is opened again."""

from datetime import timedelta

import pytest

from zhouqiao.base import NotAllowed, NotFound, Point
from zhouqiao.platform.place import (
    AreaId,
    areas,
    close_area,
    layers_now,
    load_sea,
    reopen_area,
)
from zhouqiao.platform.place.errors import AreaAlreadyOpen, BadOutline
from zhouqiao.store import Seat, Subject, system
from zhouqiao.testing import World

SQUARE = ((121.62, 28.40), (121.80, 28.40), (121.80, 28.62), (121.62, 28.62))
BASIS = "示例通告 1 号"
SCOPE = "marine/331002"
JIAOJIANG = Point(lon=121.452, lat=28.690)
DACHEN = Point(lon=121.890, lat=28.452)


def km(world: World) -> float:
    with world.desk() as desk:
        return load_sea().route(JIAOJIANG, DACHEN, layers=layers_now(desk)).km


def kinds(world: World) -> list[str]:
    told = world.fetch("SELECT kind FROM journal WHERE starts_with(kind, 'place.') ORDER BY seq")
    return [row["kind"] for row in told]


def test_a_route_goes_round_an_area_while_it_is_closed_and_through_it_again_after(
    world: World,
) -> None:
    free = km(world)

    with world.desk() as desk:
        area = close_area(desk, "试验封闭区", SQUARE, basis=BASIS, scope=SCOPE)
    round_it = km(world)
    world.clock.turn(hours=1)
    with world.desk() as desk:
        reopen_area(desk, area.id)

    assert round_it > free
    assert km(world) == free
    assert kinds(world) == ["place.AreaClosed", "place.AreaReopened"]


def test_an_area_opens_by_itself_when_its_hours_are_over(world: World) -> None:
    begins = world.clock.now() + timedelta(hours=1)
    with world.desk() as desk:
        hours = (begins, begins + timedelta(hours=2))
        close_area(desk, "试验封闭区", SQUARE, basis=BASIS, scope=SCOPE, hours=hours)

    with world.desk() as desk:
        found = [len(areas(desk, begins + timedelta(hours=after))) for after in (-1, 0, 1, 2)]

    assert found == [0, 1, 1, 0]


def test_what_is_kept_is_what_was_said(world: World) -> None:
    with world.desk() as desk:
        said = close_area(desk, " 试验封闭区 ", SQUARE, basis=BASIS, scope=SCOPE)

    with world.desk() as desk:
        assert areas(desk) == [said]


def test_an_area_is_not_opened_twice(world: World) -> None:
    with world.desk() as desk:
        area = close_area(desk, "试验封闭区", SQUARE, basis=BASIS, scope=SCOPE)
        reopen_area(desk, area.id)

    with pytest.raises(AreaAlreadyOpen), world.desk() as desk:
        reopen_area(desk, area.id)


def test_an_area_nobody_closed_is_not_found(world: World) -> None:
    with pytest.raises(NotFound), world.desk() as desk:
        reopen_area(desk, AreaId("area_never"))


def test_a_bad_outline_leaves_nothing_behind(world: World) -> None:
    with pytest.raises(BadOutline), world.desk() as desk:
        close_area(desk, "试验封闭区", SQUARE[:2], basis=BASIS, scope=SCOPE)

    assert kinds(world) == []


def test_another_county_does_not_see_the_area(world: World) -> None:
    with world.desk() as desk:
        close_area(desk, "试验封闭区", SQUARE, basis=BASIS, scope=SCOPE)

    with world.desk(system("331081")) as desk:
        assert areas(desk) == []


def test_a_citizen_may_not_close_the_sea(world: World) -> None:
    fisher = Subject(person="person_jiang", cell="331002", seats=(Seat(role="fisher", scope=""),))

    with pytest.raises(NotAllowed), world.desk(fisher) as desk:
        close_area(desk, "试验封闭区", SQUARE, basis=BASIS, scope=SCOPE)
