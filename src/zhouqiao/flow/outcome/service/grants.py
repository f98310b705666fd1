"""From a grant to money: accepted, put into a batch, sent, confirmed or returned, taken back.

A batch is fixed in one transaction, of one body's money; a person of that body signs for it, who
had no hand in what it pays; and only then it is handed over: whatever dies in between, the same
batch with the same key is handed over again, and its file is the same byte for byte.
"""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from zhouqiao.base import Money, NotAllowed
from zhouqiao.flow import case as cases
from zhouqiao.flow import ledger
from zhouqiao.flow.case import CaseId
from zhouqiao.flow.ledger.declare import Account, Book, Move, Whose
from zhouqiao.flow.outcome import repository
from zhouqiao.flow.outcome.errors import (
    NoReason,
    NoSuchBatch,
    NoSuchGrant,
    NotSigned,
    NotYours,
    OwnBatch,
    OwnGrant,
)
from zhouqiao.flow.outcome.facts import (
    AnswerStray,
    BatchId,
    GrantAccepted,
    GrantFact,
    GrantReversed,
    PaymentConfirmed,
    PaymentRequested,
    PaymentReturned,
    PaymentSent,
    PaymentSigned,
)
from zhouqiao.flow.outcome.model import BatchMade, Granted, Held, State
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
    """Put what one body owes under `scope` into a batch to be signed for; None: nothing is left.

    Nobody pays themselves: what the subject was granted stays for another. Raises `NotAllowed`.
    """
    desk.may("outcome.pay", scope=scope)
    me = desk.subject.person
    ready = [one for one in repository.payable(desk, scope, limit) if one.person != me]
    if not ready:
        return None
    body = _body(ready[0])
    lines = [one for one in ready if _body(one) == body]
    made = BatchMade(
        id=desk.ids.new(BatchId), scope=f"{body}/{desk.cell}", lines=len(lines),
        total=_sum(lines), made_at=desk.now(), requested_by=me,
    )  # fmt: skip
    repository.add_batch(desk, made)
    for one in lines:
        after = _become(desk, one, State.REQUESTED, batch=made.id, requested_by=me)
        _tell(desk, after, PaymentRequested, batch=made.id, by=me)
    return made.id


def _body(one: Granted) -> str:
    return one.scope.partition("/")[0]


def _sum(grants: Sequence[Granted]) -> Money:
    return sum((one.amount for one in grants), start=Money.zero())


def to_sign(desk: Desk) -> list[BatchMade]:
    """Return the batches that wait for somebody to sign for them, as far as the subject may."""
    return [one for one in repository.to_sign(desk) if _may_pay(desk, one)]


def _may_pay(desk: Desk, batch: BatchMade) -> bool:
    try:
        desk.may("outcome.pay", scope=batch.scope)
    except NotAllowed:
        return False
    return True


def payments_in(desk: Desk, batch: str) -> list[Granted]:
    """Return what a batch pays, by number. Raises `NoSuchBatch`, `NotAllowed`."""
    desk.may("outcome.pay", scope=_made(desk, batch).scope)
    return repository.in_batch(desk, BatchId(batch))


def sign_batch(desk: Desk, batch: str) -> BatchMade:
    """Sign for a batch, whole: from now on it leaves with the next round.

    Not by whoever is paid in it, had a hand in what it pays, or put it together. Raises
    `NoSuchBatch`, `OwnBatch`, `NotAllowed`; signed for already it stays as it is.
    """
    made, me = _made(desk, batch), desk.subject.person
    desk.may("outcome.pay", scope=made.scope)
    if made.signed_at is not None:
        return made
    grants = repository.in_batch(desk, made.id)
    if (len(grants), _sum(grants)) != (made.lines, made.total):
        raise NoSuchBatch(batch)
    if desk.subject.is_system or made.requested_by == me:
        raise OwnBatch(batch, "-")
    hands = {case.id: case.had_a_hand(me) for case in cases.get_many(desk, _cases_of(grants))}
    for one in grants:
        if one.person == me or hands.get(CaseId(one.case)) is not None:
            raise OwnBatch(batch, one.id)
    signed = replace(made, signed_by=me, signed_at=desk.now())
    repository.put_signed(desk, signed)
    for one in grants:
        _tell(desk, one, PaymentSigned, batch=made.id, by=me)
    return signed


def _cases_of(grants: Sequence[Granted]) -> list[str]:
    return sorted({one.case for one in grants})


def _made(desk: Desk, batch: str) -> BatchMade:
    found = repository.batch(desk, batch)
    if found is None:
        raise NoSuchBatch(batch)
    return found


def tally(desk: Desk) -> dict[State, int]:
    """Return how many grants stand where, as far as the subject may see."""
    return repository.tally(desk)


def unsent(desk: Desk) -> list[BatchId]:
    """Return the batches that were signed for and not handed over yet."""
    return repository.unsent(desk)


def send(desk: Desk, payments: Payments, batch: BatchId) -> None:
    """Hand a batch over; again changes nothing. Raises `NotSigned`, and `Hindrance` of the peer."""
    if _made(desk, batch).signed_at is None:
        raise NotSigned(batch)
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
    """Take the bank's answers; return those that fit no payment in flight: a person must look.

    The same line again changes nothing. Call `payments.taken()` after the commit.
    """
    strays = []
    for answer in answers:
        fresh = not answer.line or repository.heard(desk, answer.line)
        why = take_answer(desk, answer) if fresh else None
        if why is not None:
            strays.append(answer)
            _tell_stray(desk, answer, why)
    return strays


def _tell_stray(desk: Desk, answer: Answer, why: str) -> None:
    one = repository.grant(desk, answer.key)
    fact = AnswerStray(
        key=answer.key, paid=answer.paid, why=why, reason=answer.reason, amount=answer.amount
    )
    scope, person = (f"payments/{desk.cell}", None) if one is None else (one.scope, one.person)
    desk.tell(fact, about=answer.key[:80], scope=scope, person=person)


def take_answer(desk: Desk, answer: Answer) -> str | None:
    """Take one answer; return why it fits no payment in flight, if it fits none."""
    one = repository.grant(desk, answer.key, lock=True)
    if one is None:
        return "unknown"
    if answer.amount is not None and answer.amount != one.amount:
        return "wrong_sum"
    wanted = State.CONFIRMED if answer.paid else State.RETURNED
    if one.state is wanted and not answer.line:
        return None
    if one.state is not State.SENT:
        return "not_in_flight"
    after = _become(desk, one, wanted, settled_at=desk.now(), reason=answer.reason or None)
    if answer.paid:
        _move(desk, after, Account(f"fund/{one.fund}"), PAID)
        _tell(desk, after, PaymentConfirmed)
    else:
        _tell(desk, after, PaymentReturned, reason=answer.reason)
    return None


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
