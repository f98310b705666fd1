"""What may be asked of the ledger. One command, one transaction; nobody here commits."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from zhouqiao.flow.case import ShapeSpec, apply_rule
from zhouqiao.flow.ledger import repository
from zhouqiao.flow.ledger.declare import BookSpec, Move, PostingSpec, Whose
from zhouqiao.flow.ledger.errors import (
    AlreadyCleared,
    AlreadyReversed,
    NoReason,
    NoSuchDifference,
    NoSuchPosting,
    OwnDifference,
)
from zhouqiao.flow.ledger.facts import (
    DifferenceCleared,
    DifferenceFound,
    DifferenceId,
    Line,
    Posted,
    PostingId,
    PostingReversed,
)
from zhouqiao.flow.ledger.model import DIFFERENCE, Drawn, Entry, balanced, draw, opposite
from zhouqiao.flow.ledger.repository import Balance, Difference, Head
from zhouqiao.store import Desk

REVERSED = "reversed"


def post_for(  # noqa: PLR0913 - a step, seen from the ledger
    desk: Desk,
    *,
    case: str,
    scope: str,
    person: str | None,
    pack: str,  # noqa: ARG001 - functions are cited with it already
    shape: ShapeSpec,
    on_state: str,
    on_step: str | None,
    record: Mapping[str, Any] | None,
    happened_at: datetime | None = None,
    unit: str | None = None,
) -> tuple[PostingId, ...]:
    """Post what the case's shape says moves at this moment, as the record found it.

    Nothing is refused: what does not fit what was stated becomes an open difference. One statement
    and one fact a posting, sent with the commit. `unit` is whose accounts are meant where a move
    names the unit's (None: the unit of the acting subject).
    """
    if record is None:
        return ()
    specs = shape.section("ledger", PostingSpec)
    due = [spec for spec in specs if spec.on.hit(state=on_state, step=on_step)]
    made = (
        post(
            desk, moves=apply_rule(desk, spec.moves, dict(record)), books=spec.books, scope=scope,
            basis=spec.moves, case=case, person=person, unit=unit or desk.subject.unit,
            happened_at=happened_at,
        )
        for spec in due
    )  # fmt: skip
    return tuple(one for one in made if one is not None)


def post(  # noqa: PLR0913 - an observation, whole
    desk: Desk,
    *,
    moves: Iterable[Move],
    books: Sequence[BookSpec],
    scope: str,
    basis: str,
    case: str | None = None,
    person: str | None = None,
    unit: str | None = None,
    happened_at: datetime | None = None,
) -> PostingId | None:
    """Post what was observed to move; None when nothing did. Never refused.

    `basis` cites the function that read it. Accounts `whose` is a person, unit, case or scope are
    completed with those given here.
    """
    owners = {Whose.PERSON: person, Whose.UNIT: unit, Whose.CASE: case, Whose.SCOPE: scope}
    drawn = draw(moves, books, owners)
    if not drawn.lines:
        return None
    head = _head(desk, scope, basis, case=case, person=person, happened_at=happened_at)
    return _put(desk, head, drawn)


def post_manual(
    desk: Desk, entries: Sequence[Entry], *, scope: str, reason: str, case: str | None = None
) -> PostingId:
    """Post by hand. Raises `Unbalanced`, `NoReason`, `NotAllowed`."""
    desk.may("ledger.post", scope=scope)
    lines = balanced(entries)
    head = _head(desk, scope, _said(reason), case=case)
    return _put(desk, head, Drawn(lines=lines))


def reverse(desk: Desk, posting: str, *, reason: str) -> PostingId:
    """Take a posting back by its opposite, once. Its open differences end with it.

    Raises `NoSuchPosting`, `AlreadyReversed`, `NoReason`, `NotAllowed`.
    """
    found = repository.posting(desk, posting)
    if found is None:
        raise NoSuchPosting(posting)
    was, lines = found
    desk.may("ledger.reverse", scope=was.scope)
    head = _head(desk, was.scope, _said(reason), case=was.case_id, person=was.person,
                 reverses=was.id)  # fmt: skip
    back = opposite(lines)
    if not repository.put_reversal(desk, head, back):
        raise AlreadyReversed(posting)
    fact = PostingReversed(posting=head.id, reverses=was.id, case=was.case_id, reason=reason,
                           lines=back)  # fmt: skip
    desk.tell(fact, about=was.case_id or head.id, scope=was.scope, person=was.person)
    for gap in repository.open_of_posting(desk, posting):
        _settle(desk, gap, to=REVERSED, reason=reason)
    return head.id


def clear_difference(desk: Desk, difference: str, *, to: str, reason: str) -> None:
    """Say what became of a difference, and move it to the account `to`.

    Neither who measured nor who gave may do it. Raises `NoSuchDifference`, `AlreadyCleared`,
    `OwnDifference`, `NoReason`, `NotAllowed`.
    """
    gap = repository.difference(desk, difference, lock=True)
    if gap is None:
        raise NoSuchDifference(difference)
    if gap.cleared_at is not None:
        raise AlreadyCleared(difference)
    desk.may("ledger.clear", scope=gap.scope)
    if desk.subject.person in (gap.by, gap.person):
        raise OwnDifference(difference)
    head = _head(desk, gap.scope, _said(reason), case=gap.case, person=gap.person)
    _put(desk, head, Drawn(lines=_moved(gap, to)))
    _settle(desk, gap, to=to, reason=reason)


def _moved(gap: Difference, to: str) -> tuple[Line, Line]:
    rest = gap.stated - gap.found
    return (
        Line(book=gap.book, account=DIFFERENCE, kind=gap.kind, unit=gap.unit, amount=-rest),
        Line(book=gap.book, account=to, kind=gap.kind, unit=gap.unit, amount=rest),
    )


def _settle(desk: Desk, gap: Difference, *, to: str, reason: str) -> None:
    repository.clear(desk, gap, to=to, reason=reason)
    left = repository.open_differences(desk, [gap.case]) if gap.case else []
    fact = DifferenceCleared(
        difference=gap.id, case=gap.case, posting=gap.posting, to=to, reason=reason,
        by=desk.subject.person, open=len(left), found_at=gap.found_at,
    )  # fmt: skip
    desk.tell(fact, about=gap.case or gap.id, scope=gap.scope, person=gap.person)


def balance(
    desk: Desk, book: str, account: str = "", *, at: datetime | None = None
) -> list[Balance]:
    """Return what is in `account` and all accounts below it, by kind; now, or as of `at`."""
    return repository.balances(desk, book, account, at)


def open_differences(desk: Desk, *cases: str) -> list[Difference]:
    """Return the open differences of the cases, in one read."""
    return repository.open_differences(desk, cases) if cases else []


def differences(desk: Desk, *, limit: int = 100) -> list[Difference]:
    """Return every open difference the subject may see, oldest first."""
    return repository.all_open(desk, limit)


def get(desk: Desk, posting: str) -> tuple[Head, tuple[Line, ...]]:
    """Return a posting with its lines. Raises `NoSuchPosting`."""
    found = repository.posting(desk, posting)
    if found is None:
        raise NoSuchPosting(posting)
    return found


def of_case(desk: Desk, case: str) -> list[tuple[Head, tuple[Line, ...]]]:
    """Return the postings of a case with their lines, oldest first."""
    return [get(desk, one) for one in repository.postings_of(desk, case)]


def fold(desk: Desk) -> None:
    """Bring the sums by day up to what is settled; balances are exact with or without."""
    repository.fold(desk)


def _said(reason: str) -> str:
    if not reason.strip():
        raise NoReason
    return reason.strip()


def _head(  # noqa: PLR0913 - what a posting is about
    desk: Desk,
    scope: str,
    basis: str,
    *,
    case: str | None = None,
    person: str | None = None,
    happened_at: datetime | None = None,
    reverses: PostingId | None = None,
) -> Head:
    now = desk.now()
    return Head(
        id=desk.ids.new(PostingId), scope=scope, basis=basis, by=desk.subject.person,
        happened_at=happened_at or now, recorded_at=now, person=person,
        case_id=None if case is None else str(case), reverses=reverses,
    )  # fmt: skip


def _put(desk: Desk, head: Head, drawn: Drawn) -> PostingId:
    repository.put(desk, [(head, drawn.lines)])
    about = head.case_id or head.id
    fact = Posted(posting=head.id, case=head.case_id, basis=head.basis, lines=drawn.lines)
    desk.tell(fact, about=about, scope=head.scope, person=head.person,
              happened_at=head.happened_at)  # fmt: skip
    for gap in drawn.gaps:
        id = desk.ids.new(DifferenceId)
        repository.add_difference(desk, head, id, gap)
        found = DifferenceFound(
            difference=id, posting=head.id, case=head.case_id, book=gap.book, sort=gap.kind,
            unit=gap.unit, stated=gap.stated, found=gap.found,
        )  # fmt: skip
        desk.tell(found, about=about, scope=head.scope, person=head.person,
                  happened_at=head.happened_at)  # fmt: skip
    return head.id
