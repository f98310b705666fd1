"""The NATS server from the wheel: its two doors, its rights, its death."""

import asyncio
import json
import os
import signal
import socket
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

import nats
import pytest
from paho.mqtt import client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from apart import run_apart
from zhouqiao.store.engines import (
    Broker,
    EmbeddedBroker,
    EngineFailed,
    broker_from_url,
    temporary_folder,
)

pytestmark = pytest.mark.engine
T = TypeVar("T")


@pytest.fixture
def folder() -> Iterator[Path]:
    with temporary_folder() as lent:
        yield lent / "nats"


@pytest.fixture(scope="module")
def broker() -> Iterator[Broker]:
    with temporary_folder() as lent:
        engine = EmbeddedBroker(lent / "nats", durable=False)
        yield engine.start()
        engine.stop()


def now(work: Coroutine[Any, Any, T]) -> T:
    return run_apart(asyncio.wait_for(work, 10))


def device(broker: Broker, name: str) -> mqtt.Client:
    it = mqtt.Client(CallbackAPIVersion.VERSION2, name)
    it.username_pw_set(broker.devices_user, broker.devices_password)
    return it


async def stored(broker: Broker, subject: str) -> int:
    """Keep one message in a stream; return how many it holds."""
    line = await nats.connect(broker.url)
    streams = line.jetstream()
    await streams.add_stream(name="kept", subjects=["kept.>"])
    await streams.publish(subject, b"x")
    count = (await streams.stream_info("kept")).state.messages
    await line.close()
    return count


def test_a_device_says_something_by_mqtt_and_the_platform_hears_it(broker: Broker) -> None:
    async def heard() -> bytes:
        line = await nats.connect(broker.url)
        waiting = await line.subscribe("devices.boat_1.position")
        await line.flush()
        boat = device(broker, "boat_1")
        boat.on_connect = lambda *_: boat.publish("devices/boat_1/position", b"here", qos=1)
        boat.connect(broker.mqtt_host, broker.mqtt_port)
        boat.loop_start()
        message = await waiting.next_msg(timeout=5)
        boat.disconnect()
        boat.loop_stop()
        await line.close()
        data: bytes = message.data
        return data

    assert now(heard()) == b"here"


def test_a_device_does_not_overhear_another(broker: Broker) -> None:
    granted: list[bool] = []
    boat = device(broker, "boat_2")
    boat.on_connect = lambda *_: boat.subscribe("devices/#", qos=1)

    def answered(_client: mqtt.Client, _data: Any, _mid: int, codes: list[Any], *_: Any) -> None:
        granted.append(not codes[0].is_failure)
        boat.disconnect()

    boat.on_subscribe = answered
    boat.connect(broker.mqtt_host, broker.mqtt_port)
    boat.loop_forever()

    assert granted == [False]


def test_a_stranger_is_turned_away(broker: Broker) -> None:
    refused: list[bool] = []
    stranger = mqtt.Client(CallbackAPIVersion.VERSION2, "stranger")
    stranger.username_pw_set(broker.devices_user, "guessed")

    def answered(
        _client: mqtt.Client, _data: Any, _flags: Any, code: Any, _properties: Any
    ) -> None:
        refused.append(code.is_failure)
        stranger.disconnect()

    stranger.on_connect = answered
    stranger.connect(broker.mqtt_host, broker.mqtt_port)
    stranger.loop_forever(retry_first_connection=False)

    assert refused == [True]


def test_a_device_comes_by_mqtt_alone(broker: Broker) -> None:
    host, _, port = broker.url.rpartition("@")[2].partition(":")
    hello = json.dumps({"user": broker.devices_user, "pass": broker.devices_password})

    with (
        socket.create_connection((host, int(port)), timeout=5) as line,
        line.makefile("rb") as told,
    ):
        greeting = told.readline()
        line.sendall(f"CONNECT {hello}\r\nPING\r\n".encode())
        answer = told.readline()

    assert greeting.startswith(b"INFO ")
    assert answer == b"-ERR 'Authorization Violation'\r\n"


def test_killed_it_comes_back_at_the_same_ports_with_what_it_stored(folder: Path) -> None:
    engine = EmbeddedBroker(folder)
    before = engine.start()
    now(stored(before, "kept.a"))

    os.kill(before.pid or 0, signal.SIGKILL)
    engine.child.wait()
    after = engine.start()

    assert (after.url, after.mqtt_port) == (before.url, before.mqtt_port)
    assert now(stored(after, "kept.b")) == 2
    engine.stop()


def test_a_second_start_joins_the_running_broker(folder: Path) -> None:
    engine = EmbeddedBroker(folder, durable=False)
    ours = engine.start()

    theirs = EmbeddedBroker(folder).start()
    joined = EmbeddedBroker(folder).join()

    assert (theirs.pid, theirs.attached) == (ours.pid, True)
    assert joined == theirs
    engine.stop()


def test_a_port_that_is_taken_is_named(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(EngineFailed, match=f"port_taken\nmqtt_port {port} is in use"):
            EmbeddedBroker(folder, mqtt_port=port).start()


def test_its_secrets_are_closed_to_others_and_stay_out_of_print(folder: Path) -> None:
    engine = EmbeddedBroker(folder, durable=False)
    broker = engine.start()
    engine.stop()

    for name in ("secrets.json", "nats.conf", ".lock", ".secrets.lock"):
        assert (folder / name).stat().st_mode & 0o777 == 0o600
    assert broker.devices_password not in repr(broker)


def test_a_broker_given_by_url_is_joined(broker: Broker) -> None:
    secret = f"{broker.devices_user}:{broker.devices_password}"

    given = broker_from_url(broker.url, f"mqtt://{secret}@{broker.mqtt_host}:{broker.mqtt_port}")

    assert given.mqtt_port == broker.mqtt_port
    assert given.devices_password == broker.devices_password


def test_a_url_that_leads_nowhere_is_told_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    with pytest.raises(EngineFailed, match="unreachable"):
        broker_from_url(f"nats://127.0.0.1:{port}", "mqtt://127.0.0.1:1")
