"""What came in."""

from typing import Any

from zhouqiao.base import Id
from zhouqiao.store import Fact


class SignalId(Id):
    """Names one signal."""

    prefix = "signal"
    __slots__ = ()


class SignalReceived(Fact, frozen=True, kw_only=True):
    """A signal was taken in. `understood`: whoever took it in already knows what it means."""

    signal: SignalId
    source: str
    key: str
    kind: str
    body: dict[str, Any]
    point: tuple[float, float] | None = None
    understood: bool = False
