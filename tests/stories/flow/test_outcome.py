"""Stories of outcomes: papers, grants, payments, ratings."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from zhouqiao.base import Invalid
from zhouqiao.flow import ledger, outcome
from zhouqiao.flow.outcome import State
from zhouqiao.flow.outcome.errors import (
    AlreadyRated,
    InFlight,
    NotYet,
    NotYours,
    OwnGrant,
    WrongState,
)
from zhouqiao.flow.outcome.payments import Answer, PaymentFolder


def the_grant(yard_world: Any, case: Any) -> outcome.Granted:
    with yard_world.desk() as desk:
        (one,) = outcome.grants_of(desk, case=case.id)
    return one


def accepted(yard_world: Any, case: Any) -> outcome.Granted:
    grant = the_grant(yard_world, case)
    with yard_world.desk(yard_world.seller) as desk:
        outcome.accept(desk, grant.id)
    return grant


def in_flight(yard_world: Any, case: Any, folder: PaymentFolder) -> outcome.Granted:
    grant = accepted(yard_world, case)
    with yard_world.desk(yard_world.head) as desk:
        batch = outcome.request_payments(desk)
    assert batch is not None
    yard_world.sign()
    with yard_world.desk() as desk:
        outcome.send(desk, folder, batch)
    return grant


def settled(yard_world: Any, answers: Sequence[Answer]) -> list[Answer]:
    with yard_world.desk() as desk:
        return outcome.settle(desk, answers)


@pytest.fixture
def folder(tmp_path: Path) -> PaymentFolder:
    return PaymentFolder(tmp_path)


def test_a_weighed_load_is_granted_by_the_rates_of_its_day(yard_world: Any) -> None:
    before = yard_world.sell("10", key="a")
    yard_world.world.later(hours=26)
    after = yard_world.sell("10", key="b")

    grants = [the_grant(yard_world, case) for case in (before, after)]
    assert [one.amount.yuan for one in grants] == [Decimal("20.00"), Decimal("25.00")]
    assert [one.row for one in grants] == ["rates-2.00", "rates-2.50"]
    assert grants[0].rule == "scrap.by_weight@1"


def test_a_paper_is_issued_once_with_what_the_record_says(yard_world: Any) -> None:
    case = yard_world.sell("10")

    with yard_world.desk() as desk:
        (paper,) = outcome.papers_of(desk, case.id)
    issued = yard_world.facts("document.PaperIssued")
    assert [fact["about"] for fact in issued] == [case.id]
    assert paper.kind == "scrap.slip"


def test_no_form_is_granted_for_twice_when_facts_are_heard_again(yard_world: Any) -> None:
    case = yard_world.sell("10")
    engine = yard_world.world.platform.engine
    with engine.store.connection() as line:
        line.execute("UPDATE reaction_cursor SET xid = '0', seq = 0 WHERE lane = 'main'")

    yard_world.world.drain()

    assert yard_world.count("outcome_grant") == 1
    assert len(yard_world.facts("outcome.GrantMade")) == 1
    with yard_world.desk() as desk:
        assert len(outcome.papers_of(desk, case.id)) == 1


def test_an_open_difference_holds_paper_and_grant_until_it_is_cleared(yard_world: Any) -> None:
    case = yard_world.sell("7", said="10")
    with yard_world.desk() as desk:
        waiting = outcome.held_of(desk, case.id)
        (gap,) = ledger.open_differences(desk, case.id)
    assert {one.due.spec.way for one in waiting} == {"paper", "grant"}
    assert yard_world.count("outcome_grant") == 0

    with yard_world.desk(yard_world.head) as desk:
        ledger.clear_difference(desk, gap.id, to="seller/error", reason="misread")
    yard_world.world.drain()

    assert the_grant(yard_world, case).amount.yuan == Decimal("14.00")
    with yard_world.desk() as desk:
        assert outcome.held_of(desk, case.id) == []
        assert len(outcome.papers_of(desk, case.id)) == 1


def test_what_stood_on_a_reversed_posting_is_void(yard_world: Any) -> None:
    case = yard_world.sell("7", said="10")
    with yard_world.desk(yard_world.head) as desk:
        ((head, _),) = ledger.of_case(desk, case.id)
        ledger.reverse(desk, head.id, reason="the scale was broken")

    yard_world.world.drain()

    assert yard_world.count("outcome_grant") == 0
    with yard_world.desk() as desk:
        assert outcome.held_of(desk, case.id) == []


def test_a_grant_becomes_money_once(yard_world: Any, folder: PaymentFolder) -> None:
    grant = in_flight(yard_world, yard_world.sell("10"), folder)
    sent = list((folder.root / "out").iterdir())

    paid = [Answer(key=grant.id, paid=True)]
    strange = settled(yard_world, [*paid, *paid, Answer(key="grant_none", paid=True)])

    assert [one.key for one in strange] == ["grant_none"]
    assert f"{grant.id},person_jiang,20.00,CNY,scrap" in sent[0].read_text("utf-8")
    with yard_world.desk() as desk:
        assert outcome.get(desk, grant.id).state is State.CONFIRMED
        money = {one.account: one.amount for one in ledger.balance(desk, "money")}
    assert money == {"fund/scrap": Decimal("-20.00"), "paid/person_jiang": Decimal("20.00")}
    assert len(yard_world.facts("outcome.PaymentConfirmed")) == 1


def test_a_batch_handed_over_twice_is_one_file(yard_world: Any, folder: PaymentFolder) -> None:
    accepted(yard_world, yard_world.sell("10"))
    with yard_world.desk(yard_world.head) as desk:
        batch = outcome.request_payments(desk)
        assert batch is not None
    yard_world.sign()
    with pytest.raises(RuntimeError), yard_world.desk() as desk:  # noqa: PT012 - dies before commit
        outcome.send(desk, folder, batch)
        raise RuntimeError

    with yard_world.desk() as desk:
        assert outcome.unsent(desk) == [batch]
        outcome.send(desk, folder, batch)
    with yard_world.desk() as desk:
        outcome.send(desk, folder, batch)

    assert [path.name for path in (folder.root / "out").iterdir()] == [f"{batch}.csv"]
    assert len(yard_world.facts("outcome.PaymentSent")) == 1


def test_a_returned_payment_can_be_accepted_anew(yard_world: Any, folder: PaymentFolder) -> None:
    grant = in_flight(yard_world, yard_world.sell("10"), folder)
    settled(yard_world, [Answer(key=grant.id, paid=False, reason="account closed")])

    with yard_world.desk(yard_world.seller) as desk:
        after = outcome.accept(desk, grant.id)

    assert after.state is State.ACCEPTED
    assert yard_world.facts("outcome.PaymentReturned")


def test_what_the_bank_has_cannot_be_reversed(yard_world: Any, folder: PaymentFolder) -> None:
    grant = in_flight(yard_world, yard_world.sell("10"), folder)

    with pytest.raises(InFlight), yard_world.desk(yard_world.head) as desk:
        outcome.reverse(desk, grant.id, reason="failed the audit")


def test_a_paid_grant_that_is_reversed_is_owed_back(yard_world: Any, folder: PaymentFolder) -> None:
    grant = in_flight(yard_world, yard_world.sell("10"), folder)
    settled(yard_world, [Answer(key=grant.id, paid=True)])

    with yard_world.desk(yard_world.head) as desk:
        outcome.reverse(desk, grant.id, reason="failed the audit")

    with yard_world.desk() as desk:
        claim = ledger.balance(desk, "money", "claim")
    assert [one.amount for one in claim] == [Decimal("20.00")]


def test_only_the_person_themselves_may_accept(yard_world: Any) -> None:
    grant = the_grant(yard_world, yard_world.sell("10"))

    with pytest.raises(NotYours), yard_world.desk(yard_world.head) as desk:
        outcome.accept(desk, grant.id)


def test_a_grant_is_accepted_once(yard_world: Any) -> None:
    grant = accepted(yard_world, yard_world.sell("10"))

    with pytest.raises(WrongState), yard_world.desk(yard_world.seller) as desk:
        outcome.accept(desk, grant.id)


def test_nobody_pays_or_reverses_their_own(yard_world: Any) -> None:
    grant = accepted(yard_world, yard_world.sell("10"))
    own = yard_world.world.officer("jiang", "scrap.head")

    with yard_world.desk(own) as desk:
        assert outcome.request_payments(desk) is None
    with pytest.raises(OwnGrant), yard_world.desk(own) as desk:
        outcome.reverse(desk, grant.id, reason="oops")


def test_whoever_it_was_done_for_rates_it_once(yard_world: Any) -> None:
    case = yard_world.ask()
    with pytest.raises(NotYet), yard_world.desk(yard_world.seller) as desk:
        outcome.rate(desk, case.id, 5)
    yard_world.weigh(case, "10")

    with yard_world.desk(yard_world.seller) as desk:
        outcome.rate(desk, case.id, 2, "slow")

    with pytest.raises(AlreadyRated), yard_world.desk(yard_world.seller) as desk:
        outcome.rate(desk, case.id, 5)
    with pytest.raises(NotYours), yard_world.desk(yard_world.clerk) as desk:
        outcome.rate(desk, case.id, 5)
    (fact,) = yard_world.facts("outcome.Rated")
    assert "slow" not in fact["body"]


@pytest.mark.parametrize(("stars", "text"), [(0, ""), (6, ""), (3, "x" * 501)])
def test_a_rating_out_of_range_is_refused(yard_world: Any, stars: int, text: str) -> None:
    with pytest.raises(Invalid), yard_world.desk(yard_world.seller) as desk:
        outcome.rate(desk, "case_any", stars, text)


def test_a_grant_is_seen_by_its_person_and_by_who_reaches_its_scope(yard_world: Any) -> None:
    case = yard_world.sell("10")
    near = yard_world.world.officer("near", "scrap.head", scope="yard/331002")
    far = yard_world.world.officer("far", "scrap.head", scope="yard/331003")
    other = yard_world.world.citizen("zhou")

    def seen(who: Any) -> int:
        with yard_world.desk(who) as desk:
            return len(outcome.grants_of(desk, case=case.id))

    assert [seen(who) for who in (yard_world.seller, near, far, other)] == [1, 1, 0, 0]
