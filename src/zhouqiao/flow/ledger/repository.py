"""Rows of the ledger: postings, lines, folded days, differences."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

import msgspec

from zhouqiao.base import Id, encode
from zhouqiao.flow.ledger.facts import DifferenceId, Line, PostingId
from zhouqiao.flow.ledger.model import Gap
from zhouqiao.store import Desk, Row


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What a posting is about, besides its lines. `basis` cites a function or gives a reason."""

    id: PostingId
    scope: str
    basis: str
    by: str
    happened_at: datetime
    recorded_at: datetime
    person: str | None = None
    case_id: str | None = None
    reverses: PostingId | None = None


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A difference between what was stated and what was found; amounts in `unit`."""

    id: DifferenceId
    scope: str
    person: str | None
    case: str | None
    posting: PostingId
    book: str
    kind: str
    unit: str
    stated: Decimal
    found: Decimal
    by: str
    found_at: datetime
    cleared_at: datetime | None = None
    cleared_by: str | None = None
    cleared_to: str | None = None
    reason: str | None = None


class Balance(msgspec.Struct, frozen=True, kw_only=True):
    """How much of a kind is in an account."""

    book: str
    account: str
    kind: str
    unit: str
    amount: Decimal


HEADS = """
INSERT INTO ledger_posting
       (cell, id, scope, person, case_id, basis, by, reverses, happened_at, recorded_at)
SELECT %(cell)s, id, scope, person, case_id, basis, by, reverses, happened_at, recorded_at
FROM jsonb_to_recordset(%(heads)s::jsonb) AS one(id text, scope text, person text, case_id text,
     basis text, by text, reverses text, happened_at timestamptz, recorded_at timestamptz)
"""
LINES = """
INSERT INTO ledger_line (cell, posting, nth, scope, person, book, account, kind, unit_name,
                         amount, happened_at)
SELECT %(cell)s, posting, nth, scope, person, book, account, kind, unit, amount, happened_at
FROM jsonb_to_recordset(%(lines)s::jsonb) AS one(posting text, nth smallint, scope text,
     person text, book text, account text, kind text, unit text, amount numeric,
     happened_at timestamptz)
"""
PUT = f"WITH headed AS ({HEADS}) {LINES}"
CLAIM = f"{HEADS} ON CONFLICT (cell, reverses) WHERE reverses IS NOT NULL DO NOTHING"

FOLD = """
WITH was AS (SELECT xid FROM ledger_fold WHERE cell = %(cell)s FOR UPDATE),
settled AS MATERIALIZED (
  SELECT was.xid AS since, pg_snapshot_xmin(pg_current_snapshot()) AS xid FROM was
),
summed AS (
  SELECT l.cell, book, account, kind, unit_name, scope, coalesce(person, '') AS person,
         (happened_at AT TIME ZONE 'UTC')::date AS day, sum(amount) AS amount
  FROM ledger_line l, settled
  WHERE l.cell = %(cell)s AND l.xid >= settled.since AND l.xid < settled.xid
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
),
kept AS (
  INSERT INTO ledger_day SELECT * FROM summed
  ON CONFLICT (cell, book, account, kind, unit_name, scope, person, day)
  DO UPDATE SET amount = ledger_day.amount + excluded.amount
)
UPDATE ledger_fold f SET xid = settled.xid FROM settled
WHERE f.cell = %(cell)s AND settled.xid > f.xid
"""

HERE = (
    "cell = %(cell)s AND book = %(book)s AND (account = %(account)s OR "
    "(account >= %(account)s || '/' AND account < %(account)s || '0') OR %(account)s = '')"
)
# Exact is the marker as this statement sees it; the one read before it only tells the planner how
# few lines are left (a fold in between can only raise it).
MARKER = "SELECT xid::text AS xid FROM ledger_fold WHERE cell = %s"
NEW = (
    "xid >= coalesce((SELECT xid FROM ledger_fold WHERE cell = %(cell)s), '0'::xid8) "
    "AND xid >= %(marker)s::text::xid8"
)
COUNTED = "book, account, kind, unit_name, amount"
NOW = f"""
SELECT {COUNTED} FROM ledger_day WHERE {HERE}
UNION ALL
SELECT {COUNTED} FROM ledger_line WHERE {HERE} AND {NEW}
"""
THEN = f"""
SELECT {COUNTED} FROM ledger_day
WHERE {HERE} AND day < (%(at)s AT TIME ZONE 'UTC')::date
UNION ALL
SELECT {COUNTED} FROM ledger_line
WHERE {HERE} AND {NEW} AND happened_at < date_trunc('day', %(at)s, 'UTC')
UNION ALL
SELECT {COUNTED} FROM ledger_line
WHERE {HERE} AND happened_at >= date_trunc('day', %(at)s, 'UTC') AND happened_at <= %(at)s
"""
SUMMED = """
SELECT book, account, kind, unit_name AS unit, sum(amount) AS amount FROM ({}) AS counted
GROUP BY 1, 2, 3, 4 HAVING sum(amount) <> 0 ORDER BY 1, 2, 3, 4
"""
DIFFERENCE = (
    "id, scope, person, case_id AS case, posting, book, kind, unit_name AS unit, stated, found, "
    "by, found_at, cleared_at, cleared_by, cleared_to, reason"
)


def put(desk: Desk, drawn: Sequence[tuple[Head, Sequence[Line]]]) -> None:
    """Write postings with all their lines in one statement, later."""
    heads = encode([head for head, _ in drawn]).decode()
    desk.rows.later(PUT, {"cell": desk.cell, "heads": heads, "lines": _lines(drawn)})


def put_reversal(desk: Desk, head: Head, lines: Sequence[Line]) -> bool:
    """Write the opposite of a posting; say whether it was the first to do so."""
    if not desk.rows.run(CLAIM, {"cell": desk.cell, "heads": encode([head]).decode()}):
        return False
    desk.rows.later(LINES, {"cell": desk.cell, "lines": _lines([(head, lines)])})
    return True


def _lines(drawn: Sequence[tuple[Head, Sequence[Line]]]) -> str:
    rows: list[Mapping[str, object]] = [
        {
            **msgspec.structs.asdict(line), "posting": head.id, "nth": nth, "scope": head.scope,
            "happened_at": head.happened_at,
        }
        for head, lines in drawn for nth, line in enumerate(lines)
    ]  # fmt: skip
    return encode(rows).decode()


def posting(desk: Desk, id: str) -> tuple[Head, tuple[Line, ...]] | None:
    """Return a posting the subject may see, with the lines they may see."""
    row = desk.rows.one(
        "SELECT id, scope, basis, by, happened_at, recorded_at, person, case_id, reverses "
        "FROM ledger_posting WHERE cell = %s AND id = %s",
        (desk.cell, str(id)),
    )
    if row is None:
        return None
    lines = desk.rows.all(
        "SELECT book, account, kind, unit_name AS unit, amount, person FROM ledger_line "
        "WHERE cell = %s AND posting = %s ORDER BY nth",
        (desk.cell, str(id)),
    )
    return msgspec.convert(row, Head, dec_hook=_id), tuple(Line(**line) for line in lines)


def postings_of(desk: Desk, case: str) -> list[PostingId]:
    """Return the postings of a case, oldest first."""
    rows = desk.rows.all(
        "SELECT id FROM ledger_posting WHERE cell = %s AND case_id = %s ORDER BY recorded_at, id",
        (desk.cell, str(case)),
    )
    return [PostingId(row["id"]) for row in rows]


def fold(desk: Desk) -> None:
    """Add what is settled since the last time to the sums by day."""
    desk.rows.later(
        "INSERT INTO ledger_fold (cell) VALUES (%s) ON CONFLICT DO NOTHING", (desk.cell,)
    )
    desk.rows.later(FOLD, {"cell": desk.cell})


def balances(desk: Desk, book: str, account: str, at: datetime | None) -> list[Balance]:
    """Return what is in `account` and below it ("" all of the book), exact to this transaction."""
    sql = SUMMED.format(NOW if at is None else THEN)
    marker = desk.rows.one(MARKER, (desk.cell,)) or {"xid": "0"}
    rows = desk.rows.all(
        sql,
        {"cell": desk.cell, "book": book, "account": account, "at": at, "marker": marker["xid"]},
    )
    return [Balance(**row) for row in rows]


def add_difference(desk: Desk, head: Head, id: DifferenceId, gap: Gap) -> None:
    """Write an open difference."""
    desk.rows.later(
        "INSERT INTO ledger_difference (cell, id, scope, person, case_id, posting, book, kind, "
        "unit_name, stated, found, by, found_at) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        (
            desk.cell, str(id), head.scope, head.person, head.case_id, str(head.id), gap.book,
            gap.kind, gap.unit, gap.stated, gap.found, head.by, head.happened_at,
        ),
    )  # fmt: skip


def difference(desk: Desk, id: str, *, lock: bool = False) -> Difference | None:
    """Return a difference the subject may see."""
    row = desk.rows.one(
        f"SELECT {DIFFERENCE} FROM ledger_difference WHERE cell = %s AND id = %s"
        + (" FOR UPDATE" if lock else ""),
        (desk.cell, str(id)),
    )
    return None if row is None else _difference(row)


def open_differences(desk: Desk, cases: Sequence[str]) -> list[Difference]:
    """Return what is open in any of the cases, in one read."""
    rows = desk.rows.all(
        f"SELECT {DIFFERENCE} FROM ledger_difference "
        "WHERE cell = %s AND case_id = ANY(%s) AND cleared_at IS NULL ORDER BY found_at, id",
        (desk.cell, [str(case) for case in cases]),
    )
    return [_difference(row) for row in rows]


def all_open(desk: Desk, limit: int) -> list[Difference]:
    """Return every open difference the subject may see, oldest first."""
    rows = desk.rows.all(
        f"SELECT {DIFFERENCE} FROM ledger_difference "
        "WHERE cell = %s AND cleared_at IS NULL ORDER BY found_at, id LIMIT %s",
        (desk.cell, limit),
    )
    return [_difference(row) for row in rows]


def clear(desk: Desk, gap: Difference, *, to: str, reason: str) -> None:
    """Write what became of a difference."""
    desk.rows.later(
        "UPDATE ledger_difference SET cleared_at = %s, cleared_by = %s, cleared_to = %s, "
        "reason = %s WHERE cell = %s AND id = %s",
        (desk.now(), desk.subject.person, to, reason, desk.cell, str(gap.id)),
    )


def open_of_posting(desk: Desk, posting_id: str) -> list[Difference]:
    """Return the open differences one posting found."""
    rows = desk.rows.all(
        f"SELECT {DIFFERENCE} FROM ledger_difference "
        "WHERE cell = %s AND posting = %s AND cleared_at IS NULL FOR UPDATE",
        (desk.cell, str(posting_id)),
    )
    return [_difference(row) for row in rows]


def _difference(row: Row) -> Difference:
    return msgspec.convert(row, Difference, dec_hook=_id)


def _id(kind: type[Id], raw: str) -> Id:
    return kind(raw)
