"""What a warning tells the world."""

from decimal import Decimal

from zhouqiao.base import Id
from zhouqiao.store import Fact


class WarningId(Id):
    """Names one warning."""

    prefix = "warning"
    __slots__ = ()


class WarningRaised(Fact, frozen=True, kw_only=True):
    """Something should worry us. `rule` is `<pack>.<name>`; `tell` the role that should know.

    For a figure: what it read and its limit, in `unit`. For a case: its `clock`, of the `force` of
    a `promise` or a `statute`. `signal` is what it was handed on as; None: `stopped` says why not.
    """

    warning: WarningId
    rule: str
    tell: str
    case: str | None = None
    clock: str | None = None
    force: str | None = None
    indicator: str | None = None
    value: Decimal | None = None
    limit: Decimal | None = None
    unit: str | None = None
    signal: str | None = None
    stopped: str | None = None


class WarningAcknowledged(Fact, frozen=True, kw_only=True):
    """A person has seen it and looks after it."""

    warning: WarningId
    by: str


class WarningCleared(Fact, frozen=True, kw_only=True):
    """It is over. `by` is a person, or `system` when the figure or the case itself said so."""

    warning: WarningId
    by: str
    reason: str
    value: Decimal | None = None
