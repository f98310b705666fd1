"""A device that means harm spoils its own message, and nobody else's."""

import json
from typing import Any

import pytest

from zhouqiao.edge.gateway import Intake, Raw, quarantined
from zhouqiao.platform import unit as units
from zhouqiao.platform.unit import UnitId
from zhouqiao.testing import World

CELL = "331002"


def raw(unit: str, leaf: str, said: dict[str, Any]) -> Raw:
    return Raw(f"devices.{CELL}.{unit}.{leaf}", json.dumps(said).encode())


def at(world: World, key: str, **other: Any) -> dict[str, Any]:
    now = world.clock.now().isoformat()
    return {"key": key, "lon": 121.64, "lat": 28.62, "happened_at": now} | other


@pytest.mark.parametrize(
    "odd",
    [
        {"datum": "\0"},
        {"accuracy": 1e-60},
        {"speed_kmh": 1e-60},
        {"course": 1e-300},
        {"lon": 1e-320},
        {"happened_at": "9999-12-31T23:59:59-14:00"},
        {"happened_at": "0001-01-01T00:00:00+14:00"},
        {"happened_at": "1949-01-01T00:00:00Z"},
    ],
)
def test_an_odd_position_stops_no_other(
    world: World, boats: list[tuple[UnitId, str]], odd: dict[str, Any]
) -> None:
    (bad, bad_key), (good, good_key) = boats
    gate = Intake(world.platform.store, frozenset({CELL}), home=CELL)

    gate.take([
        raw(bad, "position", at(world, bad_key, **odd)),
        raw(good, "position", at(world, good_key)),
    ])  # fmt: skip

    with world.desk() as desk:
        assert units.last_seen(desk, good).point.lon == 121.64


NEST: Any = 0
for _ in range(400):
    NEST = [NEST]


@pytest.mark.parametrize(
    "odd",
    [
        {"body": {"a": "\0"}},
        {"body": {"a": NEST}},
        {"body": {"a": 10**300}},
        {"body": {"\0": 1}},
        {"body": {"a": "\ud800"}},
        {"id": "\0"},
        {"happened_at": "9999-12-31T23:59:59-14:00"},
        {"happened_at": "0001-01-01T00:00:00+14:00"},
        {"lon": 1e-320, "lat": 1e-320},
    ],
)
def test_odd_evidence_stops_no_other(
    world: World, boats: list[tuple[UnitId, str]], odd: dict[str, Any]
) -> None:
    (bad, bad_key), (good, good_key) = boats
    now = world.clock.now().isoformat()
    said = {"id": "e1", "kind": "catch", "body": {}, "happened_at": now}
    gate = Intake(world.platform.store, frozenset({CELL}), home=CELL)

    answers = gate.take([
        raw(bad, "evidence", {"key": bad_key, **said, **odd}),
        raw(good, "evidence", {"key": good_key, **said}),
    ])  # fmt: skip

    told = {one.subject.rpartition(".")[2]: json.loads(one.body)["status"] for one in answers}
    assert told[good] == "kept"


@pytest.mark.parametrize("subject", ["devices.331002.un\0it.position", "devices.a\ud800.b.ack"])
def test_a_topic_that_cannot_be_kept_stops_no_other(
    world: World, boats: list[tuple[UnitId, str]], subject: str
) -> None:
    _, (good, good_key) = boats
    gate = Intake(world.platform.store, frozenset({CELL}), home=CELL)

    gate.take([Raw(subject, b"{}"), raw(good, "position", at(world, good_key))])

    with world.desk() as desk:
        assert units.last_seen(desk, good).point.lon == 121.64
        assert len(quarantined(desk)) == 1
