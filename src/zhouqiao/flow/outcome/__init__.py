"""What came of it: papers, grants and their payment, ratings.

is          what a case earned, once, and what became of it
hears       StepTaken, DifferenceCleared
is asked    `accept`, `request_payments`, `send`, `settle`, `reverse`, `release`, `rate`; `foresee`,
            `covers`, `signers`, `hands_for`, `get`, `grants_of`, `papers_of`, `held_of`,
            `rating_of`
says        GrantMade, GrantHeld, PaperHeld, GrantAccepted, PaymentRequested, PaymentSent,
            PaymentConfirmed, PaymentReturned, GrantReversed, Rated
always true no signed form earns twice and no payment is made twice; nothing is issued or granted
            while what moved does not add up; nobody pays themselves; every amount cites its rule
"""

from zhouqiao.flow.outcome import payments
from zhouqiao.flow.outcome.facts import BatchId, GrantId
from zhouqiao.flow.outcome.model import Granted, Held, Rated, State
from zhouqiao.flow.outcome.react import REACTIONS
from zhouqiao.flow.outcome.repository import Paper
from zhouqiao.flow.outcome.service import (
    accept,
    covers,
    foresee,
    get,
    grants_of,
    hands_for,
    held_of,
    papers_of,
    rate,
    rating_of,
    release,
    request_payments,
    reverse,
    send,
    settle,
    signers,
    tally,
    unsent,
)  # fmt: skip

__all__ = [
    "REACTIONS", "BatchId", "GrantId", "Granted", "Held", "Paper", "Rated", "State", "accept",
    "covers", "foresee", "get", "grants_of", "hands_for", "held_of", "papers_of", "payments",
    "rate", "rating_of", "release", "request_payments", "reverse", "send", "settle", "signers",
    "tally", "unsent",
]  # fmt: skip
