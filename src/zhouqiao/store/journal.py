"""The append-only journal: what was told, and how to read it again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Generic, TypeVar, cast

import msgspec

from zhouqiao.base import Clock, Ids, decode, encode
from zhouqiao.store.desk import Desk, Row, Rows
from zhouqiao.store.fact import Envelope, Fact, FactId
from zhouqiao.store.subject import Subject

F_co = TypeVar("F_co", bound=Fact, covariant=True)

WRITE = """
INSERT INTO journal (id, cell, scope, kind, version, about, person, happened_at, recorded_at, by,
                     cause, hops, body)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
COLUMNS = (
    "seq, xid::text::bigint AS xid, id, cell, scope, kind, version, about, person, "
    "happened_at, recorded_at, by, cause, hops, body"
)


@dataclass(frozen=True)
class Told(Generic[F_co]):
    """A fact with its envelope, as a reaction hears it."""

    envelope: Envelope
    fact: F_co


@dataclass(frozen=True)
class Teller:
    """Writes facts of one transaction into the journal. `cause` is the fact being answered."""

    rows: Rows
    subject: Subject
    clock: Clock
    ids: Ids
    cause: FactId | None = None
    hops: int = 0

    def __call__(
        self,
        fact: Fact,
        *,
        about: str,
        scope: str,
        person: str | None = None,
        happened_at: datetime | None = None,
    ) -> FactId:
        """Write the fact; return its name."""
        name, now = self.ids.new(FactId), self.clock.now()
        self.rows.later(
            WRITE,
            (
                str(name), self.subject.cell, scope, fact.fact_kind, fact.fact_version, str(about),
                person, happened_at or now, now, self.subject.person,
                None if self.cause is None else str(self.cause), self.hops, encode(fact).decode(),
            ),
        )  # fmt: skip
        return name


def answering(desk: Desk, envelope: Envelope) -> Desk:
    """Return the same desk, on which facts are told as answers to `envelope`."""
    teller = cast(Teller, desk.tell)
    return replace(desk, tell=replace(teller, cause=envelope.id, hops=envelope.hops + 1))


def kinds_below(root: type[Fact] = Fact) -> Iterator[type[Fact]]:
    """Yield every fact class known to this process."""
    for kind in root.__subclasses__():
        yield kind
        yield from kinds_below(kind)


class FactBook:
    """The kinds of facts this process can read, old versions included."""

    def __init__(self) -> None:
        self._kinds = {kind.fact_kind: kind for kind in kinds_below()}

    @property
    def kinds(self) -> tuple[str, ...]:
        """The names of the kinds, as the journal keeps them."""
        return tuple(self._kinds)

    def open(self, envelope: Envelope) -> Fact:
        """Return the fact in an envelope, brought up to today's version."""
        kind = self._kinds[envelope.kind]
        if envelope.version == kind.fact_version:
            return decode(bytes(envelope.body), kind)
        body: dict[str, Any] = msgspec.json.decode(envelope.body)
        for version in range(envelope.version, kind.fact_version):
            body = kind.upcasts[version](body)
        return decode(encode(body), kind)


def envelope_of(row: Row) -> Envelope:
    """Turn a journal row into an envelope."""
    row["body"] = msgspec.Raw(row["body"].encode())
    row["id"] = FactId(row["id"])
    row["cause"] = row["cause"] and FactId(row["cause"])
    return Envelope(**row)


def story(desk: Desk, about: str, *, limit: int = 500) -> Sequence[Envelope]:
    """Return the facts about one thing, oldest first, as far as the subject may see."""
    found = desk.rows.all(
        f"SELECT {COLUMNS} FROM journal WHERE cell = %s AND about = %s ORDER BY seq LIMIT %s",
        (desk.cell, about, limit),
    )
    return [envelope_of(row) for row in found]


def latest(desk: Desk, *, limit: int = 50, before: int | None = None) -> Sequence[Envelope]:
    """Return the newest facts the subject may see, newest first; `before` pages on by seq."""
    found = desk.rows.all(
        f"SELECT {COLUMNS} FROM journal WHERE cell = %s AND seq < %s ORDER BY seq DESC LIMIT %s",
        (desk.cell, before or 2**62, limit),
    )
    return [envelope_of(row) for row in found]
