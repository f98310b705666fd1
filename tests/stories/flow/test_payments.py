"""Stories of paying: rounds that nobody asks for, killed between any two steps of theirs."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from zhouqiao.app.pay import REFUSED, MadeUpBank, Payer
from zhouqiao.base import Money
from zhouqiao.flow import ledger, outcome
from zhouqiao.flow.outcome import State
from zhouqiao.flow.outcome.errors import NotSigned, OwnBatch
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


def pays(yard_world: Any, payments: Any, seam: str = "") -> None:
    """Do a round, sign for what it put together, and do another."""
    payer(yard_world, payments, seam).round()
    yard_world.sign()
    payer(yard_world, payments, seam).round()


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
    pays(yard_world, bank)
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
            pays(yard_world, bank, seam)
        except Killed:
            reached += 1
        pays(yard_world, bank)
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
    pays(yard_world, bank)
    bank.answer(Answer(key=grant.id, paid=False, reason="no such account"))
    payer(yard_world, bank).round()
    back = stands(yard_world, grant)
    assert (back.state, back.reason) == (State.RETURNED, "no such account")
    assert paid(yard_world) == []

    with yard_world.desk(yard_world.seller) as desk:
        again = outcome.accept(desk, grant.id)
    pays(yard_world, bank)

    assert (again.reason, again.settled_at) == (None, None)
    assert stands(yard_world, grant).state is State.SENT
    assert len(bank.batches) == 2


def test_an_answer_left_over_does_not_meet_the_payment_made_anew(yard_world: Any) -> None:
    grant, bank = accepted(yard_world), PaymentsInMemory()
    pays(yard_world, bank)
    bank.answer(Answer(key=grant.id, paid=False, reason="no such account"))
    with pytest.raises(Killed):
        payer(yard_world, bank, "payments: answers kept").round()
    with yard_world.desk(yard_world.seller) as desk:
        outcome.accept(desk, grant.id)

    pays(yard_world, bank)
    pays(yard_world, bank)

    assert stands(yard_world, grant).state is State.SENT


def test_nothing_leaves_before_a_person_of_the_paying_body_signed(yard_world: Any) -> None:
    grant, bank = accepted(yard_world), PaymentsInMemory()
    for _ in range(3):
        payer(yard_world, bank).round()
    with yard_world.desk(yard_world.treasurer) as desk:
        (waits,) = outcome.to_sign(desk)
    assert bank.batches == {}
    assert (waits.lines, waits.total, waits.scope) == (1, grant.amount, "yard/331002")

    with yard_world.desk(yard_world.treasurer) as desk:
        outcome.sign_batch(desk, waits.id)
    payer(yard_world, bank).round()

    assert list(bank.batches) == [waits.id]
    (signed,) = yard_world.facts("outcome.PaymentSigned")
    assert signed["by"] == "person_treasurer"


@pytest.mark.parametrize("who", ["clerk", "seller", "head"])
def test_nobody_signs_for_what_they_granted_are_paid_or_put_together(
    yard_world: Any, who: str
) -> None:
    """The clerk weighed, the seller is paid, the head put the batch together."""
    accepted(yard_world)
    with yard_world.desk(yard_world.head) as desk:
        batch = outcome.request_payments(desk)
    name = getattr(yard_world, who).person.removeprefix("person_")
    own = yard_world.world.officer(name, "scrap.treasurer", scope="yard/331002")

    with pytest.raises(OwnBatch), yard_world.desk(own) as desk:
        outcome.sign_batch(desk, batch)

    with yard_world.desk() as desk:
        assert outcome.unsent(desk) == []


def test_the_platform_itself_signs_for_nothing(yard_world: Any) -> None:
    grant, bank = accepted(yard_world), PaymentsInMemory()
    payer(yard_world, bank).round()
    batch = stands(yard_world, grant).batch

    with pytest.raises(OwnBatch), yard_world.desk() as desk:
        outcome.sign_batch(desk, batch)
    with pytest.raises(NotSigned), yard_world.desk() as desk:
        outcome.send(desk, bank, batch)


def test_whoever_sees_only_a_part_of_a_batch_cannot_sign_for_it(yard_world: Any) -> None:
    accepted(yard_world)
    payer(yard_world, PaymentsInMemory()).round()
    village = yard_world.world.officer("v", "scrap.treasurer", scope="yard/331002001")

    with yard_world.desk(village) as desk:
        assert outcome.to_sign(desk) == []


@pytest.mark.parametrize(
    ("why", "answer"),
    [
        ("unknown", {"key": "grant_of_nobody", "paid": True, "line": "1"}),
        ("wrong_sum", {"paid": True, "line": "1", "amount": Money.of("200")}),
    ],
)
def test_an_answer_that_fits_nothing_is_parked_for_a_person_and_moves_nothing(
    yard_world: Any, why: str, answer: dict[str, Any]
) -> None:
    grant, bank = accepted(yard_world), PaymentsInMemory()
    pays(yard_world, bank)
    bank.answer(Answer(**{"key": grant.id, **answer}))

    payer(yard_world, bank).round()
    yard_world.world.drain()

    (parked,) = yard_world.world.fetch("SELECT reaction, why FROM parked")
    assert parked["reaction"] == "outcome.stray"
    assert why in parked["why"]
    assert stands(yard_world, grant).state is State.SENT


@pytest.mark.parametrize("result", ["paid", "returned"])
def test_a_payment_answered_twice_is_parked_and_counts_once(yard_world: Any, result: str) -> None:
    grant, bank = accepted(yard_world), PaymentsInMemory()
    pays(yard_world, bank)
    bank.answer(Answer(key=grant.id, paid=True, line="monday:2"))
    bank.answer(Answer(key=grant.id, paid=result == "paid", line="tuesday:2"))

    payer(yard_world, bank).round()
    yard_world.world.drain()

    (parked,) = yard_world.world.fetch("SELECT why FROM parked")
    assert "not_in_flight" in parked["why"]
    assert paid(yard_world) == [Decimal("20.00")]


def test_a_line_read_again_after_a_kill_is_no_second_answer(
    yard_world: Any, tmp_path: Path
) -> None:
    grant, bank = accepted(yard_world), PaymentFolder(tmp_path)
    pays(yard_world, bank)
    bank.put_answers("monday.csv", [Answer(key=grant.id, paid=True, amount=grant.amount)])
    with pytest.raises(Killed):
        payer(yard_world, bank, "payments: answers kept").round()

    payer(yard_world, bank).round()
    yard_world.world.drain()

    assert stands(yard_world, grant).state is State.CONFIRMED
    assert yard_world.count("parked") == 0


def test_a_person_who_looked_tries_a_parked_answer_again_and_it_is_gone(yard_world: Any) -> None:
    grant, bank = accepted(yard_world), PaymentsInMemory()
    pays(yard_world, bank)
    bank.answer(Answer(key=grant.id, paid=True, line="1", amount=Money.of("200")))
    payer(yard_world, bank).round()
    yard_world.world.drain()
    (parked,) = yard_world.world.fetch("SELECT seq FROM parked")

    assert yard_world.world.platform.engine.retry("outcome.stray", parked["seq"])

    assert yard_world.count("parked") == 0
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
    pays(yard_world, folder)
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
