"""How an outcome can refuse.

Refusal
├── WrongState             409  the grant does not stand where this is possible
├── InFlight               409  the bank has it: wait for its answer
├── NotSigned              409  nobody of the paying body signed for the batch yet
├── StrayAnswer            409  the bank's answer fits no payment in flight: parked for a person
├── AlreadyRated           409
├── NotYet                 409  there is nothing to rate yet
├── NoReason               422
├── NoRate                 409  no row of the table holds that day: parked until one does
├── NotYours               403  another's grant or case
├── OwnGrant               403  nobody pays or reverses their own
├── OwnBatch               403  nobody signs for what they granted or put together
├── NoSuchBatch            404
└── NoSuchGrant            404
"""

from typing import ClassVar

from zhouqiao.base import Invalid, NotAllowed, NotFound, Refusal


class WrongState(Refusal):
    """`act` is not possible while the grant is `state`."""

    code: ClassVar[str] = "outcome.wrong_state"

    def __init__(self, grant: str, state: str, act: str) -> None:
        super().__init__()
        self.grant = grant
        self.state = state
        self.act = act


class InFlight(Refusal):
    """The payment is with the bank in `batch`."""

    code: ClassVar[str] = "outcome.in_flight"

    def __init__(self, grant: str, batch: str) -> None:
        super().__init__()
        self.grant = grant
        self.batch = batch


class NotSigned(Refusal):
    """The batch leaves once somebody signed for it."""

    code: ClassVar[str] = "outcome.not_signed"

    def __init__(self, batch: str) -> None:
        super().__init__()
        self.batch = batch


class StrayAnswer(Refusal):
    """The bank answered `key`, and `why` that fits no payment in flight."""

    code: ClassVar[str] = "outcome.stray_answer"

    def __init__(self, key: str, why: str) -> None:
        super().__init__(f"{key}: {why}")
        self.key = key
        self.why = why


class AlreadyRated(Refusal):
    """One rating a case."""

    code: ClassVar[str] = "outcome.already_rated"

    def __init__(self, case: str) -> None:
        super().__init__()
        self.case = case


class NotYet(Refusal):
    """The case has not come to where it can be rated, or never does."""

    code: ClassVar[str] = "outcome.not_yet"

    def __init__(self, case: str) -> None:
        super().__init__()
        self.case = case


class NoRate(Refusal):
    """The table `rates` has no row for the day `on`."""

    code: ClassVar[str] = "outcome.no_rate"

    def __init__(self, rates: str, on: str) -> None:
        super().__init__()
        self.rates = rates
        self.on = on


class NoReason(Invalid):
    """Taking money back needs a reason."""

    code: ClassVar[str] = "outcome.no_reason"

    def __init__(self) -> None:
        super().__init__("reason", "missing")


class NotYours(NotAllowed):
    """Only the person it was done for may do this."""

    code: ClassVar[str] = "outcome.not_yours"

    def __init__(self, action: str) -> None:
        super().__init__(action)


class OwnGrant(NotAllowed):
    """Nobody pays money to themselves, or takes their own back."""

    code: ClassVar[str] = "outcome.own_grant"

    def __init__(self, grant: str) -> None:
        super().__init__("outcome.pay", grant=grant)


class OwnBatch(NotAllowed):
    """Somebody else signs: the subject had a hand in the case of `grant`, or made the batch."""

    code: ClassVar[str] = "outcome.own_batch"

    def __init__(self, batch: str, grant: str) -> None:
        super().__init__("outcome.pay", batch=batch, grant=grant)


class NoSuchBatch(NotFound):
    """No such batch, or none this person may know of."""

    code: ClassVar[str] = "outcome.no_such_batch"

    def __init__(self, batch: str) -> None:
        super().__init__("batch", batch)


class NoSuchGrant(NotFound):
    """No such grant, or none this person may know of."""

    code: ClassVar[str] = "outcome.no_such_grant"

    def __init__(self, grant: str) -> None:
        super().__init__("grant", grant)
