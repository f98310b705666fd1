"""Stories of the ledger, on a real database."""

from decimal import Decimal
from typing import Any

import psycopg
import pytest

from zhouqiao.base import Mass
from zhouqiao.flow import ledger
from zhouqiao.flow.ledger import Entry
from zhouqiao.flow.ledger.errors import (
    AlreadyCleared,
    AlreadyReversed,
    NoReason,
    NoSuchPosting,
    OwnDifference,
    Unbalanced,
)

SCOPE = "yard/331002001"


def moved(kg: str, *, out_kg: str | None = None) -> tuple[Entry, ...]:
    into, out = Mass.of(kg), Mass.of(out_kg or kg)
    return (
        Entry(book="weight", account="shed", kind="copper", quantity=into),
        Entry(book="weight", account="yard", kind="copper", quantity=out, out=True),
    )


def amounts(yard_world: Any, account: str = "", **more: Any) -> dict[str, Decimal]:
    with yard_world.desk() as desk:
        found = ledger.balance(desk, "weight", account, **more)
    return {one.account: one.amount for one in found}


def test_what_is_weighed_leaves_one_account_and_comes_to_another(yard_world: Any) -> None:
    yard_world.sell("10")

    assert amounts(yard_world) == {"seller/person_jiang": -10, "yard": 10}


def test_a_small_loss_is_borne_and_a_large_difference_stays_open(yard_world: Any) -> None:
    small = yard_world.sell("9.8", key="a", said="10")
    large = yard_world.sell("7", key="b", said="10")

    with yard_world.desk() as desk:
        gaps = ledger.open_differences(desk, small.id, large.id)
    assert [(gap.case, gap.stated, gap.found) for gap in gaps] == [(large.id, 10, 7)]
    assert amounts(yard_world, "loss") == {"loss": Decimal("0.2")}
    assert amounts(yard_world, "difference") == {"difference": 3}
    assert len(yard_world.facts("ledger.DifferenceFound")) == 1


def test_a_balance_is_the_same_before_and_after_the_fold(yard_world: Any) -> None:
    case = yard_world.ask()
    yard_world.weigh(case, "10")
    before = amounts(yard_world)

    yard_world.world.drain()

    assert amounts(yard_world) == before
    assert yard_world.count("ledger_day") == 2


def test_a_balance_as_of_yesterday_does_not_know_today(yard_world: Any) -> None:
    yard_world.sell("10", key="a")
    yesterday = yard_world.world.clock.now()
    yard_world.world.later(hours=26)
    yard_world.sell("5", key="b")

    assert amounts(yard_world, "yard", at=yesterday) == {"yard": 10}
    assert amounts(yard_world, "yard", at=yard_world.world.clock.now()) == {"yard": 15}


def test_an_account_and_those_below_it_are_not_those_that_begin_alike(yard_world: Any) -> None:
    yard_world.sell("10")

    assert amounts(yard_world, "sell") == {}
    assert amounts(yard_world, "seller") == {"seller/person_jiang": -10}


def test_a_manual_posting_that_does_not_balance_is_refused(yard_world: Any) -> None:
    with pytest.raises(Unbalanced) as refused, yard_world.desk(yard_world.head) as desk:
        ledger.post_manual(desk, moved("5", out_kg="4"), scope=SCOPE, reason="stocktaking")

    assert refused.value.code == "ledger.unbalanced"
    assert refused.value.over == "1"
    assert amounts(yard_world) == {}


@pytest.mark.parametrize("kg", ["NaN", "-1", "0", "1e9", "Infinity"])
def test_a_manual_posting_of_no_amount_is_refused(yard_world: Any, kg: str) -> None:
    with pytest.raises(Unbalanced), yard_world.desk(yard_world.head) as desk:
        ledger.post_manual(desk, moved(kg), scope=SCOPE, reason="stocktaking")


def test_a_manual_posting_without_a_reason_is_refused(yard_world: Any) -> None:
    with pytest.raises(NoReason), yard_world.desk(yard_world.head) as desk:
        ledger.post_manual(desk, moved("5"), scope=SCOPE, reason="  ")


def test_a_posting_is_reversed_once(yard_world: Any) -> None:
    with yard_world.desk(yard_world.head) as desk:
        posting = ledger.post_manual(desk, moved("5"), scope=SCOPE, reason="stocktaking")
        ledger.reverse(desk, posting, reason="counted the wrong shed")

    with pytest.raises(AlreadyReversed), yard_world.desk(yard_world.head) as desk:
        ledger.reverse(desk, posting, reason="again")

    assert amounts(yard_world) == {}


def test_nothing_can_reverse_a_posting_that_is_not(yard_world: Any) -> None:
    with pytest.raises(NoSuchPosting), yard_world.desk() as desk:
        ledger.reverse(desk, "posting_none", reason="why not")


def test_neither_who_weighed_nor_who_gave_may_clear_a_difference(yard_world: Any) -> None:
    case = yard_world.sell("7", said="10")
    with yard_world.desk() as desk:
        (gap,) = ledger.open_differences(desk, case.id)

    for concerned in (yard_world.clerk, yard_world.seller):
        with pytest.raises(OwnDifference), yard_world.desk(concerned) as desk:
            ledger.clear_difference(desk, gap.id, to="theft", reason="so it was")


def test_a_difference_is_cleared_once_and_moved_where_it_went(yard_world: Any) -> None:
    case = yard_world.sell("7", said="10")
    with yard_world.desk(yard_world.head) as desk:
        (gap,) = ledger.open_differences(desk, case.id)
        ledger.clear_difference(desk, gap.id, to="seller/error", reason="the seller misread")

    with pytest.raises(AlreadyCleared), yard_world.desk(yard_world.head) as desk:
        ledger.clear_difference(desk, gap.id, to="theft", reason="no")

    assert amounts(yard_world, "difference") == {}
    assert amounts(yard_world, "seller/error") == {"seller/error": 3}


def test_the_server_itself_refuses_lines_that_make_something(yard_world: Any) -> None:
    sql = (
        "INSERT INTO ledger_line (cell, posting, nth, scope, book, account, kind, unit_name, "
        "amount, happened_at) VALUES (%s, 'posting_x', 0, 'yard/x', 'weight', 'yard', 'copper', "
        "'kg', 1, now())"
    )
    with pytest.raises(psycopg.errors.CheckViolation), yard_world.desk() as desk:
        desk.rows.run(sql, ("331002",))


def test_the_server_itself_refuses_to_change_a_line(yard_world: Any) -> None:
    yard_world.sell("10")

    with pytest.raises(psycopg.errors.InsufficientPrivilege), yard_world.desk() as desk:
        desk.rows.run("UPDATE ledger_line SET amount = 0")


def test_a_case_shows_its_postings_with_their_basis(yard_world: Any) -> None:
    case = yard_world.sell("10")

    with yard_world.desk() as desk:
        ((head, lines),) = ledger.of_case(desk, case.id)

    assert head.basis == "scrap.weighed_in@1"
    assert [(line.account, line.amount) for line in lines] == [
        ("seller/person_jiang", -10), ("yard", 10),
    ]  # fmt: skip


def test_a_seller_sees_their_own_account_and_no_other(yard_world: Any) -> None:
    yard_world.sell("10")

    with yard_world.desk(yard_world.seller) as desk:
        own = ledger.balance(desk, "weight")
    with yard_world.desk(yard_world.world.citizen("zhou")) as desk:
        others = ledger.balance(desk, "weight")

    assert [(one.account, one.amount) for one in own] == [("seller/person_jiang", -10)]
    assert others == []
