"""What a pack may say about what comes of a case: papers, grants, ratings.

@rule("receipt_of", 1)
def receipt_of(it: Handover, affair: Affair) -> Receipt: ...

@rule("by_weight", 2)
def by_weight(it: Handover, rates: Rates) -> Money:
    return min(rates.per_kg * it.mass.kg, rates.ceiling)

Issues(on=handed_over, paper=receipt, data=receipt_of)
Grant(on=handed_over, fund="clean_coast", of=Handover, rates="rates", amount=by_weight)
Rating(on=pickup.entering(State.HANDED_OVER), by=Role.FISHER)
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Generic, TypeVar

import msgspec

from zhouqiao.base import Money
from zhouqiao.flow.case.declare import Entering, On, Part, Taking, key_of
from zhouqiao.flow.ledger.declare import first_of
from zhouqiao.platform.document.declare import Paper
from zhouqiao.platform.document.form import form_of

W = TypeVar("W", bound=StrEnum)
Moment = Entering[Any] | Taking


class Affair(msgspec.Struct, frozen=True, kw_only=True):
    """What a paper may say about its case besides the record it is made from.

    `began` is the record the case began with; `point` (lon, lat) on WGS 84; times in UTC.
    """

    case: str
    code: str
    scope: str
    person: str | None
    unit: str | None
    hands: tuple[str, ...]
    opened_at: datetime
    happened_at: datetime
    point: tuple[float, float] | None
    began: dict[str, Any]


class OutcomeSpec(msgspec.Struct, frozen=True, kw_only=True):
    """An outcome as plain values: `way` is paper, grant or rating; `name` the paper's or fund's.

    `made` cites the function that makes the paper's data or the amount; `whole`: it also wants the
    `Affair`. `of` is the form of the record it reads; `rates` the dated table of an amount.
    """

    way: str
    name: str
    on: On
    made: str = ""
    whole: bool = False
    of: str | None = None
    rates: str | None = None
    by: str | None = None


@dataclass(frozen=True, kw_only=True)
class Issues(Part):
    """At a moment, `paper` is issued from what `data` makes of the record shown.

    `data(record)` or `data(record, affair)` returns the record the paper says. It quotes the
    papers its declaration demands, as far as the same case has them.
    """

    stage: ClassVar[str] = "outcome"

    on: Moment
    paper: Paper
    data: Callable[..., Any]

    @property
    def procedure(self) -> str:
        """Return the name of the procedure it hangs on."""
        return self.on.procedure

    def spec(self, pack: str) -> OutcomeSpec:
        """Return it as plain values."""
        return OutcomeSpec(
            way="paper", name=self.paper.name, on=self.on.on, made=key_of(self.data, pack),
            of=form_of(first_of(self.data)).name,
            whole=len(inspect.signature(self.data).parameters) > 1,
        )  # fmt: skip

    def functions(self) -> tuple[Callable[..., Any], ...]:
        """Return the function that makes the data."""
        return (self.data,)

    def records(self) -> tuple[type, ...]:
        """Return the record it reads."""
        return (first_of(self.data),)


@dataclass(frozen=True)
class Granting:
    """The moment a grant from `fund` takes a `turn`: made, paid, or returned by the bank."""

    procedure: str
    fund: str
    turn: str


@dataclass(frozen=True, kw_only=True)
class Grant(Part):
    """At a moment, whoever the case is about is granted money from `fund`, once a signed form.

    `amount(record, rates)` counts it by the row of the pack's dated table `rates` that holds on
    the day it happened; without `rates` it is `amount(record)`.
    """

    stage: ClassVar[str] = "outcome"

    on: Moment
    fund: str
    of: type
    amount: Callable[..., Money]
    rates: str | None = None

    @property
    def procedure(self) -> str:
        """Return the name of the procedure it hangs on."""
        return self.on.procedure

    @property
    def made(self) -> Granting:
        """Name the moment it is granted, for a `Tell` to hang on."""
        return Granting(self.procedure, self.fund, "made")

    @property
    def paid(self) -> Granting:
        """Name the moment the bank has paid it."""
        return Granting(self.procedure, self.fund, "paid")

    @property
    def returned(self) -> Granting:
        """Name the moment the bank could not pay it."""
        return Granting(self.procedure, self.fund, "returned")

    def spec(self, pack: str) -> OutcomeSpec:
        """Return it as plain values."""
        return OutcomeSpec(
            way="grant", name=self.fund, on=self.on.on, made=key_of(self.amount, pack),
            of=form_of(self.of).name, rates=self.rates,
        )  # fmt: skip

    def functions(self) -> tuple[Callable[..., Any], ...]:
        """Return the function that counts the amount."""
        return (self.amount,)

    def records(self) -> tuple[type, ...]:
        """Return the record it reads."""
        return (self.of,)


@dataclass(frozen=True, kw_only=True)
class Rating(Part, Generic[W]):
    """From a moment on, whoever the case is about may say how it was done (好差评): 1 to 5."""

    stage: ClassVar[str] = "outcome"

    on: Moment
    by: W

    @property
    def procedure(self) -> str:
        """Return the name of the procedure it hangs on."""
        return self.on.procedure

    def spec(self, pack: str) -> OutcomeSpec:  # noqa: ARG002 - it cites no function
        """Return it as plain values."""
        return OutcomeSpec(way="rating", name="rating", on=self.on.on, by=self.by.value)
