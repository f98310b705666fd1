"""How movements become lines that sum to nothing. Pure: no clock, no database.

Double entry as the bookkeepers do it: every movement is an equal amount out of one account and
into another, so the sum over all accounts of a book is zero at any time, and what is anywhere
came from somewhere.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

import msgspec

from zhouqiao.base import Quantity
from zhouqiao.flow.ledger.declare import Account, Book, BookSpec, Move, Whose
from zhouqiao.flow.ledger.errors import Unbalanced
from zhouqiao.flow.ledger.facts import Line

LOSS = "loss"
DIFFERENCE = "difference"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A line a person states: an amount above zero, into an account or out of it."""

    book: str
    account: str
    kind: str
    quantity: Quantity
    out: bool = False


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """A difference larger than its book bears."""

    book: str
    kind: str
    unit: str
    stated: Decimal
    found: Decimal


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """What a posting will hold: its lines, and the differences in it that stay open."""

    lines: tuple[Line, ...]
    gaps: tuple[Gap, ...] = ()


def draw(
    moves: Iterable[Move], books: Sequence[BookSpec], owners: Mapping[Whose, str | None]
) -> Drawn:
    """Turn moves into lines, same accounts summed. Never refuses: what does not fit is a gap.

    `books` are those the case was opened under; a book not among them bears no difference.
    """
    held = {book.name: book for book in books}
    sums: dict[tuple[str, str, str, str, str | None], Decimal] = defaultdict(Decimal)
    gaps = []
    for move in moves:
        book = held.get(move.book.name) or BookSpec(name=move.book.name, unit=move.book.of.unit)
        found = _number(move.quantity)
        stated = found if move.stated is None else _number(move.stated)
        place = _place(move.book, str(move.kind), sums)
        place(*_named(move.frm, owners), -stated)
        place(*_named(move.to, owners), found)
        if book.bears(stated, found):
            place(LOSS, None, stated - found)
        else:
            place(DIFFERENCE, None, stated - found)
            gaps.append(Gap(book=book.name, kind=str(move.kind), unit=book.unit,
                            stated=stated, found=found))  # fmt: skip
    return Drawn(lines=_lines(sums), gaps=tuple(gaps))


Sums = dict[tuple[str, str, str, str, str | None], Decimal]


def _place(book: Book, kind: str, sums: Sums) -> Callable[[str, str | None, Decimal], None]:
    def place(account: str, person: str | None, amount: Decimal) -> None:
        sums[book.name, account, kind, book.of.unit, person] += amount

    return place


def _lines(sums: Sums) -> tuple[Line, ...]:
    return tuple(
        Line(book=book, account=account, kind=kind, unit=unit, amount=amount, person=person)
        for (book, account, kind, unit, person), amount in sums.items()
        if amount
    )


def _number(quantity: Quantity) -> Decimal:
    """Return the amount; an observation that is no number was refused by its form already."""
    return quantity.amount if quantity.amount.is_finite() else Decimal(0)


def _named(account: Account, owners: Mapping[Whose, str | None]) -> tuple[str, str | None]:
    """Return the full name of an account, and the person whose it is."""
    if account.whose is None:
        return account.name, None
    owner = owners.get(account.whose)
    name = f"{account.name}/{owner}" if owner else account.name
    return name, owner if account.whose is Whose.PERSON else None


def balanced(entries: Sequence[Entry]) -> tuple[Line, ...]:
    """Return a manual posting's lines. Raises `Unbalanced` if it makes or loses anything."""
    if not entries:
        raise Unbalanced("-", "-", "-", "0", why="empty")
    lines = tuple(_stated(entry) for entry in entries)
    for (book, kind, unit), over in sums_of(lines).items():
        if over:
            raise Unbalanced(book, kind, unit, format(over, "f"))
    return lines


def _stated(entry: Entry) -> Line:
    amount, unit = entry.quantity.amount, entry.quantity.unit
    if not amount.is_finite():
        raise Unbalanced(entry.book, entry.kind, unit, str(amount), why="not_a_number")
    if not 0 < amount <= entry.quantity.limit:
        why = "too_large" if amount > 0 else "negative"
        raise Unbalanced(entry.book, entry.kind, unit, format(amount, "f"), why=why)
    return Line(book=entry.book, account=entry.account, kind=entry.kind, unit=unit,
                amount=-amount if entry.out else amount)  # fmt: skip


def sums_of(lines: Iterable[Line]) -> dict[tuple[str, str, str], Decimal]:
    """Return what the lines of each (book, kind, unit) sum to; zero in any posting."""
    sums: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for line in lines:
        sums[line.book, line.kind, line.unit] += line.amount
    return dict(sums)


def opposite(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines that take others back."""
    return tuple(msgspec.structs.replace(line, amount=-line.amount) for line in lines)
