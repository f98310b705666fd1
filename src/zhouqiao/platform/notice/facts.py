"""What this stage tells the world; never the words, never an address."""

from datetime import datetime

from zhouqiao.store import Fact


class NoticeSent(Fact, frozen=True, kw_only=True):
    """A message lies in somebody's inbox; `code` is `<pack>.<message>`."""

    notice: str
    code: str
    ways: tuple[str, ...]


class NoticeRead(Fact, frozen=True, kw_only=True):
    """The person opened it."""

    notice: str
    code: str


class Served(Fact, frozen=True, kw_only=True):
    """A legal document counts as served at `at`, by `proof`: clocks start from it.

    `before` is the later time it counted as served until this proof came (None: it did not).
    """

    notice: str
    code: str
    at: datetime
    proof: str
    before: datetime | None = None


class NoticeFailed(Fact, frozen=True, kw_only=True):
    """One way was given up; `why` is no_consent, no_channel, no_address or undelivered."""

    notice: str
    code: str
    way: str
    why: str


class CodeAsked(Fact, frozen=True, kw_only=True):
    """A person asked for a code to an address they gave, to be told that way."""

    person: str
    way: str


class ConsentGiven(Fact, frozen=True, kw_only=True):
    """A person takes messages this way; `confirmed`: as an address for service of documents."""

    person: str
    way: str
    confirmed: bool


class ConsentWithdrawn(Fact, frozen=True, kw_only=True):
    """A person no longer takes messages this way."""

    person: str
    way: str
