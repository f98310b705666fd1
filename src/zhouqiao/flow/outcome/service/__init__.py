"""What may be asked of an outcome. One command, one transaction; nobody here commits."""

from zhouqiao.flow.outcome.service.fulfil import (
    covers,
    due_for,
    foresee,
    fulfil,
    hands_for,
    release,
    signers,
)
from zhouqiao.flow.outcome.service.grants import (
    accept,
    get,
    grants_of,
    held_of,
    papers_of,
    request_payments,
    reverse,
    send,
    settle,
    tally,
    unsent,
)
from zhouqiao.flow.outcome.service.ratings import rate, rating_of

__all__ = [
    "accept",
    "covers",
    "due_for",
    "foresee",
    "fulfil",
    "get",
    "grants_of",
    "hands_for",
    "held_of",
    "papers_of",
    "rate",
    "rating_of",
    "release",
    "request_payments",
    "reverse",
    "send",
    "settle",
    "signers",
    "tally",
    "unsent",
]
