"""Rows of evidence."""

from typing import Any

import msgspec

from zhouqiao.base import Invalid, encode
from zhouqiao.flow.case import Case, CaseId
from zhouqiao.flow.evidence.facts import EvidenceId
from zhouqiao.flow.evidence.model import Evidence, Shown
from zhouqiao.store import Desk, Row


def add(desk: Desk, case: Case, one: Evidence, status: str) -> None:
    """Write a piece of evidence."""
    desk.rows.later(
        'INSERT INTO evidence (id, cell, scope, person, unit, "case", step, by, key, record, '
        "signatures, happened_at, recorded_at, skew, status, why) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        (
            str(one.id), desk.cell, case.scope, case.person, case.unit, str(case.id), one.step,
            one.by, one.key, encode(one.record).decode(), encode(one.signatures).decode(),
            one.happened_at, one.recorded_at, one.offset, status, one.why,
        ),
    )  # fmt: skip


def known(desk: Desk, key: str, case: str, step: str) -> Shown | None:
    """Return what became of evidence the acting subject sent before under that key.

    Raises `Invalid` where the key named something else.
    """
    row = desk.rows.one(
        "SELECT e.id, e.\"case\", e.step, e.status, e.why, coalesce(c.state, '') AS state, "
        'coalesce(c.nth, 0) AS nth FROM evidence e LEFT JOIN cases c ON c.id = e."case" '
        "WHERE e.cell = %s AND e.by = %s AND e.key = %s",
        (desk.cell, desk.subject.person, key),
    )
    if row is None:
        return None
    if (row["case"], row["step"]) != (str(case), step):
        raise Invalid("key", "used", case=row["case"], step=row["step"])
    return Shown(
        evidence=EvidenceId(row["id"]), status=row["status"], why=row["why"], state=row["state"],
        nth=row["nth"], fresh=False,
    )  # fmt: skip


def get(desk: Desk, name: str) -> Evidence | None:
    """Return one piece of evidence the subject may see."""
    row = desk.rows.one("SELECT * FROM evidence WHERE id = %s", (str(name),))
    return None if row is None else _evidence(row)


def of_case(desk: Desk, case: str) -> list[Evidence]:
    """Return what was shown for a case, in the order it was written down."""
    rows = desk.rows.all(
        'SELECT * FROM evidence WHERE cell = %s AND "case" = %s ORDER BY recorded_at, id',
        (desk.cell, str(case)),
    )
    return [_evidence(row) for row in rows]


def _evidence(row: Row) -> Evidence:
    record: dict[str, Any] = msgspec.json.decode(row["record"])
    return Evidence(
        id=EvidenceId(row["id"]), case=CaseId(row["case"]), step=row["step"], by=row["by"],
        key=row["key"], record=record, signatures=tuple(msgspec.json.decode(row["signatures"])),
        happened_at=row["happened_at"], recorded_at=row["recorded_at"], offset=row["skew"],
        moved=row["status"] == "done", why=row["why"],
    )  # fmt: skip
