"""Rows ↔ messages; every read under the desk's own subject."""

from datetime import datetime

from zhouqiao.base import decode, encode
from zhouqiao.platform.notice.declare import Proof, Way
from zhouqiao.platform.notice.model import (
    Asking,
    AskingId,
    Attempt,
    Consent,
    Notice,
    NoticeId,
    Outcome,
    Service,
)
from zhouqiao.store import Desk, Row

_COLUMNS = (
    "id, person, code, slots, words, about, scope, serves, sent_at, read_at, served_at, proof"
)
_ASKING = "id, person, way, words, asked_at, wrong, ended_at"


class Notices:
    """Messages of the desk's cell."""

    def __init__(self, desk: Desk) -> None:
        self._rows = desk.rows
        self._cell = desk.cell

    def add(self, notice: Notice, cause: str | None) -> bool:
        """Write a message; say whether its person had not been told of that cause yet."""
        written = self._rows.run(
            "INSERT INTO notice (id, cell, scope, person, code, slots, words, about, serves, "
            "sent_at, cause) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) "
            "ON CONFLICT DO NOTHING",
            (
                str(notice.id), self._cell, notice.scope, notice.person, notice.code,
                encode(notice.slots).decode(), encode(notice.words).decode(), notice.about,
                notice.serves, notice.sent_at, cause,
            ),
        )  # fmt: skip
        return written == 1

    def of_cause(self, notice: Notice, cause: str | None) -> Notice:
        """Return what the person of a message was told of that cause already."""
        row = self._rows.one(
            f"SELECT {_COLUMNS} FROM notice "
            "WHERE cell = %s AND person = %s AND code = %s AND cause = %s",
            (self._cell, notice.person, notice.code, cause),
        )
        return notice if row is None else _notice(row)

    def notice(self, id: str, *, hold: bool = False) -> Notice | None:
        """Return a message, held until this transaction ends if asked for."""
        row = self._rows.one(
            f"SELECT {_COLUMNS} FROM notice WHERE cell = %s AND id = %s"
            + (" FOR UPDATE" if hold else ""),
            (self._cell, id),
        )
        return None if row is None else _notice(row)

    def inbox(self, person: str, *, before: datetime | None, most: int) -> list[Notice]:
        """Return a person's messages, newest first, older than `before`."""
        rows = self._rows.all(
            f"SELECT {_COLUMNS} FROM notice WHERE cell = %(cell)s AND person = %(person)s "
            "AND (%(before)s::timestamptz IS NULL OR sent_at < %(before)s) "
            "ORDER BY sent_at DESC, id DESC LIMIT %(most)s",
            {"cell": self._cell, "person": person, "before": before, "most": most},
        )
        return [_notice(row) for row in rows]

    def unread(self, person: str) -> int:
        """Count a person's unread messages."""
        row = self._rows.one(
            "SELECT count(*) AS n FROM notice WHERE cell = %s AND person = %s AND read_at IS NULL",
            (self._cell, person),
        )
        return int((row or {"n": 0})["n"])

    def about(self, about: str) -> list[Notice]:
        """Return the messages about one thing, oldest first."""
        rows = self._rows.all(
            f"SELECT {_COLUMNS} FROM notice WHERE cell = %s AND about = %s ORDER BY sent_at, id",
            (self._cell, about),
        )
        return [_notice(row) for row in rows]

    def mark_read(self, id: str, at: datetime) -> None:
        """Write that it was opened."""
        self._rows.later(
            "UPDATE notice SET read_at = %s WHERE cell = %s AND id = %s", (at, self._cell, id)
        )

    def mark_served(self, id: str, service: Service) -> None:
        """Write since when, and by what, it counts as served."""
        self._rows.later(
            "UPDATE notice SET served_at = %s, proof = %s WHERE cell = %s AND id = %s",
            (service.at, service.proof.value, self._cell, id),
        )

    def add_attempt(self, notice: Notice, attempt: Attempt) -> None:
        """Write an attempt."""
        self._rows.later(
            "INSERT INTO notice_attempt (notice, cell, scope, person, way, nth, at, outcome, "
            "reference) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            (
                str(notice.id), self._cell, notice.scope, notice.person, attempt.way.value,
                attempt.nth, attempt.at, attempt.outcome.value, attempt.reference,
            ),
        )  # fmt: skip

    def attempts(self, id: str) -> list[Attempt]:
        """Return what was tried, oldest first."""
        rows = self._rows.all(
            "SELECT way, nth, at, outcome, reference FROM notice_attempt "
            "WHERE cell = %s AND notice = %s ORDER BY at, way, nth",
            (self._cell, id),
        )
        return [_attempt(row) for row in rows]

    def consents(self, person: str) -> dict[Way, Consent]:
        """Return the ways a person takes messages now."""
        rows = self._rows.all(
            "SELECT person, way, field, since, confirmed_at FROM notice_consent "
            "WHERE cell = %s AND person = %s AND until IS NULL",
            (self._cell, person),
        )
        return {Way(row["way"]): Consent(**{**row, "way": Way(row["way"])}) for row in rows}

    def give(self, consent: Consent, scope: str) -> None:
        """Write a consent."""
        self._rows.later(
            "INSERT INTO notice_consent (cell, scope, person, way, field, since, confirmed_at) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s)",
            (
                self._cell, scope, consent.person, consent.way.value, consent.field,
                consent.since, consent.confirmed_at,
            ),
        )  # fmt: skip

    def withdraw(self, person: str, way: Way, at: datetime) -> int:
        """End a consent; return how many ended."""
        return self._rows.run(
            "UPDATE notice_consent SET until = %s "
            "WHERE cell = %s AND person = %s AND way = %s AND until IS NULL",
            (at, self._cell, person, way.value),
        )


class Codes:
    """Codes people asked for, in the desk's cell."""

    def __init__(self, desk: Desk) -> None:
        self._rows = desk.rows
        self._cell = desk.cell

    def add(self, asking: Asking, scope: str) -> None:
        """Write that a code was asked for; what was asked before for that way is over."""
        self._rows.later(
            "UPDATE notice_code SET ended_at = %s "
            "WHERE cell = %s AND person = %s AND way = %s AND ended_at IS NULL",
            (asking.asked_at, self._cell, asking.person, asking.way.value),
        )
        self._rows.later(
            "INSERT INTO notice_code (id, cell, scope, person, way, words, asked_at) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s)",
            (
                str(asking.id), self._cell, scope, asking.person, asking.way.value,
                encode(asking.words).decode(), asking.asked_at,
            ),
        )  # fmt: skip

    def get(self, id: str) -> Asking | None:
        """Return what was asked under a name."""
        row = self._rows.one(
            f"SELECT {_ASKING} FROM notice_code WHERE cell = %s AND id = %s", (self._cell, id)
        )
        return None if row is None else _asking(row)

    def newest(self, person: str, way: Way) -> Asking | None:
        """Return what a person asked last for a way, held until this transaction ends."""
        row = self._rows.one(
            f"SELECT {_ASKING} FROM notice_code WHERE cell = %s AND person = %s AND way = %s "
            "ORDER BY asked_at DESC LIMIT 1 FOR UPDATE",
            (self._cell, person, way.value),
        )
        return None if row is None else _asking(row)

    def asked_since(self, person: str, since: datetime) -> list[Asking]:
        """Return what a person asked for since a moment, newest first."""
        rows = self._rows.all(
            f"SELECT {_ASKING} FROM notice_code WHERE cell = %s AND person = %s "
            "AND asked_at > %s ORDER BY asked_at DESC",
            (self._cell, person, since),
        )
        return [_asking(row) for row in rows]

    def count_wrong(self, id: str) -> None:
        """Write one more wrong answer."""
        self._rows.later(
            "UPDATE notice_code SET wrong = wrong + 1 WHERE cell = %s AND id = %s", (self._cell, id)
        )

    def end(self, id: str, at: datetime) -> None:
        """Write that it may not be answered any more."""
        self._rows.later(
            "UPDATE notice_code SET ended_at = %s WHERE cell = %s AND id = %s", (at, self._cell, id)
        )


def _asking(row: Row) -> Asking:
    told = {"id": AskingId(row["id"]), "words": decode(row["words"], dict[str, str])}
    return Asking(**{**row, **told, "way": Way(row["way"])})


def _notice(row: Row) -> Notice:
    at, proof = row.pop("served_at"), row.pop("proof")
    return Notice(
        **{
            **row,
            "id": NoticeId(row["id"]),
            "slots": decode(row["slots"], dict[str, str]),
            "words": decode(row["words"], dict[str, str]),
        },
        service=None if at is None else Service(at=at, proof=Proof(proof)),
    )


def _attempt(row: Row) -> Attempt:
    return Attempt(**{**row, "way": Way(row["way"]), "outcome": Outcome(row["outcome"])})
