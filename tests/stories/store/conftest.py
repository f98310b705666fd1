"""A server for the stories of the store, and a migrated database for each of them."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import psycopg
import pytest

import zhouqiao.store
from zhouqiao.store import Migration, Store, Vault, migrate
from zhouqiao.store.engines import (
    EmbeddedPostgres,
    Server,
    clone,
    drop,
    make_template,
    temporary_folder,
)

CELL = "331002"
MASTER = bytes(range(32))
SCHEMA = Path(zhouqiao.store.__file__).parent / "schema"
_numbers = count(1)


class StandingClock:
    """Stands until it is turned."""

    def __init__(self) -> None:
        self._now = datetime(2026, 10, 14, 0, 20, tzinfo=UTC)

    def now(self) -> datetime:
        return self._now

    def turn(self, **by: float) -> None:
        self._now += timedelta(**by)


@dataclass
class Kept:
    """One database: `store` as the app sees it, `engine` as the engine does."""

    server: Server
    clock: StandingClock
    store: Store
    engine: Store

    def fetch(self, sql: str, *params: object) -> list[tuple[object, ...]]:
        """Look behind the scenes, as the owner."""
        with self.owner() as owner:
            return owner.execute(sql, params).fetchall()

    def alter(self, sql: str, *params: object) -> None:
        """Do what no role of ours may, as the owner."""
        with self.owner() as owner:
            owner.execute(sql, params)

    def owner(self) -> psycopg.Connection[tuple[object, ...]]:
        options = "-c search_path=zhouqiao,public"
        return psycopg.connect(self.server.owner_dsn, autocommit=True, options=options)

    def opened(self, vault: Vault) -> Store:
        """Return a further app store, with another vault."""
        return Store(self.server.app_dsn, clock=self.clock, vault=vault, size=2).open()


@pytest.fixture(scope="session")
def migrated() -> Iterator[tuple[Server, str]]:
    with temporary_folder(fleeting=True) as lent:
        engine = EmbeddedPostgres(lent / "pg", durable=False)
        server = engine.start()
        steps = [
            Migration(f"zhouqiao.store/{file.name}", file.read_text("utf-8"))
            for file in sorted(SCHEMA.glob("*.sql"))
        ]
        migrate(clone(server, "template1", "kept_template").owner_dsn, steps)
        make_template(server, "kept_template")
        yield server, "kept_template"
        engine.stop()


@pytest.fixture
def kept(migrated: tuple[Server, str]) -> Iterator[Kept]:
    server, template = migrated
    mine = clone(server, template, f"kept_{next(_numbers)}")
    clock, vault = StandingClock(), Vault(MASTER)
    app = Store(mine.app_dsn, clock=clock, vault=vault, size=3).open()
    engine = Store(mine.engine_dsn, clock=clock, vault=vault, size=3).open()
    with closing(app), closing(engine):
        yield Kept(mine, clock, app, engine)
    drop(server, mine.database)
