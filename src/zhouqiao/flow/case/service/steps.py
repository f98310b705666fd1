"""Opening a case and taking its steps."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from zhouqiao.base import NotFound, digest
from zhouqiao.flow import event as events
from zhouqiao.flow import signal as signals
from zhouqiao.flow.case import repository
from zhouqiao.flow.case.errors import NotYourStep
from zhouqiao.flow.case.facts import CaseId, CaseOpened, SignatureGiven, StepTaken
from zhouqiao.flow.case.model import (
    Actor,
    Case,
    ShapeSpec,
    Signed,
    StepSpec,
    is_complete,
    may_take,
    sign,
)
from zhouqiao.flow.case.service import standing
from zhouqiao.flow.case.service.days import be_in_time
from zhouqiao.flow.case.service.guards import pass_guards
from zhouqiao.flow.case.service.private import put_away
from zhouqiao.flow.case.service.shapes import actors, apply_rule, current_shape, shape_of
from zhouqiao.flow.event import EventId
from zhouqiao.platform import matter as matters
from zhouqiao.platform.document import SeenBy
from zhouqiao.platform.document.form import check_form
from zhouqiao.platform.rule import local_day
from zhouqiao.store import Desk


def open_(  # noqa: PLR0913 - what a request is
    desk: Desk,
    procedure: str,
    record: dict[str, Any],
    *,
    scope: str,
    key: str,
    source: str = "portal",
    point: tuple[float, float] | None = None,
    person: str | None = None,
    parent: CaseId | None = None,
    happened_at: datetime | None = None,
) -> Case:
    """Open a case whose meaning is known: signal, event and case in one breath.

    `procedure` is `<pack>.<name>`; `key` names the request at its source, and the same key again
    returns the same case. `scope` is `<body>/<division>`. Raises `FormFaults` for a bad record,
    `NotYourStep` where the subject may not open it.
    """
    mark, shape = current_shape(desk, procedure)
    clean = check_form(shape.forms[shape.begins], record)
    _may_open(desk, shape, scope, person)
    received = signals.receive(
        desk, source=source, key=key, kind=procedure, scope=scope, body={}, point=point,
        person=person, happened_at=happened_at, understood=True,
    )  # fmt: skip
    if not received.fresh:
        known = _opened_before(desk, received.id)
        if known is not None:
            return known
    event = events.establish(
        desk, signal=received.id, kind=procedure, scope=scope, body={}, point=point,
        person=person, happened_at=happened_at, understood=True,
    )  # fmt: skip
    return _begin(desk, mark, shape, clean, scope=scope, person=person, point=point,
                  event=event, parent=parent, happened_at=happened_at)  # fmt: skip


def open_for_event(  # noqa: PLR0913 - what a request is
    desk: Desk,
    procedure: str,
    record: dict[str, Any],
    *,
    event: EventId,
    scope: str,
    point: tuple[float, float] | None,
    person: str | None,
) -> Case:
    """Open the case an understood event calls for, once per event."""
    known = repository.of_event(desk, event)
    if known is not None:
        return known
    mark, shape = current_shape(desk, procedure)
    clean = check_form(shape.forms[shape.begins], record)
    return _begin(desk, mark, shape, clean, scope=scope, person=person, point=point,
                  event=event, parent=None, happened_at=None)  # fmt: skip


def open_like(desk: Desk, like: Case, procedure: str, *, key: str, source: str) -> Case | None:
    """Open a case about whom another is, with the record that one began with, once per `key`.

    What the record says of a person stays locked where it is. None: it was opened before.
    """
    mark, shape = current_shape(desk, f"{like.pack}.{procedure}")
    where: dict[str, Any] = {"scope": like.scope, "person": like.person, "point": like.point}
    what: dict[str, Any] = {"kind": f"{like.pack}.{procedure}", "body": {}, "understood": True}
    received = signals.receive(desk, source=source, key=key, **what, **where)
    if not received.fresh:
        return None
    event = events.establish(desk, signal=received.id, **what, **where)
    return _begin(desk, mark, shape, like.record, **where, event=event, parent=None,
                  happened_at=None, kept=True)  # fmt: skip


def take_step(  # noqa: PLR0913 - a step and its proof
    desk: Desk,
    case_id: str,
    step_name: str,
    *,
    record: dict[str, Any] | None = None,
    by_hand: Sequence[Actor] = (),
    evidence: str | None = None,
    happened_at: datetime | None = None,
    unit: str | None = None,
    confirms: bool = False,
) -> Case:
    """Take a step, or put one of its signatures down where several are needed.

    `by_hand` are others who signed on the subject's device, where the step allows it. `unit`
    gives the case to a unit (dispatch). `confirms`: the record is the one an earlier signer
    showed, as it is kept. Raises what `model.sign` refuses, `NotNow` and `FormFaults`.
    """
    case = repository.get(desk, case_id, lock=True)
    shape = shape_of(desk, case.shape)
    step = shape.step(step_name)
    may_take(case, shape, step, desk.now())
    clean = None
    if step.form is not None and confirms:
        clean = record
    elif step.form is not None:
        seen = SeenBy(scope=case.scope, person=case.person, unit=case.unit)
        clean = put_away(desk, shape, step.form, record or {}, case=case.id, seen=seen)
    pass_guards(desk, case, shape, step, clean)
    be_in_time(desk, case, step, clean)
    if unit is not None and unit != case.unit:
        case = replace(case, unit=unit)
        repository.index(desk, case)
    signed = _signatures(desk, case, shape, step, by_hand, digest(clean))
    if not is_complete(step, signed):
        return _wait_for_more(desk, case, step, signed)
    hands = tuple(one.person for one in signed) or (desk.subject.person,)
    return move(desk, case, shape, step.end, hands=hands, step=step, record=clean,
                evidence=evidence, happened_at=happened_at)  # fmt: skip


def deem(
    desk: Desk, case_id: str, step_name: str, record: dict[str, Any], *, happened_at: datetime
) -> Case:
    """Let the platform take a step of others that the law holds taken by what happened.

    So a paper is served by its arrival, and no officer's hand is in it. Its conditions are about
    what people show, and are not asked. Raises what stops any step.
    """
    case = repository.get(desk, case_id, lock=True)
    shape = shape_of(desk, case.shape)
    step = shape.step(step_name)
    may_take(case, shape, step, desk.now())
    seen = SeenBy(scope=case.scope, person=case.person, unit=case.unit)
    clean = put_away(desk, shape, str(step.form), record, case=case.id, seen=seen)
    return move(desk, case, shape, step.end, hands=(desk.subject.person,), step=step,
                record=clean, happened_at=happened_at)  # fmt: skip


def lapse(desk: Desk, case: Case, shape: ShapeSpec, state: str, at: datetime) -> Case:
    """Let the platform move a case whose time was over at `at` (deemed effect)."""
    step = next((s for s in shape.open_steps(case.state) if s.end == state), None)
    return move(desk, case, shape, state, hands=("system",), step=step, happened_at=at, lapsed=True)


def move(  # noqa: PLR0913 - one move, whole
    desk: Desk,
    case: Case,
    shape: ShapeSpec,
    state: str,
    *,
    hands: tuple[str, ...],
    step: StepSpec | None,
    record: dict[str, Any] | None = None,
    evidence: str | None = None,
    happened_at: datetime | None = None,
    lapsed: bool = False,
) -> Case:
    """Bring a case into a state by a step of its procedure, and say so."""
    closes = state in shape.finals
    if step is not None and step.form in shape.reads and record is not None:
        case = replace(case, shown={**case.shown, step.form: record})
    after = standing.entered(
        desk,
        case,
        shape,
        state,
        at=happened_at if lapsed and happened_at else desk.now(),
        hands=hands,
        phase="closed" if closes and case.phase == "open" else case.phase,
    )
    standing.keep(desk, after, shape)
    fact = StepTaken(
        case=case.id, pack=case.pack, procedure=case.procedure, shape=case.shape, nth=after.nth,
        step=step.name if step else f"{case.state}_to_{state}", start=case.state, end=state,
        hands=hands, evidence=evidence, record=record, entered_at=case.entered, lapsed=lapsed,
        closes=closes,
    )  # fmt: skip
    desk.tell(fact, about=case.id, scope=case.scope, person=case.person, happened_at=happened_at)
    return after


def _begin(  # noqa: PLR0913 - what a new case is
    desk: Desk,
    mark: str,
    shape: ShapeSpec,
    record: dict[str, Any],
    *,
    scope: str,
    person: str | None,
    point: tuple[float, float] | None,
    event: EventId,
    parent: CaseId | None,
    happened_at: datetime | None,
    kept: bool = False,
) -> Case:
    """Begin a case; `kept`: what its record says of a person was put away before."""
    now, name = desk.now(), desk.ids.new(CaseId)
    seen = SeenBy(scope=scope, person=person)
    if not kept:
        record = put_away(desk, shape, shape.begins, record, case=name, seen=seen)
    blank = Case(
        id=name, code=_code(desk, now), cell=desk.cell, scope=scope,
        person=person, unit=None, pack=shape.pack, procedure=shape.procedure, shape=mark,
        matter=shape.matter, matter_version=_matter_version(desk, shape, now),
        headline=_headline(desk, shape, record),
        state=shape.initial, phase="open", nth=-1, opened_by=desk.subject.person, opened_at=now,
        entered=now, event=event, parent=parent, record=record, point=point,
    )  # fmt: skip
    case = standing.entered(desk, blank, shape, shape.initial, at=now, hands=(desk.subject.person,))
    standing.add(desk, case, shape)
    fact = CaseOpened(
        case=case.id, pack=case.pack, procedure=case.procedure, shape=mark, nth=0,
        code=case.code, matter=case.matter, state=case.state, opened_by=case.opened_by,
        record=record, event=event, parent=parent,
    )  # fmt: skip
    desk.tell(fact, about=case.id, scope=scope, person=person, happened_at=happened_at)
    return case


def _matter_version(desk: Desk, shape: ShapeSpec, now: datetime) -> int:
    """Return the version of the matter in force today; 0 where this cell has not registered it."""
    name, day = f"{shape.pack}.{shape.matter}", local_day(now)
    kept, key = desk.pinned.kept, ("matter in force", f"{desk.cell}/{name}/{day}")
    if key not in kept:
        try:
            kept[key] = matters.in_force(desk, name, day).version
        except NotFound:
            return 0
    version: int = kept[key]
    return version


def _code(desk: Desk, now: datetime) -> str:
    """Return the number shown to people; its day is the one on their calendar."""
    return f"{desk.cell}-{local_day(now):%Y%m%d}-{repository.next_number(desk):06d}"


def _headline(desk: Desk, shape: ShapeSpec, record: dict[str, Any]) -> str:
    if shape.headline is None:
        return ""
    told: str = apply_rule(desk, shape.headline, record)
    return told[:120]


def _may_open(desk: Desk, shape: ShapeSpec, scope: str, person: str | None) -> None:
    held, subject = shape.roles.get(shape.opens), desk.subject
    allowed = subject.is_system or (
        (held == "person" and person is not None and person == subject.person)
        or (held == "post" and subject.holds(f"{shape.pack}.{shape.opens}", scope))
    )
    if not allowed:
        raise NotYourStep("-", "open", (shape.opens,))


def _opened_before(desk: Desk, signal: signals.SignalId) -> Case | None:
    event = events.event_of(desk, signal)
    return None if event is None else repository.of_event(desk, event)


def _signatures(
    desk: Desk,
    case: Case,
    shape: ShapeSpec,
    step: StepSpec,
    by_hand: Sequence[Actor],
    mark: str,
) -> tuple[Signed, ...]:
    if not step.chairs:
        if not desk.subject.is_system:
            raise NotYourStep(case.id, step.name, ())
        return ()
    seats = {chair.role for chair in step.chairs}
    own = next((a for a in actors(desk, case, shape) if a.role in seats), None)
    if own is None:
        raise NotYourStep(case.id, step.name, tuple(sorted(seats)))
    if shape.roles[own.role] == "post":
        action = f"case.step.{shape.pack}.{shape.procedure}.{step.name}"
        desk.may(action, scope=case.scope, person=case.person)
    signed = sign(case, step, own, mark)
    for other in by_hand if step.one_device else ():
        if shape.roles.get(other.role) != "person":  # from a post one signs for oneself
            raise NotYourStep(case.id, step.name, tuple(sorted(seats)))
        held = replace(case, signed={**case.signed, step.name: signed})
        signed = sign(held, step, replace(other, by_hand=True), mark)
    return signed


def _wait_for_more(desk: Desk, case: Case, step: StepSpec, signed: tuple[Signed, ...]) -> Case:
    case = replace(case, signed={**case.signed, step.name: signed})
    standing.keep(desk, case, shape_of(desk, case.shape))
    last = signed[-1]
    fact = SignatureGiven(
        case=case.id, pack=case.pack, procedure=case.procedure, shape=case.shape, nth=case.nth,
        step=step.name, by=last.person, role=last.role, digest=last.digest,
    )  # fmt: skip
    desk.tell(fact, about=case.id, scope=case.scope, person=case.person)
    return case
