"""How a warning can refuse.

Refusal
├── NoSuchWarning          404
├── OwnWarning             403  whoever it is about may not say it is seen or over
├── ForAPerson             403  the platform may not say that a person has seen it
├── AlreadyAcknowledged    409
└── AlreadyOver            409
"""

from typing import ClassVar

from zhouqiao.base import NotAllowed, NotFound, Refusal


class NoSuchWarning(NotFound):
    """No such warning, or none this person may know of."""

    code: ClassVar[str] = "warning.not_found"

    def __init__(self, warning: str) -> None:
        super().__init__("warning", warning)


class OwnWarning(NotAllowed):
    """It is about this person's own affair or work: another must look."""

    code: ClassVar[str] = "warning.own"

    def __init__(self, warning: str) -> None:
        super().__init__("warning", warning=warning)


class ForAPerson(NotAllowed):
    """A warning is seen by people."""

    code: ClassVar[str] = "warning.for_a_person"

    def __init__(self, warning: str) -> None:
        super().__init__("warning", warning=warning)


class AlreadyAcknowledged(Refusal):
    """`by` looks after it already."""

    code: ClassVar[str] = "warning.already_acknowledged"

    def __init__(self, warning: str, by: str) -> None:
        super().__init__()
        self.warning = warning
        self.by = by


class AlreadyOver(Refusal):
    """It is over already."""

    code: ClassVar[str] = "warning.already_over"

    def __init__(self, warning: str) -> None:
        super().__init__()
        self.warning = warning
