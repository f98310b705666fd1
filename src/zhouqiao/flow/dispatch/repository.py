"""Rows of plans."""

from zhouqiao.base import decode, encode
from zhouqiao.flow.case import Case
from zhouqiao.flow.dispatch.model import Plan
from zhouqiao.store import Desk


def add(desk: Desk, case: Case, plan: Plan) -> None:
    """Write a plan."""
    desk.rows.later(
        'INSERT INTO plan (cell, scope, person, unit, "case", nth, policy, made_at, body) '
        "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (
            desk.cell, case.scope, case.person, plan.unit, str(case.id), case.nth, plan.policy,
            plan.made_at, encode(plan).decode(),
        ),
    )  # fmt: skip


def of_case(desk: Desk, case: str) -> Plan | None:
    """Return the newest plan of a case."""
    row = desk.rows.one(
        'SELECT body FROM plan WHERE cell = %s AND "case" = %s ORDER BY nth DESC LIMIT 1',
        (desk.cell, str(case)),
    )
    return None if row is None else decode(row["body"], Plan)


def engaged_by(desk: Desk, case: str, *, before: int) -> str | None:
    """Return the unit that the plan before a move engaged, unless another plan has it by now."""
    row = desk.rows.one(
        'SELECT p.unit FROM plan p WHERE p.cell = %s AND p."case" = %s AND p.nth < %s '
        "AND NOT EXISTS (SELECT FROM plan l WHERE l.cell = p.cell AND l.unit = p.unit "
        "AND l.seq > p.seq) ORDER BY p.nth DESC LIMIT 1",
        (desk.cell, str(case), before),
    )
    return None if row is None else row["unit"]
