"""How an event can refuse.

Refusal
├── NoSuchEvent      404
└── NotMergeable     409   already merged, or with itself
"""

from typing import ClassVar

from zhouqiao.base import NotFound, Refusal


class NoSuchEvent(NotFound):
    """No such event, or none this person may see."""

    code: ClassVar[str] = "event.not_found"

    def __init__(self, event: str) -> None:
        super().__init__("event", event)


class NotMergeable(Refusal):
    """These two cannot become one: `why` is `same` or `merged`."""

    code: ClassVar[str] = "event.not_mergeable"

    def __init__(self, event: str, other: str, why: str) -> None:
        super().__init__()
        self.event = event
        self.other = other
        self.why = why
