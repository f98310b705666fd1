"""Moments of a procedure, for other parts of a pack to hang on."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

import msgspec

S = TypeVar("S", bound=StrEnum)


class On(msgspec.Struct, frozen=True, kw_only=True):
    """A moment as plain values: a case enters `state`, or takes `step` (the other is None)."""

    state: str | None = None
    step: str | None = None

    def hit(self, *, state: str, step: str | None) -> bool:
        """Say whether coming into `state` by `step` (None: at the opening) is this moment."""
        return self.state == state if self.state else self.step is not None and self.step == step


@dataclass(frozen=True)
class Entering(Generic[S]):
    """The moment a case of `procedure` comes into `state`."""

    procedure: str
    state: S

    @property
    def on(self) -> On:
        """Return the moment as plain values."""
        return On(state=self.state.value)


@dataclass(frozen=True)
class Taking:
    """The moment a case of `procedure` takes a step; `shows` is the record taken with it."""

    procedure: str
    step: str
    shows: type | None

    @property
    def on(self) -> On:
        """Return the moment as plain values."""
        return On(step=self.step)
