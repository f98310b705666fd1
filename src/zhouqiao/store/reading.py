"""Reading the journal for people: lists, one fact and what led to it, the settled tail, the state.

Nothing here decides who may read: row-level security shows a desk its own rows, the caller asks
`desk.may` first. `lanes_of` and `seals_known` say how far the engine is.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from zhouqiao.base import decode
from zhouqiao.store.desk import Desk
from zhouqiao.store.fact import Envelope
from zhouqiao.store.journal import COLUMNS, envelope_of
from zhouqiao.store.seal import Statement
from zhouqiao.store.store import Store

Place = tuple[int, int]
"""Where the tail of the journal was read to: transaction, sequence number."""

NEAR = 20_000  # facts looked through where no index leads


class Parked(msgspec.Struct, frozen=True, kw_only=True):
    """A fact one reaction could not answer; `behind` names the one it waits for, if it does."""

    reaction: str
    seq: int
    kind: str
    about: str
    why: str
    behind: int | None
    attempts: int
    parked_at: datetime
    recorded_at: datetime


class Lane(msgspec.Struct, frozen=True, kw_only=True):
    """How far a lane of reactions has come: `behind` facts are settled and not yet answered."""

    lane: str
    seq: int
    behind: int


def listed(
    desk: Desk, *, about: str = "", kind: str = "", before: int | None = None, limit: int = 50
) -> Sequence[Envelope]:
    """Return facts the subject may see, newest first: about one thing, of one kind, older ones."""
    where, given = ["cell = %s", "seq < %s"], [desk.cell, before or 2**62]
    for column, value in (("about", about), ("kind", kind)):
        if value:
            where.append(f"{column} = %s")
            given.append(value)
    found = desk.rows.all(
        f"SELECT {COLUMNS} FROM journal WHERE {' AND '.join(where)} ORDER BY seq DESC LIMIT %s",
        (*given, limit),
    )
    return [envelope_of(row) for row in found]


def stories(desk: Desk, abouts: Sequence[str], kind: str) -> Sequence[Envelope]:
    """Return the facts of one kind about several things, oldest first."""
    found = desk.rows.all(
        f"SELECT {COLUMNS} FROM journal WHERE cell = %s AND about = ANY(%s) AND kind = %s "
        "ORDER BY seq",
        (desk.cell, list(abouts), kind),
    )
    return [envelope_of(row) for row in found]


def fact_at(desk: Desk, seq: int) -> Envelope | None:
    """Return one fact by its number, if the subject may see it."""
    row = desk.rows.one(
        f"SELECT {COLUMNS} FROM journal WHERE cell = %s AND seq = %s",
        (desk.cell, seq),
    )
    return None if row is None else envelope_of(row)


def chain(desk: Desk, fact: Envelope) -> tuple[list[Envelope], list[Envelope]]:
    """Return what a fact answers (near before it) and what answered it (near after it)."""
    near = f"SELECT {COLUMNS} FROM journal WHERE cell = %s AND seq BETWEEN %s AND %s AND "
    before = desk.rows.all(
        near + "id = %s ORDER BY seq",
        (desk.cell, fact.seq - NEAR, fact.seq - 1, str(fact.cause)),
    )
    after = desk.rows.all(
        near + "cause = %s ORDER BY seq LIMIT 50",
        (desk.cell, fact.seq + 1, fact.seq + NEAR, str(fact.id)),
    )
    return [envelope_of(row) for row in before], [envelope_of(row) for row in after]


def newest(desk: Desk) -> int:
    """Return the number of the newest fact the subject may see (0: none)."""
    row = desk.rows.one("SELECT max(seq) AS seq FROM journal WHERE cell = %s", (desk.cell,))
    return 0 if row is None or row["seq"] is None else int(row["seq"])


def tail(desk: Desk, after: Place | None, *, limit: int = 500) -> tuple[Place, list[Envelope]]:
    """Return the settled facts after a place, in the order they settled, and the place reached.

    None begins at the end. None of them can be overtaken by one that settles later.
    """
    if after is None:
        row = desk.rows.one(
            "SELECT xid::text::bigint AS xid, seq FROM journal "
            "WHERE xid < pg_snapshot_xmin(pg_current_snapshot()) "
            "ORDER BY journal.xid DESC, seq DESC LIMIT 1"
        )
        return ((0, 0) if row is None else (row["xid"], row["seq"])), []
    found = desk.rows.all(
        f"SELECT {COLUMNS} FROM journal WHERE (xid, seq) > (%s::text::xid8, %s) "
        "AND xid < pg_snapshot_xmin(pg_current_snapshot()) AND cell = %s "
        "ORDER BY journal.xid, journal.seq LIMIT %s",
        (str(after[0]), after[1], desk.cell, limit),
    )
    told = [envelope_of(row) for row in found]
    return ((told[-1].xid, told[-1].seq) if told else after), told


def parked(desk: Desk, *, limit: int = 200) -> list[Parked]:
    """Return what was set aside, oldest first."""
    rows = desk.rows.all(
        "SELECT p.reaction, p.seq, coalesce(j.kind, '') AS kind, p.about, p.why, p.behind, "
        "p.attempts, p.parked_at, coalesce(j.recorded_at, p.parked_at) AS recorded_at "
        "FROM parked p LEFT JOIN journal j USING (seq) WHERE p.cell = %s ORDER BY p.seq LIMIT %s",
        (desk.cell, limit),
    )
    return [Parked(**row) for row in rows]


def seals_known(desk: Desk, *, limit: int = 50) -> list[Statement]:
    """Return what the newest seals of the cell say, newest first."""
    rows = desk.rows.all(
        "SELECT statement FROM seal WHERE cell = %s ORDER BY number DESC LIMIT %s",
        (desk.cell, limit),
    )
    return [decode(row["statement"], Statement) for row in rows]


def unsealed(desk: Desk) -> int:
    """Return how many facts came after the newest seal."""
    row = desk.rows.one(
        "SELECT count(*) AS n FROM journal WHERE cell = %s AND seq > coalesce("
        "(SELECT max(last) FROM seal WHERE cell = %s), 0)",
        (desk.cell, desk.cell),
    )
    return 0 if row is None else int(row["n"])


def per_minute(desk: Desk, since: datetime) -> dict[datetime, int]:
    """Return how many facts each minute since a moment recorded, among the newest ones."""
    rows = desk.rows.all(
        "SELECT date_trunc('minute', recorded_at) AS minute, count(*) AS n FROM journal "
        "WHERE cell = %s AND seq > %s AND recorded_at >= %s GROUP BY 1 ORDER BY 1",
        (desk.cell, newest(desk) - NEAR, since),
    )
    return {row["minute"]: row["n"] for row in rows}


def lanes_of(store: Store) -> list[Lane]:
    """Return how far each lane of reactions is; `store` is open as the engine."""
    with store.connection() as connection:
        rows = connection.execute(
            "SELECT c.lane, c.seq, (SELECT count(*) FROM (SELECT 1 FROM journal j "
            "WHERE (j.xid, j.seq) > (c.xid, c.seq) "
            "AND j.xid < pg_snapshot_xmin(pg_current_snapshot()) LIMIT 10000) AS left_over) "
            "FROM reaction_cursor c ORDER BY c.lane"
        ).fetchall()
    return [Lane(lane=lane, seq=seq, behind=behind) for lane, seq, behind in rows]
