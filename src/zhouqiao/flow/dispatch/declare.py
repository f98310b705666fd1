"""What a pack may say about who is sent: on what, with which need, by which step.

send = Dispatch(on=pickup.entering(State.REQUESTED), kind="boat", need=need,
                by=pickup.taking(State.REQUESTED, State.SENT))
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

import msgspec

from zhouqiao.base import Mass, Point, Volume
from zhouqiao.flow.case.declare import Entering, On, Part, Taking, key_of


class Carried(msgspec.Struct, frozen=True, kw_only=True):
    """An amount of one kind that must find room in a compartment made for it."""

    kind: str
    mass: Mass | None = None
    volume: Volume | None = None


class Need(msgspec.Struct, frozen=True, kw_only=True):
    """What whoever is sent must be able to do.

    `licences` must be valid on the day; `point` is where (None: where the case is); `until` the
    end of the time window, if there is one.
    """

    loads: tuple[Carried, ...] = ()
    licences: tuple[str, ...] = ()
    point: Point | None = None
    until: datetime | None = None


class DispatchSpec(msgspec.Struct, frozen=True, kw_only=True):
    """A dispatch as plain values. `travel` is `sea` or `land`."""

    on: On
    kind: str
    need: str
    step: str
    travel: str


@dataclass(frozen=True, kw_only=True)
class Dispatch(Part):
    """At `on`, send the nearest able unit of `kind`: the platform takes the step `by` with it.

    `need` is a pinned function from the record the case began with. `travel` says over what the
    way goes. While nobody is able the case stays where it is, and is looked at again.
    """

    stage: ClassVar[str] = "dispatch"

    on: Entering[Any]
    kind: str
    need: Callable[[Any], Need]
    by: Taking
    travel: str = "sea"

    @property
    def procedure(self) -> str:
        """Return the name of the procedure it hangs on."""
        return self.on.procedure

    def spec(self, pack: str) -> DispatchSpec:
        """Return it as plain values."""
        return DispatchSpec(
            on=self.on.on, kind=self.kind, need=key_of(self.need, pack), step=self.by.step,
            travel=self.travel,
        )  # fmt: skip

    def functions(self) -> tuple[Callable[..., Any], ...]:
        """Return the function that says what is needed."""
        return (self.need,)
