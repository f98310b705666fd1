"""Rows of access: reads of personal data, and grants."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from zhouqiao.platform.access.model import Grant, GrantId, Look
from zhouqiao.store import Desk, Row

GRANT = "access_grant AS id, person, action, scope, starts, ends, reason, revoked_at"


def _grant(row: Row) -> Grant:
    return msgspec.convert(row, Grant, dec_hook=lambda of, raw: of(raw))


@dataclass(frozen=True)
class Accesses:
    """Everything access keeps, in the desk's transaction."""

    desk: Desk

    def add_look(self, person: str, look: Look, scope: str) -> None:
        """Keep who looked; never changed afterwards."""
        self.desk.rows.later(
            "INSERT INTO personal_read (cell, scope, person, by, role, body, at, purpose, case_id, "
            "fields, clear) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            (
                self.desk.cell, scope, person, look.by, look.role, look.body, look.at,
                look.purpose, look.case, list(look.fields), list(look.clear),
            ),
        )  # fmt: skip

    def looks(self, person: str, *, limit: int, before: datetime | None) -> list[Look]:
        """Return who looked at a person's data, newest first."""
        found = self.desk.rows.all(
            "SELECT by, role, body, at, purpose, case_id, fields, clear FROM personal_read "
            "WHERE cell = %s AND person = %s AND (%s::timestamptz IS NULL OR at < %s) "
            "ORDER BY at DESC LIMIT %s",
            (self.desk.cell, person, before, before, limit),
        )
        return [_look(row) for row in found]

    def add_grant(self, grant: Grant) -> None:
        """Keep a grant."""
        g = grant
        self.desk.rows.run(
            "INSERT INTO access_grant (access_grant, cell, scope, person, action, starts, ends, "
            "reason, granted_by) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            (
                g.id, self.desk.cell, g.scope, g.person, g.action, g.starts, g.ends, g.reason,
                self.desk.subject.person,
            ),
        )  # fmt: skip

    def grant(self, grant: GrantId) -> Grant | None:
        """Return a grant, held against others."""
        row = self.desk.rows.one(
            f"SELECT {GRANT} FROM access_grant WHERE access_grant = %s FOR UPDATE", (grant,)
        )
        return None if row is None else _grant(row)

    def revoke(self, grant: GrantId, reason: str) -> None:
        """Mark a grant revoked now."""
        self.desk.rows.later(
            "UPDATE access_grant SET revoked_at = %s, revoked_why = %s WHERE access_grant = %s",
            (self.desk.now(), reason, grant),
        )

    def grants_of(self, person: str) -> Sequence[Grant]:
        """Return the grants of a person that are in force now."""
        now = self.desk.now()
        found = self.desk.rows.all(
            f"SELECT {GRANT} FROM access_grant WHERE cell = %s AND person = %s AND starts <= %s "
            "AND ends > %s AND revoked_at IS NULL ORDER BY starts, access_grant",
            (self.desk.cell, person, now, now),
        )
        return [_grant(row) for row in found]


def _look(row: Row) -> Look:
    told = dict(row, case=row["case_id"], fields=tuple(row["fields"]), clear=tuple(row["clear"]))
    del told["case_id"]
    return Look(**told)
