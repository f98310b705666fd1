"""What was shown."""

from typing import Any

from zhouqiao.base import Id
from zhouqiao.flow.case import CaseId
from zhouqiao.store import Fact


class EvidenceId(Id):
    """Names one piece of evidence."""

    prefix = "evidence"
    __slots__ = ()


class EvidenceShown(Fact, frozen=True, kw_only=True):
    """Somebody showed what a step asks for. `complete`: nobody else need sign; it is taken."""

    evidence: EvidenceId
    case: CaseId
    step: str
    by: str
    digest: str
    complete: bool


class EvidenceKept(Fact, frozen=True, kw_only=True):
    """Evidence came that moves nothing any more; it is kept all the same. `why` is a code."""

    evidence: EvidenceId
    case: CaseId
    step: str
    by: str
    why: str
    record: dict[str, Any]
