"""What a procedure is as plain values: its shape, known by its content hash."""

from typing import TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from zhouqiao.base import decode
from zhouqiao.flow.case.errors import NoSuchStep
from zhouqiao.platform.document.form import FormSpec
from zhouqiao.platform.rule import LegalClock

T = TypeVar("T")

APPEAL = "appeal"
"""The clock of whoever decides on an appeal; it begins with the appeal."""


class ChairSpec(msgspec.Struct, frozen=True, kw_only=True):
    """`count` different persons in one role, with a certificate where one is asked."""

    role: str
    count: int = 1
    certificate: str | None = None


class GuardSpec(msgspec.Struct, frozen=True, kw_only=True):
    """A condition as plain values: the rule, the form it reads, and the dated table beside it."""

    holds: str
    of: str
    rates: str | None = None

    @property
    def name(self) -> str:
        """Return the name of its rule."""
        return self.holds.partition(".")[2].partition("@")[0]


class DaySpec(msgspec.Struct, frozen=True, kw_only=True):
    """The day a time is counted from as plain values: the rule that reads it, and of which form."""

    rule: str
    of: str


class AheadSpec(msgspec.Struct, frozen=True, kw_only=True):
    """By when a step must be taken before a day its own record names."""

    term: LegalClock
    day: DaySpec


class StepSpec(msgspec.Struct, frozen=True, kw_only=True):
    """A step as plain values; no chairs: the platform's own.

    A word that came later is left out where it is not said: open cases name the hash without it.
    """

    name: str
    start: str
    end: str
    chairs: tuple[ChairSpec, ...] = ()
    one_device: bool = False
    form: str | None = None
    other_than: tuple[str, ...] = ()
    only_if: GuardSpec | UnsetType = UNSET
    unless: GuardSpec | UnsetType = UNSET
    ahead: AheadSpec | UnsetType = UNSET

    @property
    def guards(self) -> tuple[tuple[GuardSpec, bool], ...]:
        """Return its conditions, each with whether it must hold."""
        both = ((self.only_if, True), (self.unless, False))
        return tuple((one, wanted) for one, wanted in both if isinstance(one, GuardSpec))


class ClockSpec(msgspec.Struct, frozen=True, kw_only=True):
    """A clock as plain values. No `until`: it runs while the case stays in `since`."""

    name: str
    since: str
    until: tuple[str, ...]
    term: LegalClock
    pauses: tuple[str, ...] = ()
    lapses: str | None = None
    day: DaySpec | UnsetType = UNSET

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
    day: DaySpec | UnsetType = UNSET
    times: int | UnsetType = UNSET
    stays: tuple[str, ...] | UnsetType = UNSET

    def is_left(self, appeals: int) -> bool:
        """Say whether it may be used again after so many times."""
        return self.times is UNSET or appeals < self.times


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

    @property
    def reads(self) -> frozenset[str]:
        """Return the forms a case must keep the last of, as later steps depend on them."""
        guards = {guard.of for step in self.steps for guard, _ in step.guards}
        dated = (*self.clocks, *((self.remedy,) if self.remedy else ()))
        return frozenset(guards | {one.day.of for one in dated if isinstance(one.day, DaySpec)})

    def open_steps(self, state: str) -> tuple[StepSpec, ...]:
        """Return the steps that leave a state."""
        return tuple(step for step in self.steps if step.start == state)
