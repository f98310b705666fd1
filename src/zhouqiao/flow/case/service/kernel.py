"""The steps every procedure has unsaid: suspend, object, return, split, reopen, appeal."""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from zhouqiao.base import Invalid
from zhouqiao.flow.case import repository
from zhouqiao.flow.case.declare import ExtendSpec
from zhouqiao.flow.case.errors import (
    CaseStandsStill,
    HandsAreTied,
    NoLonger,
    NothingToUndo,
    NotYourStep,
    TooLate,
)
from zhouqiao.flow.case.facts import (
    AppealDecided,
    CaseAppealed,
    CaseFact,
    CaseId,
    CaseJoined,
    CaseObjected,
    CaseReopened,
    CaseResumed,
    CaseReturned,
    CaseSplit,
    CaseSuspended,
    ClockExtended,
    ClockLapsed,
)
from zhouqiao.flow.case.model import (
    Case,
    ClockSpec,
    Lengthens,
    RemedySpec,
    Running,
    ShapeSpec,
    goes_on,
    is_stayed,
    left_of,
    over,
)
from zhouqiao.flow.case.service import standing, steps
from zhouqiao.flow.case.service.days import counted_from, last_moment
from zhouqiao.flow.case.service.shapes import actors, shape_of
from zhouqiao.platform.rule import Extended, local_day
from zhouqiao.store import Desk

LONGEST_REASON = 500


def suspend(desk: Desk, case_id: str, reason: str) -> Case:
    """Let a case stand still; only clocks whose rule knows a suspension stop with it."""
    case, shape = _mine(desk, case_id, "open", "suspend")
    after = standing.held(desk, case, shape, "suspended", at=desk.now(), why="suspended")
    standing.keep(desk, after, shape)
    _tell(desk, after, CaseSuspended(**_of(after), reason=_said(reason)))
    return after


def resume(desk: Desk, case_id: str) -> Case:
    """Let a suspended case go on."""
    case, shape = _mine(desk, case_id, "suspended", "resume")
    after = standing.held(desk, case, shape, "open", at=desk.now(), why=None)
    standing.keep(desk, after, shape)
    _tell(desk, after, CaseResumed(**_of(after)))
    return _caught_up(desk, after, shape)


def object_(desk: Desk, case_id: str, reason: str) -> Case:
    """Say that a case given to one's unit is not theirs: back to the beginning, to be given anew.

    Until it is, the unit still sees it (and row-level security lets nobody write out of sight).
    """
    case, shape = _mine(desk, case_id, "open", "object")
    if case.unit is None or case.state == shape.initial:
        raise NothingToUndo(case.id, "object", case.state)
    after = _go(desk, case, shape, shape.initial)
    _tell(desk, after, CaseObjected(
        **_of(after), start=case.state, end=after.state, reason=_said(reason)))  # fmt: skip
    return after


def return_(desk: Desk, case_id: str, state: str, reason: str) -> Case:
    """Send a case back to a state it has been in, to be done again."""
    case, shape = _mine(desk, case_id, "open", "return")
    if state in {case.state, *shape.finals} or not case.who_entered(state):
        raise NothingToUndo(case.id, "return", case.state)
    after = _go(desk, case, shape, state)
    _tell(desk, after, CaseReturned(
        **_of(after), start=case.state, end=state, reason=_said(reason)))  # fmt: skip
    return after


def extend(desk: Desk, case_id: str, clock: str, reason: str, *, length: int | None = None) -> Case:
    """Lengthen a running clock, as the procedure lets the subject (None: by all it allows).

    Raises `TooLate` once it has run out, `NoLonger` beyond what may still be granted.
    """
    case, shape = _case(desk, case_id)
    running = next((one for one in case.clocks if one.name == clock), None)
    roles = {one.by for one in shape.section("extend", ExtendSpec) if one.clock == clock}
    if running is None or not roles:
        raise NothingToUndo(case.id, "extend", case.state)
    mine = [actor.role for actor in actors(desk, case, shape) if actor.role in roles]
    if not mine:
        raise NotYourStep(case.id, "extend", tuple(sorted(roles)))
    desk.may("case.extend", scope=case.scope, person=case.person)
    if running.due is not None and desk.now() > running.due:
        raise TooLate(case.id, running.due.isoformat())
    spec = next(one for one in shape.clocks if one.name == clock)
    by = next((role for role in mine if left_of(spec, running, role)), mine[0])
    return _lengthened(desk, case, shape, running, by=by, length=length, reason=_said(reason))


def _lengthened(  # noqa: PLR0913 - one extension, whole
    desk: Desk,
    case: Case,
    shape: ShapeSpec,
    running: Running,
    *,
    by: str,
    length: int | None,
    reason: str,
) -> Case:
    spec = next(one for one in shape.clocks if one.name == running.name)
    most = next(iter(left_of(spec, running, by)), 0)
    length = most if length is None else length
    if not 0 < length <= most:
        raise NoLonger(case.id, spec.name, most)
    given = Extended(by=by, length=length, on=local_day(desk.now()))
    after = standing.lengthened(desk, case, spec, given)
    standing.keep(desk, after, shape)
    due = next(one.due for one in after.clocks if one.name == running.name)
    _tell(desk, after, ClockExtended(
        **_of(after), clock=spec.name, by=by, length=length, unit=spec.term.unit.value,
        basis=spec.term.basis or None, was_due_at=running.due, due_at=due, reason=reason,
    ))  # fmt: skip
    return after


def extensible(desk: Desk, case: Case, shape: ShapeSpec) -> tuple[Lengthens, ...]:
    """Return what of its running clocks the subject may lengthen now."""
    roles = {actor.role for actor in actors(desk, case, shape)}
    specs = {spec.name: spec for spec in shape.clocks}
    running = {one.name: one for one in case.clocks if one.due is None or one.due >= desk.now()}
    return tuple(
        Lengthens(clock=spec.clock, most=most, unit=specs[spec.clock].term.unit)
        for spec in shape.section("extend", ExtendSpec)
        if spec.by in roles and spec.clock in running
        for most in left_of(specs[spec.clock], running[spec.clock], spec.by)[:1]
    )


def reopen(desk: Desk, case_id: str, reason: str) -> Case:
    """Take a closed case up again, where its procedure says; not by whoever closed it alone."""
    case, shape = _case(desk, case_id)
    if not case.is_closed or shape.reopens is None:
        raise NothingToUndo(case.id, "reopen", case.state)
    _any_role(desk, case, shape, "reopen")
    after = _go(desk, case, shape, shape.reopens)
    _tell(desk, after, CaseReopened(**_of(after), end=after.state, reason=_said(reason)))
    return after


def split(
    desk: Desk, case_id: str, parts: Sequence[tuple[str, dict[str, Any], str]]
) -> tuple[Case, ...]:
    """Give parts of a case to several: (procedure, record, scope) each; the parent waits.

    The parent's clocks run on: several share one time. Joined again when all are closed.
    """
    case, shape = _mine(desk, case_id, "open", "split")
    if len(parts) < 2:
        raise Invalid("parts", "too_few", least=2)
    after = standing.held(desk, case, shape, "waiting", at=desk.now(), why=None)
    standing.keep(desk, after, shape)
    children = tuple(
        steps.open_(
            desk, procedure, record, scope=scope, key=f"{case.id}/{number}", source="case.split",
            point=case.point, person=case.person, parent=case.id,
        )
        for number, (procedure, record, scope) in enumerate(parts)
    )  # fmt: skip
    _tell(desk, after, CaseSplit(**_of(after), children=tuple(child.id for child in children)))
    return children


def join(desk: Desk, case_id: str, *, failed: Sequence[str] = ()) -> Case | None:
    """Let the parent go on once every child is closed (None: not yet)."""
    case, shape = _case(desk, case_id)
    children = repository.children(desk, case.id)
    if case.phase != "waiting" or not all(child.is_closed for child in children):
        return None
    after = standing.held(desk, case, shape, "open", at=desk.now(), why=None)
    standing.keep(desk, after, shape)
    fact = CaseJoined(
        **_of(after),
        children=tuple(child.id for child in children),
        failed=tuple(CaseId(one) for one in failed),
    )
    _tell(desk, after, fact)
    return _caught_up(desk, after, shape)


def appeal(desk: Desk, case_id: str, reason: str) -> Case:
    """Object to the outcome, as the procedure's remedy allows: in its time, so many times.

    Raises `TooLate`, `NothingToUndo`.
    """
    case, shape = _case(desk, case_id)
    remedy = _remedy(case, shape)
    if remedy.by not in {actor.role for actor in actors(desk, case, shape)}:
        raise NotYourStep(case.id, "appeal", (remedy.by,))
    known = counted_from(desk, case, shape, remedy.day, case.came_into(remedy.since))
    due = None if remedy.term is None else last_moment(desk, remedy.term, known)
    if due is not None and desk.now() > due:
        raise TooLate(case.id, due.isoformat())
    after = standing.appealed(desk, case, shape, at=desk.now())
    standing.keep(desk, after, shape)
    _tell(desk, after, CaseAppealed(**_of(after), state=case.state, reason=_said(reason)))
    return after


def decide_appeal(desk: Desk, case_id: str, *, upheld: bool, reason: str) -> Case:
    """Decide an appeal: `upheld` means the first decision stands. Not by who had a hand in it."""
    case, shape = _case(desk, case_id)
    if case.phase != "appealed" or shape.remedy is None:
        raise NothingToUndo(case.id, "decide_appeal", case.state)
    remedy = shape.remedy
    if remedy.decides not in {actor.role for actor in actors(desk, case, shape)}:
        raise NotYourStep(case.id, "decide_appeal", (remedy.decides,))
    own = case.had_a_hand(desk.subject.person)
    if own is not None:
        raise HandsAreTied(case.id, "decide_appeal", own)
    case = standing.answered(case)
    after = _again(desk, case, shape) if upheld else _go(desk, case, shape, remedy.back)
    _tell(desk, after, AppealDecided(
        **_of(after), upheld=upheld, end=after.state, reason=_said(reason)))  # fmt: skip
    return _caught_up(desk, after, shape)


def ring(desk: Desk, case_id: str) -> None:
    """Say which clocks of a case are over, and let the platform act where the law deems."""
    case, shape = _case(desk, case_id)
    case, now = standing.recounted(desk, case, shape), desk.now()
    ended = [c for c in case.clocks if c.due is not None and c.due <= now and not c.lapsed]
    specs = {spec.name: spec for spec in shape.clocks}
    marked = tuple(replace(c, lapsed=True) if c in ended else c for c in case.clocks)
    case = replace(case, clocks=marked)
    for clock in ended:
        _tell(desk, case, _lapse_fact(case, specs[clock.name], clock))
    standing.keep(desk, case, shape)
    if ended:
        _caught_up(desk, case, shape, rung=True)


def _caught_up(desk: Desk, case: Case, shape: ShapeSpec, *, rung: bool = False) -> Case:
    """Let a time that is over have its effect, as soon as the case does not stand still.

    Where the case went on all the while (`rung`), the effect came when the time ran out, however
    late it is looked at: what is counted from there loses no day. Else it comes now.
    """
    clock = over(case, shape, desk.now())
    if clock is None or not goes_on(case, shape):
        return case
    target = next(spec.lapses for spec in shape.clocks if spec.name == clock.name)
    if target is not None and is_stayed(case, shape, target):
        return case
    at = max(clock.due, case.entered) if rung and clock.due else desk.now()
    return case if target is None else steps.lapse(desk, case, shape, target, at)


def _lapse_fact(case: Case, spec: ClockSpec, clock: Running) -> ClockLapsed:
    assert clock.due is not None  # noqa: S101 - only clocks with a due time lapse
    return ClockLapsed(
        **_of(case), clock=clock.name, force=spec.kind, basis=spec.term.basis or None,
        state=case.state, due_at=clock.due,
    )  # fmt: skip


def _case(desk: Desk, case_id: str) -> tuple[Case, ShapeSpec]:
    case = repository.get(desk, case_id, lock=True)
    return case, shape_of(desk, case.shape)


def _mine(desk: Desk, case_id: str, phase: str, act: str) -> tuple[Case, ShapeSpec]:
    case, shape = _case(desk, case_id)
    _any_role(desk, case, shape, act)
    if case.phase != phase:
        raise CaseStandsStill(case.id, case.phase, case.state)
    return case, shape


def _any_role(desk: Desk, case: Case, shape: ShapeSpec, act: str) -> None:
    """Refuse whoever does not handle the case by post or unit: its person alone may not."""
    handling = {role for role, held in shape.roles.items() if held in {"post", "unit", "platform"}}
    if not any(actor.role in handling for actor in actors(desk, case, shape)):
        raise NotYourStep(case.id, act, tuple(sorted(handling)))


def _remedy(case: Case, shape: ShapeSpec) -> RemedySpec:
    remedy = shape.remedy
    if remedy is None or case.state not in remedy.after or case.phase not in {"open", "closed"}:
        raise NothingToUndo(case.id, "appeal", case.state)
    if not remedy.is_left(case.appeals):
        raise NothingToUndo(case.id, "appeal", case.state, "used_up")
    return remedy


def _go(desk: Desk, case: Case, shape: ShapeSpec, state: str) -> Case:
    after = standing.entered(desk, case, shape, state, at=desk.now(), hands=(desk.subject.person,))
    standing.keep(desk, after, shape)
    return after


def _again(desk: Desk, case: Case, shape: ShapeSpec) -> Case:
    phase = "closed" if case.state in shape.finals else "open"
    after = standing.held(desk, case, shape, phase, at=desk.now(), why=None)
    standing.keep(desk, after, shape)
    return after


def _said(reason: str) -> str:
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise Invalid("reason", "length", longest=LONGEST_REASON)
    return reason.strip()


def _of(case: Case) -> dict[str, Any]:
    return {
        "case": case.id, "pack": case.pack, "procedure": case.procedure, "shape": case.shape,
        "nth": case.nth,
    }  # fmt: skip


def _tell(desk: Desk, case: Case, fact: CaseFact) -> None:
    desk.tell(fact, about=case.id, scope=case.scope, person=case.person)
