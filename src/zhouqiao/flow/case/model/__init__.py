"""What a case is and what it may do next. Pure: no clock, no database, no network."""

# fmt: off
# ruff: noqa: I001 - names side by side
from zhouqiao.flow.case.model.case import (
    Actor, Asked, Case, CaseLine, Hand, Running, Signed, Stood,
)
from zhouqiao.flow.case.model.clocks import (
    Counted, Lengthens, clock_lengthened, clocks_after, clocks_appealed, clocks_held,
    clocks_recounted, left_of, next_due, over,
)
from zhouqiao.flow.case.model.shape import (
    APPEAL, ChairSpec, ClockSpec, AheadSpec, DaySpec, GuardSpec, RemedySpec, ShapeSpec,
    StepSpec,
)
from zhouqiao.flow.case.model.steps import (
    goes_on, hands_after, is_complete, is_stayed, may_take, sign, tied,
)

__all__ = [
    "APPEAL", "Actor", "AheadSpec", "Asked", "Case", "CaseLine", "ChairSpec", "ClockSpec",
    "Counted", "DaySpec", "GuardSpec", "Hand", "Lengthens", "RemedySpec", "Running", "ShapeSpec",
    "Signed", "StepSpec", "Stood", "clock_lengthened", "clocks_after", "clocks_appealed",
    "clocks_held", "clocks_recounted", "goes_on", "hands_after", "is_complete", "is_stayed",
    "left_of", "may_take", "next_due", "over", "sign", "tied",
]
# fmt: on
