"""What a pack may say about who is sent: on what, for which errand, by which step.

send = Dispatch(on=pickup.entering(State.REQUESTED), kind=UnitKind.BOAT, errand=errand,
                by=pickup.taking(State.REQUESTED, State.SENT))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import msgspec

from zhouqiao.base import Point
from zhouqiao.flow.case.declare import Entering, On, Part, Taking, key_of
from zhouqiao.platform.unit.declare import Load, UnitKind


@dataclass(frozen=True, kw_only=True)
class Errand:
    """What whoever is sent must be able to do.

    Room for every load at once, the licences in force, on duty for `minutes` from now; `at` is
    where (None: where the case is).
    """

    loads: tuple[Load, ...] = ()
    licences: tuple[str, ...] = ()
    capability: str | None = None
    minutes: int = 120
    at: Point | None = None


class DispatchSpec(msgspec.Struct, frozen=True, kw_only=True):
    """A dispatch as plain values. `travel` is `sea` or `land`; `frees` the states that free it."""

    on: On
    kind: UnitKind
    errand: str
    step: str
    travel: str
    frees: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Dispatch(Part):
    """At `on`, send the nearest able unit of `kind`: the platform takes the step `by` with it.

    `errand` is a pinned function from the record the case began with. `travel` says over what
    the way goes; in the states `frees` (and when the case closes) the unit is free again. While
    nobody is able the case stays where it is, and is looked at again.
    """

    stage: ClassVar[str] = "dispatch"

    on: Entering[Any]
    kind: UnitKind
    errand: Callable[[Any], Errand]
    by: Taking
    travel: str = "sea"
    frees: tuple[Any, ...] = ()

    @property
    def procedure(self) -> str:
        """Return the name of the procedure it hangs on."""
        return self.on.procedure

    def spec(self, pack: str) -> DispatchSpec:
        """Return it as plain values."""
        return DispatchSpec(
            on=self.on.on, kind=self.kind, errand=key_of(self.errand, pack), step=self.by.step,
            travel=self.travel, frees=tuple(state.value for state in self.frees),
        )  # fmt: skip

    def functions(self) -> tuple[Callable[..., Any], ...]:
        """Return the function that says what is needed."""
        return (self.errand,)
