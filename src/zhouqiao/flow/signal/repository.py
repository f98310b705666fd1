"""Rows of signals."""

from datetime import datetime

from zhouqiao.flow.signal.facts import SignalId
from zhouqiao.store import Desk


def add(  # noqa: PLR0913 - the columns of one row
    desk: Desk,
    *,
    name: SignalId,
    source: str,
    key: str,
    kind: str,
    scope: str,
    person: str | None,
    happened_at: datetime,
) -> bool:
    """Write a signal; say whether it was new (per source and key)."""
    return bool(
        desk.rows.run(
            "INSERT INTO signal (id, cell, scope, person, source, key, kind, happened_at, "
            "recorded_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) "
            "ON CONFLICT (cell, source, key) DO NOTHING",
            (
                str(name), desk.cell, scope, person, source, key, kind, happened_at, desk.now(),
            ),
        )
    )  # fmt: skip


def find(desk: Desk, source: str, key: str) -> SignalId | None:
    """Return the signal already taken in under that source and key."""
    row = desk.rows.one(
        "SELECT id FROM signal WHERE cell = %s AND source = %s AND key = %s",
        (desk.cell, source, key),
    )
    return None if row is None else SignalId(row["id"])
