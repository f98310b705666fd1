"""Rows of bookable times."""

from dataclasses import dataclass
from datetime import datetime

from zhouqiao.platform.unit.declare import Slot
from zhouqiao.platform.unit.model import SlotId, Unit
from zhouqiao.store import Desk, Row


@dataclass(frozen=True)
class Slots:
    """Bookable times and who has them, in the desk's transaction."""

    desk: Desk

    def add_slot(self, slot: SlotId, unit: Unit, one: Slot) -> bool:
        """Keep a bookable time; say whether none began at the same moment."""
        return self.desk.rows.add(
            "unit_slot", scope=unit.scope, slot=slot, unit=unit.id, starts=one.starts,
            ends=one.ends, places=one.places,
        )  # fmt: skip

    def slots(self, unit: str, starts: datetime, ends: datetime) -> list[Row]:
        """Return `slot`, `starts`, `ends`, `places`, `taken` of a unit's times in a span."""
        return self.desk.rows.all(
            "SELECT slot, starts, ends, places, taken FROM unit_slot WHERE cell = %s "
            "AND unit = %s AND starts >= %s AND starts < %s ORDER BY starts",
            (self.desk.cell, unit, starts, ends),
        )

    def slot(self, slot: str) -> Row | None:
        """Return a slot's row, held against others."""
        return self.desk.rows.one("SELECT * FROM unit_slot WHERE slot = %s FOR UPDATE", (slot,))

    def book(self, slot: Row, person: str, case: str | None) -> bool:
        """Take a place; say whether the person had none yet. The slot must be held."""
        told = {"case_id": case, "booked_at": self.desk.now()}
        added = self.desk.rows.add(
            "unit_booking", scope=slot["scope"], person=person, slot=slot["slot"], **told
        )
        self._count(slot, +added)
        return added

    def unbook(self, slot: Row, person: str) -> bool:
        """Give a place back; say whether there was one. The slot must be held."""
        gone = self.desk.rows.run(
            "DELETE FROM unit_booking WHERE slot = %s AND person = %s", (slot["slot"], person)
        )
        self._count(slot, -gone)
        return gone == 1

    def _count(self, slot: Row, change: int) -> None:
        self.desk.rows.run(
            "UPDATE unit_slot SET taken = taken + %s WHERE slot = %s", (change, slot["slot"])
        )
