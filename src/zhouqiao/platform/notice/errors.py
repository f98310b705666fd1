"""How messages can refuse.

Refusal
├── NotServable        409  the message is no legal document, so it cannot be served
├── CodeTooSoon        409  a code was asked for a moment ago, or too often today
├── CodeWrong          409  that is not the code; `left` tries remain
├── CodeOver           409  no code waits for an answer any more
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


class CodeTooSoon(Refusal):
    """Another code so soon, or so many in a day."""

    code: ClassVar[str] = "notice.code_too_soon"


class CodeWrong(Refusal):
    """That is not the code that was sent."""

    code: ClassVar[str] = "notice.code_wrong"

    def __init__(self, left: int) -> None:
        super().__init__()
        self.left = left


class CodeOver(Refusal):
    """The code ran out, was used, or was answered wrongly too often."""

    code: ClassVar[str] = "notice.code_over"


class NoSuchNotice(NotFound):
    """No such message, or none this person may know of."""

    code: ClassVar[str] = "notice.no_such_notice"

    def __init__(self, key: str) -> None:
        super().__init__("notice", key)
