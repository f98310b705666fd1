"""Two versions of a pack live at once: a case goes on by what it was opened with."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from packs.berths import v1, v2
from zhouqiao.base import Refusal
from zhouqiao.flow import case as cases
from zhouqiao.flow import evidence, outcome, task
from zhouqiao.sdk import Pack, PackUnsound
from zhouqiao.store.engines import Server
from zhouqiao.testing import World, open_world

HERE = "port/331002"
OLD = {"berth": "一号"}
NEW = {"berth": "二号", "length": {"km": "0.08"}}
TAKEN = {"mass": {"kg": "10"}}


def ask(world: World, record: dict[str, Any], key: str) -> cases.Case:
    fisher = world.citizen()
    with world.desk(fisher) as desk:
        return cases.open_(desk, "berths.clean", record, scope=HERE, key=key, person=fisher.person)


def clean(world: World, case: cases.Case) -> cases.Case:
    crew = world.officer("crew", "berths.crew", scope=HERE)
    with world.desk(crew) as desk:
        evidence.show(desk, case.id, "asked_to_cleaned", TAKEN, key=str(case.id))
    world.drain()
    with world.desk() as desk:
        return cases.get(desk, case.id)


def granted(world: World, case: cases.Case) -> list[tuple[str, str]]:
    with world.desk() as desk:
        return [(str(one.amount), one.rule) for one in outcome.grants_of(desk, case=case.id)]


@pytest.fixture
def old(server: Server) -> cases.Case:
    """A case opened under the first version, whose platform has stopped since."""
    with open_world(server, [v1.pack]) as world:
        case = ask(world, OLD, "old")
        world.drain()
        return case


@pytest.fixture
def world(server: Server, old: cases.Case) -> Iterator[World]:
    """The second version on the same database."""
    assert old.state == "asked"
    with open_world(server, [v2.pack], seed=1) as found:
        yield found


def test_an_open_case_ends_by_the_steps_and_the_amounts_it_was_opened_with(
    world: World, old: cases.Case
) -> None:
    after = clean(world, old)

    assert after.is_closed
    assert [rule for _, rule in granted(world, old)] == ["berths.reward@1"]
    assert "20" in granted(world, old)[0][0]


def test_a_new_case_is_asked_more_checked_and_paid_better(world: World) -> None:
    with pytest.raises(Refusal, match="length"):
        ask(world, OLD, "too little")

    case = clean(world, ask(world, NEW, "new"))

    assert (case.state, case.is_closed) == ("cleaned", False)
    assert [rule for _, rule in granted(world, case)] == ["berths.reward@2"]
    assert "30" in granted(world, case)[0][0]


def test_both_are_done_side_by_side(world: World, old: cases.Case) -> None:
    new = ask(world, NEW, "new")
    world.drain()

    with world.desk(world.officer("crew", "berths.crew", scope=HERE)) as desk:
        listed = {one.case: one.headline for one in task.todo(desk)}

    assert old.shape != new.shape
    assert listed == {old.id: "一号", new.id: "二号 0.08 km"}


def test_a_case_shows_its_old_form(world: World, old: cases.Case) -> None:
    with world.desk() as desk:
        form = cases.shape_of(desk, old.shape).forms["asked"]

    assert [field.name for field in form.fields] == ["berth"]


@pytest.mark.parametrize(
    ("former", "gone"),
    [((v1.headline,), "berths.reward@1"), (v1.pack.parts, "berths.headline@1"), ((), "berths.re")],
)
def test_start_up_is_refused_while_a_function_an_open_case_calls_upon_is_gone(
    server: Server, old: cases.Case, former: tuple[Any, ...], gone: str
) -> None:
    assert old.state == "asked"
    careless: Pack = replace(v2.pack, former=former)

    with pytest.raises(PackUnsound) as refused, open_world(server, [careless]):
        pass

    assert gone in str(refused.value)
    assert "keep it beside the new one, in the pack's `former`" in str(refused.value)


def test_once_the_last_old_case_is_closed_its_functions_may_go(
    server: Server, old: cases.Case
) -> None:
    with open_world(server, [v2.pack], seed=1) as world:
        clean(world, old)

    with open_world(server, [replace(v2.pack, former=())], seed=2) as world:
        assert ask(world, NEW, "new").state == "asked"


def test_the_same_version_loaded_again_is_the_same_shape(server: Server, old: cases.Case) -> None:
    with open_world(server, [v1.pack], seed=1) as world:
        assert ask(world, OLD, "again").shape == old.shape
