"""Recomputing every seal from the journal, and naming what was altered.

The copies in the second place, where there are any, outrank the database's own seals: their leaf
hashes name an altered fact even if somebody sealed anew over it. Where one single byte of a fact
was replaced, trying all single bytes tells which and what it was.
"""

import hashlib
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from zhouqiao.base import Refusal, decode
from zhouqiao.store import merkle
from zhouqiao.store.seal import (
    FIELDS,
    Connection,
    Seal,
    SecondPlace,
    Statement,
    is_signed,
    packed,
    seals_of,
)
from zhouqiao.store.store import Store

TRIED = 2_000  # bytes: a longer fact is named, but its single bytes are not tried (255 hashes each)

Wrong = Literal[
    "fact_changed",  # its bytes are not those that were sealed
    "fact_missing",  # sealed, and no longer there
    "fact_added",  # stands among sealed facts, and was not there
    "seal_changed",  # its root is not that of its own leaves, or it is out of order
    "seal_unsigned",  # not signed by a key that was handed in
    "seal_missing",  # the second place has it, the database has not; or a number is skipped
    "seal_disagrees",  # sealed anew: not what the second place was told
]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing wrong. `seq` and `fact` name the fact, `field`, `byte` and `was` what differs."""

    wrong: Wrong
    cell: str
    number: int | None = None
    seq: int | None = None
    fact: str | None = None
    field: str | None = None
    byte: int | None = None
    was: int | None = None


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What was looked at, and every finding (none: the journal is what it was)."""

    seals: int
    facts: int
    findings: list[Finding]

    @property
    def is_sound(self) -> bool:
        """Say whether nothing is wrong."""
        return not self.findings


def verify(store: Store, keys: Sequence[bytes], place: SecondPlace | None = None) -> Verdict:
    """Recompute all seals of all cells (`store` open as the engine; about 100k facts a second).

    `keys` are the public keys whose signature counts. Reads one snapshot; changes nothing.
    """
    with store.connection() as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        connection.execute("SET LOCAL client_encoding = 'UTF8'")
        try:
            return _verify(connection, keys, place)
        finally:
            if not connection.closed:
                connection.execute("ROLLBACK")


def _verify(connection: Connection, keys: Sequence[bytes], place: SecondPlace | None) -> Verdict:
    audit = _Audit(connection, tuple(keys))
    cells = connection.execute("SELECT DISTINCT cell FROM journal UNION SELECT cell FROM seal")
    for (cell,) in sorted(cells.fetchall()):
        audit.chain(cell, place)
        audit.findings += _added(connection, cell)
    return Verdict(seals=audit.seals, facts=audit.facts, findings=audit.findings)


class _Audit:
    """One pass over the chains, counting and collecting."""

    def __init__(self, connection: Connection, keys: tuple[bytes, ...]) -> None:
        self._connection = connection
        self._keys = keys
        self.seals = self.facts = 0
        self.findings: list[Finding] = []

    def chain(self, cell: str, place: SecondPlace | None) -> None:
        """Walk one cell's seals beside their copies."""
        copies = _Copies(place, cell)
        expected, previous = 1, ""
        for seal in seals_of(self._connection, cell):
            says = seal.says
            self._missing(cell, range(expected, says.number))
            copy = copies.of(says.number)
            self._seal(seal, says, previous, copy)
            self._facts(says, copy or seal)
            expected, previous = says.number + 1, seal.mark
        self._missing(cell, [number for number in copies.rest() if number >= expected])

    def _missing(self, cell: str, numbers: Sequence[int]) -> None:
        self.findings += [
            Finding(wrong="seal_missing", cell=cell, number=number) for number in numbers
        ]

    def _seal(self, seal: Seal, says: Statement, previous: str, copy: Seal | None) -> None:
        self.seals += 1
        leaves = merkle.split(seal.leaves)
        whole = len(leaves) == len(seal.seqs) == says.size and says.previous == previous
        told: list[Wrong] = []
        if not whole or merkle.root(leaves).hex() != says.root:
            told.append("seal_changed")
        if not any(is_signed(key, seal.signature, seal.statement.encode()) for key in self._keys):
            told.append("seal_unsigned")
        if copy is not None and copy.mark != seal.mark:
            told.append("seal_disagrees")
        self.findings += [
            Finding(wrong=wrong, cell=says.cell, number=says.number) for wrong in told
        ]

    def _facts(self, says: Statement, truth: Seal) -> None:
        held = _rows(self._connection, says.cell, truth.seqs)
        for seq, leaf in zip(truth.seqs, merkle.split(truth.leaves), strict=False):
            self.facts += 1
            values = held.get(seq)
            if values is None:
                self.findings.append(_finding("fact_missing", says, seq))
            elif merkle.leaf_hash(packed(values)) != leaf:
                self.findings.append(_changed(says, seq, values, leaf))


@dataclass
class _Copies:
    """The copies of one cell, read forward beside the seals."""

    place: SecondPlace | None
    cell: str

    def __post_init__(self) -> None:
        self._lines = self._read()
        self._next = next(self._lines, None)

    def of(self, number: int) -> Seal | None:
        """Return the copy of that number; copies before it are passed."""
        while self._next is not None and self._next[0] < number:
            self._next = next(self._lines, None)
        return self._next[1] if self._next is not None and self._next[0] == number else None

    def rest(self) -> Iterator[int]:
        """Yield the numbers from here on."""
        while self._next is not None:
            yield self._next[0]
            self._next = next(self._lines, None)

    def _read(self) -> Iterator[tuple[int, Seal]]:
        for line in self.place.lines(self.cell) if self.place is not None else ():
            copy = _readable(line)
            if copy is not None:
                yield copy.says.number, copy


def _readable(line: bytes) -> Seal | None:
    try:
        return decode(line, Seal)
    except Refusal:  # torn by a crash; its whole copy follows
        return None


def _rows(connection: Connection, cell: str, seqs: list[int]) -> dict[int, list[bytes | None]]:
    """Return the facts as the values that are hashed."""
    columns = ", ".join(_sent(name, oid) for name, oid in FIELDS)
    found = connection.execute(
        f"SELECT seq, {columns} FROM journal WHERE seq = ANY(%s) AND cell = %s",
        (seqs, cell),
        binary=True,
    )
    return {row[0]: [None if value is None else bytes(value) for value in row[1:]] for row in found}


def _sent(name: str, oid: int) -> str:
    how = {20: "int8send", 21: "int2send", 25: "textsend", 1184: "timestamptz_send"}[oid]
    return f"{how}({name})"


def _added(connection: Connection, cell: str) -> list[Finding]:
    """Find facts that lie before the cursor and under no seal."""
    rows = connection.execute(
        "SELECT j.seq, j.id FROM journal j, seal_cursor c "
        "WHERE j.cell = %s AND (j.xid, j.seq) <= (c.xid, c.seq) AND NOT EXISTS "
        "(SELECT FROM (SELECT unnest(seqs) AS seq FROM seal WHERE cell = %s) s "
        "WHERE s.seq = j.seq) "
        "ORDER BY j.seq",
        (cell, cell),
    )
    return [Finding(wrong="fact_added", cell=cell, seq=seq, fact=fact) for seq, fact in rows]


def _finding(wrong: Wrong, says: Statement, seq: int, **more: Any) -> Finding:
    return Finding(wrong=wrong, cell=says.cell, number=says.number, seq=seq, **more)


def _changed(says: Statement, seq: int, values: list[bytes | None], leaf: bytes) -> Finding:
    name = values[[field for field, _ in FIELDS].index("id")] or b""
    told = {"fact": name.decode(errors="replace")}
    return _finding("fact_changed", says, seq, **told, **_one_byte(values, leaf))


def _one_byte(values: list[bytes | None], leaf: bytes) -> dict[str, Any]:
    """Find the single replaced byte by trying them all; {} if that is not what happened."""
    whole = merkle.LEAF + packed(values)
    if len(whole) > TRIED:
        return {}
    for start, field, size in _places(values):
        for at in range(start, start + size):
            before, after = hashlib.sha256(whole[:at]), whole[at + 1 :]
            for was in range(256):
                trial = before.copy()
                trial.update(bytes((was,)) + after)
                if trial.digest() == leaf:
                    return {"field": field, "byte": at - start, "was": was}
    return {}


def _places(values: list[bytes | None]) -> Iterator[tuple[int, str, int]]:
    """Yield where each field's bytes stand in the hashed entry, and how many they are."""
    at = len(merkle.LEAF) + struct.calcsize("!i")
    for (name, _), value in zip(FIELDS, values, strict=True):
        at += struct.calcsize("!Ii")
        yield at, name, len(value or b"")
        at += len(value or b"")
