"""What may become of a grant, and how payments travel as files."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from zhouqiao.base import Money
from zhouqiao.flow.outcome import Granted, GrantId, State
from zhouqiao.flow.outcome.errors import InFlight, WrongState
from zhouqiao.flow.outcome.model import FOLLOWS, day_of
from zhouqiao.flow.outcome.payments import Answer, Batch, Payment, PaymentFolder


def grant(state: State) -> Granted:
    return Granted(
        id=GrantId("grant_1"), scope="b/1", person="person_jiang", case="case_1", pack="p",
        fund="coast", form="evidence_1", state=state, amount=Money.of(20), rule="p.by_weight@1",
        row=None, inputs={}, granted_at=datetime(2026, 10, 14, tzinfo=UTC),
    )  # fmt: skip


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("to", list(FOLLOWS))
def test_a_grant_goes_only_where_it_may(state: State, to: State) -> None:
    if state in FOLLOWS[to]:
        grant(state).may_become(to)
    else:
        with pytest.raises((WrongState, InFlight)):
            grant(state).may_become(to)


def test_what_is_paid_can_only_be_reversed() -> None:
    assert [to for to in FOLLOWS if State.CONFIRMED in FOLLOWS[to]] == [State.REVERSED]


def test_the_day_of_a_rate_is_the_day_in_china() -> None:
    assert day_of(datetime(2026, 10, 14, 16, 30, tzinfo=UTC)).isoformat() == "2026-10-15"


def batch(yuan: str = "86.40") -> Batch:
    one = Payment(key="grant_1", payee="person_jiang", amount=Money.of(yuan), purpose="coast")
    two = Payment(key="grant_0", payee="person_lin", amount=Money.of("3.60"), purpose="coast")
    return Batch(key="batch_1", payments=(one, two))


def test_a_batch_file_ends_with_its_sum(tmp_path: Path) -> None:
    PaymentFolder(tmp_path).send(batch())

    lines = (tmp_path / "out" / "batch_1.csv").read_text("utf-8").splitlines()
    assert lines == [
        "key,payee,amount,currency,purpose",
        "grant_0,person_lin,3.60,CNY,coast",
        "grant_1,person_jiang,86.40,CNY,coast",
        "TOTAL,2,90.00",
    ]


def test_answers_are_read_until_they_are_taken(tmp_path: Path) -> None:
    folder = PaymentFolder(tmp_path)
    (tmp_path / "in").mkdir()
    text = "key,result,reason\ngrant_1,paid,\ngrant_0,returned,no such account\n,paid,\nx,maybe,\n"
    (tmp_path / "in" / "answer.csv").write_text(text, "utf-8")

    told = [
        Answer(key="grant_1", paid=True, line="answer.csv:2:grant_1:paid"),
        Answer(
            key="grant_0",
            paid=False,
            reason="no such account",
            line="answer.csv:3:grant_0:returned",
        ),
    ]
    assert folder.answers() == told
    assert folder.answers() == told
    folder.taken()
    assert folder.answers() == []
    assert [path.name for path in (tmp_path / "done").iterdir()] == ["answer.csv"]
