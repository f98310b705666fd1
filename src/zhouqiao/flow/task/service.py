"""The to-do lists: brought in line with where cases stand, taken, declined."""

from collections.abc import Iterator, Sequence

from zhouqiao.flow.case import Case, shape_of, shut
from zhouqiao.flow.task import repository
from zhouqiao.flow.task.errors import NoSuchTask, TaskTakenByAnother
from zhouqiao.flow.task.facts import TaskDeclined, TaskDone, TaskId, TaskOpened, TaskTaken
from zhouqiao.flow.task.model import Task, Wanted, wanted
from zhouqiao.store import Desk


def bring_in_line(desk: Desk, cases: Sequence[Case]) -> None:
    """Drop what cases have left behind, open what they now call for. Safe to repeat."""
    gone = repository.drop_stale(desk, {str(case.id): case.nth for case in cases})
    for one in gone:
        _tell(desk, one, TaskDone(task=one.id, case=one.case, role=one.role))
    known = repository.known(desk, [str(case.id) for case in cases])
    fresh = [
        (_task(desk, case, want), want.tied)
        for case in cases
        for want in _wanted(desk, case)
        if (str(case.id), case.nth, want.role) not in known
    ]
    repository.add(desk, fresh)
    for one, _ in fresh:
        _tell(desk, one, TaskOpened(
            task=one.id, case=one.case, role=one.role, state=one.state, options=one.options,
            due_at=one.due_at))  # fmt: skip


def _wanted(desk: Desk, case: Case) -> Iterator[Wanted]:
    shape = shape_of(desk, case.shape)
    return wanted(case, shape, shut(desk, case, shape))


def todo(desk: Desk, *, limit: int = 50) -> Sequence[Task]:
    """Return what the acting subject may do now, most urgent first."""
    return repository.of_subject(desk, limit=limit)


def take(desk: Desk, task: str) -> Task:
    """Take a task upon oneself. Raises `TaskTakenByAnother`."""
    found = _get(desk, task)
    if found.taken_by not in (None, desk.subject.person):
        raise TaskTakenByAnother(found.id, str(found.taken_at))
    repository.hold(desk, found.id, desk.subject.person)
    _tell(desk, found, TaskTaken(
        task=found.id, case=found.case, role=found.role, by=desk.subject.person))  # fmt: skip
    return found


def decline(desk: Desk, task: str, reason: str) -> None:
    """Leave a task to others, saying why."""
    found = _get(desk, task)
    repository.hold(desk, found.id, None)
    _tell(desk, found, TaskDeclined(
        task=found.id, case=found.case, role=found.role, by=desk.subject.person,
        reason=reason[:500]))  # fmt: skip


def _get(desk: Desk, task: str) -> Task:
    found = repository.get(desk, task)
    if found is None:
        raise NoSuchTask(task)
    return found


def _task(desk: Desk, case: Case, want: Wanted) -> Task:
    return Task(
        id=desk.ids.new(TaskId), case=case.id, cell=case.cell, scope=case.scope,
        person=case.person if want.holder == "person" else None,
        unit=case.unit if want.holder == "unit" else None,
        pack=case.pack, role=want.role, holder=want.holder, state=case.state, nth=case.nth,
        options=want.options, opened_at=desk.now(), due_at=want.due_at, headline=case.headline,
        code=case.code,
    )  # fmt: skip


def _tell(desk: Desk, task: Task, fact: TaskOpened | TaskTaken | TaskDeclined | TaskDone) -> None:
    desk.tell(fact, about=task.case, scope=task.scope, person=task.person)
