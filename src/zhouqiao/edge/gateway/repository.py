"""Rows of messages kept aside."""

from collections.abc import Sequence

import msgspec

from zhouqiao.store import Desk

KEPT = 100_000  # rows a cell keeps; older ones go


class Aside(msgspec.Struct, frozen=True, kw_only=True):
    """A message kept aside: on which subject, and why (`said` is the reader's own words)."""

    subject: str
    why: str
    said: str
    message: str


def add(desk: Desk, messages: Sequence[Aside]) -> None:
    """Keep messages aside."""
    columns = [
        [_storable(getattr(one, name)[:most]) for one in messages] for name, most in WIDTHS.items()
    ]
    desk.rows.later(
        "INSERT INTO gateway_quarantine (cell, scope, recorded_at, subject, why, said, message) "
        "SELECT %s, '', %s, * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[])",
        (desk.cell, desk.now(), *columns),
    )
    desk.rows.later(
        "DELETE FROM gateway_quarantine WHERE cell = %s AND number <= "
        "(SELECT max(number) FROM gateway_quarantine WHERE cell = %s) - %s",
        (desk.cell, desk.cell, KEPT),
    )


def newest(desk: Desk, limit: int) -> list[Aside]:
    """Return the messages kept aside, newest first."""
    found = desk.rows.all(
        "SELECT subject, why, said, message FROM gateway_quarantine WHERE cell = %s "
        "ORDER BY number DESC LIMIT %s",
        (desk.cell, limit),
    )
    return [Aside(**row) for row in found]


def _storable(text: str) -> str:
    """Return a text without what no column can hold: a topic or a fault may quote anything."""
    return text.encode(errors="replace").decode().replace("\x00", "\ufffd")


WIDTHS = {"subject": 200, "why": 40, "said": 400, "message": 4_000}
