"""When it should worry us: a figure above its limit, a time that ran out, what fits no form.

is          where each rule stands for each figure, and what was raised
hears       IndicatorMoved, ClockLapsed, EventEstablished, StepTaken (a closed case worries nobody)
is asked    `acknowledge`, `clear`, `get`, `still_open`, `of_case`
says        WarningRaised, WarningAcknowledged, WarningCleared; calls `signal.receive`
always true what sways about a limit neither rings nor falls silent in turn; a warning about
            warnings opens nothing; nobody says of their own affair that it is seen or over
"""

from zhouqiao.flow.warning.errors import (
    AlreadyAcknowledged,
    AlreadyOver,
    ForAPerson,
    NoSuchWarning,
    OwnWarning,
)
from zhouqiao.flow.warning.facts import WarningId
from zhouqiao.flow.warning.model import HOPS, KeptWarning
from zhouqiao.flow.warning.react import REACTIONS
from zhouqiao.flow.warning.service import acknowledge, clear, get, of_case, still_open

__all__ = [
    "HOPS",
    "REACTIONS",
    "AlreadyAcknowledged",
    "AlreadyOver",
    "ForAPerson",
    "KeptWarning",
    "NoSuchWarning",
    "OwnWarning",
    "WarningId",
    "acknowledge",
    "clear",
    "get",
    "of_case",
    "still_open",
]
