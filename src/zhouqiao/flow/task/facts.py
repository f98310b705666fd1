"""What became of what somebody was to do."""

from datetime import datetime

from zhouqiao.base import Id
from zhouqiao.flow.case import CaseId
from zhouqiao.store import Fact


class TaskId(Id):
    """Names one task."""

    prefix = "task"
    __slots__ = ()


class TaskFact(Fact, frozen=True, kw_only=True):
    """What every fact about a task says: which, of which case, for which role."""

    task: TaskId
    case: CaseId
    role: str


class TaskOpened(TaskFact, frozen=True, kw_only=True):
    """Somebody in `role` is to act; `options` are the steps they may take."""

    state: str
    options: tuple[str, ...]
    due_at: datetime | None = None


class TaskTaken(TaskFact, frozen=True, kw_only=True):
    """Somebody has taken it upon themselves."""

    by: str


class TaskDeclined(TaskFact, frozen=True, kw_only=True):
    """Somebody will not do it, and says why; it is open for others again."""

    by: str
    reason: str


class TaskDone(TaskFact, frozen=True, kw_only=True):
    """The case moved on; there is nothing left to do here."""
