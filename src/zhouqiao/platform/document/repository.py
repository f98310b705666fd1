"""Rows ↔ papers; every read under the desk's own subject."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from zhouqiao.base import decode, encode
from zhouqiao.platform.document.model import MachineForm, PaperShape, Quoted, SeenBy, Standing
from zhouqiao.platform.document.seal.keys import Seal
from zhouqiao.store import Desk, Row

_STANDING = "id, number, paper, shape, digest, issued_at, quotes, revoked_at, revoked_why"


class Papers:
    """Papers of the desk's cell."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._rows = desk.rows
        self._cell = desk.cell

    def keep_shape(self, shape: PaperShape) -> None:
        """Keep a shape for ever; again is no harm."""
        self._rows.later(
            "INSERT INTO paper_shape (mark, kind, version, body) VALUES (%s, %s, %s, %s) "
            "ON CONFLICT DO NOTHING",
            (shape.mark, shape.kind, shape.version, encode(shape).decode()),
        )

    def shape(self, mark: str) -> PaperShape | None:
        """Return the shape of that hash."""
        row = self._rows.one("SELECT body FROM paper_shape WHERE mark = %s", (mark,))
        return None if row is None else decode(row["body"], PaperShape)

    def next_serial(self, scope: str, series: str, year: int) -> int:
        """Take the next number of a series; others wait until this transaction ends."""
        row = self._rows.one(
            "INSERT INTO paper_serial (cell, scope, series, year, last) VALUES (%s, %s, %s, %s, 1) "
            "ON CONFLICT (cell, series, year) DO UPDATE SET last = paper_serial.last + 1 "
            "RETURNING last",
            (self._cell, scope, series, year),
        )
        return int((row or {})["last"])

    def add(self, form: MachineForm, seen: SeenBy, until: date) -> None:
        """Write a paper and its entry in the register."""
        self._rows.later(
            "INSERT INTO paper_register (id, cell, scope, number, paper, shape, digest, issued_at,"
            " quotes) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            (
                form.id, form.cell, form.scope, form.number, form.paper, form.shape, form.mark,
                form.issued_at, encode(form.quotes).decode(),
            ),
        )  # fmt: skip
        self._rows.later(
            "INSERT INTO paper (id, cell, scope, person, unit, form, keep_until) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s)",
            (form.id, form.cell, form.scope, seen.person, seen.unit, form.raw.decode(), until),
        )

    def add_seal(self, form: MachineForm, seal: Seal) -> None:
        """Write a seal; a second of the same profile is dropped."""
        self._rows.later(
            "INSERT INTO paper_seal (paper, cell, scope, profile, key, signature) "
            "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            (form.id, form.cell, form.scope, seal.profile.value, seal.key, seal.signature),
        )

    def form(self, id: str) -> MachineForm | None:
        """Return the contents, if the subject may see them."""
        row = self._rows.one("SELECT form FROM paper WHERE cell = %s AND id = %s", (self._cell, id))
        return None if row is None else decode(row["form"], MachineForm)

    def seals(self, id: str) -> tuple[Seal, ...]:
        """Return the seals, oldest profile first."""
        rows = self._rows.all(
            "SELECT profile, key, signature FROM paper_seal WHERE cell = %s AND paper = %s "
            "ORDER BY profile",
            (self._cell, id),
        )
        return tuple(msgspec.convert(row, Seal) for row in rows)

    def standing(self, names: Sequence[str]) -> list[Standing]:
        """Return what the register says of these ids or numbers."""
        if not names:
            return []
        rows = self._rows.all(
            f"SELECT {_STANDING} FROM paper_register WHERE cell = %s "
            "AND (id = ANY(%s) OR number = ANY(%s))",
            (self._cell, list(names), list(names)),
        )
        return [_standing(row) for row in rows]

    def lock_standing(self, id: str) -> tuple[Standing, str] | None:
        """Return a paper's standing and scope, held until this transaction ends."""
        row = self._rows.one(
            f"SELECT {_STANDING}, scope FROM paper_register WHERE cell = %s AND id = %s FOR UPDATE",
            (self._cell, id),
        )
        return None if row is None else (_standing(row), row["scope"])

    def revoke(self, id: str, at: datetime, why: str) -> None:
        """Write that a paper no longer counts."""
        self._rows.later(
            "UPDATE paper_register SET revoked_at = %s, revoked_why = %s "
            "WHERE cell = %s AND id = %s",
            (at, why, self._cell, id),
        )

    def print_of(self, key: dict[str, str]) -> str | None:
        """Return the hash of the print with that paper, part, tongue, address and press."""
        row = self._rows.one(
            "SELECT sha256 FROM paper_print WHERE cell = %(cell)s AND paper = %(paper)s "
            "AND part = %(part)s AND tongue = %(tongue)s AND address = %(address)s "
            "AND press = %(press)s",
            {**key, "cell": self._cell},
        )
        return None if row is None else str(row["sha256"])

    def add_print(self, sha256: str, scope: str, key: dict[str, str]) -> None:
        """Write that we printed these bytes."""
        self._rows.later(
            "INSERT INTO paper_print (sha256, cell, scope, paper, part, tongue, address, press) "
            "VALUES (%(sha256)s, %(cell)s, %(scope)s, %(paper)s, %(part)s, %(tongue)s, "
            "%(address)s, %(press)s) ON CONFLICT DO NOTHING",
            {**key, "cell": self._cell, "scope": scope, "sha256": sha256},
        )

    def printed(self, sha256: str) -> str | None:
        """Return the paper these bytes are a print of."""
        row = self._rows.one(
            "SELECT paper FROM paper_print WHERE cell = %s AND sha256 = %s", (self._cell, sha256)
        )
        return None if row is None else str(row["paper"])


def _standing(row: Row) -> Standing:
    quotes = decode(row["quotes"], tuple[Quoted, ...])
    known = {k: v for k, v in row.items() if k not in ("quotes", "scope")}
    return Standing(**known, quotes=quotes)
