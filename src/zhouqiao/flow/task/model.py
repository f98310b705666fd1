"""What a task is, and which tasks a case calls for. Pure."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import datetime

import msgspec

from zhouqiao.flow.case import Case, CaseId, ShapeSpec, goes_on, next_due
from zhouqiao.flow.task.facts import TaskId


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """What one role is to do next about one case.

    `holder` says how the role is held: `person`, `unit` or `post`; `options` are step names;
    `nth` is the move of the case that called for it.
    """

    id: TaskId
    case: CaseId
    cell: str
    scope: str
    person: str | None
    unit: str | None
    pack: str
    role: str
    holder: str
    state: str
    nth: int
    options: tuple[str, ...]
    opened_at: datetime
    due_at: datetime | None
    taken_by: str | None = None
    taken_at: datetime | None = None
    headline: str = ""
    code: str = ""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A task a case calls for, before it has a name."""

    role: str
    holder: str
    options: tuple[str, ...]
    due_at: datetime | None


def wanted(case: Case, shape: ShapeSpec, shut: AbstractSet[str]) -> Iterator[Wanted]:
    """Yield what each role is to do as the case stands; nothing while it stands still.

    `shut` are steps that a condition closes.
    """
    due = next_due(case, shape)
    for role, options in _options(case, shape, shut).items():
        yield Wanted(role=role, holder=shape.roles[role], options=options, due_at=due and due[0])


def _options(case: Case, shape: ShapeSpec, shut: AbstractSet[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    if case.phase == "appealed" and shape.remedy is not None:
        found[shape.remedy.decides] = ("decide_appeal",)
    for step in shape.open_steps(case.state) if goes_on(case, shape) else ():
        for chair in step.chairs if step.name not in shut else ():
            found[chair.role] = (*found.get(chair.role, ()), step.name)
    return found
