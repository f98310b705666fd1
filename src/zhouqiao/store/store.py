"""The door to PostgreSQL: desks for commands, connections for the engine."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from psycopg_pool import ConnectionPool, PoolTimeout

from zhouqiao.base import Clock, Dice, Hindrance, Ids, SystemClock, SystemDice, Uuid7Ids
from zhouqiao.store.desk import Desk, Pinned
from zhouqiao.store.fact import FactId
from zhouqiao.store.journal import Teller
from zhouqiao.store.rows import PASSING, PgRows
from zhouqiao.store.subject import May, Subject, system
from zhouqiao.store.vault import Vault

NOBODY = "-"
TOP = "\U0010ffff"
ACT_AS = """
SELECT set_config('zhouqiao.cell', %s, true), set_config('zhouqiao.low', %s, true),
       set_config('zhouqiao.high', %s, true), set_config('zhouqiao.person', %s, true),
       set_config('zhouqiao.unit', %s, true)
"""


def _allow(subject: Subject, action: str, *, scope: str, person: str | None = None) -> None:  # noqa: ARG001 - the shape of `May`
    """Allow the platform itself; a store without a decision function serves nobody else."""
    if not subject.is_system:
        raise PermissionError(f"no decision function was handed in for {action} at {scope}")


@dataclass
class Store:
    """A pool of connections under one role, and what every desk of it is handed."""

    dsn: str
    clock: Clock = field(default_factory=SystemClock)
    dice: Dice = field(default_factory=SystemDice)
    ids: Ids = field(default_factory=Uuid7Ids)
    pinned: Pinned = field(default_factory=Pinned)
    decide: May = _allow
    size: int = 8
    vault: Vault = field(default_factory=Vault)

    def __post_init__(self) -> None:
        self._pool: ConnectionPool[psycopg.Connection[Any]] = ConnectionPool(
            self.dsn,
            kwargs={"autocommit": True, "options": "-c search_path=zhouqiao,public"},
            min_size=1,
            max_size=self.size,
            open=False,
            timeout=10,
        )

    def open(self) -> "Store":
        """Connect. Returns itself."""
        self._pool.open()
        return self

    def close(self) -> None:
        """Give every connection back to the server."""
        self._pool.close()

    @contextmanager
    def desk(self, subject: Subject, *, cause: FactId | None = None) -> Iterator[Desk]:
        """Lay out a desk; commit when the block ends, roll back when it raises.

        Raises `Hindrance` where the server cannot take it now.
        """
        with self._desk(subject, lambda _: subject, cause) as desk:
            yield desk

    @contextmanager
    def desk_of(self, cell: str, who: Callable[[Desk], Subject]) -> Iterator[Desk]:
        """Lay out a desk for whoever `who` finds, asked as the platform in the same transaction."""
        with self._desk(system(cell), who, None) as desk:
            yield desk

    @contextmanager
    def _desk(
        self, first: Subject, who: Callable[[Desk], Subject], cause: FactId | None
    ) -> Iterator[Desk]:
        with self.connection() as connection:
            rows = PgRows(connection)
            rows.later("BEGIN")  # goes out with the first question: one round trip less
            rows.later(ACT_AS, settings_of(first))
            try:
                subject = who(self.lay(rows, first))
                if subject is not first:
                    rows.later(ACT_AS, settings_of(subject))
                yield self.lay(rows, subject, cause=cause)
                rows.flush(then=("COMMIT",))
            except BaseException:
                rows.forget()
                abandon(connection)
                raise

    def lay(
        self, rows: PgRows, subject: Subject, *, cause: FactId | None = None, hops: int = 0
    ) -> Desk:
        """Return a desk over an open transaction."""
        return Desk(
            rows=rows,
            clock=self.clock,
            dice=self.dice,
            ids=self.ids,
            subject=subject,
            tell=Teller(rows, subject, self.clock, self.ids, cause, hops),
            pinned=self.pinned,
            decide=self.decide,
            vault=self.vault,
        )

    @contextmanager
    def connection(self) -> Iterator[psycopg.Connection[Any]]:
        """Lend a connection. Raises `Hindrance` when none is to be had in time."""
        try:
            lent = self._pool.connection()
            with lent as connection:
                yield connection
        except PoolTimeout as trouble:
            raise Hindrance(str(trouble)) from trouble
        except PASSING as trouble:
            raise Hindrance(str(trouble)) from trouble


def settings_of(subject: Subject) -> tuple[str, str, str, str, str]:
    """Return what row-level security is told about a subject."""
    low = TOP if subject.reach is None else subject.reach
    return (subject.cell, low, low + TOP, subject.person, subject.unit or NOBODY)


def abandon(connection: psycopg.Connection[Any]) -> None:
    """Roll back, if the line still stands and anything was begun."""
    begun = connection.info.transaction_status is not TransactionStatus.IDLE
    if begun and not connection.broken and not connection.closed:
        connection.execute("ROLLBACK")
