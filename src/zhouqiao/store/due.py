"""Due times: something to be looked at later, by the platform, in the same journal of causes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from zhouqiao.base import encode
from zhouqiao.store.desk import Desk
from zhouqiao.store.journal import Teller


@dataclass(frozen=True)
class Alarm:
    """What to do when a due time of `kind` comes: `ring(desk, key, body)`; `lane` as reactions."""

    kind: str
    ring: Callable[[Desk, str, bytes], None]
    lane: str = "main"


def remind(
    desk: Desk, kind: str, key: str, *, at: datetime, scope: str, body: object = None
) -> None:
    """Ask to be woken at `at`; a second call with the same key moves the time."""
    teller = cast(Teller, desk.tell)
    desk.rows.later(
        "INSERT INTO due (cell, kind, key, at, scope, body, cause, hops) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (cell, kind, key) DO UPDATE "
        "SET at = excluded.at, body = excluded.body, attempts = 0, why = NULL",
        (
            desk.cell, kind, key, at, scope, encode(body).decode(),
            teller.cause and str(teller.cause), teller.hops,
        ),
    )  # fmt: skip


def forget(desk: Desk, kind: str, key: str) -> None:
    """Take a reminder back."""
    desk.rows.later(
        "DELETE FROM due WHERE cell = %s AND kind = %s AND key = %s", (desk.cell, kind, key)
    )
