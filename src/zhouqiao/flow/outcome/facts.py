"""What an outcome tells the world."""

from typing import Any

from zhouqiao.base import Id, Money
from zhouqiao.store import Fact


class GrantId(Id):
    """Names one grant; it is also the key under which a bank is asked to pay it, once."""

    prefix = "grant"
    __slots__ = ()


class BatchId(Id):
    """Names one batch of payments handed to the bank."""

    prefix = "batch"
    __slots__ = ()


class GrantFact(Fact, frozen=True, kw_only=True):
    """What every fact about a grant says."""

    grant: GrantId
    case: str
    fund: str
    amount: Money


class GrantMade(GrantFact, frozen=True, kw_only=True):
    """Money was granted: `rule` cites the function, `row` the dated row of rates, `inputs` both.

    `form` is the signed form it stands on; no form is granted for twice.
    """

    form: str
    rule: str
    row: str | None
    inputs: dict[str, Any]


class GrantAccepted(GrantFact, frozen=True, kw_only=True):
    """The person it was granted to wants it."""


class PaymentRequested(GrantFact, frozen=True, kw_only=True):
    """It was put into a batch for the bank; `by` whom."""

    batch: BatchId
    by: str


class PaymentSigned(GrantFact, frozen=True, kw_only=True):
    """A person of the paying body signed for the batch it is in; `by` whom."""

    batch: BatchId
    by: str


class PaymentSent(GrantFact, frozen=True, kw_only=True):
    """The bank has the batch."""

    batch: BatchId


class PaymentConfirmed(GrantFact, frozen=True, kw_only=True):
    """The bank has paid."""


class PaymentReturned(GrantFact, frozen=True, kw_only=True):
    """The bank could not pay; `reason` is the bank's."""

    reason: str


class GrantReversed(GrantFact, frozen=True, kw_only=True):
    """The grant was taken back; `claimed`: it had been paid and is now owed back."""

    reason: str
    claimed: bool


class AnswerStray(Fact, frozen=True, kw_only=True):
    """The bank answered what fits no payment in flight; somebody must look.

    `why` is unknown (no such number), wrong_sum, or not_in_flight (answered before, or never sent).
    """

    key: str
    paid: bool
    why: str
    reason: str = ""
    amount: Money | None = None


class OutcomeHeld(Fact, frozen=True, kw_only=True):
    """An outcome waits. `why` is a code; it is released when what it waits for is settled."""

    case: str
    name: str
    form: str
    why: str


class GrantHeld(OutcomeHeld, frozen=True, kw_only=True):
    """A grant waits for a difference to be cleared."""


class PaperHeld(OutcomeHeld, frozen=True, kw_only=True):
    """A paper waits for a difference to be cleared."""


class Rated(Fact, frozen=True, kw_only=True):
    """The person it was done for has rated it, 1 (bad) to 5. What they wrote stays in the row."""

    case: str
    stars: int
    wrote: bool
