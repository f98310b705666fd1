"""Rows of sessions and handsets."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from zhouqiao.platform.identity.model import PersonId
from zhouqiao.platform.identity.repository import Kept
from zhouqiao.platform.identity.session.model import Handset, HandsetId, Session, SessionId
from zhouqiao.store import Row

HANDSET = "handset AS id, label, enrolled_at"
SESSION = (
    "session AS id, person, kind, token, opened_at, seen_at, post, handset, must_change, "
    "revoked_at, issuer, proved_at"
)


class Sessions(Kept):
    """Everything kept of sessions and handsets."""

    def add_handset(self, handset: HandsetId, person: PersonId, label: str, scope: str) -> None:
        """Keep a handset."""
        told = {"handset": handset, "label": label, "enrolled_at": self.desk.now()}
        self.desk.rows.add("handset", scope=scope, person=person, **told)

    def handset(self, handset: HandsetId) -> Row | None:
        """Return `person`, `scope`, `revoked_at` of a handset."""
        return self.desk.rows.one(
            "SELECT person, scope, revoked_at FROM handset WHERE handset = %s", (handset,)
        )

    def handsets_of(self, person: PersonId) -> list[Handset]:
        """Return a person's handsets that were not revoked, oldest first."""
        rest = (
            "handset WHERE cell = %s AND person = %s AND revoked_at IS NULL "
            "ORDER BY enrolled_at, handset"
        )
        return self._all(Handset, HANDSET, rest, self.desk.cell, person)

    def revoke_handset(self, handset: HandsetId, why: str) -> None:
        """Mark a handset revoked."""
        self.desk.rows.later(
            "UPDATE handset SET revoked_at = coalesce(revoked_at, %s), why = coalesce(why, %s) "
            "WHERE handset = %s",
            (self.desk.now(), why, handset),
        )

    def revoked_handsets(self, since: datetime) -> list[HandsetId]:
        """Return the handsets revoked at or after a moment, oldest first."""
        found = self.desk.rows.all(
            "SELECT handset FROM handset WHERE cell = %s AND revoked_at >= %s ORDER BY revoked_at",
            (self.desk.cell, since),
        )
        return [HandsetId(row["handset"]) for row in found]

    def add_session(self, session: Session, scope: str) -> None:
        """Keep a session."""
        told = msgspec.structs.asdict(session)
        self.desk.rows.add("session", session=told.pop("id"), scope=scope, **told)

    def session(self, token: str) -> Session | None:
        """Return the session whose token has that SHA-256."""
        rest = "session WHERE cell = %s AND token = %s"
        return self._one(Session, SESSION, rest, self.desk.cell, token)

    def sessions(self, names: Sequence[str]) -> list[Session]:
        """Return those of the sessions that were not ended."""
        rest = "session WHERE cell = %s AND session = ANY(%s) AND revoked_at IS NULL"
        return self._all(Session, SESSION, rest, self.desk.cell, list(names))

    def sessions_of(self, person: PersonId) -> list[Session]:
        """Return a person's sessions that were not ended, last used first."""
        rest = (
            "session WHERE cell = %s AND person = %s AND revoked_at IS NULL "
            "ORDER BY seen_at DESC, session"
        )
        return self._all(Session, SESSION, rest, self.desk.cell, person)

    def put_session(self, session: Session) -> None:
        """Keep what changes of a session: token, last use, post, proof."""
        self.desk.rows.later(
            "UPDATE session SET token = %(token)s, seen_at = %(seen_at)s, post = %(post)s, "
            "must_change = %(must_change)s, proved_at = %(proved_at)s WHERE session = %(id)s",
            msgspec.structs.asdict(session),
        )

    def end_sessions(self, column: str, value: str, keep: str = "") -> list[SessionId]:
        """End living sessions by `session`, `person` or `handset`, but one; return which."""
        where = {"session": "session", "person": "person", "handset": "handset"}[column]
        sql = (
            f"UPDATE session SET revoked_at = %s WHERE cell = %s AND {where} = %s "
            "AND session <> %s AND revoked_at IS NULL RETURNING session"
        )
        found = self.desk.rows.all(sql, (self.desk.now(), self.desk.cell, value, keep))
        return [SessionId(row["session"]) for row in found]
