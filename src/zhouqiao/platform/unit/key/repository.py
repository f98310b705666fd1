"""Rows of keys."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhouqiao.platform.unit.model import Unit
from zhouqiao.store import Desk, Row


@dataclass(frozen=True)
class Keys:
    """The keys of devices, in the desk's transaction."""

    desk: Desk

    def put(self, unit: Unit, mark: str) -> None:
        """Keep a unit's key, instead of the one before."""
        self.desk.rows.later(
            "INSERT INTO unit_key (unit, cell, scope, mark, issued_at, issued_by) "
            "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (unit) DO UPDATE SET "
            "mark = excluded.mark, issued_at = excluded.issued_at, issued_by = excluded.issued_by",
            (
                unit.id, self.desk.cell, unit.scope, mark, self.desk.now(),
                self.desk.subject.person,
            ),
        )  # fmt: skip

    def drop(self, unit: str) -> int:
        """Forget a unit's key; return how many there were."""
        return self.desk.rows.run("DELETE FROM unit_key WHERE unit = %s", (unit,))

    def of(self, units: Sequence[str]) -> list[Row]:
        """Return unit, scope, mark and since when of those that hold a key."""
        return self.desk.rows.all(
            "SELECT unit, scope, mark, issued_at FROM unit_key WHERE unit = ANY(%s)",
            (sorted(set(units)),),
        )
