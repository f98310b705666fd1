"""The register of matters (事项): what may be done, under which law, by whom, since when.

is          entries with the fields of GB/T 39046, one immutable row a version
hears       nothing
is asked    `register`, `revise`, `retire`, `install` (a pack's matters); `get` (the version a case
            pins), `in_force` (the one a case is opened by), `matters`, `versions`; `number_case`
says        MatterRegistered, MatterRevised, MatterRetired
always true a version never changes; a case obeys the version it was opened by; no matter without a
            legal basis; no promise longer than the law allows
"""

from zhouqiao.platform.matter.declare import Exercise, Matter, MatterKind, Satisfaction
from zhouqiao.platform.matter.model import (
    CaseNumber,
    Entry,
    ItemCode,
    Limit,
    Material,
    MatterId,
    Office,
    Version,
    case_number,
    check_basic_code,
    check_case_number,
    check_item_code,
    item_code,
)
from zhouqiao.platform.matter.service import (
    get,
    in_force,
    install,
    matters,
    number_case,
    register,
    retire,
    revise,
    versions,
)

# fmt: off
__all__ = [
    "CaseNumber", "Entry", "Exercise", "ItemCode", "Limit", "Material", "Matter", "MatterId",
    "MatterKind", "Office", "Satisfaction", "Version", "case_number", "check_basic_code",
    "check_case_number", "check_item_code", "get", "in_force", "install", "item_code", "matters",
    "number_case", "register", "retire", "revise", "versions",
]
