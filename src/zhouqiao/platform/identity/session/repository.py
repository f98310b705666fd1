"""Rows of sessions."""

from collections.abc import Sequence

import msgspec

from zhouqiao.platform.identity.model import PersonId
from zhouqiao.platform.identity.repository import Kept
from zhouqiao.platform.identity.session.model import Session, SessionId

SESSION = (
    "session AS id, person, kind, token, opened_at, seen_at, post, handset, must_change, "
    "revoked_at, issuer, proved_at"
)


class Sessions(Kept):
    """Everything kept of sessions."""

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
        """Keep what changes of a session: token, last use, post, proof, handset."""
        self.desk.rows.later(
            "UPDATE session SET token = %(token)s, seen_at = %(seen_at)s, post = %(post)s, "
            "must_change = %(must_change)s, proved_at = %(proved_at)s, handset = %(handset)s "
            "WHERE session = %(id)s",
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
