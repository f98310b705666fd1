"""What moved: mass, stock, money, quota, carbon, in double entry.

is          books of postings whose lines sum to nothing, and the differences still open
hears       Posted, PostingReversed (its own: to fold them into sums by day)
is asked    `post_for` (a step's record), `post` (an observation), `post_manual`, `reverse`,
            `clear_difference`, `balance`, `open_differences`, `differences`, `get`, `of_case`
says        Posted, PostingReversed, DifferenceFound, DifferenceCleared
always true every posting sums to zero per book, kind and unit, held by the model and by the
            server; an observation is never refused; lines only grow; a balance is exact at once
"""

from zhouqiao.flow.ledger.facts import DifferenceId, Line, PostingId
from zhouqiao.flow.ledger.model import DIFFERENCE, LOSS, Entry
from zhouqiao.flow.ledger.react import REACTIONS
from zhouqiao.flow.ledger.repository import Balance, Difference, Head
from zhouqiao.flow.ledger.service import (
    REVERSED,
    balance,
    clear_difference,
    differences,
    fold,
    get,
    of_case,
    open_differences,
    post,
    post_for,
    post_manual,
    reverse,
)

__all__ = [
    "DIFFERENCE",
    "LOSS",
    "REACTIONS",
    "REVERSED",
    "Balance",
    "Difference",
    "DifferenceId",
    "Entry",
    "Head",
    "Line",
    "PostingId",
    "balance",
    "clear_difference",
    "differences",
    "fold",
    "get",
    "of_case",
    "open_differences",
    "post",
    "post_for",
    "post_manual",
    "reverse",
]
