"""What a piece of evidence is. Pure."""

from datetime import datetime
from typing import Any

import msgspec

from zhouqiao.flow.case import CaseId
from zhouqiao.flow.evidence.facts import EvidenceId


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """A record shown for a step, by whom, when (as they say, and as we wrote it down).

    `key` names the intent on the device it came from; `offset` is that device's clock minus ours,
    in seconds; `moved` whether it took the step, else `why` not.
    """

    id: EvidenceId
    case: CaseId
    step: str
    by: str
    key: str
    record: dict[str, Any]
    signatures: tuple[dict[str, Any], ...] = ()
    happened_at: datetime
    recorded_at: datetime
    offset: float = 0.0
    moved: bool = True
    why: str | None = None

    def is_about(self, other: "Evidence") -> bool:
        """Say whether both told the same thing of the same step, and neither came too late."""
        same = (self.step, self.record) == (other.step, other.record)
        return same and self.why is None and other.why is None


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What became of evidence: `done` (step taken), `waiting` (others must sign), `kept`.

    Not `fresh`: it was sent before, and this is what became of it then.
    """

    evidence: EvidenceId
    status: str
    state: str
    nth: int
    why: str | None = None
    fresh: bool = True
