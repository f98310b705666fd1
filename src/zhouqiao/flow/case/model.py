"""What a case is and what it may do next. Pure: no clock, no database, no network."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from zhouqiao.base import decode, encode
from zhouqiao.flow.case.errors import (
    AlreadySigned,
    CaseStandsStill,
    HandsAreTied,
    NoSuchStep,
    NotYourStep,
    StepNotOpen,
    WrongRecord,
)
from zhouqiao.flow.case.facts import CaseId
from zhouqiao.platform.document import FormSpec
from zhouqiao.platform.rule import Term

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
    """A clock as plain values. `kind` is `promise` or `statute`."""

    name: str
    since: str
    until: tuple[str, ...]
    term: Term
    pauses: tuple[str, ...] = ()
    lapses: str | None = None

    @property
    def kind(self) -> str:
        """Whether running out is late (`promise`) or a breach (`statute`)."""
        return "statute" if self.term.statutory else "promise"


class RemedySpec(msgspec.Struct, frozen=True, kw_only=True):
    """A remedy as plain values."""

    by: str
    decides: str
    after: tuple[str, ...]
    back: str
    term: Term | None = None
    holds: bool = True


class ShapeSpec(msgspec.Struct, frozen=True, kw_only=True):
    """A procedure and all that hangs on it, as plain values; known by its content hash."""

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
    words: dict[str, dict[str, str]] = {}

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


class Running(msgspec.Struct, frozen=True, kw_only=True):
    """A clock at work: its due time as of now, and when it stood still.

    `pauses` holds (from, to) pairs; the last `to` is None while it stands. `due` is None then.
    """

    name: str
    since: datetime
    due: datetime | None
    pauses: tuple[tuple[datetime, datetime | None], ...] = ()
    lapsed: bool = False


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """One signature under a step that takes several."""

    role: str
    person: str
    digest: str
    by_hand: bool = False


class Hand(msgspec.Struct, frozen=True, kw_only=True):
    """Who brought the case into a state, last."""

    state: str
    persons: tuple[str, ...]


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


def may_take(case: Case, shape: ShapeSpec, step: StepSpec) -> None:
    """Refuse a step the case does not stand before."""
    if case.phase != "open":
        raise CaseStandsStill(case.id, case.phase, case.state)
    if step.start != case.state:
        open_ = tuple(one.name for one in shape.open_steps(case.state))
        raise StepNotOpen(case.id, case.state, step.name, open_)


def sign(
    case: Case, step: StepSpec, actor: Actor, digest: str
) -> tuple[Signed, ...]:
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
    signature = Signed(
        role=actor.role, person=actor.person, digest=digest, by_hand=actor.by_hand
    )
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


def hands_after(case: Case, end: str, persons: tuple[str, ...]) -> tuple[Hand, ...]:
    """Return who brought the case where, with the newest move in it."""
    rest = tuple(hand for hand in case.hands if hand.state != end)
    return (*rest, Hand(state=end, persons=persons))


def plain(case: Case) -> Mapping[str, Any]:
    """Return the parts of a case that are kept as one JSON text."""
    kept = {
        "clocks": case.clocks, "hands": case.hands, "signed": case.signed, "record": case.record,
    }  # fmt: skip
    found: Mapping[str, Any] = msgspec.json.decode(encode(kept))
    return found
