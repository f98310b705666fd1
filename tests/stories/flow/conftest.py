"""A scrap yard: the smallest pack in which something is weighed, paid for and watched."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum, auto
from typing import Any

import pytest

from zhouqiao.flow import case as cases
from zhouqiao.flow import evidence
from zhouqiao.flow.ledger.declare import Account, Book, Move, Posting, Whose
from zhouqiao.flow.outcome.declare import Affair, Grant, Issues, Rating
from zhouqiao.flow.warning.declare import WarnAbove, WarnLate
from zhouqiao.platform import document
from zhouqiao.platform.document import seal
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
from zhouqiao.store import Desk, Subject
from zhouqiao.store.engines import Server
from zhouqiao.testing import World, open_world

MASTER = bytes(range(32))
SCOPE = "yard/331002001"


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
    home="zhouqiao_systems",
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


@dataclass(frozen=True)
class Row:
    id: str
    then: dict[str, Any]


class Table:
    """Two dated rows: the price rises on 15 October."""

    def applying(self, _inputs: Any, day: date) -> Sequence[Row]:
        yuan = "2.00" if day < date(2026, 10, 15) else "2.50"
        return [Row(f"rates-{yuan}", {"per_kg": {"yuan": yuan}})]


@dataclass
class Yard:
    """A world with the pack, and the ways people act in it."""

    world: World

    @contextmanager
    def desk(self, who: Subject | None = None) -> Iterator[Desk]:
        with self.world.desk(who) as desk:
            yield desk

    @property
    def clerk(self) -> Subject:
        return self.world.officer("clerk", "scrap.clerk")

    @property
    def head(self) -> Subject:
        return self.world.officer("head", "scrap.head")

    @property
    def seller(self) -> Subject:
        return self.world.citizen("jiang")

    def ask(self, key: str = "k", *, who: Subject | None = None) -> cases.Case:
        person = who or self.seller
        with self.desk(person) as desk:
            return cases.open_(
                desk, "scrap.sale", {"name": "old pipes"}, scope=SCOPE, key=key,
                person=person.person,
            )  # fmt: skip

    def weigh(self, case: cases.Case, kg: str, *, said: str | None = None, **more: Any) -> Any:
        load: dict[str, Any] = {"metal": "copper", "mass": {"kg": kg}}
        if said is not None:
            load["said"] = {"kg": said}
        with self.desk(self.clerk) as desk:
            return evidence.show(
                desk, case.id, "asked_to_weighed", load, key=f"w-{case.id}", **more
            )

    def sell(self, kg: str = "10", *, key: str = "k", said: str | None = None) -> cases.Case:
        case = self.ask(key)
        self.weigh(case, kg, said=said)
        self.world.drain()
        return case

    def facts(self, kind: str) -> list[dict[str, Any]]:
        return self.world.fetch("SELECT * FROM journal WHERE kind = %s ORDER BY seq", kind)

    def count(self, table: str, where: str = "true") -> int:
        return int(self.world.fetch(f"SELECT count(*) AS n FROM {table} WHERE {where}")[0]["n"])


def _paper() -> document.PaperShape:
    said: dict[str, dict[str, str]] = {"zh": {}, "en": {}}
    return document.shape_of(slip, pack="scrap", sources={"slip.typ": ""}, words=said)


@pytest.fixture
def yard_world(server: Server) -> Iterator[Yard]:
    with open_world(server, [PACK]) as world:
        shape = _paper()
        with world.desk() as desk:
            ring = seal.KeyRing(MASTER, seal.ready_keys(desk, MASTER))
            document.keep_shape(desk, shape)
        functions: Any = world.platform.store.pinned.functions
        functions[document.SIGNER] = lambda: ring
        functions["scrap.paper.slip"] = lambda: shape
        functions["scrap.table.rates"] = Table
        yield Yard(world)
