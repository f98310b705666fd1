"""Stories of paying: rounds that nobody asks for, killed between any two steps of theirs."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from zhouqiao.app.pay import REFUSED, MadeUpBank, Payer
from zhouqiao.flow import ledger, outcome
from zhouqiao.flow.outcome import State
from zhouqiao.flow.outcome.payments import Answer, PaymentFolder, PaymentsInMemory

SEAMS = ("payments: batched", "payments: handed over", "payments: answers kept")


class Killed(BaseException):
    """The process is gone."""


def killed_at(seam: str) -> Any:
    def kill(name: str) -> None:
        if name == seam:
            raise Killed(name)

    return kill


def payer(yard_world: Any, payments: Any, seam: str = "") -> Payer:
    world = yard_world.world
    return Payer(world.platform.store, payments, world.cell, killed_at(seam))


def accepted(yard_world: Any, key: str = "k") -> Any:
    case = yard_world.sell("10", key=key)
    with yard_world.desk(yard_world.seller) as desk:
        (grant,) = outcome.grants_of(desk, case=case.id)
        return outcome.accept(desk, grant.id)


def stands(yard_world: Any, grant: Any) -> Any:
    with yard_world.desk() as desk:
        return outcome.get(desk, grant.id)


def paid(yard_world: Any) -> list[Decimal]:
    with yard_world.desk() as desk:
        return [one.amount for one in ledger.balance(desk, "money", "paid")]


def test_what_was_accepted_is_handed_over_and_what_is_answered_is_kept(yard_world: Any) -> None:
    grant, bank = accepted(yard_world), PaymentsInMemory()
    payer(yard_world, bank).round()
    assert stands(yard_world, grant).state is State.SENT
    (batch,) = bank.batches.values()
    assert [one.key for one in batch.payments] == [grant.id]

    bank.answer(Answer(key=grant.id, paid=True))
    payer(yard_world, bank).round()

    assert stands(yard_world, grant).state is State.CONFIRMED
    assert paid(yard_world) == [Decimal("20.00")]
    assert list(bank.answers()) == []


def test_what_nobody_has_accepted_is_not_paid(yard_world: Any) -> None:
    yard_world.sell("10")
    bank = PaymentsInMemory()

    payer(yard_world, bank).round()

    assert bank.batches == {}


@pytest.mark.parametrize("seam", SEAMS)
def test_killed_at_any_seam_a_round_loses_nothing_and_pays_nothing_twice(
    yard_world: Any, seam: str
) -> None:
    grant, bank = accepted(yard_world), PaymentsInMemory()
    reached = 0
    for step in range(2):
        try:
            payer(yard_world, bank, seam).round()
        except Killed:
            reached += 1
        payer(yard_world, bank).round()
        if step == 0:
            assert len(bank.batches) == 1
            bank.answer(Answer(key=grant.id, paid=True))

    assert reached
    assert len(bank.batches) == 1
    assert stands(yard_world, grant).state is State.CONFIRMED
    assert paid(yard_world) == [Decimal("20.00")]
    for kind in ("PaymentSent", "PaymentConfirmed"):
        assert len(yard_world.facts(f"outcome.{kind}")) == 1


def test_what_the_bank_sends_back_says_why_and_may_be_accepted_and_paid_anew(
    yard_world: Any,
) -> None:
    grant, bank = accepted(yard_world), PaymentsInMemory()
    payer(yard_world, bank).round()
    bank.answer(Answer(key=grant.id, paid=False, reason="no such account"))
    payer(yard_world, bank).round()
    back = stands(yard_world, grant)
    assert (back.state, back.reason) == (State.RETURNED, "no such account")
    assert paid(yard_world) == []

    with yard_world.desk(yard_world.seller) as desk:
        again = outcome.accept(desk, grant.id)
    payer(yard_world, bank).round()

    assert (again.reason, again.settled_at) == (None, None)
    assert stands(yard_world, grant).state is State.SENT
    assert len(bank.batches) == 2


def test_an_answer_left_over_does_not_meet_the_payment_made_anew(yard_world: Any) -> None:
    grant, bank = accepted(yard_world), PaymentsInMemory()
    payer(yard_world, bank).round()
    bank.answer(Answer(key=grant.id, paid=False, reason="no such account"))
    with pytest.raises(Killed):
        payer(yard_world, bank, "payments: answers kept").round()
    with yard_world.desk(yard_world.seller) as desk:
        outcome.accept(desk, grant.id)

    payer(yard_world, bank).round()
    payer(yard_world, bank).round()

    assert stands(yard_world, grant).state is State.SENT


def test_an_answer_to_nothing_is_told_in_the_log(
    yard_world: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    bank = PaymentsInMemory()
    bank.answer(Answer(key="grant_of_nobody", paid=True))

    payer(yard_world, bank).round()

    assert "grant_of_nobody" in capsys.readouterr().err


def test_the_made_up_bank_answers_each_batch_once_after_a_while(
    yard_world: Any, tmp_path: Path
) -> None:
    folder, clock = PaymentFolder(tmp_path), yard_world.world.clock
    bank = MadeUpBank(folder, clock, after=timedelta(seconds=20))
    grants = [accepted(yard_world, key=f"k{n}") for n in range(3)]
    payer(yard_world, folder).round()
    bank.answer()
    assert folder.answers() == []

    clock.turn(seconds=21)
    bank.answer()
    payer(yard_world, folder).round()
    bank.answer()

    ends = [stands(yard_world, one) for one in grants]
    assert all(
        one.state is State.CONFIRMED or (one.state, one.reason) == (State.RETURNED, REFUSED)
        for one in ends
    )
    assert folder.unanswered() == []
    assert len(list((tmp_path / "done").iterdir())) == 1
