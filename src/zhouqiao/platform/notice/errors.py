"""How messages can refuse.

Refusal
├── NotServable        409  the message is no legal document, so it cannot be served
├── Invalid            422  `invalid`: a slot is missing, foreign or personal; a time lies ahead
└── NotFound
    └── NoSuchNotice   404
"""

from typing import ClassVar

from zhouqiao.base import NotFound, Refusal


class NotServable(Refusal):
    """Proof of service was brought for a message that serves nothing."""

    code: ClassVar[str] = "notice.not_servable"

    def __init__(self, notice: str) -> None:
        super().__init__()
        self.notice = notice


class NoSuchNotice(NotFound):
    """No such message, or none this person may know of."""

    code: ClassVar[str] = "notice.no_such_notice"

    def __init__(self, key: str) -> None:
        super().__init__("notice", key)
