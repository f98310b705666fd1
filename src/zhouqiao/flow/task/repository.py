"""Rows of tasks: only open ones are kept; what became of the others is in the journal.

A row knows whom which of its options refuse (`tied`): nobody is handed what they may not take.
"""

from collections.abc import Mapping, Sequence

from zhouqiao.base import encode
from zhouqiao.flow.case import CaseId
from zhouqiao.flow.task.facts import TaskId
from zhouqiao.flow.task.model import Task
from zhouqiao.store import Desk, Row

COLUMNS = (
    'id, cell, scope, person, unit, "case", pack, role, holder, state, nth, options, headline, '
    "code, opened_at, due_at, taken_by, taken_at"
)


THEIRS = COLUMNS.replace(
    "options",
    "ARRAY(SELECT one FROM unnest(options) WITH ORDINALITY AS listed (one, place)"
    " WHERE (tied -> %(person)s ? one) IS NOT TRUE ORDER BY place) AS options",
)
"""The columns as one person sees them: without the options their hands are tied for."""
UNTIED = "(tied -> %(person)s @> to_jsonb(options)) IS NOT TRUE"
URGENT = "ORDER BY due_at, opened_at LIMIT %(limit)s"
HERE = f"SELECT * FROM task WHERE cell = %(cell)s AND {UNTIED}"
MINE = f"""
SELECT {THEIRS} FROM (
  ({HERE} AND holder = 'person' AND person = %(person)s {URGENT})
  UNION ALL ({HERE} AND holder = 'unit' AND unit = %(unit)s {URGENT})
  UNION ALL SELECT of_role.*
    FROM unnest(%(packs)s::text[], %(roles)s::text[]) AS seat (pack, role), LATERAL
      ({HERE} AND holder = 'post' AND pack = seat.pack AND role = seat.role {URGENT}) AS of_role
) AS mine {URGENT}
"""
"""Each arm walks its own index, most urgent first, and stops at the limit: few rows are read."""


def add(desk: Desk, tasks: Sequence[tuple[Task, Mapping[str, Sequence[str]]]]) -> None:
    """Write new tasks, each with whom its options refuse: person → options."""
    for one, tied in tasks:
        desk.rows.later(
            f"INSERT INTO task ({COLUMNS}, tied) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, "
            "%s, %s, %s, %s, %s, %s, NULL, NULL, %s) ON CONFLICT DO NOTHING",
            (
                str(one.id), one.cell, one.scope, one.person, one.unit, str(one.case), one.pack,
                one.role, one.holder, one.state, one.nth, list(one.options), one.headline,
                one.code, one.opened_at, one.due_at, encode(tied).decode(),
            ),
        )  # fmt: skip


def drop_stale(desk: Desk, nth: dict[str, int]) -> list[Task]:
    """Take away the tasks of cases that moved on; return them. `nth` is case → present move."""
    rows = desk.rows.all(
        f"DELETE FROM task USING unnest(%s::text[], %s::int[]) AS now (id, nth) "
        f'WHERE task."case" = now.id AND task.nth <> now.nth RETURNING {_of("task")}',
        (list(nth), list(nth.values())),
    )
    return [task_of(row) for row in rows]


def known(desk: Desk, cases: Sequence[str]) -> set[tuple[str, int, str]]:
    """Return (case, nth, role) of the tasks already there."""
    rows = desk.rows.all(
        'SELECT "case", nth, role FROM task WHERE "case" = ANY(%s)', (list(cases),)
    )
    return {(row["case"], row["nth"], row["role"]) for row in rows}


def get(desk: Desk, task: str) -> Task | None:
    """Return a task, locked; none for whoever may take nothing of it."""
    row = desk.rows.one(
        f"SELECT {THEIRS} FROM task WHERE id = %(task)s AND {UNTIED} FOR UPDATE",
        {"task": str(task), "person": desk.subject.person},
    )
    return None if row is None else task_of(row)


def hold(desk: Desk, task: TaskId, by: str | None) -> None:
    """Write who has taken a task (None: nobody)."""
    desk.rows.later(
        "UPDATE task SET taken_by = %s, taken_at = %s WHERE id = %s",
        (by, None if by is None else desk.now(), str(task)),
    )


def of_subject(desk: Desk, *, limit: int) -> list[Task]:
    """Return the acting subject's open tasks by role held, unit and person, most urgent first."""
    subject = desk.subject
    roles = sorted({seat.role for seat in subject.seats})
    rows = desk.rows.all(
        MINE,
        {
            "cell": desk.cell, "person": subject.person, "unit": subject.unit, "limit": limit,
            "packs": [role.partition(".")[0] for role in roles],
            "roles": [role.partition(".")[2] for role in roles],
        },
    )  # fmt: skip
    return [task_of(row) for row in rows]


def task_of(row: Row) -> Task:
    """Turn a row into a task."""
    row["id"], row["case"] = TaskId(row["id"]), CaseId(row["case"])
    row["options"] = tuple(row["options"])
    return Task(**row)


def _of(table: str) -> str:
    return ", ".join(f"{table}.{column.strip()}" for column in COLUMNS.split(","))
