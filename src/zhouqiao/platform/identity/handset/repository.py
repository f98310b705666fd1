"""Rows of handsets and of the codes that let one be set up."""

from datetime import datetime

from zhouqiao.platform.identity.handset.model import Code, Handset, HandsetId
from zhouqiao.platform.identity.model import PersonId
from zhouqiao.platform.identity.repository import Kept

HANDSET = "handset AS id, person, label, enrolled_at, key, seen_at, revoked_at"


class Handsets(Kept):
    """Everything kept of handsets."""

    def add(self, handset: Handset, scope: str) -> bool:
        """Keep a handset; say whether its key was nobody's before."""
        return self.desk.rows.add(
            "handset", scope=scope, handset=handset.id, person=handset.person, label=handset.label,
            enrolled_at=handset.enrolled_at, key=handset.key, seen_at=handset.seen_at,
        )  # fmt: skip

    def named(self, handset: str) -> Handset | None:
        """Return a handset."""
        rest = "handset WHERE cell = %s AND handset = %s"
        return self._one(Handset, HANDSET, rest, self.desk.cell, handset)

    def by_key(self, key: str) -> Handset | None:
        """Return the handset that made a key."""
        rest = "handset WHERE cell = %s AND key = %s"
        return self._one(Handset, HANDSET, rest, self.desk.cell, key)

    def of(self, person: PersonId) -> list[Handset]:
        """Return a person's handsets that were not revoked, oldest first."""
        rest = (
            "handset WHERE cell = %s AND person = %s AND revoked_at IS NULL "
            "ORDER BY enrolled_at, handset"
        )
        return self._all(Handset, HANDSET, rest, self.desk.cell, person)

    def see(self, handset: HandsetId) -> None:
        """Note that a handset was heard of now."""
        self.desk.rows.later(
            "UPDATE handset SET seen_at = %s WHERE handset = %s", (self.desk.now(), handset)
        )

    def revoke(self, handset: HandsetId, why: str) -> None:
        """Mark a handset revoked."""
        self.desk.rows.later(
            "UPDATE handset SET revoked_at = coalesce(revoked_at, %s), why = coalesce(why, %s) "
            "WHERE handset = %s",
            (self.desk.now(), why, handset),
        )

    def put_code(self, person: PersonId, mark: str, expires_at: datetime, scope: str) -> None:
        """Keep a person's code, instead of the one before."""
        self.desk.rows.later(
            "INSERT INTO handset_code (cell, scope, person, mark, made_by, expires_at) "
            "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (cell, person) DO UPDATE SET "
            "mark = excluded.mark, made_by = excluded.made_by, "
            "expires_at = excluded.expires_at, wrong = 0",
            (self.desk.cell, scope, person, mark, self.desk.subject.person, expires_at),
        )

    def code(self, person: PersonId) -> Code | None:
        """Return a person's code, locked until the commit."""
        rest = "handset_code WHERE cell = %s AND person = %s FOR UPDATE"
        return self._one(Code, "mark, expires_at, wrong", rest, self.desk.cell, person)

    def tried(self, person: PersonId, *, used: bool) -> None:
        """Count a wrong try, or forget a code that was used."""
        act = (
            "DELETE FROM handset_code WHERE"
            if used
            else "UPDATE handset_code SET wrong = wrong + 1 WHERE"
        )
        self.desk.rows.run(f"{act} cell = %s AND person = %s", (self.desk.cell, person))
