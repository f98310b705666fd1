"""A walk at random has teeth: it says what does not hold, and the way that led there."""

from collections.abc import Iterator

import pytest

from packs import safety_call
from zhouqiao.platform.document.form import check_form, form_of
from zhouqiao.sdk import Procedure
from zhouqiao.store.engines import Server
from zhouqiao.testing import SeededDice, World, open_world
from zhouqiao.testing.fill import Choose, filled
from zhouqiao.testing.walk import Walk
from zhouqiao_systems.government import marine_waste


def by(seed: int) -> Choose:
    dice = SeededDice(seed)
    return lambda options: options[dice.below(len(options))]


@pytest.fixture
def world(server: Server) -> Iterator[World]:
    with open_world(server, [safety_call.pack]) as found:
        yield found


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        ("DELETE FROM task RETURNING id", "the tasks are"),
        ("DELETE FROM due RETURNING key", "it is looked at"),
        ("UPDATE cases SET nth = nth + 1 RETURNING id", "the moves are numbered"),
        ("UPDATE cases SET state = 'asleep' RETURNING id", "'asleep' is no state"),
        ("UPDATE cases SET phase = 'closed' RETURNING id", "it is closed where it does not end"),
    ],
)
def test_a_walk_notices_what_somebody_spoilt(world: World, spoil: str, told: str) -> None:
    walk = Walk(world, safety_call.pack, "call", by(1))
    world.fetch(spoil)

    walk.case = world.stands(walk.case)
    with pytest.raises(AssertionError, match=told):
        walk.hold()


def test_the_same_choices_lead_the_same_way(server: Server) -> None:
    ways = []
    for _ in range(2):
        with open_world(server, [safety_call.pack], seed=len(ways)) as world:
            walk = Walk(world, safety_call.pack, "call", by(7))
            for _ in range(6):
                walk.act()
            ways.append(walk.told)

    assert ways[0] == ways[1]


@pytest.mark.parametrize("procedure", marine_waste.pack.procedures, ids=lambda one: one.name)
def test_any_form_can_be_filled_in(world: World, procedure: Procedure) -> None:  # type: ignore[type-arg]
    now, choose = world.clock.now(), by(3)
    for record in {procedure.begins, *(step.shows for step in procedure.steps)} - {None}:
        form = form_of(record)

        assert check_form(form, filled(form, choose, now))
