"""What must be told, to whom, from what is already known.

is          the notices a pack declares: at a moment, a role, in the pack's own words
hears       CaseOpened, StepTaken, CaseObjected, CaseReturned, CaseReopened, AppealDecided;
            GrantMade, PaymentConfirmed, PaymentReturned; WarningRaised
is asked    `tell`, `readers_of`
says        nothing of its own; calls `notice.send`
always true everybody is told once for a fact; no record of a case and no personal value enters a
            notice, only its code, its unit, the time and an amount
"""

from zhouqiao.flow.report.react import REACTIONS
from zhouqiao.flow.report.service import Cause, readers_of, tell

__all__ = ["REACTIONS", "Cause", "readers_of", "tell"]
