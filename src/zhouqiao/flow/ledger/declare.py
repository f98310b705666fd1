"""What a pack may say about what moves.

mass = Book(name="mass", of=Mass, share=Decimal("0.02"), least=Mass.of("0.5"))
fisher = Account("fisher", Whose.PERSON)
boat = Account("boat", Whose.UNIT)

@rule("taken_aboard", 1)
def taken_aboard(it: Handover) -> tuple[Move, ...]:
    return (Move(book=mass, kind=it.kind, frm=fisher, to=boat, quantity=it.mass),)

Posting(on=pickup.taking(State.MET, State.HANDED_OVER), moves=taken_aboard, books=(mass,))
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, get_type_hints

import msgspec

from zhouqiao.base import Quantity
from zhouqiao.flow.case.declare import Entering, On, Part, Taking, key_of


class Whose(StrEnum):
    """Whose an account is, where it is not the same one for everybody."""

    PERSON = "person"
    UNIT = "unit"
    CASE = "case"
    SCOPE = "scope"


@dataclass(frozen=True)
class Account:
    """Where something is: `boat` of the unit of the case is kept as `boat/unit_…`."""

    name: str
    whose: Whose | None = None


@dataclass(frozen=True, kw_only=True)
class Book:
    """A book in which one kind of quantity is kept, and what loss it bears.

    What was stated and what was found may differ by `share` of what was stated, or by `least` if
    that is more: such a difference is kept as `loss`. Beyond that it is kept as `difference`,
    stands open until a person clears it, and meanwhile holds back papers and grants.
    """

    name: str
    of: type[Quantity]
    share: Decimal = Decimal(0)
    least: Quantity | None = None

    def spec(self) -> "BookSpec":
        """Return the book as plain values."""
        least = Decimal(0) if self.least is None else self.least.amount
        return BookSpec(name=self.name, unit=self.of.unit, share=self.share, least=least)


class BookSpec(msgspec.Struct, frozen=True, kw_only=True):
    """A book as plain values; `least` in `unit`."""

    name: str
    unit: str
    share: Decimal = Decimal(0)
    least: Decimal = Decimal(0)

    def bears(self, stated: Decimal, found: Decimal) -> bool:
        """Say whether a difference lies within what the book bears."""
        return abs(stated - found) <= max(self.share * abs(stated), self.least)


@dataclass(frozen=True, kw_only=True)
class Move:
    """`quantity` of `kind`, as found, left `frm` and came to `to`.

    `stated` is what the other side said it gave, where it said so: `frm` is debited with that,
    and what lies between is kept as loss or difference.
    """

    book: Book
    kind: str
    frm: Account
    to: Account
    quantity: Quantity
    stated: Quantity | None = None


class PostingSpec(msgspec.Struct, frozen=True, kw_only=True):
    """A posting as plain values; `moves` is `<pack>.<name>@<version>`."""

    on: On
    moves: str
    books: tuple[BookSpec, ...]


@dataclass(frozen=True, kw_only=True)
class Posting(Part):
    """At a moment of the procedure, what its record says has moved is posted.

    `moves` is a pinned function from the record to the moves.
    """

    stage: ClassVar[str] = "ledger"

    on: Entering[Any] | Taking
    moves: Callable[[Any], tuple[Move, ...]]
    books: tuple[Book, ...]

    @property
    def procedure(self) -> str:
        """Return the name of the procedure it hangs on."""
        return self.on.procedure

    def spec(self, pack: str) -> PostingSpec:
        """Return it as plain values."""
        books = tuple(book.spec() for book in self.books)
        return PostingSpec(on=self.on.on, moves=key_of(self.moves, pack), books=books)

    def functions(self) -> tuple[Callable[..., Any], ...]:
        """Return the function that reads the record."""
        return (self.moves,)

    def records(self) -> tuple[type, ...]:
        """Return the record it reads."""
        return (first_of(self.moves),)


def first_of(function: Callable[..., Any]) -> type[msgspec.Struct]:
    """Return the record its first parameter asks for. Raises `TypeError` without one."""
    hints = get_type_hints(function)
    hints.pop("return", None)
    kind = next(iter(hints.values()), None)
    if not (isinstance(kind, type) and issubclass(kind, msgspec.Struct)):
        raise TypeError(f"{function.__name__} must say which record it reads")
    return kind
