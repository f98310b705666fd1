"""What a case is: where it stands, its running clocks, who signed and who brought it where."""

from datetime import datetime
from typing import Any

import msgspec

from zhouqiao.flow.case.facts import CaseId
from zhouqiao.platform.rule import Extended


class Stood(msgspec.Struct, frozen=True, kw_only=True):
    """A time in which a clock stood still; `why` is what it waited for. No `end`: it does."""

    start: datetime
    end: datetime | None
    why: str


class Running(msgspec.Struct, frozen=True, kw_only=True):
    """A clock at work: its due time as of now, and when it stood still.

    The last of `pauses` has no end while it stands; `due` is None then, if its rule knows that
    pause. `extended` are the extensions granted, in order. `waits_for` is the year whose working
    days must be known before `due` can be counted, if there is one.
    """

    name: str
    since: datetime
    due: datetime | None
    pauses: tuple[Stood, ...] = ()
    lapsed: bool = False
    extended: tuple[Extended, ...] = ()
    waits_for: int | None = None


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """One signature under a step that takes several."""

    role: str
    person: str
    digest: str
    by_hand: bool = False


class Hand(msgspec.Struct, frozen=True, kw_only=True):
    """Who brought the case into a state, last, and when; `before`: who did earlier."""

    state: str
    persons: tuple[str, ...]
    at: datetime | None = None
    before: tuple[str, ...] = ()

    @property
    def ever(self) -> tuple[str, ...]:
        """Return everyone who ever brought the case there, the first first."""
        return tuple(dict.fromkeys((*self.before, *self.persons)))


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody ready to act: the role they act in and the certificates they hold today."""

    person: str
    role: str
    certificates: tuple[str, ...] = ()
    by_hand: bool = False


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A matter being seen through.

    `phase`: open, suspended, appealed, waiting (for its children), closed. `nth` counts moves.
    `entered` is when the present state was reached; `signed` who has signed for which step;
    `shown` the last record of each form that later steps depend on; `appeals` counts the times its
    remedy was used.
    """

    id: CaseId
    code: str
    cell: str
    scope: str
    person: str | None
    unit: str | None
    pack: str
    procedure: str
    shape: str
    matter: str
    matter_version: int
    headline: str
    state: str
    phase: str
    nth: int
    opened_by: str
    opened_at: datetime
    entered: datetime
    event: str | None = None
    parent: CaseId | None = None
    clocks: tuple[Running, ...] = ()
    hands: tuple[Hand, ...] = ()
    signed: dict[str, tuple[Signed, ...]] = {}
    record: dict[str, Any] = {}
    shown: dict[str, dict[str, Any]] = {}
    point: tuple[float, float] | None = None
    appeals: int = 0

    @property
    def is_closed(self) -> bool:
        """Whether nothing more is to be done."""
        return self.phase == "closed"

    def last(self, form: str, begins: str) -> dict[str, Any] | None:
        """Return the record last shown of a form, if any; it began with one of `begins`."""
        return self.shown.get(form, self.record if form == begins else None)

    def who_entered(self, state: str) -> tuple[str, ...]:
        """Return everyone who ever brought the case into a state."""
        return next((hand.ever for hand in self.hands if hand.state == state), ())

    def came_into(self, state: str | None) -> datetime:
        """Return when the case last came into a state (None: into the present one)."""
        known = (hand.at for hand in self.hands if hand.state == state)
        return next(known, None) or self.entered

    @property
    def everybody(self) -> frozenset[str]:
        """Return all who ever brought the case anywhere."""
        return frozenset(who for hand in self.hands for who in hand.ever)

    def had_a_hand(self, person: str) -> str | None:
        """Return a state that person brought the case into, if there is one."""
        return next((hand.state for hand in self.hands if person in hand.ever), None)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Which cases are asked for: every stated field narrows. `sort` is `due` or `opened`.

    `before` pages on: the last row's opening (sort `opened`); `due_before` keeps what is due by
    then; `open_only` leaves closed ones out.
    """

    procedure: str | None = None
    state: str | None = None
    person: str | None = None
    unit: str | None = None
    scope: str | None = None
    open_only: bool = False
    due_before: datetime | None = None
    sort: str = "opened"
    before: datetime | None = None
    limit: int = 50


class CaseLine(msgspec.Struct, frozen=True, kw_only=True):
    """A case as a list shows it."""

    id: CaseId
    code: str
    scope: str
    pack: str
    procedure: str
    shape: str
    headline: str
    state: str
    phase: str
    person: str | None
    unit: str | None
    opened_at: datetime
    due_at: datetime | None
    due_kind: str | None
    lon: float | None
    lat: float | None
