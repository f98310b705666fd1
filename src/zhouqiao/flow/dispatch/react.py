"""Cases that wait for somebody to be sent, and units that are free again."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhouqiao.flow import case as cases
from zhouqiao.flow.case.facts import (
    AppealDecided,
    CaseFact,
    CaseJoined,
    CaseObjected,
    CaseOpened,
    CaseReopened,
    CaseResumed,
    CaseReturned,
    StepTaken,
)
from zhouqiao.flow.dispatch import service
from zhouqiao.flow.dispatch.model import Travel
from zhouqiao.store import Alarm, Desk, Reaction, Told, answering

LANE = "dispatch"  # weighing who can go takes long: nothing else waits behind it
BACK = (CaseObjected, CaseReturned, CaseReopened, AppealDecided)
MOVES = (CaseOpened, StepTaken, CaseResumed, CaseJoined, *BACK)
Back = CaseObjected | CaseReturned | CaseReopened | AppealDecided


@dataclass(frozen=True)
class Dispatcher:
    """The reactions of this stage, with the ways of the world handed in."""

    travel: Travel

    def send(self, desk: Desk, told: Sequence[Told[CaseFact]]) -> None:
        """Send somebody to each case that stands where its pack wants somebody sent."""
        for one in told:
            shape = cases.shape_of(desk, one.fact.shape)
            if not service.specs_of(shape):
                continue
            case = cases.get(desk, one.fact.case)
            spec = service.waits_for(case, shape)
            if spec is not None and case.nth == one.fact.nth:
                service.send(answering(desk, one.envelope), case, spec, self.travel)

    def again(self, desk: Desk, key: str, _body: bytes) -> None:
        """Look again at a case nobody was able for."""
        case = cases.get(desk, key)
        spec = service.waits_for(case, cases.shape_of(desk, case.shape))
        if spec is not None:
            service.send(desk, case, spec, self.travel)

    @property
    def reactions(self) -> tuple[Reaction, ...]:
        """Return the reactions of this stage."""
        return (
            Reaction("dispatch.send", MOVES, self.send, LANE),
            Reaction("dispatch.free", (StepTaken, *BACK), free, LANE),
        )

    @property
    def alarms(self) -> tuple[Alarm, ...]:
        """Return the due times of this stage."""
        return (Alarm(service.AGAIN, self.again, LANE),)


def free(desk: Desk, told: Sequence[Told[StepTaken | Back]]) -> None:
    """Free the unit of each case that needs it no more."""
    for one in told:
        fact = one.fact
        specs = service.specs_of(cases.shape_of(desk, fact.shape))
        over = isinstance(fact, CaseObjected) or (isinstance(fact, StepTaken) and fact.closes)
        if specs and (over or any(fact.end in spec.frees for spec in specs)):
            service.free(answering(desk, one.envelope), fact.case, moved=fact.nth)
