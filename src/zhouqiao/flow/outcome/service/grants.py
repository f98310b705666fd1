"""From a grant to money: accepted, put into a batch, sent, confirmed or returned, taken back.

A batch is fixed in one transaction and handed over in the next: whatever dies in between, the
same batch with the same key is handed over again, and its file is the same byte for byte.
"""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from zhouqiao.base import Money
from zhouqiao.flow import ledger
from zhouqiao.flow.ledger.declare import Account, Book, Move, Whose
from zhouqiao.flow.outcome import repository
from zhouqiao.flow.outcome.errors import NoReason, NoSuchGrant, NotYours, OwnGrant
from zhouqiao.flow.outcome.facts import (
    BatchId,
    GrantAccepted,
    GrantFact,
    GrantReversed,
    PaymentConfirmed,
    PaymentRequested,
    PaymentReturned,
    PaymentSent,
)
from zhouqiao.flow.outcome.model import Granted, Held, State
from zhouqiao.flow.outcome.payments import Answer, Batch, Payment, Payments
from zhouqiao.flow.outcome.repository import Paper
from zhouqiao.store import Desk

MONEY = Book(name="money", of=Money)
PAID = Account("paid", Whose.PERSON)
CLAIM = Account("claim", Whose.PERSON)


def get(desk: Desk, grant: str) -> Granted:
    """Return a grant the subject may see. Raises `NoSuchGrant`."""
    return _found(repository.grant(desk, grant), grant)


def grants_of(desk: Desk, *, case: str | None = None, person: str | None = None) -> list[Granted]:
    """Return the grants of a case or a person, newest first, as far as the subject may see."""
    return repository.grants_of(desk, case=case, person=person)


def papers_of(desk: Desk, *cases: str) -> list[Paper]:
    """Return the papers of cases, oldest first."""
    return repository.papers(desk, cases)


def held_of(desk: Desk, *cases: str) -> list[Held]:
    """Return what still waits in cases, and why."""
    return repository.held(desk, cases)


def accept(desk: Desk, grant: str) -> Granted:
    """Say that one wants it; only whoever it was granted to may.

    Raises `NoSuchGrant`, `NotYours`, `WrongState`.
    """
    one = _lock(desk, grant)
    if desk.subject.person != one.person:
        raise NotYours("outcome.accept")
    after = _become(desk, one, State.ACCEPTED, accepted_at=desk.now(), settled_at=None, reason=None)
    _tell(desk, after, GrantAccepted)
    return after


def request_payments(desk: Desk, *, scope: str = "", limit: int = 500) -> BatchId | None:
    """Put what was accepted under `scope` into a batch for the bank; None when there is nothing.

    Nobody pays themselves: what the subject was granted stays for another. Raises `NotAllowed`.
    """
    desk.may("outcome.pay", scope=scope)
    me = desk.subject.person
    ready = [one for one in repository.payable(desk, scope, limit) if one.person != me]
    if not ready:
        return None
    batch = desk.ids.new(BatchId)
    for one in ready:
        after = _become(desk, one, State.REQUESTED, batch=batch, requested_by=me)
        _tell(desk, after, PaymentRequested, batch=batch, by=me)
    return batch


def tally(desk: Desk) -> dict[State, int]:
    """Return how many grants stand where, as far as the subject may see."""
    return repository.tally(desk)


def unsent(desk: Desk) -> list[BatchId]:
    """Return the batches that were made and not handed over yet."""
    return repository.unsent(desk)


def send(desk: Desk, payments: Payments, batch: BatchId) -> None:
    """Hand a batch over; again changes nothing. Raises `Hindrance` if the peer cannot."""
    grants = repository.in_batch(desk, batch)
    lines = tuple(
        Payment(key=one.id, payee=one.person or "-", amount=one.amount, purpose=one.fund)
        for one in grants
    )
    payments.send(Batch(key=batch, payments=lines))
    for one in grants:
        if one.state is State.REQUESTED:
            _tell(desk, _become(desk, one, State.SENT), PaymentSent, batch=batch)


def settle(desk: Desk, answers: Sequence[Answer]) -> list[Answer]:
    """Take the bank's answers; return those that fit no payment in flight, for a person to see.

    The same answer again changes nothing. Call `payments.taken()` after the commit.
    """
    return [answer for answer in answers if not _settle(desk, answer)]


def _settle(desk: Desk, answer: Answer) -> bool:
    one = repository.grant(desk, answer.key, lock=True)
    if one is None:
        return False
    wanted = State.CONFIRMED if answer.paid else State.RETURNED
    if one.state is wanted:
        return True
    if one.state is not State.SENT:
        return False
    after = _become(desk, one, wanted, settled_at=desk.now(), reason=answer.reason or None)
    if answer.paid:
        _move(desk, after, Account(f"fund/{one.fund}"), PAID)
        _tell(desk, after, PaymentConfirmed)
    else:
        _tell(desk, after, PaymentReturned, reason=answer.reason)
    return True


def reverse(desk: Desk, grant: str, *, reason: str) -> Granted:
    """Take a grant back; what was paid already is then owed back.

    Raises `NoSuchGrant`, `NoReason`, `OwnGrant`, `InFlight`, `WrongState`, `NotAllowed`.
    """
    one = _lock(desk, grant)
    desk.may("outcome.reverse", scope=one.scope)
    if desk.subject.person == one.person:
        raise OwnGrant(grant)
    if not reason.strip():
        raise NoReason
    paid = one.state is State.CONFIRMED
    after = _become(desk, one, State.REVERSED, reason=reason.strip())
    if paid:
        _move(desk, after, PAID, CLAIM)
    _tell(desk, after, GrantReversed, reason=reason.strip(), claimed=paid)
    return after


def _move(desk: Desk, one: Granted, frm: Account, to: Account) -> None:
    move = Move(book=MONEY, kind=one.fund, frm=frm, to=to, quantity=one.amount)
    ledger.post(
        desk, moves=(move,), books=(MONEY.spec(),), scope=one.scope, basis=one.rule,
        case=one.case, person=one.person,
    )  # fmt: skip


def _lock(desk: Desk, grant: str) -> Granted:
    return _found(repository.grant(desk, grant, lock=True), grant)


def _found(one: Granted | None, grant: str) -> Granted:
    if one is None:
        raise NoSuchGrant(grant)
    return one


def _become(desk: Desk, one: Granted, state: State, **changes: Any) -> Granted:
    one.may_become(state)
    after = replace(one, state=state, **changes)
    repository.put(desk, after)
    return after


def _tell(desk: Desk, one: Granted, kind: type[GrantFact], **more: Any) -> None:
    fact = kind(grant=one.id, case=one.case, fund=one.fund, amount=one.amount, **more)
    desk.tell(fact, about=one.case, scope=one.scope, person=one.person)
