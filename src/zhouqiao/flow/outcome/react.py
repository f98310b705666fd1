"""What an outcome answers: moves of cases, and differences that were cleared."""

from collections.abc import Sequence

from zhouqiao.flow.case.facts import StepTaken
from zhouqiao.flow.ledger import REVERSED
from zhouqiao.flow.ledger.facts import DifferenceCleared
from zhouqiao.flow.outcome import service
from zhouqiao.flow.outcome.errors import StrayAnswer
from zhouqiao.flow.outcome.facts import AnswerStray
from zhouqiao.flow.outcome.payments import Answer
from zhouqiao.store import Desk, Reaction, Told, answering, reading

STRAY = "outcome.stray"


def fulfil(desk: Desk, told: Sequence[Told[StepTaken]]) -> None:
    """Issue papers and grants that moves call for."""
    service.fulfil(desk, service.due_for(desk, told))


def release(desk: Desk, told: Sequence[Told[DifferenceCleared]]) -> None:
    """Make good what waited for a difference; what stood on a reversed posting is void."""
    for one in told:
        if one.fact.case is not None:
            drop = one.fact.to == REVERSED
            service.release(answering(desk, one.envelope), one.fact.case, drop=drop)


def stray(desk: Desk, told: Sequence[Told[AnswerStray]]) -> None:
    """Set an answer that fits nothing aside, until a person looked and tries it again.

    By then its payment may be there (a wrong number put right at the bank); what was answered
    before, or of another sum, is left at the person's having seen it.
    """
    for one in told:
        fact = one.fact
        if not _was_seen(desk, one.envelope.seq):
            raise StrayAnswer(fact.key, fact.why)
        if fact.why == "unknown":
            answer = Answer(key=fact.key, paid=fact.paid, reason=fact.reason, amount=fact.amount)
            service.take_answer(answering(desk, one.envelope), answer)


def _was_seen(desk: Desk, seq: int) -> bool:
    parked = ((one.reaction, one.seq, one.behind) for one in reading.parked(desk))
    return (STRAY, seq, None) in parked


REACTIONS = (
    Reaction("outcome.fulfil", (StepTaken,), fulfil),
    Reaction(STRAY, (AnswerStray,), stray),
    Reaction("outcome.release", (DifferenceCleared,), release),
)
