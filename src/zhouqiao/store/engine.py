"""The engine: reactions behind the snapshot horizon, and due times.

A fact carries the id of the transaction that wrote it (`xid8`). Sequence order is not commit
order, so the engine reads only facts whose transaction lies below
`pg_snapshot_xmin(pg_current_snapshot())`: all of those are settled, and none can appear later. A
lane's cursor `(xid, seq)` therefore marks every fact before it as answered, in the same commit as
the answers: at least once, in order, doubled never. What fails is parked under
`(reaction, fact)`, and later facts about the same thing wait behind it.
"""

import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import psycopg
from psycopg.rows import dict_row

from zhouqiao.base import Hindrance
from zhouqiao.store.desk import Desk
from zhouqiao.store.due import Alarm
from zhouqiao.store.fact import Envelope, Fact, FactId
from zhouqiao.store.journal import COLUMNS, FactBook, Told, envelope_of
from zhouqiao.store.rows import PgRows
from zhouqiao.store.store import ACT_AS, Store, abandon, settings_of
from zhouqiao.store.subject import system

BATCH = 200
ATTEMPTS = 8
HELD_BACK = """
SELECT pg_sleep(0.005) FROM reaction_cursor c WHERE c.lane = ANY(%s) AND EXISTS (
    SELECT FROM journal j WHERE (j.xid, j.seq) > (c.xid, c.seq))
"""


@dataclass(frozen=True)
class Reaction:
    """`answer(desk, told)` is called with facts of the kinds in `hears`, oldest first.

    A batch holds facts of one cell. Effects and cursor share one transaction; use
    `answering(desk, told.envelope)` to tell facts that name their cause. An empty `hears` means
    every kind.
    """

    name: str
    hears: tuple[type[Fact], ...]
    answer: Callable[[Desk, Sequence[Told[Any]]], None]
    lane: str = "main"

    def wants(self, envelope: Envelope) -> bool:
        """Say whether this reaction hears that kind of fact."""
        return not self.hears or any(kind.fact_kind == envelope.kind for kind in self.hears)


@dataclass
class Engine:
    """Runs reactions and alarms on a store opened under the role `zhouqiao_engine`."""

    store: Store
    reactions: Sequence[Reaction]
    alarms: Sequence[Alarm] = ()
    seam: Callable[[str], None] = lambda _name: None
    _book: FactBook = field(init=False)

    def __post_init__(self) -> None:
        self._book = FactBook()

    def lanes(self) -> list[str]:
        """Return the lanes in use, sorted."""
        return sorted({one.lane for one in self.reactions} | {one.lane for one in self.alarms})

    def work(self, lanes: Sequence[str]) -> int:
        """Answer one batch of each of these lanes, and their due times; return how many."""
        return sum(self.turn(lane) for lane in lanes) + self.ring(lanes)

    def drain(self, *, rounds: int = 1000) -> int:
        """Work until nothing is left; return how many facts and alarms were answered.

        Facts committed but held behind the horizon by another transaction are waited for, a
        breath a round.
        """
        total = 0
        for _ in range(rounds):
            done = self.work(self.lanes())
            if not done and not self._held_back():
                return total
            total += done
        return total

    def _held_back(self) -> bool:
        """Say, after a breath, whether a lane still has facts before it."""
        with self.store.connection() as connection:
            found = connection.execute(HELD_BACK, (self.lanes(),)).fetchone()
        return found is not None

    def turn(self, lane: str) -> int:
        """Answer one batch of one lane; return how many facts were read (0: nothing new)."""
        with self.store.connection() as connection:
            connection.execute("BEGIN")
            try:
                count = self._turn(connection, lane)
                self.seam("engine: before commit")
                connection.execute("COMMIT")
            except BaseException:
                abandon(connection)
                raise
            self.seam("engine: after commit")
            return count

    def _turn(self, connection: psycopg.Connection[Any], lane: str) -> int:
        cursor = _cursor(connection, lane)
        if cursor is None:
            return 0
        envelopes = _settled(connection, cursor)
        if not envelopes:
            return 0
        for cell, group in groupby(sorted(envelopes, key=lambda e: e.cell), lambda e: e.cell):
            self._answer_cell(connection, lane, cell, list(group))
        last = envelopes[-1]
        connection.execute(
            "UPDATE reaction_cursor SET xid = %s::text::xid8, seq = %s WHERE lane = %s",
            (str(last.xid), last.seq, lane),
        )
        return len(envelopes)

    def _answer_cell(
        self,
        connection: psycopg.Connection[Any],
        lane: str,
        cell: str,
        envelopes: list[Envelope],
    ) -> None:
        told = {envelope.seq: Told(envelope, self._book.open(envelope)) for envelope in envelopes}
        for reaction in self.reactions:
            heard = [told[e.seq] for e in envelopes if reaction.lane == lane and reaction.wants(e)]
            if heard:
                self._answer(connection, reaction, cell, heard)

    def _answer(
        self,
        connection: psycopg.Connection[Any],
        reaction: Reaction,
        cell: str,
        told: list[Told[Any]],
    ) -> None:
        behind = _parked_streams(connection, reaction, told)
        free = [one for one in told if one.envelope.about not in behind]
        if free and not self._try(connection, reaction, cell, free):
            self._one_by_one(connection, reaction, cell, free, behind)
        for one in told:
            if one not in free:
                self._park(connection, reaction, one, "behind", behind[one.envelope.about])

    def _one_by_one(
        self,
        connection: psycopg.Connection[Any],
        reaction: Reaction,
        cell: str,
        told: list[Told[Any]],
        behind: dict[str, int],
    ) -> None:
        for one in told:
            about = one.envelope.about
            if about in behind:
                self._park(connection, reaction, one, "behind", behind[about])
                continue
            why: list[str] = []
            if not self._try(connection, reaction, cell, [one], why):
                self._park(connection, reaction, one, why[0], None)
                behind[about] = one.envelope.seq

    def _try(
        self,
        connection: psycopg.Connection[Any],
        reaction: Reaction,
        cell: str,
        told: list[Told[Any]],
        why: list[str] | None = None,
    ) -> bool:
        """Answer in a savepoint; say whether it held. A hindrance is for the whole batch."""

        def answer(desk: Desk) -> None:
            reaction.answer(desk, told)

        return self._guarded(connection, cell, answer, why, cause=None, hops=0)

    def _guarded(
        self,
        connection: psycopg.Connection[Any],
        cell: str,
        work: Callable[[Desk], None],
        why: list[str] | None,
        *,
        cause: FactId | None,
        hops: int,
    ) -> bool:
        subject = system(cell)
        rows = PgRows(connection)
        connection.execute("SAVEPOINT work")
        connection.execute("SET LOCAL ROLE zhouqiao_app")
        connection.execute(ACT_AS, settings_of(subject))
        try:
            work(self.store.lay(rows, subject, cause=cause, hops=hops))
            rows.flush()
        except Hindrance:
            raise
        except Exception as trouble:  # noqa: BLE001 - the edge of the engine: parked and shown
            rows.forget()
            connection.execute("ROLLBACK TO SAVEPOINT work")
            connection.execute("RESET ROLE")
            if why is not None:
                why.append(_in_words(trouble))
            return False
        connection.execute("RELEASE SAVEPOINT work")
        connection.execute("RESET ROLE")
        return True

    def _park(
        self,
        connection: psycopg.Connection[Any],
        reaction: Reaction,
        one: Told[Any],
        why: str,
        behind: int | None,
    ) -> None:
        e = one.envelope
        connection.execute(
            "INSERT INTO parked (reaction, seq, cell, scope, about, why, behind, parked_at) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s) "
            "ON CONFLICT (reaction, seq) DO UPDATE SET attempts = parked.attempts + 1, "
            "why = excluded.why, parked_at = excluded.parked_at",
            (reaction.name, e.seq, e.cell, e.scope, e.about, why, behind, self.store.clock.now()),
        )

    def retry(self, reaction_name: str, seq: int) -> bool:
        """Try a parked fact again, and on success all that waits behind it; say whether it held."""
        reaction = next(r for r in self.reactions if r.name == reaction_name)
        with self.store.connection() as connection:
            connection.execute("BEGIN")
            try:
                held = self._retry(connection, reaction, seq)
                connection.execute("COMMIT")
            except BaseException:
                abandon(connection)
                raise
            return held

    def _retry(self, connection: psycopg.Connection[Any], reaction: Reaction, seq: int) -> bool:
        waiting = connection.execute(
            "SELECT seq FROM parked WHERE reaction = %s AND (seq = %s OR behind = %s) "
            "ORDER BY seq FOR UPDATE",
            (reaction.name, seq, seq),
        ).fetchall()
        for (number,) in waiting:
            one = self._read(connection, number)
            why: list[str] = []
            if not self._try(connection, reaction, one.envelope.cell, [one], why):
                self._park(connection, reaction, one, why[0], None)
                connection.execute(
                    "UPDATE parked SET behind = CASE WHEN seq = %(at)s THEN NULL ELSE %(at)s END "
                    "WHERE reaction = %(name)s AND (seq = %(first)s OR behind = %(first)s)",
                    {"at": number, "name": reaction.name, "first": seq},
                )
                return False
            connection.execute(
                "DELETE FROM parked WHERE reaction = %s AND seq = %s", (reaction.name, number)
            )
        return bool(waiting)

    def _read(self, connection: psycopg.Connection[Any], seq: int) -> Told[Any]:
        with connection.cursor(row_factory=dict_row) as cursor:
            row = cursor.execute(f"SELECT {COLUMNS} FROM journal WHERE seq = %s", (seq,)).fetchone()
        if row is None:
            raise LookupError(seq)
        envelope = envelope_of(row)
        return Told(envelope, self._book.open(envelope))

    def ring(self, lanes: Sequence[str] | None = None, *, limit: int = 100) -> int:
        """Answer due times of these lanes (None: of all) that have come; return how many."""
        kinds = {one.kind: one for one in self.alarms if lanes is None or one.lane in lanes}
        with self.store.connection() as connection:
            connection.execute("BEGIN")
            try:
                count = self._ring(connection, kinds, limit)
                self.seam("due: before commit")
                connection.execute("COMMIT")
            except BaseException:
                abandon(connection)
                raise
            return count

    def _ring(
        self, connection: psycopg.Connection[Any], kinds: dict[str, Alarm], limit: int
    ) -> int:
        rows = connection.execute(
            "SELECT cell, kind, key, body, cause, hops FROM due WHERE at <= %s AND attempts < %s "
            "AND kind = ANY(%s) ORDER BY at LIMIT %s FOR UPDATE SKIP LOCKED",
            (self.store.clock.now(), ATTEMPTS, list(kinds), limit),
        ).fetchall()
        for cell, kind, key, body, cause, hops in rows:
            connection.execute(
                "DELETE FROM due WHERE cell = %s AND kind = %s AND key = %s", (cell, kind, key)
            )
            why: list[str] = []
            alarm = kinds[kind]

            def work(desk: Desk, alarm: Alarm = alarm, key: str = key, body: str = body) -> None:
                alarm.ring(desk, key, body.encode())

            if not self._guarded(
                connection, cell, work, why, cause=cause and FactId(cause), hops=hops
            ):
                _put_off(connection, (cell, kind, key, body, cause, hops), why[0], self.store)
        return len(rows)


def _cursor(connection: psycopg.Connection[Any], lane: str) -> tuple[str, int] | None:
    sql = "SELECT xid::text, seq FROM reaction_cursor WHERE lane = %s FOR UPDATE SKIP LOCKED"
    found = connection.execute(sql, (lane,)).fetchone()
    if found is None:
        connection.execute(
            "INSERT INTO reaction_cursor (lane) VALUES (%s) ON CONFLICT DO NOTHING", (lane,)
        )
        found = connection.execute(sql, (lane,)).fetchone()
    return found


def _settled(connection: psycopg.Connection[Any], cursor: tuple[str, int]) -> list[Envelope]:
    with connection.cursor(row_factory=dict_row) as reader:
        rows = reader.execute(
            f"SELECT {COLUMNS} FROM journal "
            "WHERE (xid, seq) > (%s::text::xid8, %s) "
            "AND xid < pg_snapshot_xmin(pg_current_snapshot()) "
            f"ORDER BY journal.xid, journal.seq LIMIT {BATCH}",
            cursor,
        ).fetchall()
    return [envelope_of(row) for row in rows]


def _parked_streams(
    connection: psycopg.Connection[Any], reaction: Reaction, told: list[Told[Any]]
) -> dict[str, int]:
    rows = connection.execute(
        "SELECT about, min(seq) FROM parked WHERE reaction = %s AND about = ANY(%s) GROUP BY about",
        (reaction.name, [one.envelope.about for one in told]),
    ).fetchall()
    return dict(rows)


def _put_off(
    connection: psycopg.Connection[Any], row: tuple[Any, ...], why: str, store: Store
) -> None:
    cell, kind, key, body, cause, hops = row
    connection.execute(
        "INSERT INTO due (cell, kind, key, at, scope, body, cause, hops, attempts, why) "
        "VALUES (%s, %s, %s, %s + interval '30 seconds', '', %s, %s, %s, %s, %s)",
        (cell, kind, key, store.clock.now(), body, cause, hops, ATTEMPTS, why),
    )


def _in_words(trouble: Exception) -> str:
    told = "".join(traceback.format_exception_only(trouble)).strip()
    where = traceback.extract_tb(trouble.__traceback__)[-1]
    return f"{told} ({where.name}:{where.lineno})"[:2000]
