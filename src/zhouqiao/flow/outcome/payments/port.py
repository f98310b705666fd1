"""What we ask of whoever pays."""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from zhouqiao.base import Money


class Payment(msgspec.Struct, frozen=True, kw_only=True):
    """One payment. `key` is paid at most once, ever; `payee` the person's name with us."""

    key: str
    payee: str
    amount: Money
    purpose: str


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """Payments sent together."""

    key: str
    payments: tuple[Payment, ...]

    @property
    def total(self) -> Money:
        """Return the sum of the payments."""
        return sum((one.amount for one in self.payments), start=Money.zero())


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one payment; `reason` where it was not `paid`.

    `amount` is what the peer says it paid, where it says so; `line` where it stands at the peer, so
    that the same line read twice is known from a payment answered twice ("": it does not say).
    """

    key: str
    paid: bool
    reason: str = ""
    amount: Money | None = None
    line: str = ""


class BatchChanged(Exception):
    """The batch was sent before with other contents: a bug of ours, never sent."""


class Payments(Protocol):
    """Whoever pays."""

    def send(self, batch: Batch) -> None:
        """Hand a batch over; the same batch again changes nothing. Raises `Hindrance`."""
        ...

    def answers(self) -> Sequence[Answer]:
        """Return what was answered and not yet taken. Raises `Hindrance`."""
        ...

    def taken(self) -> None:
        """Say that all answers returned last are kept; called after the commit."""
        ...
