"""What people are told, how it reached them, and since when it counts as served.

is          an inbox for everybody; ways out by consent; proof of service (送达)
hears       nothing; is woken to try a way (again)
is asked    `send`, `inbox`, `unread`, `about`, `open_`, `serve`, `consent`, `withdraw`,
            `consents`, `attempts`; `CHANNELS` names the ways out handed in by the composer
says        NoticeSent, NoticeRead, Served, NoticeFailed, ConsentGiven, ConsentWithdrawn
always true the words stay as they were sent, in both languages; no address lies in the clear in a
            row or a fact; nothing leaves the house without consent; the earliest proof counts
"""

from zhouqiao.platform.notice.channel import Channel, ChannelInMemory, Letter, OutboxFolder, Receipt
from zhouqiao.platform.notice.model import Attempt, Consent, Notice, NoticeId, Outcome, Proof
from zhouqiao.platform.notice.react import ALARMS
from zhouqiao.platform.notice.service import (
    CHANNELS,
    Sending,
    about,
    attempts,
    consent,
    consents,
    inbox,
    open_,
    send,
    serve,
    unread,
    withdraw,
)  # fmt: skip

__all__ = [
    "ALARMS",
    "CHANNELS",
    "Attempt",
    "Channel",
    "ChannelInMemory",
    "Consent",
    "Letter",
    "Notice",
    "NoticeId",
    "OutboxFolder",
    "Outcome",
    "Proof",
    "Receipt",
    "Sending",
    "about",
    "attempts",
    "consent",
    "consents",
    "inbox",
    "open_",
    "send",
    "serve",
    "unread",
    "withdraw",
]  # fmt: skip
