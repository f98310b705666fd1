"""What a case is and what it may do next. Pure: no clock, no database, no network."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from zhouqiao.base import decode
from zhouqiao.flow.case.errors import (
    AlreadySigned,
    CaseStandsStill,
    HandsAreTied,
    NoSuchStep,
    NotYourStep,
    StepNotOpen,
    TooLate,
    WrongRecord,
)
from zhouqiao.flow.case.facts import CaseId
from zhouqiao.platform.document.form import FormSpec
from zhouqiao.platform.rule import LegalClock

T = TypeVar("T")


class ChairSpec(msgspec.Struct, frozen=True, kw_only=True):
    """`count` different persons in one role, with a certificate where one is asked."""

    role: str
    count: int = 1
    certificate: str | None = None


class StepSpec(msgspec.Struct, frozen=True, kw_only=True):
    """A step as plain values; no chairs: the platform's own."""

    name: str
    start: str
    end: str
    chairs: tuple[ChairSpec, ...] = ()
    one_device: bool = False
    form: str | None = None
    other_than: tuple[str, ...] = ()


class ClockSpec(msgspec.Struct, frozen=True, kw_only=True):
    """A clock as plain values. No `until`: it runs while the case stays in `since`."""

    name: str
    since: str
    until: tuple[str, ...]
    term: LegalClock
    pauses: tuple[str, ...] = ()
    lapses: str | None = None

    @property
    def kind(self) -> str:
        """Whether running out is late (`promise`) or a breach (`statute`)."""
        return "statute" if self.term.is_statutory else "promise"


class RemedySpec(msgspec.Struct, frozen=True, kw_only=True):
    """A remedy as plain values."""

    by: str
    decides: str
    after: tuple[str, ...]
    back: str
    term: LegalClock | None = None
    since: str | None = None
    holds: bool = True


class ShapeSpec(msgspec.Struct, frozen=True, kw_only=True):
    """A procedure and all that hangs on it, as plain values; known by its content hash.

    `cites` names the functions, tables and papers its cases call upon (`store.Pinned`).
    """

    pack: str
    procedure: str
    matter: str
    states: tuple[str, ...]
    initial: str
    finals: tuple[str, ...]
    opens: str
    begins: str
    forms: dict[str, FormSpec]
    steps: tuple[StepSpec, ...]
    clocks: tuple[ClockSpec, ...] = ()
    remedy: RemedySpec | None = None
    reopens: str | None = None
    sections: dict[str, msgspec.Raw] = {}
    roles: dict[str, str] = {}
    headline: str | None = None
    cites: tuple[str, ...] = ()

    def section(self, stage: str, kind: type[T]) -> tuple[T, ...]:
        """Return what the pack declared for one stage (empty: nothing)."""
        raw = self.sections.get(stage)
        return () if raw is None else decode(bytes(raw), tuple[kind, ...])  # type: ignore[valid-type]

    def step(self, name: str) -> StepSpec:
        """Return a step by name. Raises `NoSuchStep`."""
        found = next((step for step in self.steps if step.name == name), None)
        if found is None:
            raise NoSuchStep(name)
        return found

    def open_steps(self, state: str) -> tuple[StepSpec, ...]:
        """Return the steps that leave a state."""
        return tuple(step for step in self.steps if step.start == state)


APPEAL = "appeal"
"""The clock of whoever decides on an appeal; it begins with the appeal."""


class Stood(msgspec.Struct, frozen=True, kw_only=True):
    """A time in which a clock stood still; `why` is what it waited for. No `end`: it does."""

    start: datetime
    end: datetime | None
    why: str


class Running(msgspec.Struct, frozen=True, kw_only=True):
    """A clock at work: its due time as of now, and when it stood still.

    The last of `pauses` has no end while it stands; `due` is None then, if its rule knows that
    pause.
    """

    name: str
    since: datetime
    due: datetime | None
    pauses: tuple[Stood, ...] = ()
    lapsed: bool = False


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """One signature under a step that takes several."""

    role: str
    person: str
    digest: str
    by_hand: bool = False


class Hand(msgspec.Struct, frozen=True, kw_only=True):
    """Who brought the case into a state, last, and when."""

    state: str
    persons: tuple[str, ...]
    at: datetime | None = None


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody ready to act: the role they act in and the certificates they hold today."""

    person: str
    role: str
    certificates: tuple[str, ...] = ()
    by_hand: bool = False


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A matter being seen through.

    `phase`: open, suspended, appealed, waiting (for its children), closed. `nth` counts moves.
    `entered` is when the present state was reached; `signed` who has signed for which step.
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
    point: tuple[float, float] | None = None

    @property
    def is_closed(self) -> bool:
        """Whether nothing more is to be done."""
        return self.phase == "closed"

    def who_entered(self, state: str) -> tuple[str, ...]:
        """Return who last brought the case into a state."""
        return next((hand.persons for hand in self.hands if hand.state == state), ())

    def came_into(self, state: str | None) -> datetime:
        """Return when the case last came into a state (None: into the present one)."""
        known = (hand.at for hand in self.hands if hand.state == state)
        return next(known, None) or self.entered

    def had_a_hand(self, person: str) -> str | None:
        """Return a state that person brought the case into, if there is one."""
        return next((hand.state for hand in self.hands if person in hand.persons), None)


def clocks_after(
    running: tuple[Running, ...],
    shape: ShapeSpec,
    *,
    state: str,
    at: datetime,
    due: Callable[[ClockSpec, Running], datetime | None],
) -> tuple[Running, ...]:
    """Return the clocks once the case has come into `state`: some end, pause, go on or begin."""
    specs = {spec.name: spec for spec in shape.clocks}
    going = [one for one in running if not _ends(specs[one.name], state)]
    after = [_paused(one, at, state if state in specs[one.name].pauses else None) for one in going]
    names = {one.name for one in after}
    after += [
        Running(name=spec.name, since=at, due=None)
        for spec in shape.clocks
        if spec.since == state and spec.name not in names
    ]
    return tuple(replace(one, due=due(specs[one.name], one)) for one in after)


def clocks_appealed(
    running: tuple[Running, ...],
    shape: ShapeSpec,
    *,
    at: datetime,
    due: Callable[[ClockSpec, Running], datetime | None],
) -> tuple[Running, ...]:
    """Return the clocks once an appeal was made: its decider's begins, where there is one."""
    rest = tuple(one for one in running if one.name != APPEAL)
    spec = next((one for one in shape.clocks if one.name == APPEAL), None)
    if spec is None:
        return rest
    begun = Running(name=APPEAL, since=at, due=None)
    return (*rest, replace(begun, due=due(spec, begun)))


def clocks_held(
    running: tuple[Running, ...],
    shape: ShapeSpec,
    *,
    at: datetime,
    why: str | None,
    due: Callable[[ClockSpec, Running], datetime | None],
) -> tuple[Running, ...]:
    """Return the clocks once the whole case stands still (`why`), or goes on again (None)."""
    specs = {spec.name: spec for spec in shape.clocks}
    after = [_paused(one, at, why) for one in running]
    return tuple(replace(one, due=due(specs[one.name], one)) for one in after)


def _ends(spec: ClockSpec, state: str) -> bool:
    return state in spec.until if spec.until else state != spec.since


def _paused(one: Running, at: datetime, why: str | None) -> Running:
    last = one.pauses[-1] if one.pauses and one.pauses[-1].end is None else None
    if why is not None and last is None:
        return replace(one, pauses=(*one.pauses, Stood(start=at, end=None, why=why)))
    if why is None and last is not None:
        return replace(one, pauses=(*one.pauses[:-1], replace(last, end=at)))
    return one


def next_due(case: Case, shape: ShapeSpec) -> tuple[datetime, str] | None:
    """Return the earliest time still to come due, and whether `promise` or `statute` sets it."""
    kinds = {spec.name: spec.kind for spec in shape.clocks}
    times = [
        (one.due, kinds[one.name]) for one in case.clocks if one.due is not None and not one.lapsed
    ]
    return min(times, default=None)


def may_take(case: Case, shape: ShapeSpec, step: StepSpec, now: datetime) -> None:
    """Refuse a step the case does not stand before.

    A time that is over has had its effect then (视为), not when somebody looked: nobody moves it.
    """
    if not goes_on(case, shape):
        raise CaseStandsStill(case.id, case.phase, case.state)
    if step.start != case.state:
        open_ = tuple(one.name for one in shape.open_steps(case.state))
        raise StepNotOpen(case.id, case.state, step.name, open_)
    lapsed = over(case, shape, now)
    if lapsed is not None and lapsed.due is not None and lapsed.due < now and step.chairs:
        raise TooLate(case.id, lapsed.due.isoformat())


def goes_on(case: Case, shape: ShapeSpec) -> bool:
    """Say whether steps may be taken: it is open, or appealed against without being held."""
    unheld = shape.remedy is not None and not shape.remedy.holds
    return case.phase == "open" or (case.phase == "appealed" and unheld)


def over(case: Case, shape: ShapeSpec, now: datetime) -> Running | None:
    """Return a clock that is over and moves the case by itself, if there is one."""
    deemed = {spec.name for spec in shape.clocks if spec.lapses is not None}
    ended = (one for one in case.clocks if one.due is not None and one.due <= now)
    return next((one for one in ended if one.name in deemed), None)


def sign(case: Case, step: StepSpec, actor: Actor, digest: str) -> tuple[Signed, ...]:
    """Return the signatures under a step once `actor` has signed too.

    Refuses somebody of no chair, a second signature of one person, somebody whose own earlier
    act this step is to check, a missing certificate, and a record that differs from the one
    already signed.
    """
    given = tuple(one for one in case.signed.get(step.name, ()) if one.digest == digest)
    if case.signed.get(step.name) and not given:
        raise WrongRecord(case.id, step.name)
    chair = next((one for one in step.chairs if one.role == actor.role), None)
    if chair is None:
        raise NotYourStep(case.id, step.name, tuple(one.role for one in step.chairs))
    if chair.certificate and chair.certificate not in actor.certificates:
        raise NotYourStep(case.id, step.name, (chair.role,), certificate=chair.certificate)
    if any(one.person == actor.person for one in given):
        raise AlreadySigned(case.id, step.name)
    _other_hands(case, step, actor)
    signature = Signed(role=actor.role, person=actor.person, digest=digest, by_hand=actor.by_hand)
    return (*given, signature)


def _other_hands(case: Case, step: StepSpec, actor: Actor) -> None:
    for state in step.other_than:
        if actor.person in case.who_entered(state):
            raise HandsAreTied(case.id, step.name, state)


def is_complete(step: StepSpec, signed: tuple[Signed, ...]) -> bool:
    """Say whether every chair of a step is filled."""
    return all(
        sum(1 for one in signed if one.role == chair.role) >= chair.count for chair in step.chairs
    )


def hands_after(case: Case, end: str, persons: tuple[str, ...], at: datetime) -> tuple[Hand, ...]:
    """Return who brought the case where, with the newest move in it."""
    rest = tuple(hand for hand in case.hands if hand.state != end)
    return (*rest, Hand(state=end, persons=persons, at=at))


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
