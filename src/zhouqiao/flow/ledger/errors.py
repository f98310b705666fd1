"""How the ledger can refuse.

Refusal
├── Unbalanced             422  a manual posting that makes or loses something
├── NoReason               422  a manual act must say why
├── AlreadyReversed        409
├── AlreadyCleared         409
├── OwnDifference          403  whoever is concerned by a difference may not clear it
├── NoSuchPosting          404
└── NoSuchDifference       404

An observation is never refused: what does not fit is posted as a difference.
"""

from typing import ClassVar

from zhouqiao.base import Invalid, NotAllowed, NotFound, Refusal


class Unbalanced(Invalid):
    """What goes in is not what comes out of `book`; `over` in `unit`, above zero: too much in."""

    code: ClassVar[str] = "ledger.unbalanced"

    def __init__(self, book: str, kind: str, unit: str, over: str, *, why: str = "sum") -> None:
        super().__init__("lines", why)
        self.book = book
        self.kind = kind
        self.unit = unit
        self.over = over


class NoReason(Invalid):
    """A manual act without a reason."""

    code: ClassVar[str] = "ledger.no_reason"

    def __init__(self) -> None:
        super().__init__("reason", "missing")


class AlreadyReversed(Refusal):
    """A posting is reversed once."""

    code: ClassVar[str] = "ledger.already_reversed"

    def __init__(self, posting: str) -> None:
        super().__init__()
        self.posting = posting


class AlreadyCleared(Refusal):
    """The difference is settled already."""

    code: ClassVar[str] = "ledger.already_cleared"

    def __init__(self, difference: str) -> None:
        super().__init__()
        self.difference = difference


class OwnDifference(NotAllowed):
    """Who measured or gave may not say what became of the rest."""

    code: ClassVar[str] = "ledger.own_difference"

    def __init__(self, difference: str) -> None:
        super().__init__("ledger.clear", difference=difference)


class NoSuchPosting(NotFound):
    """No such posting, or none this person may know of."""

    code: ClassVar[str] = "ledger.no_such_posting"

    def __init__(self, posting: str) -> None:
        super().__init__("posting", posting)


class NoSuchDifference(NotFound):
    """No such difference, or none this person may know of."""

    code: ClassVar[str] = "ledger.no_such_difference"

    def __init__(self, difference: str) -> None:
        super().__init__("difference", difference)
