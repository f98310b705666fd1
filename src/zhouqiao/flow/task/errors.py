"""How a task can refuse.

Refusal
├── NoSuchTask           404
└── TaskTakenByAnother   409
"""

from typing import ClassVar

from zhouqiao.base import NotFound, Refusal


class NoSuchTask(NotFound):
    """No such task, or none for this person."""

    code: ClassVar[str] = "task.not_found"

    def __init__(self, task: str) -> None:
        super().__init__("task", task)


class TaskTakenByAnother(Refusal):
    """A colleague has it already, since `since`."""

    code: ClassVar[str] = "task.taken_by_another"

    def __init__(self, task: str, since: str) -> None:
        super().__init__()
        self.task = task
        self.since = since
