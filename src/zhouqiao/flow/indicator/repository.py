"""Rows of indicators: marks, readings, sums by the hour."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from zhouqiao.base import encode
from zhouqiao.flow.indicator.model import Key, Mark, Reading, Sum, Totals
from zhouqiao.store import Desk

USE_UP = """
DELETE FROM indicator_mark m
USING unnest(%(cases)s::text[], %(indicators)s::text[]) AS one(case_id, indicator)
WHERE m.cell = %(cell)s AND m.case_id = one.case_id AND m.indicator = one.indicator
RETURNING m.case_id AS case, m.indicator, m.scope, m.at, m.fact
"""
MARK = """
INSERT INTO indicator_mark (cell, case_id, indicator, scope, at, fact)
SELECT %(cell)s, "case", indicator, scope, at, fact FROM jsonb_to_recordset(%(rows)s::jsonb)
  AS one("case" text, indicator text, scope text, at timestamptz, fact text)
ON CONFLICT DO NOTHING
"""
READ_IN = """
INSERT INTO indicator_input
       (cell, indicator, at, seq, scope, dims, case_id, value, rule, from_fact, to_fact)
SELECT %(cell)s, indicator, at, seq, scope, dims, "case", value, rule, from_fact, to_fact
FROM jsonb_to_recordset(%(rows)s::jsonb)
  AS one(indicator text, at timestamptz, seq bigint, scope text, dims text, "case" text,
         value numeric, rule text, from_fact text, to_fact text)
ON CONFLICT DO NOTHING
"""
ADD = """
INSERT INTO indicator_hour AS was (cell, indicator, hour, scope, dims, unit_name, count, total,
       least, most, kept, cancelled, unsound, buckets)
SELECT %(cell)s, indicator, hour, scope, dims, unit, count, total, least, most, kept, cancelled,
       unsound, buckets
FROM jsonb_to_recordset(%(rows)s::jsonb)
  AS one(indicator text, hour timestamptz, scope text, dims text, unit text, count bigint,
         total numeric, least numeric, most numeric, kept bigint, cancelled bigint,
         unsound bigint, buckets bigint[])
ON CONFLICT (cell, indicator, hour, scope, dims) DO UPDATE SET
  count = was.count + excluded.count, total = was.total + excluded.total,
  least = least(was.least, excluded.least), most = greatest(was.most, excluded.most),
  kept = was.kept + excluded.kept, cancelled = was.cancelled + excluded.cancelled,
  unsound = was.unsound + excluded.unsound,
  buckets = (SELECT array_agg(a + b ORDER BY nth)
             FROM unnest(was.buckets, excluded.buckets) WITH ORDINALITY AS both_(a, b, nth))
RETURNING indicator, hour, scope, dims, count, total, kept
"""
WITHIN = (
    "cell = %(cell)s AND indicator = %(indicator)s AND scope >= %(scope)s "
    "AND scope < %(scope)s || U&'\\+10FFFF'"
)
WHEN = "hour >= %(since)s AND hour < %(until)s"
SUMMED = """
coalesce(sum(count), 0)::bigint AS count, coalesce(sum(total), 0) AS total, min(least) AS least,
max(most) AS most, coalesce(sum(kept), 0)::bigint AS kept,
coalesce(sum(cancelled), 0)::bigint AS cancelled, coalesce(sum(unsound), 0)::bigint AS unsound
"""
CLASSES = f"""
SELECT nth, sum(n)::bigint AS n FROM indicator_hour, unnest(buckets) WITH ORDINALITY AS b(n, nth)
WHERE {WITHIN} AND {WHEN} GROUP BY nth ORDER BY nth
"""


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """Which readings: of one indicator, from `since` up to `until`, at scopes under `scope`."""

    indicator: str
    since: datetime
    until: datetime
    scope: str = ""


class Hour(msgspec.Struct, frozen=True, kw_only=True):
    """What an hour's figure holds after a batch."""

    indicator: str
    hour: datetime
    scope: str
    dims: str
    count: int
    total: Decimal
    kept: int


def use_up(desk: Desk, wanted: Sequence[Key]) -> list[Mark]:
    """Take the marks of (case, indicator) pairs out; return those there were."""
    if not wanted:
        return []
    cases, indicators = zip(*wanted, strict=True)
    rows = desk.rows.all(
        USE_UP, {"cell": desk.cell, "cases": list(cases), "indicators": list(indicators)}
    )
    return [Mark(**row) for row in rows]


def mark(desk: Desk, marks: Sequence[Mark]) -> None:
    """Write marks, in one statement; an earlier mark of the same case stays."""
    if marks:
        desk.rows.later(MARK, _rows(desk, marks))


def read_in(desk: Desk, readings: Sequence[Reading]) -> None:
    """Write readings, in one statement."""
    if readings:
        desk.rows.later(READ_IN, _rows(desk, readings))


def add(desk: Desk, sums: Sequence[Sum]) -> list[Hour]:
    """Add to the hours, in one statement; return what they hold now."""
    return [Hour(**row) for row in desk.rows.all(ADD, _rows(desk, sums))] if sums else []


def _rows(desk: Desk, rows: Sequence[msgspec.Struct]) -> dict[str, str]:
    return {"cell": desk.cell, "rows": encode(rows).decode()}


def totals(desk: Desk, reach: Reach) -> Totals:
    """Return the hours added up, with their distribution."""
    row = desk.rows.one(
        f"SELECT {SUMMED} FROM indicator_hour WHERE {WITHIN} AND {WHEN}", _params(desk, reach)
    )
    classes = tuple(one["n"] for one in desk.rows.all(CLASSES, _params(desk, reach)))
    found = Totals(**(row or {}))
    return msgspec.structs.replace(found, buckets=classes) if classes else found


def grouped(desk: Desk, reach: Reach, by: str) -> list[tuple[Any, Totals]]:
    """Return the hours added up by `hour`, `day` (of Asia/Shanghai), `scope` or `dims`."""
    key = {
        "hour": "hour", "day": "(hour AT TIME ZONE 'Asia/Shanghai')::date", "scope": "scope",
        "dims": "dims",
    }[by]  # fmt: skip
    rows = desk.rows.all(
        f"SELECT {key} AS key, {SUMMED} FROM indicator_hour WHERE {WITHIN} AND {WHEN} "
        "GROUP BY 1 ORDER BY 1",
        _params(desk, reach),
    )
    return [(row.pop("key"), Totals(**row)) for row in rows]


def under_way(desk: Desk, reach: Reach) -> int:
    """Return how many cases have begun before `until` and not ended yet."""
    row = desk.rows.one(
        f"SELECT count(*) AS n FROM indicator_mark WHERE {WITHIN} AND at < %(until)s",
        _params(desk, reach),
    )
    return 0 if row is None else int(row["n"])


def readings(desk: Desk, reach: Reach, limit: int) -> list[Reading]:
    """Return the readings that went in, newest first."""
    rows = desk.rows.all(
        'SELECT indicator, scope, dims, case_id AS "case", at, seq, value, rule, from_fact, '
        f"to_fact FROM indicator_input WHERE {WITHIN} AND at >= %(since)s AND at < %(until)s "
        "ORDER BY at DESC, seq DESC LIMIT %(limit)s",
        {**_params(desk, reach), "limit": limit},
    )
    return [Reading(**row) for row in rows]


def spread(desk: Desk, reach: Reach) -> tuple[Decimal | None, Decimal | None]:
    """Return the median and the 95th percentile of the readings, exactly (nearest rank)."""
    row = desk.rows.one(
        "SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY value) AS middle, "
        "percentile_disc(0.95) WITHIN GROUP (ORDER BY value) AS high "
        f"FROM indicator_input WHERE {WITHIN} AND at >= %(since)s AND at < %(until)s",
        _params(desk, reach),
    )
    return (None, None) if row is None else (row["middle"], row["high"])


def rules(desk: Desk, reach: Reach) -> list[tuple[str, int]]:
    """Return by which rules the readings were made, and how many by each."""
    rows = desk.rows.all(
        f"SELECT rule, count(*) AS n FROM indicator_input WHERE {WITHIN} "
        "AND at >= %(since)s AND at < %(until)s GROUP BY rule ORDER BY rule",
        _params(desk, reach),
    )
    return [(row["rule"], row["n"]) for row in rows]


def _params(desk: Desk, reach: Reach) -> dict[str, Any]:
    return {"cell": desk.cell, **msgspec.structs.asdict(reach)}
