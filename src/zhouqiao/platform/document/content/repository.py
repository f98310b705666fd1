"""Rows ↔ files; every read under the desk's own subject."""

from datetime import datetime
from typing import Any

from zhouqiao.store import Desk, Row

_FILE = "sha256, size, media, name"


class FileRows:
    """Files of the desk's cell."""

    def __init__(self, desk: Desk) -> None:
        self._rows = desk.rows
        self._cell = desk.cell

    def add_upload(self, row: dict[str, Any]) -> None:
        """Write an announced upload."""
        self._rows.run(
            "INSERT INTO upload (id, cell, scope, person, unit, sha256, size, name, begun_at) "
            "VALUES (%(id)s, %(cell)s, %(scope)s, %(person)s, %(unit)s, %(sha256)s, %(size)s, "
            "%(name)s, %(at)s)",
            {**row, "cell": self._cell},
        )

    def upload(self, id: str) -> Row | None:
        """Return an announced upload."""
        return self._rows.one(
            "SELECT id, scope, person, unit, sha256, size, name, finished_at FROM upload "
            "WHERE cell = %s AND id = %s",
            (self._cell, id),
        )

    def finished(self, id: str, sha256: str, at: datetime) -> None:
        """Write that an upload came whole, and what it was."""
        self._rows.later(
            "UPDATE upload SET finished_at = %s, sha256 = %s WHERE cell = %s AND id = %s",
            (at, sha256, self._cell, id),
        )

    def drop_upload(self, id: str) -> None:
        """Forget an announced upload."""
        self._rows.later("DELETE FROM upload WHERE cell = %s AND id = %s", (self._cell, id))

    def hold(self, sha256: str) -> None:
        """Hold these bytes against being kept and swept at once."""
        self._rows.run(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", (self._cell + sha256,)
        )

    def add(self, row: dict[str, Any]) -> None:
        """Write a kept file; the same bytes of the same person again are as if new."""
        self._rows.later(
            "INSERT INTO file (id, cell, scope, person, unit, sha256, size, media, name, kept_at) "
            "VALUES (%(id)s, %(cell)s, %(scope)s, %(person)s, %(unit)s, %(sha256)s, %(size)s, "
            "%(media)s, %(name)s, %(at)s) ON CONFLICT (cell, id, person) DO UPDATE "
            "SET kept_at = excluded.kept_at",
            {**row, "cell": self._cell},
        )

    def held(self, id: str, person: str, about: str) -> Row | None:
        """Return what is known of a file that person brought, or that belongs there already."""
        return self._rows.one(
            f"SELECT {_FILE} FROM file WHERE cell = %(cell)s AND id = %(id)s "
            f"AND person = %(person)s UNION SELECT {_FILE} FROM file_link "
            "WHERE cell = %(cell)s AND file = %(id)s AND about = %(about)s LIMIT 1",
            {"cell": self._cell, "id": id, "person": person, "about": about},
        )

    def file(self, id: str) -> Row | None:
        """Return what is known of a file, by itself or by a link the subject sees."""
        return self._rows.one(
            f"SELECT {_FILE} FROM file WHERE cell = %(cell)s AND id = %(id)s UNION "
            f"SELECT {_FILE} FROM file_link WHERE cell = %(cell)s AND file = %(id)s LIMIT 1",
            {"cell": self._cell, "id": id},
        )

    def link(self, row: dict[str, Any]) -> None:
        """Write what a file belongs to; again is no harm."""
        self._rows.later(
            "INSERT INTO file_link (file, about, cell, scope, person, unit, sha256, size, media, "
            "name, at) VALUES (%(id)s, %(about)s, %(cell)s, %(scope)s, %(person)s, %(unit)s, "
            "%(sha256)s, %(size)s, %(media)s, %(name)s, %(at)s) ON CONFLICT DO NOTHING",
            {**row, "cell": self._cell},
        )

    def linked(self, about: str) -> list[Row]:
        """Return the files of one thing, oldest first."""
        return self._rows.all(
            f"SELECT file, {_FILE} FROM file_link WHERE cell = %s AND about = %s ORDER BY at, file",
            (self._cell, about),
        )

    def in_use(self, sha256: str) -> bool:
        """Say whether a file or print of this cell has these bytes."""
        row = self._rows.one(
            "SELECT 1 FROM file WHERE cell = %(cell)s AND id = 'file_' || %(sha256)s UNION ALL "
            "SELECT 1 FROM paper_print WHERE cell = %(cell)s AND sha256 = %(sha256)s LIMIT 1",
            {"cell": self._cell, "sha256": sha256},
        )
        return row is not None

    def drop_orphans(self, before: datetime) -> list[str]:
        """Delete rows of files that belong to nothing; return their hashes."""
        rows = self._rows.all(
            "DELETE FROM file f WHERE cell = %s AND kept_at < %s AND NOT EXISTS "
            "(SELECT FROM file_link l WHERE l.cell = f.cell AND l.file = f.id) RETURNING sha256",
            (self._cell, before),
        )
        return sorted({row["sha256"] for row in rows})

    def drop_uploads(self, before: datetime) -> list[str]:
        """Delete announced uploads nobody finished; return their names."""
        rows = self._rows.all(
            "DELETE FROM upload WHERE cell = %s AND begun_at < %s RETURNING id",
            (self._cell, before),
        )
        return [row["id"] for row in rows]
