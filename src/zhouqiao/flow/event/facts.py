"""What signals were found to mean."""

from typing import Any

from zhouqiao.base import Id
from zhouqiao.flow.signal import SignalId
from zhouqiao.store import Fact


class EventId(Id):
    """Names one event: one thing in the world, however many told of it."""

    prefix = "event"
    __slots__ = ()


class EventEstablished(Fact, frozen=True, kw_only=True):
    """Something of `kind` is going on. `understood`: a case is being opened in the same breath."""

    event: EventId
    signal: SignalId
    kind: str
    body: dict[str, Any]
    point: tuple[float, float] | None = None
    understood: bool = False


class EventClassified(Fact, frozen=True, kw_only=True):
    """It is of another kind than was thought."""

    event: EventId
    kind: str
    was: str


class EventMerged(Fact, frozen=True, kw_only=True):
    """`event` and `other` are one thing; `other` lives on as a name of it."""

    event: EventId
    other: EventId
    reason: str


class EventSplit(Fact, frozen=True, kw_only=True):
    """It was several things after all."""

    event: EventId
    parts: tuple[EventId, ...]
    reason: str


class EventRerouted(Fact, frozen=True, kw_only=True):
    """It belongs to another body or place: its scope changed."""

    event: EventId
    was: str
    now: str
    reason: str
