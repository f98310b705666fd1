"""What people are told, how it reached them, and since when it counts as served.

is          an inbox for everybody; ways out by consent; proof of service (送达)
hears       nothing; is woken to try a way (again), and to send a code
is asked    `send`, `inbox`, `unread`, `about`, `open_`, `serve`, `consent`, `withdraw`,
            `consents`, `attempts`; `offered`, `ask_code`, `asked`, `confirm_code`, `address_of`
            for addresses, confirmed by a code; `CHANNELS` names the ways out the composer hands in
says        NoticeSent, NoticeRead, Served, NoticeFailed, CodeAsked, ConsentGiven,
            ConsentWithdrawn
always true the words stay as they were sent, in both languages; no address lies in the clear in a
            row or a fact; nothing leaves the house without consent; the earliest proof counts
"""

from zhouqiao.platform.notice.address import (
    address_of,
    ask_code,
    asked,
    confirm_code,
    offered,
)  # fmt: skip
from zhouqiao.platform.notice.channel import Channel, ChannelInMemory, Letter, OutboxFolder, Receipt
from zhouqiao.platform.notice.declare import Proof
from zhouqiao.platform.notice.errors import CodeTooSoon
from zhouqiao.platform.notice.model import (
    Asking,
    Attempt,
    Consent,
    Notice,
    NoticeId,
    Outcome,
)
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
    "ALARMS", "CHANNELS", "Asking", "Attempt", "Channel", "ChannelInMemory", "CodeTooSoon",
    "Consent", "Letter", "Notice", "NoticeId", "OutboxFolder", "Outcome", "Proof", "Receipt",
    "Sending", "about", "address_of", "ask_code", "asked", "attempts", "confirm_code", "consent",
    "consents", "inbox", "offered", "open_", "send", "serve", "unread", "withdraw",
]  # fmt: skip
