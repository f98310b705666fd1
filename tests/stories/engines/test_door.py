"""The broker's door: each device comes as itself, says and hears what is its own, or is put out."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from paho.mqtt import client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from zhouqiao.edge.gateway import Door, Intake, serve, user_of
from zhouqiao.platform import unit as units
from zhouqiao.platform.unit import UnitId
from zhouqiao.store.engines import (
    Broker,
    EmbeddedBroker,
    Issuer,
    broker_from_url,
    temporary_folder,
)
from zhouqiao.testing import World

pytestmark = pytest.mark.engine
CELL = "331002"
PATIENCE = 15.0  # seconds for what takes a tenth of one


@dataclass
class Device:
    """A device's line, and what was told on it."""

    client: mqtt.Client
    unit: str
    came: threading.Event = field(default_factory=threading.Event)
    gone: threading.Event = field(default_factory=threading.Event)
    heard: threading.Event = field(default_factory=threading.Event)
    answered: threading.Event = field(default_factory=threading.Event)
    refused: list[bool] = field(default_factory=list)
    granted: list[bool] = field(default_factory=list)
    told: list[dict[str, Any]] = field(default_factory=list)

    def say(self, unit: str, key: str, name: str) -> None:
        """Say something as a unit, and wait until the broker has it (or has dropped it)."""
        said = {"key": key, "id": name, "kind": "weight", "body": {},
                "happened_at": "2026-06-01T08:00:00Z"}  # fmt: skip
        self.client.publish(
            f"devices/{CELL}/{unit}/evidence", json.dumps(said), qos=1
        ).wait_for_publish(PATIENCE)

    def ask(self, *topics: str) -> list[bool]:
        """Ask to hear topics; return which were granted."""
        self.answered.clear()
        for _ in range(int(PATIENCE)):  # what is asked while the line is being made again is lost
            self.client.subscribe([(topic, 1) for topic in topics])
            if self.answered.wait(1):
                return self.granted
        raise AssertionError("nobody answered")


@dataclass
class Harbour:
    """A broker with its gateway, and two boats."""

    world: World
    broker: Broker
    boats: list[tuple[UnitId, str]]

    @contextmanager
    def aboard(
        self, unit: str, key: str, name: str = "", *, will: str = "", user: str = ""
    ) -> Iterator[Device]:
        """Knock as a unit; wait for the answer."""
        client = mqtt.Client(CallbackAPIVersion.VERSION2, name or unit)
        client.username_pw_set(user or user_of(CELL, unit), key)
        if will:
            client.will_set(will, b"gone", qos=1)
        device = _listening(Device(client, unit))
        client.connect(self.broker.mqtt_host, self.broker.mqtt_port)
        client.loop_start()
        assert device.came.wait(PATIENCE)
        yield device
        client.disconnect()
        client.loop_stop()

    def signals(self) -> list[str]:
        """Return which units' evidence came in."""
        found = self.world.fetch("SELECT source FROM signal ORDER BY source")
        return [row["source"].removeprefix("device/") for row in found]


def _listening(device: Device) -> Device:
    client = device.client
    client.reconnect_delay_set(1, 1)

    def connected(_client: Any, _data: Any, _flags: Any, code: Any, *_: Any) -> None:
        device.refused.append(code.is_failure)
        device.came.set()

    def subscribed(_client: Any, _data: Any, _mid: int, codes: list[Any], *_: Any) -> None:
        device.granted = [not code.is_failure for code in codes]
        device.answered.set()

    def hear(_client: Any, _data: Any, message: mqtt.MQTTMessage) -> None:
        device.told.append(json.loads(message.payload))
        device.heard.set()

    client.on_connect, client.on_subscribe, client.on_message = connected, subscribed, hear
    client.on_disconnect = lambda *_: device.gone.set()
    return device


@contextmanager
def gateway(world: World, broker: Broker) -> Iterator[None]:
    stop, ready = threading.Event(), threading.Event()
    intake = Intake(world.platform.store, frozenset({CELL}), home=CELL)
    work = threading.Thread(
        target=serve, args=(intake, world.platform.engine.store, broker, stop, ready.set)
    )
    work.start()
    assert ready.wait(PATIENCE)
    yield
    stop.set()
    work.join(PATIENCE)


@pytest.fixture
def harbour(world: World, boats: list[tuple[UnitId, str]]) -> Iterator[Harbour]:
    with temporary_folder() as folder:
        engine = EmbeddedBroker(folder / "nats", durable=False)
        broker = engine.start()
        with gateway(world, broker):
            yield Harbour(world, broker, boats)
        engine.stop()


def until(true: Callable[[], bool]) -> None:
    """Wait for something that has no event of its own."""
    for _ in range(int(PATIENCE / 0.05)):
        if true():
            return
        threading.Event().wait(0.05)
    raise AssertionError("it never became true")


def test_a_stolen_device_speaks_for_its_own_unit_only(harbour: Harbour) -> None:
    (one, key), (other, foreign) = harbour.boats

    with harbour.aboard(one, key) as thief:
        thief.say(other, foreign, "w1")  # even with the other's key
        thief.say(one, key, "w2")
        until(lambda: harbour.signals() != [])

    assert harbour.signals() == [one]
    assert harbour.world.fetch("SELECT 1 FROM gateway_quarantine") == []


def test_a_device_hears_its_own_commands_and_no_others(harbour: Harbour) -> None:
    (one, key), (other, _) = harbour.boats

    with harbour.aboard(one, key) as device:
        asked = (
            f"commands/{CELL}/{one}", f"commands/{CELL}/{other}", "commands/#", "#", "$SYS/#",
            "$MQTT/sub/#", f"devices/{CELL}/{other}/position", f"devices/{CELL}/{one}/position",
        )  # fmt: skip
        assert device.ask(*asked) == [True, *[False] * 7]
        with harbour.world.desk() as desk:
            units.command(desk, other, "go", {}, within=timedelta(minutes=5))
            sent = units.command(desk, one, "go", {}, within=timedelta(minutes=5))
        assert device.heard.wait(PATIENCE)

    assert [it["command"] for it in device.told] == [sent.id]


def test_a_last_will_speaks_for_no_other(harbour: Harbour) -> None:
    (one, key), (other, foreign) = harbour.boats

    with harbour.aboard(one, key, will=f"devices/{CELL}/{other}/evidence") as thief:
        sock = thief.client.socket()
        assert sock is not None
        sock.shutdown(socket.SHUT_RDWR)  # the line breaks: the broker says the will
        assert thief.gone.wait(PATIENCE)
    with harbour.aboard(other, foreign) as device:
        device.say(other, foreign, "w1")
        until(lambda: harbour.signals() != [])

    assert harbour.world.fetch("SELECT 1 FROM gateway_quarantine") == []


def test_nobody_is_pushed_off_the_line_by_their_client_name(harbour: Harbour) -> None:
    (one, key), (other, foreign) = harbour.boats

    with harbour.aboard(other, foreign) as device:
        with harbour.aboard(one, key, name=other) as thief:
            assert thief.refused[0] is True
        assert device.ask(f"commands/{CELL}/{other}") == [True]

    assert not device.gone.is_set() or device.refused == [False]


@pytest.mark.parametrize(
    "user", ["", "platform", "devices", f"{CELL}/unit_nobody", "999999/unit_1"]
)
def test_a_stranger_is_turned_away(harbour: Harbour, user: str) -> None:
    (one, _), (_, foreign) = harbour.boats

    with harbour.aboard(one, foreign, name="unit_nobody" if user else "", user=user) as stranger:
        assert stranger.refused[0] is True


def test_a_device_comes_by_mqtt_alone(harbour: Harbour) -> None:
    (one, key), _ = harbour.boats
    host, _, port = harbour.broker.url.rpartition("@")[2].partition(":")
    hello = json.dumps({"user": user_of(CELL, one), "pass": key})

    with (
        socket.create_connection((host, int(port)), timeout=5) as wire,
        wire.makefile("rb") as told,
    ):
        greeting = told.readline()
        wire.sendall(f"CONNECT {hello}\r\nPING\r\n".encode())
        answer = next(line for line in told if line != b"PING\r\n")  # it may ask if we are there

    assert greeting.startswith(b"INFO ")
    assert answer == b"-ERR 'Authorization Violation'\r\n"


def test_a_revoked_device_is_put_off_the_broker_and_stays_out(harbour: Harbour) -> None:
    (one, key), (other, foreign) = harbour.boats

    with harbour.aboard(one, key) as stolen, harbour.aboard(other, foreign) as device:
        with harbour.world.desk() as desk:
            units.revoke_key(desk, one, "stolen")
        assert stolen.gone.wait(PATIENCE)
        until(lambda: True in stolen.refused)  # it knocked again
        assert device.ask(f"commands/{CELL}/{other}") == [True]

    assert (stolen.refused[0], device.refused) == (False, [False])


def test_a_new_key_puts_out_who_came_by_the_old_one(harbour: Harbour) -> None:
    (one, key), _ = harbour.boats

    with harbour.aboard(one, key) as former:
        with harbour.world.desk() as desk:
            fresh = units.issue_key(desk, one)
        with harbour.aboard(one, fresh, name=f"{one}-2") as device:
            assert former.gone.wait(PATIENCE)
            assert device.ask(f"commands/{CELL}/{one}") == [True]

    assert device.refused == [False]


def test_a_broker_that_is_not_ours_asks_us_too(
    world: World, boats: list[tuple[UnitId, str]]
) -> None:
    unit, key = boats[0]
    with temporary_folder() as folder:
        engine = EmbeddedBroker(folder / "nats", durable=False)
        ours = engine.start()
        given = broker_from_url(
            ours.url, f"mqtt://{ours.mqtt_host}:{ours.mqtt_port}",
            system_url=ours.system_url, issuer=ours.issuer,
        )  # fmt: skip
        harbour = Harbour(world, given, boats)
        with gateway(world, given), harbour.aboard(unit, key) as device:
            assert device.refused == [False]
        engine.stop()


@pytest.mark.parametrize("knock", [b"", b"a.b", b"a.e30.c", b"a.\xff.c", b"a.bnVsbA.c"])
def test_a_question_nobody_can_read_is_not_answered(world: World, knock: bytes) -> None:
    door = Door(world.platform.store, frozenset({CELL}), Issuer.of("a secret"))

    assert door.judge([knock]) == [b""]
