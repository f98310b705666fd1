"""How many affairs a second go from request to answer over HTTP, whole: derived figures too.

One affair is four requests (create, assign, resolve, search). The clock starts with the first and
stops when every reaction is answered and the indicator reads as many as were resolved. Real node
processes: PostgreSQL (durable), web, worker; 16 clients in a process of their own; all of it on
the same machine. The floor is the same steps as bare SQL, as many at once, in the same run.
"""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import quantiles
from time import monotonic, perf_counter
from typing import Any

import psycopg

from benchmarks import processor
from benchmarks.client import CLIENTS, STEPS
from benchmarks.node import CELL, platform_in
from zhouqiao.app.compose import Platform, prepare
from zhouqiao.base import Personal
from zhouqiao.flow import indicator
from zhouqiao.platform import identity
from zhouqiao.platform.identity import Body, BodyKind, Breadth, Level, Post
from zhouqiao.store import system
from zhouqiao.store.engines import EmbeddedPostgres, Server, temporary_folder

GOAL, GOAL_MS = 100.0, 100.0
WEBS = 1
PATIENCE = 120.0
PHRASE = "A phrase that is long enough 1"


def run(quick: bool) -> dict[str, object]:  # noqa: FBT001
    """Lead 1,600 affairs (6,400 if not `quick`) through their life, after 320 to warm up.

    `figure` is affairs a second, drained; `against` the same steps as bare SQL.
    """
    affairs = 1_600 if quick else 6_400
    with temporary_folder() as folder:
        engine = EmbeddedPostgres(folder / "postgres")
        server = engine.start()
        try:
            prepare(server)
            return _measured(folder, server, affairs)
        finally:
            engine.stop()


def _measured(folder: Path, server: Server, affairs: int) -> dict[str, object]:
    platform = platform_in(folder, 2)
    tokens = _people(platform)
    with _node(folder, WEBS) as (port, pids):
        _clients(port, 20 * CLIENTS, tokens, "warm")
        _drained(platform, server, 20 * CLIENTS)
        watched = {**pids, "postgres": processor.family(server)}
        before, begun = _cpu(watched), perf_counter()
        told = _clients(port, affairs, tokens, "run")
        answered = perf_counter() - begun
        _drained(platform, server, affairs + 20 * CLIENTS)
        drained = perf_counter() - begun
        spent = {name: after - before[name] for name, after in _cpu(watched).items()}
    platform.close()
    rate, floor = affairs / drained, _floor(server, affairs)
    spent["clients"] = told["cpu"]
    return {
        "name": "lifecycle",
        "figure": round(rate, 1),
        "unit": "affairs/s",
        "against": {"what": "the same steps as bare SQL, 16 connections", "rate": round(floor, 1)},
        "ratio": round(rate / floor, 3),
        "detail": {
            "goal": GOAL,
            "goal_p95_ms": GOAL_MS,
            "affairs": affairs,
            "clients": CLIENTS,
            "webs": WEBS,
            "p95_ms": {step: round(_p95(told["took"][step]) * 1000, 1) for step in STEPS},
            "answered_s": round(answered, 2),
            "drained_s": round(drained, 2),
            "wrong": told["wrong"][:3],
            "core_ms_per_affair": {
                name: round(1000 * one / affairs, 2) for name, one in spent.items()
            },
            "two_cores_could": round(2 * affairs / sum(spent.values()), 1),
            "load_before": told["load"],
        },
    }


def _people(platform: Platform) -> dict[str, list[str]]:
    with platform.store.desk(system(CELL)) as desk:
        body = identity.register_body(
            desk,
            Body(
                key="town", name="示例街道", uscc="11330105002500287C", level=Level.COUNTY,
                division=CELL, kind=BodyKind.DEPARTMENT,
            ),
        )  # fmt: skip
        opened = identity.open_post(
            desk, Post(body=body.id, role="bench.officer", area=CELL, breadth=Breadth.CELL)
        )
        tokens: dict[str, list[str]] = {"citizens": [], "officers": []}
        for kind, names in tokens.items():
            for n in range(CLIENTS):
                person = identity.register_person(desk, {"name": Personal(f"样本{n}")})
                login = f"{kind}{n}"
                identity.open_account(desk, person, login, PHRASE, must_change=False)
                if kind == "officers":
                    identity.appoint(desk, person, opened.id)
                issued = identity.sign_in(desk, login, PHRASE)
                assert isinstance(issued, identity.Issued)  # noqa: S101 - just made
                if kind == "officers":
                    session = identity.resolve(desk, issued.token)
                    issued = identity.act_as(desk, session, opened.id)
                names.append(issued.token)
    return tokens


@contextmanager
def _node(folder: Path, webs: int) -> Iterator[tuple[int, dict[str, list[int]]]]:
    port = _free_port()
    asked = [("worker", 1), ("web", webs)]
    children = {
        name: [_child("benchmarks.node", name, str(folder), str(port)) for _ in range(count)]
        for name, count in asked
    }
    every = [child for some in children.values() for child in some]
    try:
        for child in every:
            assert child.stdout is not None  # noqa: S101 - a pipe was asked for
            if child.stdout.readline().strip() != b"ready":
                raise RuntimeError("a process of the node did not start")
        yield port, {name: [child.pid for child in some] for name, some in children.items()}
    finally:
        for child in every:
            child.terminate()
        for child in every:
            child.wait(20)


def _child(*argv: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - our own processes
        [sys.executable, "-m", *argv], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[1],
    )  # fmt: skip


def _clients(port: int, affairs: int, tokens: dict[str, list[str]], name: str) -> dict[str, Any]:
    load = os.getloadavg()[0]
    child = _child("benchmarks.client", str(port), str(affairs), name)
    before = os.times()
    said, _ = child.communicate(json.dumps(tokens).encode())
    after = os.times()
    told: dict[str, Any] = json.loads(said)
    spent = after.children_user + after.children_system
    spent -= before.children_user + before.children_system
    return told | {"cpu": spent, "load": round(load, 2)}


def _drained(platform: Platform, server: Server, affairs: int) -> None:
    """Wait until every lane has read the whole journal and the indicator counts every affair."""
    ends = monotonic() + PATIENCE
    with psycopg.connect(server.owner_dsn, autocommit=True) as owner:
        while monotonic() < ends:
            left = owner.execute(
                "SELECT count(*) FROM zhouqiao.reaction_cursor c WHERE EXISTS (SELECT FROM "
                "zhouqiao.journal j WHERE (j.xid, j.seq) > (c.xid, c.seq))"
            ).fetchone()
            if left == (0,) and _counted(platform) == affairs:
                parked = owner.execute("SELECT count(*) FROM zhouqiao.parked").fetchone()
                if parked != (0,):
                    raise RuntimeError(f"parked: {parked}")
                return
            threading.Event().wait(0.02)
    raise RuntimeError(f"not drained: {left} lanes, the indicator reads {_counted(platform)}")


def _counted(platform: Platform) -> int:
    with platform.store.desk(system(CELL)) as desk:
        until = desk.now() + timedelta(hours=1)
        read = indicator.read(
            desk, "bench", "resolved", since=until - timedelta(days=2), until=until
        )
        return int(read.value or 0)


def _floor(server: Server, affairs: int) -> float:
    """Return affairs a second as bare SQL: insert, two updates, a read; each is durable."""
    setup = (
        "CREATE TABLE bare (id text PRIMARY KEY, state text, body text); "
        "CREATE TABLE bare_fact (seq bigint GENERATED ALWAYS AS IDENTITY, about text, body text)"
    )
    with psycopg.connect(server.owner_dsn, autocommit=True) as owner:
        owner.execute(setup)

    def work(number: int) -> None:
        with psycopg.connect(server.owner_dsn) as line:
            for n in range(affairs // CLIENTS):
                name, body = f"{number}-{n}", "x" * 400
                line.execute("INSERT INTO bare VALUES (%s, 'raised', %s)", (name, body))
                line.execute("INSERT INTO bare_fact (about, body) VALUES (%s, %s)", (name, body))
                line.commit()
                for state in ("assigned", "resolved"):
                    line.execute("UPDATE bare SET state = %s WHERE id = %s", (state, name))
                    line.execute(
                        "INSERT INTO bare_fact (about, body) VALUES (%s, %s)", (name, body)
                    )
                    line.commit()
                line.execute("SELECT * FROM bare WHERE id = %s", (name,)).fetchone()
                line.commit()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(CLIENTS)]
    begun = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return affairs / (perf_counter() - begun)


def _cpu(watched: dict[str, list[int]]) -> dict[str, float]:
    """Return the processor seconds each group has used (children that ended included)."""
    return {name: processor.seconds(pids) for name, pids in watched.items()}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _p95(taken: list[float]) -> float:
    return quantiles(taken, n=20)[-1]
