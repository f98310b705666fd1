"""What came of it: papers, grants and their payment, ratings.

is          what a case earned, once, and what became of it
hears       StepTaken, DifferenceCleared, AnswerStray
is asked    `accept`, `request_payments`, `to_sign`, `sign_batch`, `send`, `settle`, `reverse`,
            `release`, `rate`; `foresee`, `covers`, `signers`, `hands_for`, `get`, `grants_of`,
            `papers_of`, `payments_in`, `held_of`, `rating_of`
says        GrantMade, GrantHeld, PaperHeld, GrantAccepted, PaymentRequested, PaymentSigned,
            PaymentSent, PaymentConfirmed, PaymentReturned, AnswerStray, GrantReversed, Rated
always true no signed form earns twice and no payment is made twice; nothing is issued or granted
            while what moved does not add up; no money leaves unsigned, nobody
            signs for what they granted; every amount cites its rule
"""

# fmt: off
# ruff: noqa: I001 - names side by side, so that the front door fits one screen
from zhouqiao.flow.outcome import payments
from zhouqiao.flow.outcome.errors import OwnBatch
from zhouqiao.flow.outcome.facts import BatchId, GrantId
from zhouqiao.flow.outcome.model import BatchMade, Granted, Held, Rated, State
from zhouqiao.flow.outcome.react import REACTIONS
from zhouqiao.flow.outcome.repository import Paper
from zhouqiao.flow.outcome.service import (
    accept, covers, foresee, get, grants_of, hands_for, held_of, papers_of, payments_in, rate,
    rating_of, release, request_payments, reverse, send, settle, sign_batch, signers, tally,
    to_sign, unsent,
)  # fmt: skip

__all__ = [
    "REACTIONS", "BatchId", "BatchMade", "GrantId", "Granted", "Held", "OwnBatch", "Paper", "Rated",
    "State", "accept", "covers", "foresee", "get", "grants_of", "hands_for", "held_of", "papers_of",
    "payments", "payments_in", "rate", "rating_of", "release", "request_payments", "reverse",
    "send", "settle", "sign_batch", "signers", "tally", "to_sign", "unsent",
]  # fmt: skip
