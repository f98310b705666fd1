"""Cases that wait for somebody to be sent, and units that are free again."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhouqiao.flow import case as cases
from zhouqiao.flow.case.facts import CaseFact, CaseObjected, CaseOpened, CaseReturned, StepTaken
from zhouqiao.flow.dispatch import service
from zhouqiao.flow.dispatch.model import Travel
from zhouqiao.platform import unit as units
from zhouqiao.platform.unit import UnitId, UnitState
from zhouqiao.store import Alarm, Desk, Reaction, Told, answering

MOVES = (CaseOpened, StepTaken, CaseObjected, CaseReturned)


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
            Reaction("dispatch.send", MOVES, self.send),
            Reaction("dispatch.free", (StepTaken, CaseObjected), free),
        )

    @property
    def alarms(self) -> tuple[Alarm, ...]:
        """Return the due times of this stage."""
        return (Alarm(service.AGAIN, self.again),)


def free(desk: Desk, told: Sequence[Told[StepTaken | CaseObjected]]) -> None:
    """Free the unit of each case that needs it no more."""
    for one in told:
        fact = one.fact
        specs = service.specs_of(cases.shape_of(desk, fact.shape))
        closes = isinstance(fact, CaseObjected) or fact.closes
        if specs and (closes or any(fact.end in spec.frees for spec in specs)):
            made = service.explain(desk, fact.case)
            if made is not None and made.unit is not None:
                units.set_state(
                    answering(desk, one.envelope), UnitId(made.unit), UnitState.READY, "free"
                )
