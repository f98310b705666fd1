"""Rows of outside accounts. `sub` is a keyed hash of what the issuer calls its person."""

from dataclasses import dataclass

from zhouqiao.platform.identity.external.model import Link
from zhouqiao.platform.identity.model import PersonId
from zhouqiao.store import Desk


@dataclass(frozen=True)
class Links:
    """Everything kept of outside accounts, in the desk's transaction."""

    desk: Desk

    def add(self, person: PersonId, issuer: str, sub: str, scope: str) -> bool:
        """Keep an outside account; say whether it was nobody's."""
        added = self.desk.rows.run(
            "INSERT INTO external_login (cell, scope, person, issuer, sub, linked_at) "
            "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            (self.desk.cell, scope, person, issuer, sub, self.desk.now()),
        )
        return added == 1

    def remove(self, person: PersonId, issuer: str) -> None:
        """Forget a person's account at an issuer."""
        self.desk.rows.run(
            "DELETE FROM external_login WHERE cell = %s AND person = %s AND issuer = %s",
            (self.desk.cell, person, issuer),
        )

    def whose(self, issuer: str, sub: str) -> PersonId | None:
        """Return for whom an outside account stands."""
        row = self.desk.rows.one(
            "SELECT person FROM external_login WHERE cell = %s AND issuer = %s AND sub = %s",
            (self.desk.cell, issuer, sub),
        )
        return None if row is None else PersonId(row["person"])

    def of(self, person: PersonId, *, hold: bool = False) -> list[Link]:
        """Return a person's outside accounts, oldest first; `hold` them against other changes."""
        found = self.desk.rows.all(
            "SELECT issuer, linked_at FROM external_login WHERE cell = %s AND person = %s "
            f"ORDER BY linked_at, issuer{' FOR UPDATE' if hold else ''}",
            (self.desk.cell, person),
        )
        return [Link(**row) for row in found]
