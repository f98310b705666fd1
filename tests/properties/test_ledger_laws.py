"""Laws of the ledger, over random days: nothing made, nothing lost, the journal says the same."""

from collections import defaultdict
from decimal import Decimal

import msgspec
import pytest

from zhouqiao.base import Mass
from zhouqiao.flow import ledger
from zhouqiao.flow.ledger.declare import Account, Book, Move
from zhouqiao.testing import SeededDice, World

BOOK = Book(name="mass", of=Mass, share=Decimal("0.02"))
PLACES = tuple(Account(name) for name in ("sea", "boat/a", "boat/b", "shed", "plant"))
Amounts = dict[tuple[str, str], Decimal]


def one_day(world: World, dice: SeededDice) -> None:
    """Move, reverse, clear and fold in any order."""
    postings: list[str] = []
    for _ in range(60):
        with world.desk() as desk:
            act = dice.below(10)
            if act < 6:
                posting = ledger.post(desk, moves=[a_move(dice)], books=(BOOK.spec(),),
                                      scope="marine/331002001", basis="test")  # fmt: skip
                postings += [posting] if posting else []
            elif act == 6 and postings:
                ledger.reverse(desk, postings.pop(dice.below(len(postings))), reason="wrong")
            elif act == 7:
                clear_one(world)
            elif act == 8:
                ledger.fold(desk)
        world.clock.turn(hours=dice.below(9))


def a_move(dice: SeededDice) -> Move:
    frm, to = PLACES[dice.below(len(PLACES))], PLACES[dice.below(len(PLACES))]
    found = Mass(Decimal(dice.below(100_000)) / 100)
    stated = Mass(Decimal(dice.below(100_000)) / 100) if dice.below(2) else None
    kind = ("oil", "gear")[dice.below(2)]
    return Move(book=BOOK, kind=kind, frm=frm, to=to, quantity=found, stated=stated)


def clear_one(world: World) -> None:
    with world.desk(world.officer("head", "marine_waste.head")) as desk:
        for gap in ledger.differences(desk, limit=1):
            ledger.clear_difference(desk, gap.id, to="spilt", reason="looked into")


def kept(world: World) -> Amounts:
    with world.desk() as desk:
        return {(one.account, one.kind): one.amount for one in ledger.balance(desk, "mass")}


def replayed(world: World) -> Amounts:
    sums: Amounts = defaultdict(Decimal)
    rows = world.fetch(
        "SELECT body FROM journal WHERE kind = ANY(%s)",
        ["ledger.Posted", "ledger.PostingReversed"],
    )
    for row in rows:
        for line in msgspec.json.decode(row["body"])["lines"]:
            sums[line["account"], line["kind"]] += Decimal(line["amount"])
    return {key: amount for key, amount in sums.items() if amount}


@pytest.mark.parametrize("seed", range(4))
def test_balances_are_what_the_journal_replays_to_and_sum_to_nothing(
    world: World, seed: int
) -> None:
    one_day(world, SeededDice(seed))

    before = kept(world)
    world.drain()

    assert before == replayed(world)
    assert kept(world) == before
    for kind in ("oil", "gear"):
        assert sum(amount for (_, of), amount in before.items() if of == kind) == 0
