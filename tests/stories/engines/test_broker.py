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


async def stored(broker: Broker, subject: str) -> int:
    """Keep one message in a stream; return how many it holds."""
    line = await nats.connect(broker.url)
    streams = line.jetstream()
    await streams.add_stream(name="kept", subjects=["kept.>"])
    await streams.publish(subject, b"x")
    count = (await streams.stream_info("kept")).state.messages
    await line.close()
    return count


def test_nobody_comes_by_mqtt_while_nobody_vouches_for_them(broker: Broker) -> None:
    refused: list[bool] = []
    stranger = mqtt.Client(CallbackAPIVersion.VERSION2, "stranger")
    stranger.username_pw_set("331002/unit_1", "guessed")

    def answered(
        _client: mqtt.Client, _data: Any, _flags: Any, code: Any, _properties: Any
    ) -> None:
        refused.append(code.is_failure)
        stranger.disconnect()

    stranger.on_connect = answered
    stranger.connect(broker.mqtt_host, broker.mqtt_port)
    stranger.loop_forever(retry_first_connection=False)

    assert refused == [True]


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
    for name, secret in json.loads((folder / "secrets.json").read_bytes()).items():
        assert secret not in repr(broker), name


def test_a_broker_given_by_url_is_joined(broker: Broker) -> None:
    mqtt_url = f"mqtt://{broker.mqtt_host}:{broker.mqtt_port}"

    given = broker_from_url(broker.url, mqtt_url, issuer=broker.issuer, system_url="nats://s@h")

    assert (given.mqtt_port, given.shared) == (broker.mqtt_port, None)
    assert (given.issuer, given.system_url) == (broker.issuer, "nats://s@h")


def test_where_a_given_broker_has_one_account_for_all_nobody_is_asked(broker: Broker) -> None:
    mqtt_url = f"mqtt://devices:secret@{broker.mqtt_host}:{broker.mqtt_port}"

    given = broker_from_url(broker.url, mqtt_url, issuer=broker.issuer, system_url="nats://s@h")

    assert given.shared == ("devices", "secret")
    assert (given.issuer, given.system_url) == (None, "")
    assert "secret" not in repr(given)


def test_a_url_that_leads_nowhere_is_told_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    with pytest.raises(EngineFailed, match="unreachable"):
        broker_from_url(f"nats://127.0.0.1:{port}", "mqtt://127.0.0.1:1")
