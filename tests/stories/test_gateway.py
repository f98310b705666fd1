"""What devices say reaches the platform: by their own key, once, whatever else comes in between."""

import json
import threading
from datetime import timedelta
from typing import Any

import pytest
from paho.mqtt import client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from zhouqiao.base import Point
from zhouqiao.edge.gateway import Intake, Raw, quarantined, serve, user_of
from zhouqiao.platform import unit as units
from zhouqiao.platform.place import load_sea
from zhouqiao.platform.unit import Unit, UnitId, UnitKind
from zhouqiao.store.engines import EmbeddedBroker, temporary_folder
from zhouqiao.testing import World

CELL = "331002"
WET, DRY = (121.64, 28.62), (121.30, 28.60)


def boat(world: World, name: str = "蓝样01") -> tuple[UnitId, str]:
    """Register a boat; return it and its device's key."""
    berth = Point(lon=121.5, lat=28.668)
    with world.desk() as desk:
        one = units.register_unit(
            desk, Unit(kind=UnitKind.BOAT, name=name, scope="marine/331002", berth=berth)
        )
        return one.id, units.issue_key(desk, one.id)


def intake(world: World) -> Intake:
    store = world.platform.store
    return Intake(store, frozenset({CELL}), home=CELL, ashore=load_sea().ashore)


def raw(unit: str, leaf: str, cell: str = CELL, **said: Any) -> Raw:
    return Raw(f"devices.{cell}.{unit}.{leaf}", json.dumps(said).encode())


def at(world: World, spot: tuple[float, float], key: str, seconds: int = 0) -> dict[str, Any]:
    moment = (world.clock.now() - timedelta(seconds=60 - seconds)).isoformat()
    return {"key": key, "lon": spot[0], "lat": spot[1], "happened_at": moment}


def test_positions_move_the_latest_forward_and_all_stay_in_the_track(world: World) -> None:
    unit, key = boat(world)
    newer, older = at(world, WET, key, 20), at(world, (121.60, 28.63), key, 10)

    intake(world).take([raw(unit, "position", **newer), raw(unit, "position", **older)])

    with world.desk() as desk:
        assert units.last_seen(desk, unit).point.lon == WET[0]
    assert len(world.fetch("SELECT 1 FROM unit_track")) == 2


def test_a_boat_on_land_is_kept_and_flagged(world: World) -> None:
    unit, key = boat(world)

    intake(world).take([raw(unit, "position", **at(world, DRY, key))])

    assert world.fetch("SELECT flags FROM unit_latest") == [{"flags": ["ashore"]}]


def test_a_device_speaks_for_its_own_unit_only(world: World) -> None:
    (one, key), (other, _) = boat(world), boat(world, "蓝样02")
    gate = intake(world)

    gate.take([
        raw(other, "position", **at(world, WET, key)),
        raw(one, "position", **at(world, WET, "guessed")),
    ])  # fmt: skip

    assert gate.tally.counts == {"kept aside": 2}
    assert world.fetch("SELECT 1 FROM unit_track") == []


def test_a_revoked_key_opens_nothing_any_more(world: World) -> None:
    unit, key = boat(world)
    with world.desk() as desk:
        units.revoke_key(desk, unit, "lost")

    intake(world).take([raw(unit, "position", **at(world, WET, key))])

    assert world.fetch("SELECT why FROM gateway_quarantine") == [{"why": "wrong_key"}]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"{", "not_json"),
        (b'{"key": "secret-of-it", "lon": 999}', "shape"),
        (b"[" * 60_000, "shape"),
        (b"\xff\x00", "not_json"),
        (b'"' + b"x" * 70_000 + b'"', "too_large"),
    ],
)
def test_what_nobody_understands_is_kept_aside_without_its_key(
    world: World, data: bytes, why: str
) -> None:
    unit, key = boat(world)
    good = raw(unit, "position", **at(world, WET, key))

    intake(world).take([Raw(f"devices.{CELL}.{unit}.position", data), good])

    with world.desk() as desk:
        (aside,) = quarantined(desk)
    assert aside.why == why
    assert "secret-of-it" not in aside.message
    assert len(world.fetch("SELECT 1 FROM unit_track")) == 1


@pytest.mark.parametrize("subject", ["devices.331002.unit_x", "devices.999999.unit_1.position"])
def test_a_message_for_nobody_here_is_kept_aside(world: World, subject: str) -> None:
    said = json.dumps(at(world, WET, "k")).encode()

    intake(world).take([Raw(subject, said)])

    assert len(world.fetch("SELECT 1 FROM gateway_quarantine")) == 1


def test_evidence_said_twice_is_one_signal_and_answered_both_times(world: World) -> None:
    unit, key = boat(world)
    said = raw(unit, "evidence", key=key, id="w1", kind="weight", body={"kg": "12.4"},
               happened_at=world.clock.now().isoformat())  # fmt: skip

    answers = intake(world).take([said, said])

    assert [json.loads(one.body)["status"] for one in answers] == ["kept", "known"]
    (kept,) = world.fetch("SELECT by, body FROM journal WHERE kind = 'signal.SignalReceived'")
    assert kept["by"] == unit
    assert key not in kept["body"]


def test_a_command_is_acknowledged_by_its_own_unit_only(world: World) -> None:
    (one, key), (other, foreign) = boat(world), boat(world, "蓝样02")
    with world.desk() as desk:
        sent = units.command(desk, one, "go", {"to": "here"}, within=timedelta(minutes=5))

    answers = intake(world).take([
        raw(other, "ack", key=foreign, command=sent.id), raw(one, "ack", key=key, command=sent.id),
    ])  # fmt: skip

    assert [json.loads(it.body)["status"] for it in answers] == ["refused", "kept"]
    assert world.fetch("SELECT state FROM unit_command") == [{"state": "acknowledged"}]


@pytest.mark.engine
def test_by_mqtt_there_and_back(world: World) -> None:  # noqa: PLR0915 - two lines, one story
    unit, key = boat(world)
    told: list[dict[str, Any]] = []
    done, stop, ready, listens = (threading.Event() for _ in range(4))
    with temporary_folder() as folder:
        engine = EmbeddedBroker(folder / "nats", durable=False)
        broker = engine.start()
        gate = threading.Thread(
            target=serve,
            args=(intake(world), world.platform.engine.store, broker, stop, ready.set),
        )

        device = mqtt.Client(CallbackAPIVersion.VERSION2, unit)
        device.username_pw_set(user_of(CELL, unit), key)

        def hear(_client: mqtt.Client, _data: Any, message: mqtt.MQTTMessage) -> None:
            told.append(json.loads(message.payload))
            if len(told) == 2:
                done.set()

        device.on_message = hear
        gate.start()
        assert ready.wait(20)
        device.on_connect = lambda *_: device.subscribe(f"commands/{CELL}/{unit}")
        device.connect(broker.mqtt_host, broker.mqtt_port)
        device.on_subscribe = lambda *_: listens.set()
        device.loop_start()
        assert listens.wait(20)
        with world.desk() as desk:
            sent = units.command(desk, unit, "go", {}, within=timedelta(minutes=5))
        while not done.is_set():
            said = {"key": key, "id": "w1", "kind": "weight", "body": {},
                    "happened_at": world.clock.now().isoformat()}  # fmt: skip
            device.publish(f"devices/{CELL}/{unit}/evidence", json.dumps(said), qos=1)
            done.wait(1.0)
        stop.set()
        gate.join(20)
        device.disconnect()
        device.loop_stop()
        engine.stop()

    assert {one.get("command") or one.get("status") for one in told} >= {sent.id, "kept"}
    assert len(world.fetch("SELECT 1 FROM signal")) == 1
