"""Reactions: behind the horizon, in order for each thing, parked where they fail."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from zhouqiao.flow import signal as signals
from zhouqiao.flow.signal.facts import SignalReceived
from zhouqiao.store import Alarm, Desk, Engine, Reaction, Told, remind
from zhouqiao.testing import World

SCOPE = "marine/331002001"
LANES = ("quick", "slow")


@dataclass
class Ears:
    """A reaction of the test's own, on a lane of its own, that can be made to fail."""

    heard: list[str] = field(default_factory=list)
    deaf_to: set[str] = field(default_factory=set)

    def answer(self, desk: Desk, told: Sequence[Told[Any]]) -> None:
        del desk
        keys = [one.fact.key for one in told]
        for key in keys:
            if key in self.deaf_to:
                raise ValueError(key)
        self.heard += keys


@pytest.fixture
def ears() -> Ears:
    return Ears()


@pytest.fixture
def engine(world: World, ears: Ears) -> Engine:
    reaction = Reaction("test.ears", (SignalReceived,), ears.answer, lane="test")
    return Engine(world.platform.engine.store, (reaction,))


def receive(desk: Desk, key: str) -> None:
    signals.receive(desk, source="test", key=key, kind="test.sound", scope=SCOPE, body={})


@pytest.mark.slow
def test_a_fact_is_heard_only_when_none_can_settle_before_it(
    world: World, engine: Engine, ears: Ears
) -> None:
    with world.desk() as slow:
        receive(slow, "slow")
        slow.rows.one("SELECT 1")  # its transaction has a number now, and is not over
        with world.desk() as quick:
            receive(quick, "quick")

        engine.drain()
        assert ears.heard == []

    engine.drain()
    assert ears.heard == ["-/slow", "-/quick"]


def test_a_fact_answered_is_not_answered_again(world: World, engine: Engine, ears: Ears) -> None:
    with world.desk() as desk:
        receive(desk, "one")
    engine.drain()

    engine.drain()

    assert ears.heard == ["-/one"]


def test_a_failure_is_parked_alone_and_answered_when_tried_again(
    world: World, engine: Engine, ears: Ears
) -> None:
    ears.deaf_to = {"-/bad"}
    with world.desk() as desk:
        receive(desk, "bad")
        receive(desk, "good")
    engine.drain()
    assert ears.heard == ["-/good"]

    ears.deaf_to = set()
    (parked,) = world.fetch("SELECT seq, why FROM parked WHERE reaction = 'test.ears'")
    held = engine.retry("test.ears", parked["seq"])

    assert held
    assert "ValueError: -/bad" in parked["why"]
    assert ears.heard == ["-/good", "-/bad"]
    assert world.fetch("SELECT 1 FROM parked") == []


def test_each_lane_is_answered_alone_its_due_times_with_it(world: World) -> None:
    rung: list[str] = []

    def ring(_desk: Desk, key: str, _body: bytes) -> None:
        rung.append(key)

    heard = {lane: Ears() for lane in LANES}
    engine = Engine(
        world.platform.engine.store,
        [Reaction(f"test.{it}", (SignalReceived,), heard[it].answer, it) for it in LANES],
        [Alarm(f"test.{it}", ring, it) for it in LANES],
    )
    with world.desk() as desk:
        receive(desk, "one")
        for lane in LANES:
            remind(desk, f"test.{lane}", lane, at=desk.now(), scope=SCOPE)

    engine.work(["slow"])
    assert (heard["slow"].heard, heard["quick"].heard, rung) == (["-/one"], [], ["slow"])

    engine.work(["quick"])
    assert (heard["quick"].heard, rung) == (["-/one"], ["slow", "quick"])
