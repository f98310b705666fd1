"""What a pack may say about whom it tells what.

late = WarnLate(clock="to_met", of="pickup", tell=Role.DUTY)
Tell(on=pickup.entering(State.SENT), whom=Role.FISHER, words="boat_sent", ways=(Way.SMS,))
Tell(on=pickup.taking(State.SENT, State.CANCELLED), whom=Role.CREW, words="task_gone")
Tell(on=subsidy.made, whom=Role.FISHER, words="subsidy_waits")
Tell(on=late, whom=Role.DUTY, words="late")
Tell(on=case.entering(State.DECIDED), whom=Role.PARTY, words="decided",
     serves=case.taking(State.DECIDED, State.SERVED), proof=in_the_inbox)
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Generic, TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from zhouqiao.flow.case.declare import Entering, On, Part, Taking, key_of
from zhouqiao.flow.outcome.declare import Granting
from zhouqiao.flow.warning.declare import WarnLate
from zhouqiao.platform.notice.declare import Delivered, Way

W = TypeVar("W", bound=StrEnum)
Occasion = Entering[Any] | Taking | Granting | WarnLate[Any]

ALWAYS = ("code", "unit", "time")
"""What any notice has room for: the case's code, the name of its unit, when it happened."""
OF_A_GRANT = ("yuan",)
"""What a notice of a grant has room for besides: the amount."""


class TellSpec(msgspec.Struct, frozen=True, kw_only=True):
    """A notice as plain values, in the words `<pack>.message.<words>`.

    It is of a moment `on`, of a `fund`'s grant and its `turn`, or of a `warning`; the others None.
    `serves` is the step it takes once it counts as served, with the record `proof` makes.
    """

    whom: str
    words: str
    ways: tuple[Way, ...] = ()
    on: On | None = None
    fund: str | None = None
    turn: str | None = None
    warning: str | None = None
    serves: str | UnsetType = UNSET
    proof: str | UnsetType = UNSET


@dataclass(frozen=True, kw_only=True)
class Tell(Part, Generic[W]):
    """On an occasion, `whom` is told something: whom the case is about, its crew, or the post.

    `on` is a moment of the case, `made`, `paid` or `returned` of a `Grant`, or a `WarnLate` of the
    pack. `words` stand under `[message]` in its words files and have room for {code}, {unit},
    {time} and, of a grant, {yuan}. It lies in the inbox; `ways` are tried besides, by consent.

    `serves` names the step by which a legal paper is served on whom the case is about (送达).
    Whoever confirmed the inbox as their address for service is served there: the platform then
    takes that step with the record `proof(delivered)` makes. Everybody else is served by whose
    step it is, who show how.
    """

    stage: ClassVar[str] = "report"

    on: Occasion
    whom: W
    words: str
    ways: tuple[Way, ...] = ()
    serves: Taking | None = None
    proof: Callable[[Delivered], Any] | None = None

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
        if self.serves is not None and self.proof is not None:
            told |= {"serves": self.serves.step, "proof": key_of(self.proof, pack)}
        match self.on:
            case Granting(fund=fund, turn=turn):
                return TellSpec(**told, fund=fund, turn=turn)
            case WarnLate():
                return TellSpec(**told, warning=self.on.spec(pack).name)
            case Entering() | Taking():
                return TellSpec(**told, on=self.on.on)

    def functions(self) -> tuple[Callable[..., Any], ...]:
        """Return the function that makes the record of service."""
        return () if self.proof is None else (self.proof,)

    def faults(self) -> Iterator[str]:
        """Yield, in plain words for its author, what is wrong with this declaration."""
        if Way.INBOX in self.ways:
            yield f"Tell {self.words!r}: the inbox is never left out; drop it from `ways`"
