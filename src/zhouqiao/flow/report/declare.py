"""What a pack may say about whom it tells what.

late = WarnLate(clock="to_met", of="pickup", tell=Role.DUTY)
Tell(on=pickup.entering(State.SENT), whom=Role.FISHER, words="boat_sent", ways=(Way.SMS,))
Tell(on=pickup.taking(State.SENT, State.CANCELLED), whom=Role.CREW, words="task_gone")
Tell(on=subsidy.made, whom=Role.FISHER, words="subsidy_waits")
Tell(on=late, whom=Role.DUTY, words="late")
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Generic, TypeVar

import msgspec

from zhouqiao.flow.case.declare import Entering, On, Part, Taking
from zhouqiao.flow.outcome.declare import Granting
from zhouqiao.flow.warning.declare import WarnLate
from zhouqiao.platform.notice.declare import Way

W = TypeVar("W", bound=StrEnum)
Occasion = Entering[Any] | Taking | Granting | WarnLate[Any]

ALWAYS = ("code", "unit", "time")
"""What any notice has room for: the case's code, the name of its unit, when it happened."""
OF_A_GRANT = ("yuan",)
"""What a notice of a grant has room for besides: the amount."""


class TellSpec(msgspec.Struct, frozen=True, kw_only=True):
    """A notice as plain values, in the words `<pack>.message.<words>`.

    It is of a moment `on`, of a `fund`'s grant and its `turn`, or of a `warning`; the others None.
    """

    whom: str
    words: str
    ways: tuple[Way, ...] = ()
    on: On | None = None
    fund: str | None = None
    turn: str | None = None
    warning: str | None = None


@dataclass(frozen=True, kw_only=True)
class Tell(Part, Generic[W]):
    """On an occasion, `whom` is told something: whom the case is about, its crew, or the post.

    `on` is a moment of the case, `made`, `paid` or `returned` of a `Grant`, or a `WarnLate` of the
    pack. `words` stand under `[message]` in its words files and have room for {code}, {unit},
    {time} and, of a grant, {yuan}. It lies in the inbox; `ways` are tried besides, by consent.
    """

    stage: ClassVar[str] = "report"

    on: Occasion
    whom: W
    words: str
    ways: tuple[Way, ...] = ()

    @property
    def procedure(self) -> str:
        """Return the name of the procedure it hangs on."""
        return self.on.procedure

    @property
    def slots(self) -> tuple[str, ...]:
        """Return what its words may have room for."""
        return (*ALWAYS, *OF_A_GRANT) if isinstance(self.on, Granting) else ALWAYS

    def spec(self, pack: str) -> TellSpec:
        """Return it as plain values."""
        told: dict[str, Any] = {"whom": self.whom.value, "words": self.words, "ways": self.ways}
        match self.on:
            case Granting(fund=fund, turn=turn):
                return TellSpec(**told, fund=fund, turn=turn)
            case WarnLate():
                return TellSpec(**told, warning=self.on.spec(pack).name)
            case Entering() | Taking():
                return TellSpec(**told, on=self.on.on)

    def faults(self) -> Iterator[str]:
        """Yield, in plain words for its author, what is wrong with this declaration."""
        if Way.INBOX in self.ways:
            yield f"Tell {self.words!r}: the inbox is never left out; drop it from `ways`"
