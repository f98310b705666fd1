"""What the register of matters refuses.

Refusal
├── MatterFaulty      an entry that cannot be; all faults at once
├── MatterKnown       the name or code is another matter's
├── MatterNotInForce  not yet, or no longer, on that day
├── MatterNotLater    a version that would begin before the one it follows
├── NoCode            a matter without a code of 31 characters numbers no cases
└── SerialsUsedUp     more than 9,999 cases of one matter on one day
"""

from datetime import date
from typing import ClassVar

from zhouqiao.base import Refusal


class MatterFaulty(Refusal):
    """An entry the register does not take; `faults` lists everything wrong, as `field: why`."""

    code: ClassVar[str] = "matter.faulty"
    status: ClassVar[int] = 422

    def __init__(self, name: str, faults: tuple[str, ...]) -> None:
        super().__init__()
        self.name = name
        self.faults = "; ".join(faults)


class _Named(Refusal):
    """A refusal about one matter on one day."""

    def __init__(self, name: str, on: date | None = None) -> None:
        super().__init__()
        self.name = name
        self.on = on


class MatterKnown(_Named):
    """The name or the code already is a matter's; revise that one."""

    code: ClassVar[str] = "matter.known"


class MatterNotInForce(_Named):
    """Nobody may be served by it on that day."""

    code: ClassVar[str] = "matter.not_in_force"


class MatterNotLater(_Named):
    """`on` is the day the latest version holds from; a new one may not begin before it."""

    code: ClassVar[str] = "matter.not_later"


class NoCode(_Named):
    """Without its 31 characters a case cannot be numbered as the national platform does."""

    code: ClassVar[str] = "matter.no_code"


class SerialsUsedUp(_Named):
    """Four digits are all the number has for one day."""

    code: ClassVar[str] = "matter.serials_used_up"
