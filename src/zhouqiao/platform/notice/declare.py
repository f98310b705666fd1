"""What a pack may say about this stage: the messages it sends, and how papers are served."""

from datetime import date, datetime
from enum import StrEnum

import msgspec

from zhouqiao.platform.rule import clock_named, deadline, local_day


class Way(StrEnum):
    """How a message reaches somebody; the inbox always does, the others by consent."""

    INBOX = "inbox"
    SMS = "sms"
    MAIL = "mail"
    LETTER = "letter"


class Proof(StrEnum):
    """By what service is proved; the last four are the paper ways of 民事诉讼法 §§88-95."""

    ARRIVED = "arrived"
    READ = "read"
    REPLIED = "replied"
    SIGNED_FOR = "signed_for"
    LEFT = "left"
    POSTED = "posted"
    PUBLISHED = "published"


ON_PAPER = (Proof.SIGNED_FOR, Proof.LEFT, Proof.POSTED, Proof.PUBLISHED)
"""How officers serve a paper; in the inbox it is served by consent alone (处罚法 §61)."""


class Delivered(msgspec.Struct, frozen=True, kw_only=True):
    """That a paper counts as served in its addressee's inbox: `at` a moment, by `proof`.

    `notice` names the message, with who opened it and when.
    """

    notice: str
    at: datetime
    proof: Proof

    @property
    def day(self) -> date:
        """Return the day of service, on the calendar here."""
        return local_day(self.at)


def served_on(proof: Proof, day: date) -> date:
    """Return the day a paper counts as served that was handed over, left or came on `day`.

    Announced on `day`, it does once the announcement ran its term (民诉法 §95).
    """
    if proof is not Proof.PUBLISHED:
        return day
    return deadline(clock_named("service_by_announcement"), day).day or day


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A message of a pack.

    `name`    its words lie under `[message]`, this key, in the pack's words files
    `slots`   what its words have room for; never a personal value
    `ways`    besides the inbox
    `serves`  whether it is a legal document whose service (送达) starts a clock and needs proof
    """

    name: str
    slots: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()
    serves: bool = False
