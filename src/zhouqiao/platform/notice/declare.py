"""What a pack may say about this stage: the messages it sends."""

from enum import StrEnum

import msgspec


class Way(StrEnum):
    """How a message reaches somebody; the inbox always does, the others by consent."""

    INBOX = "inbox"
    SMS = "sms"
    MAIL = "mail"
    LETTER = "letter"


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
