"""How movements become lines."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhouqiao.base import Mass, Quantity, Volume
from zhouqiao.flow.ledger.declare import Account, Book, BookSpec, Move, Whose
from zhouqiao.flow.ledger.errors import Unbalanced
from zhouqiao.flow.ledger.facts import Line
from zhouqiao.flow.ledger.model import Entry, balanced, draw, opposite, sums_of

BOOK = Book(name="mass", of=Mass, share=Decimal("0.02"), least=Mass.of("0.5"))
OWNERS = {Whose.PERSON: "person_jiang", Whose.UNIT: "unit_lan03"}
FISHER, BOAT, SHED = Account("fisher", Whose.PERSON), Account("boat", Whose.UNIT), Account("shed")


def move(kg: str, stated: str | None = None, *, to: Account = BOAT) -> Move:
    said = None if stated is None else Mass.of(stated)
    return Move(book=BOOK, kind="oil", frm=FISHER, to=to, quantity=Mass.of(kg), stated=said)


def told(*moves: Move) -> dict[str, Decimal]:
    return {line.account: line.amount for line in draw(moves, (BOOK.spec(),), OWNERS).lines}


def test_what_leaves_one_account_comes_to_another() -> None:
    assert told(move("5")) == {"fisher/person_jiang": -5, "boat/unit_lan03": 5}


def test_only_the_persons_own_account_bears_their_name() -> None:
    lines = draw((move("5"),), (), OWNERS).lines
    assert [line.person for line in lines] == ["person_jiang", None]


@pytest.mark.parametrize(("found", "loss"), [("9.8", "0.2"), ("9.5", "0.5"), ("10.5", "-0.5")])
def test_what_a_book_bears_is_a_loss(found: str, loss: str) -> None:
    assert told(move(found, "10"))["loss"] == Decimal(loss)


@pytest.mark.parametrize(("found", "stated"), [("9.4", "10"), ("97", "100"), ("103", "100")])
def test_what_it_does_not_bear_is_a_difference(found: str, stated: str) -> None:
    drawn = draw((move(found, stated),), (BOOK.spec(),), OWNERS)

    assert "difference" in {line.account for line in drawn.lines}
    assert [(gap.stated, gap.found) for gap in drawn.gaps] == [(Decimal(stated), Decimal(found))]


def test_a_book_the_case_was_not_opened_under_bears_nothing() -> None:
    assert draw((move("9.9", "10"),), (), OWNERS).gaps


def test_the_share_is_of_what_was_stated() -> None:
    book = BookSpec(name="mass", unit="kg", share=Decimal("0.02"))
    assert book.bears(Decimal(100), Decimal(98))
    assert not book.bears(Decimal(98), Decimal(100))


def test_nothing_moved_is_no_line() -> None:
    assert told(move("0")) == {}


amounts = st.decimals("0", "5000", places=2)


@given(st.lists(st.tuples(amounts, st.none() | amounts, st.sampled_from(["oil", "gear"]))))
def test_mass_is_neither_made_nor_lost(rows: list[tuple[Decimal, Decimal | None, str]]) -> None:
    moves = [
        Move(book=BOOK, kind=kind, frm=FISHER, to=BOAT, quantity=Mass(found),
             stated=None if stated is None else Mass(stated))
        for found, stated, kind in rows
    ]  # fmt: skip

    drawn = draw(moves, (BOOK.spec(),), OWNERS)

    assert not any(sums_of(drawn.lines).values())
    assert not any(sums_of((*drawn.lines, *opposite(drawn.lines))).values())


def entry(quantity: Quantity, *, out: bool = False, kind: str = "oil") -> Entry:
    return Entry(book="mass", account="a", kind=kind, quantity=quantity, out=out)


def test_a_manual_posting_balances_each_kind_and_unit_by_itself() -> None:
    five = Mass.of(5)
    with pytest.raises(Unbalanced):
        balanced([entry(five), entry(five, out=True, kind="gear")])
    with pytest.raises(Unbalanced):
        balanced([entry(five), entry(Volume.of(5), out=True)])

    assert [line.amount for line in balanced([entry(five), entry(five, out=True)])] == [5, -5]


def test_nothing_is_no_posting() -> None:
    with pytest.raises(Unbalanced):
        balanced([])


def test_the_opposite_keeps_everything_but_the_sign() -> None:
    line = Line(book="mass", account="a", kind="oil", unit="kg", amount=Decimal(3))
    assert opposite([line])[0] == Line(
        book="mass", account="a", kind="oil", unit="kg", amount=Decimal(-3)
    )
