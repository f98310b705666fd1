"""What a case tells the world."""

from datetime import datetime
from typing import Any

from zhouqiao.base import Id
from zhouqiao.store import Fact


class CaseId(Id):
    """Names one case."""

    prefix = "case"
    __slots__ = ()


class CaseFact(Fact, frozen=True, kw_only=True):
    """What every fact about a case says: which one, of which pack and procedure, by which shape.

    `nth` counts the moves of the case, from 0 at its opening.
    """

    case: CaseId
    pack: str
    procedure: str
    shape: str
    nth: int


class CaseOpened(CaseFact, frozen=True, kw_only=True):
    """A matter was taken up. `record` is what it began with, personal values left out."""

    code: str
    matter: str
    state: str
    opened_by: str
    record: dict[str, Any]
    event: str | None = None
    parent: CaseId | None = None


class StepTaken(CaseFact, frozen=True, kw_only=True):
    """The case moved from `start` to `end`. `hands` took the step; the platform is `system`."""

    step: str
    start: str
    end: str
    hands: tuple[str, ...]
    evidence: str | None = None
    record: dict[str, Any] | None = None
    entered_at: datetime
    lapsed: bool = False
    closes: bool = False


class SignatureGiven(CaseFact, frozen=True, kw_only=True):
    """One of several has agreed to a step, over the record with `digest`."""

    step: str
    by: str
    role: str
    digest: str


class CaseSuspended(CaseFact, frozen=True, kw_only=True):
    """The case stands still, and its clocks with it. `reason` is a code or a sentence kept."""

    reason: str


class CaseResumed(CaseFact, frozen=True, kw_only=True):
    """The case goes on; its clocks were moved by the time it stood still."""


class OpenedDaily(Fact, frozen=True, kw_only=True):
    """While the arrangement `case` stands, the case of a `day` was `opened`."""

    case: CaseId
    opened: CaseId
    day: str


class DaysMissed(Fact, frozen=True, kw_only=True):
    """On these `days` nothing was opened for a standing arrangement: the platform was not there."""

    case: CaseId
    opens: str
    days: tuple[str, ...]


class CaseObjected(CaseFact, frozen=True, kw_only=True):
    """Whoever was to act says it is not theirs; the case went back to `end` to be given anew."""

    start: str
    end: str
    reason: str


class CaseReturned(CaseFact, frozen=True, kw_only=True):
    """The case was sent back to an earlier state to be done again."""

    start: str
    end: str
    reason: str


class CaseSplit(CaseFact, frozen=True, kw_only=True):
    """Parts of the case were given to several; they answer to this one and its clock."""

    children: tuple[CaseId, ...]


class CaseJoined(CaseFact, frozen=True, kw_only=True):
    """Every child is finished; the case goes on. `failed` names those that came to nothing."""

    children: tuple[CaseId, ...]
    failed: tuple[CaseId, ...] = ()


class ClockExtended(CaseFact, frozen=True, kw_only=True):
    """A running clock was lengthened by `length` of its `unit`; `by` is the role that granted it.

    `was_due_at` and `due_at` are None while the clock stands still.
    """

    clock: str
    by: str
    length: int
    unit: str
    basis: str | None
    was_due_at: datetime | None
    due_at: datetime | None
    reason: str


class CaseReopened(CaseFact, frozen=True, kw_only=True):
    """A closed case was taken up again."""

    end: str
    reason: str


class CaseAppealed(CaseFact, frozen=True, kw_only=True):
    """The person concerned does not accept it."""

    state: str
    reason: str


class AppealDecided(CaseFact, frozen=True, kw_only=True):
    """Another than the first decider has decided on the appeal."""

    upheld: bool
    end: str
    reason: str


class ClockLapsed(CaseFact, frozen=True, kw_only=True):
    """A time is over. `force` is `promise` or `statute`: late is not breach."""

    clock: str
    force: str
    basis: str | None
    state: str
    due_at: datetime
