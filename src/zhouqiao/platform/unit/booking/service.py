"""Bookable times of a unit: offered, booked, given back."""

from collections.abc import Sequence
from datetime import datetime

from zhouqiao.base import Invalid, NotFound
from zhouqiao.platform.unit import facts
from zhouqiao.platform.unit.booking.repository import Slots
from zhouqiao.platform.unit.declare import Slot
from zhouqiao.platform.unit.errors import NotBooked, SlotFull, UnitUnknown
from zhouqiao.platform.unit.model import SlotId, UnitId
from zhouqiao.platform.unit.repository import Units
from zhouqiao.store import Desk, Row


def open_slots(desk: Desk, unit_id: UnitId, slots: Sequence[Slot]) -> list[SlotId]:
    """Offer times; one that begins when another does is left as it is. Raises `Invalid`."""
    unit = Units(desk).unit(unit_id)
    if unit is None:
        raise UnitUnknown(unit_id)
    desk.may("slot.open", scope=unit.scope)
    opened = []
    for one in slots:
        if not one.starts < one.ends or one.places < 1:
            raise Invalid("slots", "shape")
        name = desk.ids.new(SlotId)
        if Slots(desk).add_slot(name, unit, one):
            opened.append(name)
    return opened


def slots_of(desk: Desk, unit_id: UnitId, starts: datetime, ends: datetime) -> list[Row]:
    """Return `slot`, `starts`, `ends`, `places`, `taken` of a unit's times that begin in a span."""
    return Slots(desk).slots(unit_id, starts, ends)


def book(desk: Desk, slot_id: SlotId, person: str, *, case: str | None = None) -> None:
    """Take a place for a person; twice is once. Raises `SlotFull`, `NotFound`, `Invalid`."""
    slot = _held(desk, slot_id, "slot.book", person)
    if slot["ends"] <= desk.now():
        raise Invalid("slot", "past")
    if slot["taken"] >= slot["places"]:
        raise SlotFull(slot["starts"])
    if Slots(desk).book(slot, person, case):
        fact = facts.SlotBooked(slot=slot_id, unit=slot["unit"], case=case)
        desk.tell(fact, about=slot_id, scope=slot["scope"], person=person)


def release(desk: Desk, slot_id: SlotId, person: str) -> None:
    """Give a person's place back. Raises `NotBooked`."""
    slot = _held(desk, slot_id, "slot.release", person)
    if not Slots(desk).unbook(slot, person):
        raise NotBooked
    fact = facts.SlotReleased(slot=slot_id, unit=slot["unit"])
    desk.tell(fact, about=slot_id, scope=slot["scope"], person=person)


def _held(desk: Desk, slot_id: SlotId, action: str, person: str) -> Row:
    slot = Slots(desk).slot(slot_id)
    if slot is None:
        raise NotFound("slot", slot_id)
    desk.may(action, scope=slot["scope"], person=person)
    return slot
