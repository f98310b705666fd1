"""Who was sent, and why."""

from zhouqiao.flow.case import CaseId
from zhouqiao.store import Fact


class PlanMade(Fact, frozen=True, kw_only=True):
    """A unit was chosen for a case: `km` and `minutes` to it, `passed_over` nearer ones."""

    case: CaseId
    unit: str
    policy: str
    km: float
    minutes: float
    passed_over: int


class NobodyAble(Fact, frozen=True, kw_only=True):
    """No unit is able now; the case is looked at again. `looked_at` were weighed up."""

    case: CaseId
    looked_at: int


class PlanBroken(Fact, frozen=True, kw_only=True):
    """What was planned cannot be done any more. `why` is a code."""

    case: CaseId
    unit: str
    why: str
