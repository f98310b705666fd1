"""What a pack may say about law and promise: times, clocks, factors, pinned rules.

A step's time is a `Promise` (ours: late), a `Statute` (the law's: breach) or a `LegalClock`.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeAlias, TypeVar

import msgspec

from zhouqiao.base import Invalid

F = TypeVar("F", bound=Callable[..., Any])
_MARK = "zhouqiao_rule"
ANY_PAUSE = "*"
PROMISE = "promise"


class Unit(StrEnum):
    """What a clock counts. Days end at 24:00 (民法典 §203); hours and minutes at the instant."""

    WORKING = "working"
    CALENDAR = "calendar"
    WORKING_HOURS = "working_hours"
    HOURS = "hours"
    MINUTES = "minutes"
    MONTHS = "months"
    YEARS = "years"

    @property
    def is_exact(self) -> bool:
        """Say whether it runs from an instant to an instant."""
        return self in (Unit.WORKING_HOURS, Unit.HOURS, Unit.MINUTES)


class OnRestDay(StrEnum):
    """What becomes of a period whose last day is a day of rest; a choice of each statute."""

    STAYS = "stays"
    NEXT_WORKING_DAY = "next_working_day"


class Extension(msgspec.Struct, frozen=True, kw_only=True):
    """By how much, at most, a clock may once be lengthened, in its own unit, and by whom."""

    length: int
    by: str


class LegalClock(msgspec.Struct, frozen=True, kw_only=True):
    """A period of time as a rule sets it.

    `name` snake_case; `zh`, `en` its titles; `starts` the code of the event it runs from; `basis`
    the provision, law and article ("处罚法 §60"), `also` further provisions it rests on; `source`
    the evidence we have for it; `assumed` the fields nobody verified. `start_excluded`: the day of
    the event is not counted. `backward`: counted back from the event (notice before a hearing).
    `pauses` the codes of what stops it (`"*"`: anything); `deemed` the code of what the law holds
    to have happened when it runs out. Raises `Invalid` when it contradicts itself.
    """

    name: str
    length: int
    unit: Unit
    basis: str = ""
    starts: str = ""
    zh: str = ""
    en: str = ""
    also: tuple[str, ...] = ()
    source: str = ""
    assumed: tuple[str, ...] = ()
    start_excluded: bool = True
    on_rest_day: OnRestDay = OnRestDay.STAYS
    backward: bool = False
    extensions: tuple[Extension, ...] = ()
    pauses: tuple[str, ...] = ()
    deemed: str = ""

    def __post_init__(self) -> None:
        """Refuse a clock that contradicts itself."""
        if self.length < (1 if self.unit.is_exact else 0):
            raise Invalid("length", "too_short", clock=self.name, length=self.length)
        if self.backward and self._bends:
            raise Invalid("backward", "cannot_bend", clock=self.name)
        if unknown := set(self.assumed) - set(self.__struct_fields__):
            raise Invalid("assumed", "no_such_field", clock=self.name, fields=sorted(unknown))

    @property
    def _bends(self) -> bool:
        days = self.unit in (Unit.WORKING, Unit.CALENDAR)
        stays = self.on_rest_day is OnRestDay.STAYS
        return not (days and stays and not self.extensions and not self.pauses)

    @property
    def is_statutory(self) -> bool:
        """Say whether passing it is a breach of a rule (true) or of our own word (false)."""
        return bool(self.basis)

    def stops_for(self, why: str) -> bool:
        """Say whether a pause of that kind stops it."""
        return why in self.pauses or ANY_PAUSE in self.pauses


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """A time we promised: exactly one of the lengths. Any suspension of the case stops it."""

    minutes: int = 0
    hours: int = 0
    working_hours: int = 0
    days: int = 0
    working_days: int = 0

    def __post_init__(self) -> None:
        """Refuse none, two, or a length below one."""
        if [length > 0 for length in self._lengths if length] != [True]:
            raise Invalid("promise", "one_length")

    def clock(self) -> LegalClock:
        """Return the same as a clock without legal basis."""
        length, unit = next((v, u) for v, u in zip(self._lengths, _UNITS, strict=True) if v)
        return LegalClock(name=PROMISE, length=length, unit=unit, pauses=(ANY_PAUSE,))

    @property
    def _lengths(self) -> tuple[int, ...]:
        return (self.minutes, self.hours, self.working_hours, self.days, self.working_days)


_UNITS = (Unit.MINUTES, Unit.HOURS, Unit.WORKING_HOURS, Unit.CALENDAR, Unit.WORKING)


class Statute(msgspec.Struct, frozen=True):
    """The clock of the register that rests on this provision: `Statute("处罚法 §60")`.

    Where a provision sets several, name its paragraph ("许可法 §42(2)") or the `clock`. Where it
    yields to a further rule (处罚法 §60), say what stops the clock and which `rule` says so.
    """

    basis: str
    clock: str = ""
    pauses: tuple[str, ...] = ()
    rule: str = ""

    def __post_init__(self) -> None:
        """Refuse a pause that no rule allows."""
        if self.pauses and not self.rule:
            raise Invalid("rule", "pause_without_basis", basis=self.basis)


Within: TypeAlias = Promise | Statute | LegalClock


class FactorRow(msgspec.Struct, frozen=True, kw_only=True):
    """A number the rules count with, an emission factor, a rate, a price. Raises `Invalid`.

    It holds for scopes that begin with `scope`, until the next of its name and scope.
    """

    name: str
    value: Decimal
    unit: str
    valid_from: date
    source: str
    scope: str = ""
    assumed: bool = False

    def __post_init__(self) -> None:
        """Refuse what is no number, and a number without name, unit or source."""
        if not self.value.is_finite():
            raise Invalid("value", "not_a_number", unit=self.unit)
        for field in ("name", "unit", "source"):
            if not getattr(self, field).strip():
                raise Invalid(field, "missing")


class Mark(msgspec.Struct, frozen=True):
    """The name and version under which cases and figures cite a function."""

    name: str
    version: int

    def key(self, pack: str) -> str:
        """Return `<pack>.<name>@<version>`, as `store.Pinned` knows it."""
        return f"{pack}.{self.name}@{self.version}"


def rule(name: str, version: int) -> Callable[[F], F]:
    """Mark a function as one that is cited: `@rule("by_weight", 2)`. Registers nothing."""

    def mark(function: F) -> F:
        setattr(function, _MARK, Mark(name, version))
        return function

    return mark


def mark_of(function: Callable[..., Any]) -> Mark | None:
    """Return the mark a function carries, if any."""
    return getattr(function, _MARK, None)
