"""How signing in by an account elsewhere can be refused.

Refusal
├── ProviderAway   503  the provider does not answer
├── AnswerWrong    403  what it said cannot be trusted; `why` is for the log
├── StateWrong     403  this browser did not ask for that answer
├── ErrandOver     403  asked too long ago, or used already
├── Declined       403  the person, or the provider, said no
├── TokenExpired   403  its word has run out
└── ClockApart     403  its word is from the future: one of two clocks is wrong
"""

from typing import ClassVar

from zhouqiao.base import Refusal


class ProviderAway(Refusal):
    """The provider does not answer, or not in time."""

    code: ClassVar[str] = "openid.provider_away"
    status: ClassVar[int] = 503


class AnswerWrong(Refusal):
    """What the provider (or whoever spoke for it) said cannot be trusted."""

    code: ClassVar[str] = "openid.answer_wrong"
    status: ClassVar[int] = 403

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


class StateWrong(Refusal):
    """The answer is to no question of this browser."""

    code: ClassVar[str] = "openid.state_wrong"
    status: ClassVar[int] = 403


class ErrandOver(Refusal):
    """The question was asked too long ago, or its answer was used already."""

    code: ClassVar[str] = "openid.errand_over"
    status: ClassVar[int] = 403


class Declined(Refusal):
    """The person, or the provider, said no; `why` is the provider's word for it."""

    code: ClassVar[str] = "openid.declined"
    status: ClassVar[int] = 403

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


class TokenExpired(Refusal):
    """The provider's word has run out."""

    code: ClassVar[str] = "openid.token_expired"
    status: ClassVar[int] = 403


class ClockApart(Refusal):
    """The provider's word is from the future, by `minutes`."""

    code: ClassVar[str] = "openid.clock_apart"
    status: ClassVar[int] = 403

    def __init__(self, minutes: int) -> None:
        super().__init__()
        self.minutes = minutes
