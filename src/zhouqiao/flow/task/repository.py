"""Rows of tasks: only open ones are kept; what became of the others is in the journal."""

from collections.abc import Sequence

from zhouqiao.flow.case import CaseId
from zhouqiao.flow.task.facts import TaskId
from zhouqiao.flow.task.model import Task
from zhouqiao.store import Desk, Row

COLUMNS = (
    'id, cell, scope, person, unit, "case", pack, role, holder, state, nth, options, headline, '
    "code, opened_at, due_at, taken_by, taken_at"
)


def add(desk: Desk, tasks: Sequence[Task]) -> None:
    """Write new tasks."""
    for one in tasks:
        desk.rows.later(
            f"INSERT INTO task ({COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, "
            "%s, %s, %s, %s, NULL, NULL) ON CONFLICT DO NOTHING",
            (
                str(one.id), one.cell, one.scope, one.person, one.unit, str(one.case), one.pack,
                one.role, one.holder, one.state, one.nth, list(one.options), one.headline,
                one.code, one.opened_at, one.due_at,
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
    """Return a task, locked."""
    row = desk.rows.one(f"SELECT {COLUMNS} FROM task WHERE id = %s FOR UPDATE", (str(task),))
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
    roles = [seat.role for seat in subject.seats]
    rows = desk.rows.all(
        f"SELECT {COLUMNS} FROM task WHERE cell = %(cell)s AND ("
        "  (holder = 'person' AND person = %(person)s) OR (holder = 'unit' AND unit = %(unit)s)"
        "  OR (holder = 'post' AND pack || '.' || role = ANY(%(roles)s)))"
        " ORDER BY due_at NULLS LAST, opened_at LIMIT %(limit)s",
        {
            "cell": desk.cell, "person": subject.person, "unit": subject.unit, "roles": roles,
            "limit": limit,
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
