"""A matter seen through by a procedure, and where it stands.

is          the case engine: states, steps, who may take them, clocks, remedies
hears       EventEstablished (packs say by `Intake` which events open which cases), StepTaken
is asked    `open_`, `take_step`, `deem`, `suspend`, `resume`, `object_`, `return_`, `split`,
            `join`, `extend`, `reopen`, `appeal`, `decide_appeal`, `get`, `actors`, `shape_of`
says        CaseOpened, OpenedDaily, DaysMissed, StepTaken, SignatureGiven, … ClockLapsed
always true a case runs by the shape it was opened with; nobody closes their own check; statutory
            clocks stop only for what a rule knows; every move is a fact
"""

# fmt: off
# ruff: noqa: I001 - names side by side, so that the front door fits one screen
from zhouqiao.flow.case.errors import (
    AlreadySigned, CaseStandsStill, HandsAreTied, NoLonger, NoSuchCase, NoSuchProcedure,
    NoSuchStep, NothingToUndo, NotNow, NotYourStep, StepNotOpen, TooLate, WrongRecord,
)
from zhouqiao.flow.case.facts import CaseId
from zhouqiao.flow.case.model import (
    APPEAL, Actor, Asked, Case, CaseLine, ChairSpec, ClockSpec, AheadSpec, DaySpec, GuardSpec,
    Lengthens, RemedySpec, ShapeSpec, StepSpec, goes_on, next_due,
    tied,
)
from zhouqiao.flow.case.react import ALARMS, REACTIONS
from zhouqiao.flow.case.service import (
    actors, appeal, apply_rule, current_shape, decide_appeal, deem, extend, extensible, find,
    get, get_many, intakes, join, keep_shape, lines_of, misfit, missing, object_, open_,
    open_by_shape, open_today, put_away, reopen, resume, return_, shape_of, shut, split,
    suspend, take_step,
)

__all__ = [
    "ALARMS", "APPEAL", "REACTIONS", "Actor", "AheadSpec", "AlreadySigned", "Asked", "Case",
    "CaseId", "CaseLine", "CaseStandsStill", "ChairSpec", "ClockSpec", "DaySpec", "GuardSpec",
    "HandsAreTied", "Lengthens", "NoLonger", "NoSuchCase", "NoSuchProcedure", "NoSuchStep",
    "NotNow", "NotYourStep", "NothingToUndo", "RemedySpec", "ShapeSpec", "StepNotOpen", "StepSpec",
    "TooLate", "WrongRecord", "actors", "appeal", "apply_rule", "current_shape", "decide_appeal",
    "deem", "extend", "extensible", "find", "get", "get_many", "goes_on", "intakes", "join",
    "keep_shape", "lines_of", "misfit", "missing", "next_due", "object_", "open_", "open_by_shape",
    "open_today", "put_away", "reopen", "resume", "return_", "shape_of", "shut", "split", "suspend",
    "take_step", "tied",
]
# fmt: on
