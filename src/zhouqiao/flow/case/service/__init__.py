"""What may be asked of a case. One command, one transaction; nobody here commits."""

# fmt: off
# ruff: noqa: I001 - names side by side
from zhouqiao.flow.case.repository import get, get_many, lines_of
from zhouqiao.flow.case.service.daily import DAILY, arrange, open_today
from zhouqiao.flow.case.service.guards import shut
from zhouqiao.flow.case.service.kernel import (
    appeal, decide_appeal, extend, extensible, join, object_, reopen, resume, return_, ring,
    split, suspend,
)
from zhouqiao.flow.case.service.private import put_away
from zhouqiao.flow.case.service.shapes import (
    actors, apply_rule, current_shape, find, intakes, keep_shape, misfit, missing,
    open_by_shape, shape_of,
)
from zhouqiao.flow.case.service.standing import DUE
from zhouqiao.flow.case.service.steps import deem, open_, open_for_event, take_step

__all__ = [
    "DAILY", "DUE", "actors", "appeal", "apply_rule", "arrange", "current_shape", "decide_appeal",
    "deem", "extend", "extensible", "find", "get", "get_many", "intakes", "join", "keep_shape",
    "lines_of", "misfit", "missing", "object_", "open_", "open_by_shape", "open_for_event",
    "open_today", "put_away", "reopen", "resume", "return_", "ring", "shape_of", "shut", "split",
    "suspend", "take_step",
]
# fmt: on
