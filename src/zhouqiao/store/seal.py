"""Sealing the journal: hashed, signed, chained, and told to a second place.

A range of settled facts (below the snapshot horizon, in the order they settled) becomes a Merkle
tree (RFC 9162) for each cell. Its root is signed together with the hash of the seal before, so
that nothing can be altered, left out or put in between without a new signature; and each seal is
written to a second place, ideally another body's, so that whoever holds the signing key cannot
re-seal either. What is not seen by this: facts changed before they were sealed (seal often).

The entry of a fact is PostgreSQL's binary form of the row `FIELDS` (`record_send`: number of
columns, then for each its type's oid, length and bytes); `entry` makes the same from an envelope.
"""

import hashlib
import mmap
import os
import struct
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

import msgspec
import psycopg
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from zhouqiao.base import NotFound, decode, encode
from zhouqiao.store import merkle
from zhouqiao.store.desk import Desk
from zhouqiao.store.fact import Envelope
from zhouqiao.store.store import Store, abandon

PROFILE = "rfc9162-sha256-ed25519"
RANGE = 20_000  # facts sealed in one transaction
PIECE = 1_000  # of them in memory at once: more, and fresh memory costs a fifth of the reading
FIELDS = (
    ("seq", 20), ("id", 25), ("cell", 25), ("scope", 25), ("kind", 25), ("version", 21),
    ("about", 25), ("person", 25), ("happened_at", 1184), ("recorded_at", 1184), ("by", 25),
    ("cause", 25), ("hops", 21), ("body", 25),
)  # fmt: skip
POSTGRES_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)

Sign = Callable[[bytes], bytes]
Connection = psycopg.Connection[Any]
_Ranges = defaultdict[str, tuple[list[int], list[bytes]]]  # by cell: numbers, and their leaves

SETTLED = f"""
SELECT seq, cell, record_send(ROW({", ".join(name for name, _ in FIELDS)}))
FROM journal
WHERE (xid, seq) > (%s::text::xid8, %s) AND xid < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY journal.xid, journal.seq LIMIT %s
"""
REACHED = "UPDATE seal_cursor SET (xid, seq) = (SELECT xid, seq FROM journal WHERE seq = %s)"
NEWEST = """
WITH RECURSIVE newest AS (
  (SELECT cell, number FROM seal ORDER BY cell DESC, number DESC LIMIT 1)
  UNION ALL
  SELECT other.* FROM newest, LATERAL (
    SELECT cell, number FROM seal WHERE cell < newest.cell ORDER BY cell DESC, number DESC LIMIT 1
  ) AS other
)
SELECT cell, number FROM newest
"""


@dataclass(frozen=True)
class Signer:
    """Signs seals: `sign` is Ed25519 over the statement, `public` the 32 bytes that check it."""

    sign: Sign
    public: bytes

    @classmethod
    def of(cls, secret: bytes) -> "Signer":
        """Make one from a private key of 32 bytes held by this process."""
        key = Ed25519PrivateKey.from_private_bytes(secret)
        return cls(key.sign, key.public_key().public_bytes_raw())


def is_signed(public: bytes, signature: bytes, message: bytes) -> bool:
    """Say whether the signature is that key's over that message."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What a seal says: these `size` facts of `cell` had this `root` at `sealed_at`.

    `previous` is the SHA-256 over statement and signature of the seal before ("" for number 1),
    `key` the public key, `first` and `last` the lowest and highest sequence numbers. All hex.
    """

    cell: str
    number: int
    profile: str
    size: int
    first: int
    last: int
    root: str
    previous: str
    sealed_at: datetime
    key: str


class Seal(msgspec.Struct, frozen=True, kw_only=True):
    """A statement as signed, and the leaf hashes by which an altered fact is named."""

    statement: str
    signature: bytes
    seqs: list[int]
    leaves: bytes

    @property
    def says(self) -> Statement:
        """The statement, read."""
        return decode(self.statement, Statement)

    @property
    def mark(self) -> str:
        """By what the next seal names this one."""
        return hashlib.sha256(self.statement.encode() + self.signature).hexdigest()


class _Line(msgspec.Struct, frozen=True):
    """Of a copy, only what it says: a tenth of the reading."""

    statement: str


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """That one fact lies under a seal: checked with the public key alone, without a database."""

    statement: str
    signature: bytes
    index: int
    path: tuple[bytes, ...]


class SecondPlace(Protocol):
    """Where copies of the seals go, out of the hands of whoever runs the database."""

    def last(self, cell: str) -> int:
        """Return the number of the last copy there (0: none)."""
        ...

    def add(self, cell: str, number: int, line: bytes) -> None:
        """Keep one more copy, for good, before returning."""
        ...

    def lines(self, cell: str) -> Iterator[bytes]:
        """Yield the copies of a cell, oldest first."""
        ...


@dataclass(frozen=True)
class SealFolder:
    """A second place that is a folder: one file of JSON lines a cell, only ever appended to."""

    folder: Path

    def last(self, cell: str) -> int:
        """Return the number of the last whole line."""
        line = self._last_line(cell)
        return decode(decode(line, _Line).statement, Statement).number if line else 0

    def add(self, cell: str, number: int, line: bytes) -> None:  # noqa: ARG002 - the line says it
        """Append a line and see it onto the disk."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._file(cell).open("ab") as file:
            if file.tell() and not self._ends_whole(cell):
                file.write(b"\n")  # a crash tore the last line: close it, it counts no more
            file.write(line + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def lines(self, cell: str) -> Iterator[bytes]:
        """Yield whole lines; one torn by a crash is passed over."""
        if not self._file(cell).exists():
            return
        with self._file(cell).open("rb") as file:
            for line in file:
                if line.endswith(b"}\n"):
                    yield line[:-1]

    def _file(self, cell: str) -> Path:
        return self.folder / f"seals-{cell}.jsonl"

    def _last_line(self, cell: str) -> bytes:
        """Return the last whole line, found from the end however long it is."""
        if not self._file(cell).exists() or not self._file(cell).stat().st_size:
            return b""
        with (
            self._file(cell).open("rb") as file,
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as held,
        ):
            end = held.rfind(b"}\n") + 1
            return held[held.rfind(b"\n", 0, end) + 1 : end]

    def _ends_whole(self, cell: str) -> bool:
        with self._file(cell).open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"


def seal_new(
    store: Store, signer: Signer, place: SecondPlace | None = None, *, most: int = RANGE
) -> list[Statement]:
    """Seal what has settled since the last time, at most `most` facts; return what was sealed.

    `store` is open as the engine. Copies go to the second place after the commit, and any that a
    crash kept back go with the next call. Two sealers at once: the second does nothing.
    """
    with store.connection() as connection:
        connection.execute("BEGIN; SET LOCAL client_encoding = 'UTF8'")  # in which text is hashed
        try:
            seals = _seal(connection, signer, store.clock.now(), most)
            connection.execute("COMMIT")
        except BaseException:
            abandon(connection)
            raise
        if place is not None:
            send_copies(connection, place, {one.says.cell: one for one in seals})
    return [one.says for one in seals]


def more_waits(sealed: Sequence[Statement], most: int = RANGE) -> bool:
    """Say whether a round took all it may: the next should not be waited for."""
    return sum(one.size for one in sealed) >= most


def send_copies(
    connection: Connection, place: SecondPlace, fresh: Mapping[str, Seal] = MappingProxyType({})
) -> int:
    """Bring the second place up to date; return how many copies went.

    `fresh` are seals just made, by cell: they need not be read again.
    """
    sent = 0
    for cell, newest in connection.execute(NEWEST).fetchall():
        last = place.last(cell)
        is_next = cell in fresh and last + 1 == newest == fresh[cell].says.number
        for seal in [fresh[cell]] if is_next else seals_of(connection, cell, after=last):
            place.add(cell, seal.says.number, encode(seal))
            sent += 1
    return sent


def seals_of(connection: Connection, cell: str, *, after: int = 0) -> Iterator[Seal]:
    """Yield the seals of a cell in order, one in memory at a time."""
    number = after
    while row := connection.execute(
        "SELECT number, statement, signature, seqs, leaves FROM seal "
        "WHERE cell = %s AND number > %s ORDER BY number LIMIT 1",
        (cell, number),
        binary=True,
    ).fetchone():
        number, statement, signature, seqs, leaves = row
        yield Seal(statement=statement, signature=signature, seqs=seqs, leaves=leaves)


def proof(desk: Desk, seq: int) -> Proof:
    """Return the proof that fact `seq` lies under a seal. Raises `NotFound` (not sealed yet)."""
    row = desk.rows.one(
        "SELECT statement, signature, seqs, leaves FROM seal "
        "WHERE cell = %s AND last >= %s AND first <= %s AND %s = ANY(seqs) LIMIT 1",
        (desk.cell, seq, seq, seq),
    )
    if row is None:
        raise NotFound("seal", str(seq))
    index = row["seqs"].index(seq)
    return Proof(
        statement=row["statement"],
        signature=bytes(row["signature"]),
        index=index,
        path=merkle.path(merkle.split(bytes(row["leaves"])), index),
    )


def check_proof(fact: Envelope, shown: Proof, public: bytes) -> bool:
    """Say whether the proof holds for exactly this fact, under the sealer's public key."""
    says = decode(shown.statement, Statement)
    leaf = merkle.leaf_hash(entry(fact))
    reached = merkle.root_by_path(leaf, shown.index, says.size, shown.path)
    signed = is_signed(public, shown.signature, shown.statement.encode())
    return signed and says.cell == fact.cell and reached is not None and reached.hex() == says.root


def entry(fact: Envelope) -> bytes:
    """Return the bytes of a fact that are hashed."""
    return packed([_binary(getattr(fact, name), oid) for name, oid in FIELDS])


def packed(values: Sequence[bytes | None]) -> bytes:
    """Return the binary record of the values of `FIELDS`."""
    parts = [struct.pack("!i", len(FIELDS))]
    for (_, oid), value in zip(FIELDS, values, strict=True):
        size = -1 if value is None else len(value)
        parts.append(struct.pack("!Ii", oid, size) + (value or b""))
    return b"".join(parts)


def _binary(value: object, oid: int) -> bytes | None:
    match value:
        case None:
            return None
        case int():
            return struct.pack("!h" if oid == 21 else "!q", value)
        case datetime():
            micros = (value - POSTGRES_EPOCH) // timedelta(microseconds=1)
            return struct.pack("!q", micros)
        case msgspec.Raw():
            return bytes(value)
    return str(value).encode()


def _seal(connection: Connection, signer: Signer, now: datetime, most: int) -> list[Seal]:
    cursor = connection.execute(
        "SELECT xid::text, seq FROM seal_cursor FOR UPDATE SKIP LOCKED"
    ).fetchone()
    if cursor is None:
        return []
    ranges: _Ranges = defaultdict(lambda: ([], []))
    for seq, cell, raw in connection.cursor().stream(
        SETTLED, (*cursor, most), binary=True, size=PIECE
    ):
        seqs, leaves = ranges[cell]
        seqs.append(seq)
        leaves.append(merkle.leaf_hash(raw))
    if ranges:
        connection.execute(REACHED, (seq,))
    return [_add(connection, signer, now, cell, *ranges[cell]) for cell in sorted(ranges)]


def _add(
    connection: Connection,
    signer: Signer,
    now: datetime,
    cell: str,
    seqs: list[int],
    leaves: list[bytes],
) -> Seal:
    number, previous = _last_of(connection, cell)
    says = Statement(
        cell=cell,
        number=number + 1,
        profile=PROFILE,
        size=len(seqs),
        first=min(seqs),
        last=max(seqs),
        root=merkle.root(leaves).hex(),
        previous=previous,
        sealed_at=now,
        key=signer.public.hex(),
    )
    told = encode(says)
    seal = Seal(
        statement=told.decode(), signature=signer.sign(told), seqs=seqs, leaves=b"".join(leaves)
    )
    connection.execute(
        "INSERT INTO seal (cell, number, statement, signature, seqs, leaves, first, last) "
        "VALUES (%s, %s, %s, %s, %s::bigint[], %b, %s, %s)",
        (
            cell, says.number, seal.statement, seal.signature, _written(seqs), seal.leaves,
            says.first, says.last,
        ),
    )  # fmt: skip
    return seal


def _written(seqs: Sequence[int]) -> str:
    """Return the array as PostgreSQL reads it: ten times as fast as one number after the other."""
    return f"{{{','.join(map(str, seqs))}}}"


def _last_of(connection: Connection, cell: str) -> tuple[int, str]:
    row = connection.execute(
        "SELECT number, statement, signature FROM seal WHERE cell = %s "
        "ORDER BY number DESC LIMIT 1",
        (cell,),
    ).fetchone()
    if row is None:
        return 0, ""
    number, statement, signature = row
    return number, Seal(statement=statement, signature=signature, seqs=[], leaves=b"").mark
