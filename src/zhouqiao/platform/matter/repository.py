"""Rows of the register of matters."""

from dataclasses import dataclass
from datetime import date

from zhouqiao.base import NotFound, decode, encode
from zhouqiao.platform.matter.model import Entry, MatterId, Version
from zhouqiao.store import Desk, Row

_COLUMNS = "id, name, version, scope, body, because, recorded_at"


@dataclass(frozen=True)
class Matters:
    """The register of the desk's cell, in its transaction."""

    desk: Desk

    def add(self, new: Version) -> None:
        """Keep a version."""
        entry = new.entry
        self.desk.rows.run(
            "INSERT INTO matter_version (cell, scope, id, name, version, code, body, mark, "
            "valid_from, valid_to, because, by, recorded_at) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            (
                *(self.desk.cell, new.scope, str(new.id), new.name, new.version, entry.code),
                *(encode(entry).decode(), entry.mark, entry.valid_from, entry.valid_to),
                *(new.because, self.desk.subject.person, new.recorded_at),
            ),
        )

    def version(self, name: str, version: int) -> Version:
        """Return the version a case pins. Raises `NotFound`."""
        row = self._row("name = %s AND version = %s", name, version)
        if row is None:
            raise NotFound("matter", f"{name}@{version}")
        return _read(row)

    def latest(self, name: str) -> Version | None:
        """Return the latest version, in force or not."""
        row = self._row("name = %s ORDER BY version DESC LIMIT 1", name)
        return None if row is None else _read(row)

    def begun(self, name: str, day: date) -> Version | None:
        """Return the latest version that had begun on a day."""
        rest = "name = %s AND valid_from <= %s ORDER BY version DESC LIMIT 1"
        row = self._row(rest, name, day)
        return None if row is None else _read(row)

    def name_of_code(self, code: str) -> str | None:
        """Return the name of the matter that has or had that 实施编码."""
        row = self._row("code = %s ORDER BY version DESC LIMIT 1", code)
        return None if row is None else str(row["name"])

    def versions(self, name: str) -> list[Version]:
        """Return every version of a matter, oldest first."""
        return self._all("name = %s ORDER BY version", name)

    def current(self) -> list[Version]:
        """Return the latest version of every matter, by name."""
        return self._all(
            "version = (SELECT max(version) FROM matter_version AS other "
            "WHERE other.cell = matter_version.cell AND other.name = matter_version.name) "
            "ORDER BY name"
        )

    def next_serial(self, code: str, day: date, scope: str) -> int:
        """Take the next serial of a day; the day's others wait until this one is committed."""
        row = self.desk.rows.one(
            "INSERT INTO matter_serial (cell, scope, code, day, last) VALUES (%s, %s, %s, %s, 1) "
            "ON CONFLICT (cell, code, day) DO UPDATE SET last = matter_serial.last + 1 "
            "RETURNING last",
            (self.desk.cell, scope, code, day),
        )
        return int(row["last"]) if row else 0

    def _row(self, rest: str, *params: object) -> Row | None:
        sql = f"SELECT {_COLUMNS} FROM matter_version WHERE cell = %s AND {rest}"
        return self.desk.rows.one(sql, (self.desk.cell, *params))

    def _all(self, rest: str, *params: object) -> list[Version]:
        sql = f"SELECT {_COLUMNS} FROM matter_version WHERE cell = %s AND {rest}"
        return [_read(row) for row in self.desk.rows.all(sql, (self.desk.cell, *params))]


def _read(row: Row) -> Version:
    return Version(
        id=MatterId(row["id"]),
        name=row["name"],
        version=row["version"],
        scope=row["scope"],
        entry=decode(row["body"], Entry),
        because=row["because"],
        recorded_at=row["recorded_at"],
    )
