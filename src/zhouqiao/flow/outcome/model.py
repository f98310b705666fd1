"""What an outcome is, and what may become of a grant. Pure."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec

from zhouqiao.base import Invalid, Money
from zhouqiao.flow.outcome.declare import OutcomeSpec
from zhouqiao.flow.outcome.errors import InFlight, WrongState
from zhouqiao.flow.outcome.facts import BatchId, GrantId

DIFFERENCE = "open_difference"
STARS = range(1, 6)
LONGEST = 500
CHINA = timedelta(hours=8)


class State(StrEnum):
    """Where a grant stands."""

    GRANTED = "granted"
    ACCEPTED = "accepted"
    REQUESTED = "requested"
    SENT = "sent"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    REVERSED = "reversed"


# What may follow what: `returned` may be accepted anew once the account is put right.
FOLLOWS: dict[State, tuple[State, ...]] = {
    State.ACCEPTED: (State.GRANTED, State.RETURNED),
    State.REQUESTED: (State.ACCEPTED,),
    State.SENT: (State.REQUESTED,),
    State.CONFIRMED: (State.SENT,),
    State.RETURNED: (State.SENT,),
    State.REVERSED: (State.GRANTED, State.ACCEPTED, State.RETURNED, State.CONFIRMED),
}


class Granted(msgspec.Struct, frozen=True, kw_only=True):
    """A grant as it stands. `form` is the signed form it stands on, `row` the row of rates."""

    id: GrantId
    scope: str
    person: str | None
    case: str
    pack: str
    fund: str
    form: str
    state: State
    amount: Money
    rule: str
    row: str | None
    inputs: dict[str, Any]
    granted_at: datetime
    batch: BatchId | None = None
    accepted_at: datetime | None = None
    requested_by: str | None = None
    settled_at: datetime | None = None
    reason: str | None = None

    def may_become(self, state: State) -> None:
        """Refuse what may not follow. Raises `InFlight`, `WrongState`."""
        if state is State.REVERSED and self.state in (State.REQUESTED, State.SENT):
            raise InFlight(self.id, self.batch or "-")
        if self.state not in FOLLOWS[state]:
            raise WrongState(self.id, self.state.value, state.value)


class BatchMade(msgspec.Struct, frozen=True, kw_only=True):
    """A batch as it waits to be signed for, or was: `lines` payments of `total`, of one body."""

    id: BatchId
    scope: str
    lines: int
    total: Money
    made_at: datetime
    requested_by: str
    signed_by: str | None = None
    signed_at: datetime | None = None


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """An outcome that is due: what was declared, and the moment it is due for.

    `form` names the signed form (the evidence, or the step of the case).
    """

    spec: OutcomeSpec
    pack: str
    case: str
    scope: str
    person: str | None
    form: str
    evidence: str | None
    record: dict[str, Any]
    hands: tuple[str, ...]
    happened_at: datetime


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """An outcome that waits, and since when."""

    due: Due
    why: str
    held_at: datetime


class Rated(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody thought of how their case was done."""

    case: str
    stars: int
    text: str
    at: datetime


def stated(stars: int, text: str) -> str:
    """Return the text if it is a rating. Raises `Invalid`."""
    if stars not in STARS:
        raise Invalid("stars", "range", least=STARS[0], most=STARS[-1])
    if len(text) > LONGEST:
        raise Invalid("text", "too_long", limit=LONGEST)
    return text.strip()


def day_of(moment: datetime) -> date:
    """Return the day of a moment in China, by which dated rates are chosen."""
    return (moment + CHINA).date()
