"""What somebody is to do next, by when.

is          the to-do lists, derived from where cases stand; never a second truth
hears       every fact that moves a case
is asked    `todo`, `take`, `decline`
says        TaskOpened, TaskTaken, TaskDeclined, TaskDone
always true one open task per case and role that may act now; none for a case that stands still
"""

from zhouqiao.flow.task.errors import NoSuchTask, TaskTakenByAnother
from zhouqiao.flow.task.facts import TaskDeclined, TaskDone, TaskId, TaskOpened, TaskTaken
from zhouqiao.flow.task.model import Task
from zhouqiao.flow.task.react import REACTIONS
from zhouqiao.flow.task.service import decline, take, todo

__all__ = [
    "REACTIONS",
    "NoSuchTask",
    "Task",
    "TaskDeclined",
    "TaskDone",
    "TaskId",
    "TaskOpened",
    "TaskTaken",
    "TaskTakenByAnother",
    "decline",
    "take",
    "todo",
]
