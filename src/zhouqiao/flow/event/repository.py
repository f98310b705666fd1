"""Rows of events."""

from datetime import datetime

from zhouqiao.flow.event.facts import EventId
from zhouqiao.flow.signal import SignalId
from zhouqiao.store import Desk, Row


def add(  # noqa: PLR0913 - the columns of one row
    desk: Desk,
    *,
    name: EventId,
    kind: str,
    scope: str,
    person: str | None,
    point: tuple[float, float] | None,
    since: datetime,
) -> None:
    """Write an event."""
    lon, lat = point or (None, None)
    desk.rows.later(
        "INSERT INTO event (id, cell, scope, person, kind, lon, lat, since) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
        (str(name), desk.cell, scope, person, kind, lon, lat, since),
    )


def link(desk: Desk, event: EventId, signal: SignalId, scope: str, person: str | None) -> None:
    """Say that a signal told of an event."""
    desk.rows.later(
        "INSERT INTO event_signal (cell, scope, person, event, signal) "
        "VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (desk.cell, scope, person, str(event), str(signal)),
    )


def of_signal(desk: Desk, signal: SignalId) -> EventId | None:
    """Return the event a signal told of."""
    row = desk.rows.one(
        "SELECT event FROM event_signal WHERE cell = %s AND signal = %s LIMIT 1",
        (desk.cell, str(signal)),
    )
    return None if row is None else EventId(row["event"])


def get(desk: Desk, event: str) -> Row | None:
    """Return an event's row, locked."""
    return desk.rows.one("SELECT * FROM event WHERE id = %s FOR UPDATE", (str(event),))


def change(desk: Desk, event: str, *, kind: str, scope: str, merged: str | None) -> None:
    """Write the changeable parts of an event back."""
    desk.rows.later(
        "UPDATE event SET kind = %s, scope = %s, merged = %s WHERE id = %s",
        (kind, scope, merged, str(event)),
    )


def move_signals(desk: Desk, frm: str, to: str) -> None:
    """Let what told of one event tell of another."""
    desk.rows.later(
        "UPDATE event_signal SET event = %s WHERE cell = %s AND event = %s", (to, desk.cell, frm)
    )
