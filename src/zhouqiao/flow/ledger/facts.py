"""What the ledger tells the world."""

from datetime import datetime
from decimal import Decimal

import msgspec

from zhouqiao.base import Id
from zhouqiao.store import Fact


class PostingId(Id):
    """Names one posting: lines that sum to nothing."""

    prefix = "posting"
    __slots__ = ()


class DifferenceId(Id):
    """Names one difference between what was stated and what was found."""

    prefix = "difference"
    __slots__ = ()


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a movement: `amount` in `unit`, above zero into `account`, below out of it.

    `person` is whose account it is, where it is a person's.
    """

    book: str
    account: str
    kind: str
    unit: str
    amount: Decimal
    person: str | None = None


class Posted(Fact, frozen=True, kw_only=True):
    """Something moved. `basis` cites the function that read the record, or the reason given."""

    posting: PostingId
    case: str | None
    basis: str
    lines: tuple[Line, ...]


class PostingReversed(Fact, frozen=True, kw_only=True):
    """An earlier posting was taken back by its opposite; both stay."""

    posting: PostingId
    reverses: PostingId
    case: str | None
    reason: str
    lines: tuple[Line, ...]


class DifferenceFound(Fact, frozen=True, kw_only=True):
    """More or less was found than stated, by more than the book bears.

    `sort` is the kind of thing; amounts in `unit`.
    """

    difference: DifferenceId
    posting: PostingId
    case: str | None
    book: str
    sort: str
    unit: str
    stated: Decimal
    found: Decimal


class DifferenceCleared(Fact, frozen=True, kw_only=True):
    """A person has looked into a difference and said what became of it.

    `to` is the account it was moved to; `open` how many differences the case still has.
    """

    difference: DifferenceId
    case: str | None
    posting: PostingId
    to: str
    reason: str
    by: str
    open: int
    found_at: datetime
