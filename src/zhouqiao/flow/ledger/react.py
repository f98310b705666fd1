"""What the ledger answers: settled lines are folded into sums by day, once a batch."""

from collections.abc import Sequence

from zhouqiao.flow.ledger.facts import Posted, PostingReversed
from zhouqiao.flow.ledger.service import fold
from zhouqiao.store import Desk, Reaction, Told


def _fold(desk: Desk, _told: Sequence[Told[Posted | PostingReversed]]) -> None:
    fold(desk)


REACTIONS = (Reaction("ledger.fold", (Posted, PostingReversed), _fold),)
