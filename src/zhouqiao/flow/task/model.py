"""What a task is, and which tasks a case calls for. Pure."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime

import msgspec

from zhouqiao.flow.case import Case, CaseId, ShapeSpec, goes_on, next_due, tied
from zhouqiao.flow.task.facts import TaskId

APPEAL = "decide_appeal"


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
    """A task a case calls for, before it has a name.

    `tied`: person → the options that refuse them, for what they did about the case before.
    """

    role: str
    holder: str
    options: tuple[str, ...]
    due_at: datetime | None
    tied: Mapping[str, tuple[str, ...]]


def wanted(case: Case, shape: ShapeSpec, shut: AbstractSet[str]) -> Iterator[Wanted]:
    """Yield what each role is to do as the case stands; nothing while it stands still.

    `shut` are steps that a condition closes.
    """
    due = next_due(case, shape)
    for role, options in _options(case, shape, shut).items():
        yield Wanted(
            role=role, holder=shape.roles[role], options=options, due_at=due and due[0],
            tied=_tied(case, shape, options),
        )  # fmt: skip


def _options(case: Case, shape: ShapeSpec, shut: AbstractSet[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    if case.phase == "appealed" and shape.remedy is not None:
        found[shape.remedy.decides] = (APPEAL,)
    for step in shape.open_steps(case.state) if goes_on(case, shape) else ():
        for chair in step.chairs if step.name not in shut else ():
            found[chair.role] = (*found.get(chair.role, ()), step.name)
    return found


def _tied(case: Case, shape: ShapeSpec, options: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in options:
        hands = case.everybody if one == APPEAL else tied(case, shape.step(one))
        for person in sorted(hands):
            found[person] = (*found.get(person, ()), one)
    return found
