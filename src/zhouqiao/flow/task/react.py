"""Whatever moves a case changes what is to be done."""

from collections.abc import Sequence

from zhouqiao.flow.case import get_many
from zhouqiao.flow.case.facts import (
    AppealDecided,
    CaseAppealed,
    CaseFact,
    CaseJoined,
    CaseObjected,
    CaseOpened,
    CaseReopened,
    CaseResumed,
    CaseReturned,
    CaseSplit,
    CaseSuspended,
    ClockExtended,
    StepTaken,
)
from zhouqiao.flow.task import service
from zhouqiao.store import Desk, Reaction, Told, answering

MOVES = (
    CaseOpened, StepTaken, CaseObjected, CaseReturned, CaseReopened, CaseSuspended, CaseResumed,
    CaseSplit, CaseJoined, CaseAppealed, AppealDecided, ClockExtended,
)  # fmt: skip


def bring_in_line(desk: Desk, told: Sequence[Told[CaseFact]]) -> None:
    """Look at each moved case once, as it stands now."""
    cases = get_many(desk, sorted({one.fact.case for one in told}))
    service.bring_in_line(answering(desk, told[-1].envelope), cases)


REACTIONS = (Reaction("task.bring_in_line", MOVES, bring_in_line),)
