"""Which fact tells whom."""

from collections.abc import Sequence

from msgspec import UNSET

from zhouqiao.base import Money
from zhouqiao.flow import case as cases
from zhouqiao.flow.case import Case, CaseId
from zhouqiao.flow.case.facts import (
    AppealDecided,
    CaseObjected,
    CaseOpened,
    CaseReopened,
    CaseReturned,
    StepTaken,
)
from zhouqiao.flow.outcome.facts import GrantMade, PaymentConfirmed, PaymentReturned
from zhouqiao.flow.report import service
from zhouqiao.flow.report.declare import TellSpec
from zhouqiao.flow.report.service import Cause
from zhouqiao.flow.warning.facts import WarningRaised
from zhouqiao.platform.notice.declare import Delivered, Proof
from zhouqiao.platform.notice.facts import Served
from zhouqiao.store import Desk, Envelope, Reaction, Told, answering

MOVES = (CaseOpened, StepTaken, CaseObjected, CaseReturned, CaseReopened, AppealDecided)
Move = CaseOpened | StepTaken | CaseObjected | CaseReturned | CaseReopened | AppealDecided
Turn = GrantMade | PaymentConfirmed | PaymentReturned
TURNS: dict[type[Turn], str] = {
    GrantMade: "made", PaymentConfirmed: "paid", PaymentReturned: "returned",
}  # fmt: skip


def of_moves(desk: Desk, told: Sequence[Told[Move]]) -> None:
    """Tell of cases that came somewhere."""
    for one in told:
        specs = [spec for spec in service.specs_of(desk, one.fact.shape) if _hit(spec, one.fact)]
        if specs:
            _tell(desk, one.envelope, cases.get(desk, one.fact.case), specs)


def _hit(spec: TellSpec, move: Move) -> bool:
    if spec.on is None or (isinstance(move, AppealDecided) and move.upheld):
        return False  # an appeal in vain moves nothing
    state = move.state if isinstance(move, CaseOpened) else move.end
    return spec.on.hit(state=state, step=move.step if isinstance(move, StepTaken) else None)


def of_grants(desk: Desk, told: Sequence[Told[Turn]]) -> None:
    """Tell of money granted, paid, or sent back by the bank."""
    for one in told:
        case, what = cases.get(desk, one.fact.case), (one.fact.fund, TURNS[type(one.fact)])
        found = service.specs_of(desk, case.shape)
        specs = [spec for spec in found if (spec.fund, spec.turn) == what]
        _tell(desk, one.envelope, case, specs, one.fact.amount)


def of_warnings(desk: Desk, told: Sequence[Told[WarningRaised]]) -> None:
    """Tell of times that ran out, where a warning was raised about a case."""
    for one in told:
        if one.fact.case is not None:
            case, rule = cases.get(desk, one.fact.case), one.fact.rule.partition(".")[2]
            found = service.specs_of(desk, case.shape)
            _tell(desk, one.envelope, case, [spec for spec in found if spec.warning == rule])


def of_service(desk: Desk, told: Sequence[Told[Served]]) -> None:
    """Let a case go on whose paper counts as served in the inbox."""
    for one in told:
        case = cases.get(desk, CaseId(one.envelope.about))
        pack, _, words = one.fact.code.partition(".")
        for spec in service.specs_of(desk, case.shape):
            if (case.pack, spec.words) == (pack, words) and spec.serves is not UNSET:
                delivered = Delivered(
                    notice=one.fact.notice, at=one.fact.at, proof=Proof(one.fact.proof)
                )
                service.served(answering(desk, one.envelope), case, spec, delivered)


def _tell(
    desk: Desk,
    envelope: Envelope,
    case: Case,
    specs: Sequence[TellSpec],
    amount: Money | None = None,
) -> None:
    cause = Cause(fact=envelope.id, at=envelope.happened_at, amount=amount)
    for spec in specs:
        service.tell(answering(desk, envelope), case, spec, cause)


REACTIONS = (
    Reaction("report.of_moves", MOVES, of_moves),
    Reaction("report.of_grants", tuple(TURNS), of_grants),
    Reaction("report.of_service", (Served,), of_service),
    Reaction("report.of_warnings", (WarningRaised,), of_warnings),
)
