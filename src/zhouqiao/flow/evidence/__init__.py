"""What was seen, measured and signed on the spot.

is          the keeping of what people and devices show; the step it proves is taken with it
hears       nothing
is asked    `show`, `confirm` (what another has shown), `pending`, `get`, `of_case`
says        EvidenceShown, EvidenceKept (it came too late to move anything, and is kept)
always true the same evidence sent twice is kept once; what was seen is never refused for coming
            late or in the wrong order; postings, task and step share its transaction
"""

from zhouqiao.flow.evidence.facts import EvidenceId, EvidenceKept, EvidenceShown
from zhouqiao.flow.evidence.model import Evidence, Shown
from zhouqiao.flow.evidence.service import confirm, get, of_case, pending, show

__all__ = [
    "Evidence",
    "EvidenceId",
    "EvidenceKept",
    "EvidenceShown",
    "Shown",
    "confirm",
    "get",
    "of_case",
    "pending",
    "show",
]
