"""What everybody who pays must do, the fake included."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import structs

from zhouqiao.base import Hindrance, Money
from zhouqiao.flow.outcome.payments import (
    Answer,
    Batch,
    BatchChanged,
    Payment,
    PaymentFolder,
    Payments,
    PaymentsInMemory,
)

SAYS = [Answer(key="grant_1", paid=True), Answer(key="grant_0", paid=False, reason="no account")]
Says = Callable[..., None]


def said(payments: Payments) -> list[Answer]:
    """Return what is answered, wherever it stands at the peer."""
    return [structs.replace(one, line="") for one in payments.answers()]


def batch(yuan: str = "86.40") -> Batch:
    one = Payment(key="grant_1", payee="person_jiang", amount=Money.of(yuan), purpose="coast")
    two = Payment(key="grant_0", payee="person_lin", amount=Money.of("3.60"), purpose="coast")
    return Batch(key="batch_1", payments=(one, two))


@pytest.fixture(params=["folder", "memory"])
def bank(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Payments, Says]:
    """Whoever pays, and how it is made to say something."""
    if request.param == "memory":
        fake = PaymentsInMemory()
        return fake, fake.answer
    folder = PaymentFolder(tmp_path)
    return folder, lambda *said: folder.put_answers("answer.csv", said)


def test_the_same_batch_again_changes_nothing(bank: tuple[Payments, Says]) -> None:
    payments, _ = bank
    payments.send(batch())

    payments.send(batch())


def test_another_batch_of_the_same_name_is_never_sent(bank: tuple[Payments, Says]) -> None:
    payments, _ = bank
    payments.send(batch())

    with pytest.raises(BatchChanged):
        payments.send(batch("864.00"))


def test_answers_are_said_again_until_they_are_taken(bank: tuple[Payments, Says]) -> None:
    payments, says = bank
    says(*SAYS)

    assert said(payments) == SAYS
    assert said(payments) == SAYS
    payments.taken()
    assert said(payments) == []


def test_an_answer_that_comes_after_the_reading_is_not_taken_with_it(tmp_path: Path) -> None:
    fake, folder = PaymentsInMemory(), PaymentFolder(tmp_path)
    for payments, first, later in (
        (fake, lambda: fake.answer(SAYS[0]), lambda: fake.answer(SAYS[1])),
        (
            folder,
            lambda: folder.put_answers("1.csv", SAYS[:1]),
            lambda: folder.put_answers("2.csv", SAYS[1:]),
        ),
    ):
        first()
        payments.answers()
        later()
        payments.taken()

        assert said(payments) == SAYS[1:]


def test_a_line_that_is_dead_is_a_hindrance(tmp_path: Path) -> None:
    fake = PaymentsInMemory()
    fake.is_down = True
    (tmp_path / "out").write_text("a file where the folder should be")

    for payments in (fake, PaymentFolder(tmp_path)):
        with pytest.raises(Hindrance):
            payments.send(batch())


def test_a_file_that_cannot_be_read_is_set_aside_for_a_person(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "gbk.csv").write_bytes(
        "key,result,reason\ngrant_1,returned,户名".encode("gbk")
    )

    assert PaymentFolder(tmp_path).answers() == []
    assert [path.name for path in (tmp_path / "bad").iterdir()] == ["gbk.csv"]
