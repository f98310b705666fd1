"""Procedures: states, steps, who takes them, by when, and the remedy against them."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from zhouqiao.flow.case.declare.dated import Dated, Time
from zhouqiao.flow.case.declare.guard import Guard
from zhouqiao.flow.case.declare.moment import Entering, Taking
from zhouqiao.platform.document.declare import Icon
from zhouqiao.platform.rule.declare import Within

S = TypeVar("S", bound=StrEnum)
W = TypeVar("W", bound=StrEnum)

PLATFORM = "platform"


@dataclass(frozen=True)
class Chair(Generic[W]):
    """`count` different persons in one role; with `certificate`, each must hold a valid one."""

    role: W
    count: int = 1
    certificate: str | None = None


@dataclass(frozen=True)
class Party(Generic[W]):
    """Who must act together for a step. With `one_device` the others may sign by hand on it."""

    chairs: tuple[Chair[W], ...]
    one_device: bool = False


def both(*roles: W, one_device: bool = False) -> Party[W]:
    """One person of each role."""
    return Party(tuple(Chair(role) for role in roles), one_device)


def two(role: W, *, certificate: str | None = None) -> Party[W]:
    """Two different persons of one role (two officers, two bodies' clerks)."""
    return Party((Chair(role, 2, certificate),))


def panel(role: W, at_least: int) -> Party[W]:
    """Return a group that must be complete before the step counts (集体讨论)."""
    return Party((Chair(role, at_least),))


def certified(role: W, certificate: str) -> Party[W]:
    """One person of a role who holds a valid certificate of that kind."""
    return Party((Chair(role, 1, certificate),))


@dataclass(frozen=True)
class Step(Generic[S, W]):
    """From `start` to `end`, taken by `by` (None: the platform, by rule).

    `shows` is the record it is taken with; `within` the time from entering `start`, or from a
    day some record names (`Dated`); `lapses`
    says that the platform itself takes the step when that time is over (deemed effects, 视为);
    `other_than` names states: whoever ever brought the case into one of them may not
    take this step.
    `only_if` and `unless` are conditions over what was shown (处罚法 §57: 情节复杂或者重大违法 is
    discussed by the heads together, 应当集体讨论决定); whoever tries otherwise is told which.
    """

    start: S
    end: S
    by: W | Party[W] | None = None
    shows: type | None = None
    within: Time | None = None
    lapses: bool = False
    other_than: tuple[S, ...] = ()
    only_if: Guard | None = None
    unless: Guard | None = None

    @property
    def name(self) -> str:
        """`start_to_end`, the step's stable name."""
        return f"{self.start.value}_to_{self.end.value}"

    @property
    def ahead(self) -> Dated | None:
        """Return the time it must be taken before a day its own record names, if there is one."""
        time = self.within
        own = isinstance(time, Dated) and self.shows is not None and time.reads is self.shows
        return time if own and isinstance(time, Dated) else None

    @property
    def guards(self) -> tuple[Guard, ...]:
        """Return its conditions."""
        return tuple(one for one in (self.only_if, self.unless) if one is not None)

    @property
    def party(self) -> Party[W]:
        """Return who must act, as a party (empty for the platform)."""
        if isinstance(self.by, Party):
            return self.by
        if self.by is None or self.by.value == PLATFORM:
            return Party(())
        return Party((Chair(self.by),))


@dataclass(frozen=True, kw_only=True)
class Clock(Generic[S]):
    """A time that runs from entering `since` until entering one of `until`, over many steps.

    It stands still in the states `pauses` (hearing, appraisal, testing) and while the case is
    suspended. `lapses` is the state the platform moves the case to when it is over.
    """

    name: str
    since: S
    until: tuple[S, ...]
    within: Time
    pauses: tuple[S, ...] = ()
    lapses: S | None = None


@dataclass(frozen=True, kw_only=True)
class Remedy(Generic[S, W]):
    """Who may object to the outcome, from which states, until when, and who decides on it.

    `within` runs from when the case last came into `since` (None: into where it stands), as a
    remedy runs from knowledge of the decision and not from what was done after it. Deciding takes
    a person who had no hand in the case, `decided_within` a time of its own (the clock `appeal`).
    While `holds`, the case stands still; else its steps go on meanwhile. If the appeal succeeds
    the case goes back to `back`. Where it holds nothing, `stays` names the states no step and no
    clock leads into meanwhile: no court is asked to enforce what is under review (强制法 §53).
    `times` limits how often it may be used in a case, whatever came
    of it (None: while its time runs).
    """

    by: W
    decides: W
    after: tuple[S, ...]
    back: S
    within: Time | None = None
    since: S | None = None
    decided_within: Within | None = None
    holds: bool = True
    stays: tuple[S, ...] = ()
    times: int | None = None


@dataclass(frozen=True, kw_only=True)
class Procedure(Generic[S, W]):
    """How a matter is seen through: a picture with states, and the record it begins with.

    `opens` says who may open a case; `headline` (a rule over the record) the one line it is listed
    under, without personal values: `<name>|<key>|…`, where a case as the name is told by that one's
    own line; `reopens` the state a closed one comes back to; `icon` what is drawn beside it where
    one may ask for it. The first step's start is where a case begins; a state no step leaves closes
    it.
    """

    name: str
    states: type[S]
    begins: type
    steps: tuple[Step[S, W], ...]
    matter: str
    opens: W
    headline: Callable[[Any], str] | None = None
    clocks: tuple[Clock[S], ...] = ()
    remedy: Remedy[S, W] | None = None
    reopens: S | None = None
    icon: Icon = Icon.DOC

    def entering(self, state: S) -> Entering[S]:
        """Name the moment a case enters `state`, for other parts to hang on."""
        return Entering(self.name, state)

    def taking(self, start: S, end: S) -> Taking:
        """Name the moment the step from `start` to `end` is taken. Raises `LookupError`."""
        step = next((one for one in self.steps if (one.start, one.end) == (start, end)), None)
        if step is None:
            raise LookupError(f"{self.name} has no step from {start.value} to {end.value}")
        return Taking(self.name, step.name, step.shows)

    @property
    def initial(self) -> S:
        """The state a case begins in."""
        return self.steps[0].start

    @property
    def finals(self) -> tuple[S, ...]:
        """The states no step leaves."""
        starts = {step.start for step in self.steps}
        return tuple(state for state in self.states if state not in starts)
