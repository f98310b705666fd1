"""How unit can refuse.

Refusal
├── UnitUnknown       404
├── NameTaken         409  another unit of that kind has the name
├── ShiftsOverlap     409  two shifts of one unit share time
├── LicenceNotHeld    409  no licence of that kind is in force
├── SlotFull          409
├── NotBooked         409
└── Invalid           422  field and why
"""

from datetime import datetime
from typing import ClassVar

from zhouqiao.base import NotFound, Refusal


class UnitUnknown(NotFound):
    """No such unit, or none this person may know of."""

    code: ClassVar[str] = "unit.unknown"

    def __init__(self, unit: str) -> None:
        super().__init__("unit", unit)


class NameTaken(Refusal):
    """Another unit of that kind has the name."""

    code: ClassVar[str] = "unit.name_taken"

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class ShiftsOverlap(Refusal):
    """Two shifts of one unit share time, from `starts` on."""

    code: ClassVar[str] = "unit.shifts_overlap"

    def __init__(self, starts: datetime) -> None:
        super().__init__()
        self.starts = starts


class LicenceNotHeld(Refusal):
    """The unit has no licence of that kind in force."""

    code: ClassVar[str] = "unit.licence_not_held"

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind


class SlotFull(Refusal):
    """Every place of that time is taken."""

    code: ClassVar[str] = "unit.slot_full"

    def __init__(self, starts: datetime) -> None:
        super().__init__()
        self.starts = starts


class NotBooked(Refusal):
    """The person has no place in that slot."""

    code: ClassVar[str] = "unit.not_booked"
