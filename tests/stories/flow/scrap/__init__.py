"""A scrap yard: the smallest pack in which something is weighed, paid for and watched."""

from decimal import Decimal
from enum import StrEnum, auto
from typing import Any

from zhouqiao.flow.ledger.declare import Account, Book, Move, Posting, Whose
from zhouqiao.flow.outcome.declare import Affair, Grant, Issues, Rating
from zhouqiao.flow.warning.declare import WarnAbove, WarnLate
from zhouqiao.sdk import (
    PLATFORM,
    Count,
    Held,
    Intake,
    Mass,
    Matter,
    Money,
    Pack,
    Paper,
    Procedure,
    Promise,
    Span,
    Step,
    Tally,
    Total,
    Typical,
    record,
    rule,
)


class Metal(StrEnum):
    COPPER, IRON = auto(), auto()


@record
class Offer:
    """Something to sell."""

    name: str


@record
class Load:
    """What the scale says, and what the seller said."""

    metal: Metal
    mass: Mass
    said: Mass | None = None


@record
class Slip:
    """What the seller takes home."""

    code: str
    mass: Mass


@record
class Look:
    """What to look into."""

    why: str


@record
class Rates:
    """What a kilogram is worth."""

    per_kg: Money


class Role(StrEnum):
    SELLER, CLERK, HEAD = auto(), auto(), auto()
    PLATFORM = PLATFORM


class S(StrEnum):
    ASKED, WEIGHED, DONE, DROPPED = auto(), auto(), auto(), auto()


class L(StrEnum):
    SEEN, OVER = auto(), auto()


weights = Book(name="weight", of=Mass, share=Decimal("0.02"), least=Mass.of("0.5"))
seller, yard = Account("seller", Whose.PERSON), Account("yard")


@rule("weighed_in", 1)
def weighed_in(it: Load) -> tuple[Move, ...]:
    return (
        Move(book=weights, kind=it.metal, frm=seller, to=yard, quantity=it.mass, stated=it.said),
    )


@rule("by_weight", 1)
def by_weight(it: Load, rates: Rates) -> Money:
    return rates.per_kg * it.mass.kg


@rule("slip_of", 1)
def slip_of(it: Load, affair: Affair) -> Slip:
    return Slip(code=affair.code, mass=it.mass)


@rule("mass_of", 1)
def mass_of(it: Load) -> Mass:
    return it.mass


@rule("look_at", 1)
def look_at(body: dict[str, Any]) -> Look:
    return Look(why=str(body["rule"]))


slip = Paper(name="slip", says=Slip, template="slip.typ", keep_years=2)
sale = Procedure(
    name="sale",
    states=S,
    begins=Offer,
    matter="sale",
    opens=Role.SELLER,
    steps=(
        Step(S.ASKED, S.WEIGHED, by=Role.CLERK, shows=Load, within=Promise(minutes=20)),
        Step(S.ASKED, S.DROPPED, by=Role.SELLER),
        Step(S.WEIGHED, S.DONE, by=Role.CLERK, within=Promise(hours=1)),
    ),
)
look = Procedure(
    name="look",
    states=L,
    begins=Look,
    matter="sale",
    opens=Role.HEAD,
    steps=(Step(L.SEEN, L.OVER, by=Role.HEAD, within=Promise(hours=4)),),
)
asked, weighed = sale.entering(S.ASKED), sale.taking(S.ASKED, S.WEIGHED)
wait = Typical(name="wait", since=asked, until=sale.entering(S.WEIGHED), promise=Span.of(20))
tally = Tally(name="asked", on=asked)
PACK = Pack(
    name="scrap",
    home=__name__,
    version="1.0.0",
    body="yard",
    roles={
        Role.SELLER: Held.PERSON, Role.CLERK: Held.POST, Role.HEAD: Held.POST,
        Role.PLATFORM: Held.PLATFORM,
    },
    matters=(Matter(name="sale", basis=("再生资源回收管理办法 §2",)),),
    procedures=(sale, look),
    parts=(
        Posting(on=weighed, moves=weighed_in, books=(weights,)),
        Issues(on=weighed, paper=slip, data=slip_of),
        Grant(on=weighed, fund="scrap", of=Load, rates="rates", amount=by_weight),
        Rating(on=sale.entering(S.WEIGHED), by=Role.SELLER),
        wait,
        Total(name="mass", on=weighed, of=Load, value=mass_of, unit_of=Mass, per=("metal",)),
        tally,
        WarnAbove(indicator=wait, above=Span.of(20), for_=2, clear_below=Span.of(15),
                  tell=Role.HEAD, opens="look"),
        WarnAbove(indicator=tally, above=Count.of(1000), tell=Role.HEAD),
        WarnLate(clock="asked_to_weighed", of="sale", tell=Role.HEAD, opens="look"),
        Intake(kind="scrap.look", opens="look", record=look_at),
    ),
)  # fmt: skip
