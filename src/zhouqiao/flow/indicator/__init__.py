"""What it adds up to: how long, how much, how many, each number open to what went in.

is          marks of cases under way, the readings that went in, sums by hour, scope and kind
hears       CaseOpened, StepTaken, CaseReopened
is asked    `read`, `series`, `explain`, `specs`
says        IndicatorMoved (at most one a batch and figure)
always true every figure opens to its readings, each with the facts and the rule it came from; what
            is left out is counted and told apart; a batch costs the same few statements
"""

from zhouqiao.flow.indicator.errors import NoSuchIndicator
from zhouqiao.flow.indicator.model import BOUNDS, Figure, Reading
from zhouqiao.flow.indicator.react import REACTIONS
from zhouqiao.flow.indicator.service import Explanation, explain, read, series, specs

__all__ = [
    "BOUNDS",
    "REACTIONS",
    "Explanation",
    "Figure",
    "NoSuchIndicator",
    "Reading",
    "explain",
    "read",
    "series",
    "specs",
]
