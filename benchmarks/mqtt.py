"""How many positions a second come in over MQTT and are durable, beside bare NATS.

A burst of positions of 200 boats, each signed in as itself, as fast as their lines take them,
through broker and gateway (a process of its own) into the track and the latest places; the clock
stops when the last is committed. The peer is the same burst counted by a bare subscriber.
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from time import monotonic, perf_counter
from urllib.parse import urlsplit

import nats
import psycopg
from nats.aio.msg import Msg

from benchmarks.boats import signed_in
from benchmarks.node import CELL, platform_in
from zhouqiao.app.compose import Platform, prepare
from zhouqiao.base import Point
from zhouqiao.platform import unit as units
from zhouqiao.platform.unit import Unit, UnitId, UnitKind
from zhouqiao.store import system
from zhouqiao.store.engines import Broker, EmbeddedBroker, EmbeddedPostgres, temporary_folder

GOAL = 3_000.0
BOATS = 200
PATIENCE = 120.0
ROOT = Path(__file__).parents[1]


def run(quick: bool) -> dict[str, object]:  # noqa: FBT001
    """Send 30,000 positions (five times as many bursts if not `quick`).

    `figure` is positions a second, committed; `against` the same burst heard by bare NATS.
    """
    count, bursts = 30_000, 1 if quick else 5
    with temporary_folder() as folder:
        engine = EmbeddedPostgres(folder / "postgres")
        bus = EmbeddedBroker(folder / "nats")
        server = engine.start()
        broker = bus.start()
        try:
            prepare(server)
            platform = platform_in(folder, 2)
            keys = _boats(platform)
            bare = asyncio.run(_bare(broker, keys, count))
            with (
                _gateway(folder),
                psycopg.connect(server.owner_dsn, autocommit=True) as owner,
            ):
                took, slowest = _through(broker, keys, count, bursts, owner)
                put_out = _put_out(broker, keys, platform)
                row = owner.execute(
                    "SELECT (SELECT count(*) FROM zhouqiao.unit_track), "
                    "(SELECT count(*) FROM zhouqiao.unit_latest)"
                ).fetchone()
            platform.close()
        finally:
            bus.stop()
            engine.stop()
    rate, peer = count * bursts / took, count / bare
    return {
        "name": "mqtt",
        "figure": round(rate),
        "unit": "positions/s",
        "against": {"what": "bare NATS subscriber, same burst, nothing kept", "rate": round(peer)},
        "ratio": round(rate / peer, 3),
        "detail": {
            "goal": GOAL, "boats": BOATS, "sent": count * bursts, "kept": row and row[0],
            "latest": row and row[1], "seconds": round(took, 2),
            "all signed in within": f"{slowest:.2f} s",
            "a revoked one put out within": f"{put_out:.2f} s",
        },
    }  # fmt: skip


def _boats(platform: Platform) -> dict[str, str]:
    with platform.store.desk(system(CELL)) as desk:
        made = [
            units.register_unit(
                desk,
                Unit(
                    kind=UnitKind.BOAT, name=f"样船{n:03d}", scope=f"marine/{CELL}",
                    berth=Point(lon=121.5, lat=28.668),
                ),
            )
            for n in range(BOATS)
        ]  # fmt: skip
        return {one.id: units.issue_key(desk, one.id) for one in made}


@contextmanager
def _gateway(folder: Path) -> Iterator[None]:
    gate = subprocess.Popen(  # noqa: S603 - our own process
        [sys.executable, "-m", "benchmarks.node", "gateway", str(folder), "0"],
        stdout=subprocess.PIPE, cwd=ROOT,
    )  # fmt: skip
    try:
        assert gate.stdout is not None  # noqa: S101 - a pipe was asked for
        gate.stdout.readline()
        yield
    finally:
        gate.terminate()
        gate.wait(20)


def _through(
    broker: Broker,
    keys: dict[str, str],
    count: int,
    bursts: int,
    owner: "psycopg.Connection[tuple[int, ...]]",
) -> tuple[float, float]:
    """Return how long the bursts took, and the longest it took all boats to sign in."""
    took = slowest = 0.0
    for burst in range(bursts):
        begun = perf_counter()
        sender = _send(broker, keys, count, burst)
        _until(owner, count * (burst + 1))
        took += perf_counter() - begun  # the sender's own start and packing counts against us
        said, _ = sender.communicate()
        slowest = max(slowest, json.loads(said)["signed_in"])
    return took, slowest


def _put_out(broker: Broker, keys: dict[str, str], platform: Platform) -> float:
    """Sign one boat in, revoke its key; return how long its line stands."""
    unit, told = next(iter(keys)), {"keys": keys, "cell": CELL}
    with signed_in(broker.mqtt_host, broker.mqtt_port, unit, told) as line:
        with platform.store.desk(system(CELL)) as desk:
            units.revoke_key(desk, UnitId(unit), "measured")
        begun = perf_counter()
        line.settimeout(PATIENCE)
        line.recv(1)
        return perf_counter() - begun


def _until(owner: "psycopg.Connection[tuple[int, ...]]", wanted: int) -> None:
    ends = monotonic() + PATIENCE
    kept: tuple[int, ...] | None = None
    while monotonic() < ends:
        kept = owner.execute("SELECT count(*) FROM zhouqiao.unit_track").fetchone()
        if kept is not None and kept[0] >= wanted:
            return
        Event().wait(0.05)
    raise RuntimeError(f"{kept} of {wanted} positions were kept")


def _send(
    broker: Broker,
    keys: dict[str, str],
    count: int,
    burst: int,
    one_account: tuple[str, str] | None = None,
) -> "subprocess.Popen[bytes]":
    start = datetime.now(UTC) - timedelta(hours=1) + timedelta(minutes=burst)  # noqa: TID251 - a bench has the machine's clock
    child = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "benchmarks.boats", broker.mqtt_host, str(broker.mqtt_port)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT,
    )  # fmt: skip
    told = {
        "keys": keys, "cell": CELL, "count": count, "start": start.isoformat(), "as": one_account,
    }  # fmt: skip
    assert child.stdin is not None  # noqa: S101 - a pipe was asked for
    child.stdin.write(json.dumps(told).encode())
    child.stdin.close()
    child.stdin = None  # so that nobody flushes it again
    return child


async def _bare(broker: Broker, keys: dict[str, str], count: int) -> float:
    line = await nats.connect(broker.url)
    came, done = 0, asyncio.Event()

    async def heard(_message: Msg) -> None:
        nonlocal came
        came += 1
        if came == count:
            done.set()

    await line.subscribe("devices.*.*.position", cb=heard, pending_msgs_limit=count)
    await line.flush()
    begun = perf_counter()
    platform = urlsplit(broker.url)  # nobody is there to vouch for the boats
    sender = _send(broker, keys, count, 99, (platform.username or "", platform.password or ""))
    await asyncio.wait_for(done.wait(), PATIENCE)
    took = perf_counter() - begun
    await asyncio.to_thread(sender.wait)
    await line.close()
    return took
