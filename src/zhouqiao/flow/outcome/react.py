"""What an outcome answers: moves of cases, and differences that were cleared."""

from collections.abc import Sequence

from zhouqiao.flow.case.facts import StepTaken
from zhouqiao.flow.ledger import REVERSED
from zhouqiao.flow.ledger.facts import DifferenceCleared
from zhouqiao.flow.outcome import service
from zhouqiao.store import Desk, Reaction, Told, answering


def fulfil(desk: Desk, told: Sequence[Told[StepTaken]]) -> None:
    """Issue papers and grants that moves call for."""
    service.fulfil(desk, service.due_for(desk, told))


def release(desk: Desk, told: Sequence[Told[DifferenceCleared]]) -> None:
    """Make good what waited for a difference; what stood on a reversed posting is void."""
    for one in told:
        if one.fact.case is not None:
            drop = one.fact.to == REVERSED
            service.release(answering(desk, one.envelope), one.fact.case, drop=drop)


REACTIONS = (
    Reaction("outcome.fulfil", (StepTaken,), fulfil),
    Reaction("outcome.release", (DifferenceCleared,), release),
)
