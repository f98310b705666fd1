"""Who goes, with what, in what order.

is          the choosing of units for cases; nearest able now, an optimiser behind the same door
hears       CaseOpened, StepTaken, CaseResumed, CaseObjected, CaseReturned, … whatever moves a case
is asked    `plan`, `send`, `reachable`, `explain`
says        PlanMade, NobodyAble, PlanBroken
always true who is sent is able: room, licence, shift; the way is really there; of everybody passed
            over it is written down why
"""

from zhouqiao.flow.dispatch.facts import NobodyAble, PlanBroken, PlanMade
from zhouqiao.flow.dispatch.model import Plan, Travel, Tried, Way, nearest_able
from zhouqiao.flow.dispatch.react import LANE, Dispatcher
from zhouqiao.flow.dispatch.service import TRAVEL, explain, plan, reachable, send

__all__ = [
    "LANE",
    "TRAVEL",
    "Dispatcher",
    "NobodyAble",
    "Plan",
    "PlanBroken",
    "PlanMade",
    "Travel",
    "Tried",
    "Way",
    "explain",
    "nearest_able",
    "plan",
    "reachable",
    "send",
]
