"""An engine under the supervisor: killed, it is there again, and nobody downstream noticed."""

import os
import signal

import psycopg
import pytest

from zhouqiao.app.supervise import Engine, Supervisor
from zhouqiao.store.engines import EmbeddedBroker, EmbeddedPostgres, temporary_folder

pytestmark = pytest.mark.engine


def test_killed_engines_are_started_again_under_the_same_addresses() -> None:
    lines: list[tuple[str, str]] = []
    with temporary_folder() as folder:
        postgres = EmbeddedPostgres(folder / "pg")
        broker = EmbeddedBroker(folder / "nats")
        before = (postgres.start(), broker.start())
        members = (Engine("postgres", postgres), Engine("broker", broker))
        supervisor = Supervisor(members, lambda name, line: lines.append((name, line)))
        supervisor.start()

        for server in before:
            os.kill(server.pid or 0, signal.SIGKILL)
        while sum("started as" in line for _, line in lines) < 4:
            supervisor.turn(5)

        with psycopg.connect(before[0].app_dsn) as db:
            assert db.execute("SELECT 1").fetchone() == (1,)
        assert broker.start().url == before[1].url
        supervisor.stop()
