"""Rows of warnings and of where their rules stand."""

from collections.abc import Sequence

import msgspec

from zhouqiao.base import Id, encode
from zhouqiao.flow.warning.facts import WarningId
from zhouqiao.flow.warning.model import KeptWarning, Watch
from zhouqiao.store import Desk, Row

COLUMNS = (
    "id, scope, rule, tell, state, raised_at, person, case_id AS case, clock, force, indicator, "
    "dims, value, limit_value AS limit, unit_name AS unit, signal, stopped, acknowledged_at, "
    "acknowledged_by, cleared_at, cleared_by, reason"
)
ADD = """
INSERT INTO warning (cell, id, scope, rule, tell, state, raised_at, person, case_id, clock, force,
       indicator, dims, value, limit_value, unit_name)
VALUES (%(cell)s, %(id)s, %(scope)s, %(rule)s, %(tell)s, %(state)s, %(raised_at)s, %(person)s,
        %(case)s, %(clock)s, %(force)s, %(indicator)s, %(dims)s, %(value)s, %(limit)s, %(unit)s)
ON CONFLICT (cell, case_id, rule) WHERE case_id IS NOT NULL AND state <> 'cleared' DO NOTHING
"""
WATCHES = """
SELECT w.rule, w.scope, w.dims, w.above, w.warning FROM warning_watch w
JOIN unnest(%(rules)s::text[], %(scopes)s::text[], %(dims)s::text[]) AS one(rule, scope, dims)
  ON w.rule = one.rule AND w.scope = one.scope AND w.dims = one.dims
WHERE w.cell = %(cell)s
"""
WATCH = """
INSERT INTO warning_watch (cell, rule, scope, dims, above, warning)
SELECT %(cell)s, rule, scope, dims, above, warning FROM jsonb_to_recordset(%(rows)s::jsonb)
  AS one(rule text, scope text, dims text, above int, warning text)
ON CONFLICT (cell, rule, scope, dims) DO UPDATE
SET above = excluded.above, warning = excluded.warning
"""
OVER = f"""
UPDATE warning SET state = 'cleared', cleared_at = %(at)s, cleared_by = %(by)s, reason = %(reason)s
WHERE cell = %(cell)s AND state <> 'cleared' AND {{}} RETURNING {COLUMNS}
"""


def add(desk: Desk, it: KeptWarning) -> bool:
    """Write a warning; say whether none of its rule was open for its case already."""
    values = {key: value and str(value) if isinstance(value, str) else value
              for key, value in msgspec.structs.asdict(it).items()}  # fmt: skip
    return bool(desk.rows.run(ADD, {**values, "cell": desk.cell}))


def handed_on(desk: Desk, it: WarningId, *, signal: str | None, stopped: str | None) -> None:
    """Write what the warning was handed on as, or why it was not."""
    desk.rows.later(
        "UPDATE warning SET signal = %s, stopped = %s WHERE cell = %s AND id = %s",
        (signal, stopped, desk.cell, str(it)),
    )


def get(desk: Desk, it: str, *, lock: bool = False) -> KeptWarning | None:
    """Return a warning the subject may see."""
    row = desk.rows.one(
        f"SELECT {COLUMNS} FROM warning WHERE cell = %s AND id = %s"
        + (" FOR UPDATE" if lock else ""),
        (desk.cell, str(it)),
    )
    return None if row is None else _warning(row)


def still_open(desk: Desk, limit: int) -> list[KeptWarning]:
    """Return what is not over yet, newest first, as far as the subject may see."""
    rows = desk.rows.all(
        f"SELECT {COLUMNS} FROM warning WHERE cell = %s AND state <> 'cleared' "
        "ORDER BY raised_at DESC, id DESC LIMIT %s",
        (desk.cell, limit),
    )
    return [_warning(row) for row in rows]


def is_open(desk: Desk, rule: str, scope: str) -> bool:
    """Say whether a warning by a rule stands for a scope."""
    row = desk.rows.one(
        "SELECT 1 AS there FROM warning WHERE cell = %s AND rule = %s AND scope = %s "
        "AND state <> 'cleared' LIMIT 1",
        (desk.cell, rule, scope),
    )
    return row is not None


def of_case(desk: Desk, case: str) -> list[KeptWarning]:
    """Return the warnings about a case, oldest first."""
    rows = desk.rows.all(
        f"SELECT {COLUMNS} FROM warning WHERE cell = %s AND case_id = %s ORDER BY raised_at, id",
        (desk.cell, str(case)),
    )
    return [_warning(row) for row in rows]


def acknowledge(desk: Desk, it: WarningId) -> None:
    """Write who looks after it."""
    desk.rows.later(
        "UPDATE warning SET state = 'acknowledged', acknowledged_at = %s, acknowledged_by = %s "
        "WHERE cell = %s AND id = %s",
        (desk.now(), desk.subject.person, desk.cell, str(it)),
    )


def over(desk: Desk, warnings: Sequence[WarningId], reason: str) -> list[KeptWarning]:
    """Write that warnings are over; return those that were open."""
    return _over(desk, "id = ANY(%(which)s)", [str(one) for one in warnings], reason)


def over_for(desk: Desk, cases: Sequence[str], reason: str) -> list[KeptWarning]:
    """Write that all warnings about the cases are over; return those that were open."""
    return _over(desk, "case_id = ANY(%(which)s)", [str(one) for one in cases], reason)


def _over(desk: Desk, which: str, names: Sequence[str], reason: str) -> list[KeptWarning]:
    values = {"cell": desk.cell, "which": list(names), "at": desk.now(), "reason": reason}
    rows = desk.rows.all(OVER.format(which), {**values, "by": desk.subject.person})
    return [_warning(row) for row in rows]


def watches(desk: Desk, wanted: Sequence[Watch]) -> list[Watch]:
    """Return where rules stand, of those wanted, in one read."""
    columns = {
        "rules": [one.rule for one in wanted], "scopes": [one.scope for one in wanted],
        "dims": [one.dims for one in wanted], "cell": desk.cell,
    }  # fmt: skip
    rows = desk.rows.all(WATCHES, columns)
    return [msgspec.convert(row, Watch, dec_hook=_id) for row in rows]


def watch(desk: Desk, rows: Sequence[Watch]) -> None:
    """Write where rules stand, in one statement."""
    if rows:
        desk.rows.later(WATCH, {"cell": desk.cell, "rows": encode(rows).decode()})


def unwatch(desk: Desk, it: WarningId) -> None:
    """Let the rule that raised a warning count anew."""
    desk.rows.later(
        "UPDATE warning_watch SET warning = NULL, above = 0 WHERE cell = %s AND warning = %s",
        (desk.cell, str(it)),
    )


def _warning(row: Row) -> KeptWarning:
    return msgspec.convert(row, KeptWarning, dec_hook=_id)


def _id(kind: type[Id], raw: str) -> Id:
    return kind(raw)
