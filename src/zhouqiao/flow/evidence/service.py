"""Showing what was seen: one transaction posts it, finishes the task and takes the step."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from zhouqiao.base import Invalid, NotAllowed, NotFound, digest, stated_moment
from zhouqiao.flow import case as cases
from zhouqiao.flow import ledger
from zhouqiao.flow.case import (
    Actor,
    Case,
    CaseStandsStill,
    NotYourStep,
    ShapeSpec,
    StepNotOpen,
    StepSpec,
    TooLate,
    WrongRecord,
)
from zhouqiao.flow.evidence import repository
from zhouqiao.flow.evidence.facts import EvidenceId, EvidenceKept, EvidenceShown
from zhouqiao.flow.evidence.model import Evidence, Shown
from zhouqiao.platform.document import SeenBy, SignatureFault
from zhouqiao.platform.document.form import is_drawing
from zhouqiao.store import Desk

TOO_LATE = (StepNotOpen, CaseStandsStill, WrongRecord, TooLate)


def show(  # noqa: PLR0913 - what evidence is
    desk: Desk,
    case_id: str,
    step: str,
    record: dict[str, Any],
    *,
    key: str,
    signatures: Sequence[dict[str, Any]] = (),
    happened_at: datetime | None = None,
    offset: float = 0.0,
    withheld: str | None = None,
) -> Shown:
    """Show what a step asks for; take the step if nobody else must sign.

    `key` names the intent where it was made: the same key again changes nothing and tells what
    became of it; a step that shows nothing is told with an empty record. `signatures` are hand
    signatures (role, person, strokes …) of others on the same device. Evidence for a step that
    is no longer open is kept and told, never refused; so is what is `withheld`, for that reason,
    until a person has looked at it. Raises `FormFaults`, `NotYourStep`, `NoSuchCase`.
    """
    before = repository.known(desk, key, case_id, step)
    if before is not None:
        return before
    case = cases.get(desk, case_id)
    shape = cases.shape_of(desk, case.shape)
    kept = _put_away(desk, case, shape, shape.step(step), record)
    one = Evidence(
        id=desk.ids.new(EvidenceId), case=case.id, step=step, by=desk.subject.person, key=key,
        record=kept, signatures=tuple(signatures),
        happened_at=stated_moment(happened_at, desk.now()),
        recorded_at=desk.now(), offset=offset,
    )  # fmt: skip
    if withheld is not None:
        _could_ever(desk, case, shape, shape.step(step))
        return _keep(desk, case, one, withheld)
    try:
        after = cases.take_step(
            desk, case.id, step, record=record, evidence=one.id, happened_at=happened_at,
            by_hand=_hands(desk.subject.person, case, signatures),
        )  # fmt: skip
    except TOO_LATE as refusal:
        _could_ever(desk, case, shape, shape.step(step))
        return _keep(desk, case, one, refusal.code)
    return _shown(desk, case, after, one)


def pending(desk: Desk, case_id: str) -> Evidence | None:
    """Return what was shown for a step of a case and waits for another hand, if anything does."""
    case = cases.get(desk, case_id)
    for one in reversed(repository.of_case(desk, case_id)):
        signed = case.signed.get(one.step, ())
        if one.why is None and any(it.digest == digest(one.record) for it in signed):
            return one
    return None


def confirm(
    desk: Desk,
    case_id: str,
    step: str,
    *,
    key: str,
    signature: dict[str, Any],
    happened_at: datetime | None = None,
) -> Shown:
    """Sign, on one's own device, the very record another has shown; take the step if all have.

    Raises `NotFound` where nothing waits for that step, and what `show` raises.
    """
    before = repository.known(desk, key, case_id, step)
    if before is not None:
        return before
    first = pending(desk, case_id)
    if first is None or first.step != step:
        raise NotFound("evidence", step)
    case = cases.get(desk, case_id)
    one = replace(
        first, id=desk.ids.new(EvidenceId), by=desk.subject.person, key=key,
        signatures=(signature,), happened_at=stated_moment(happened_at, desk.now()),
        recorded_at=desk.now(),
        offset=0.0,
    )  # fmt: skip
    _hands(desk.subject.person, case, one.signatures)
    after = cases.take_step(
        desk, case.id, step, record=one.record, evidence=one.id, happened_at=happened_at,
        confirms=True,
    )  # fmt: skip
    return _shown(desk, case, after, one)


def _put_away(
    desk: Desk, case: Case, shape: ShapeSpec, step: StepSpec, record: dict[str, Any]
) -> dict[str, Any]:
    if step.form is None:
        if record:
            raise Invalid("record", "shows_nothing", step=step.name)
        return {}
    seen = SeenBy(scope=case.scope, person=case.person, unit=case.unit)
    return cases.put_away(desk, shape, step.form, record, case=case.id, seen=seen)


def _could_ever(desk: Desk, case: Case, shape: ShapeSpec, step: StepSpec) -> None:
    """Refuse what is not late but never theirs: a step that asks for none of their roles."""
    seats = {chair.role for chair in step.chairs}
    if not any(one.role in seats for one in cases.actors(desk, case, shape)):
        raise NotYourStep(case.id, step.name, tuple(sorted(seats)))


def get(desk: Desk, name: str) -> Evidence:
    """Return one piece of evidence. Raises `NotFound`."""
    found = repository.get(desk, name)
    if found is None:
        raise NotFound("evidence", name)
    return found


def of_case(desk: Desk, case: str) -> Sequence[Evidence]:
    """Return what was shown for a case."""
    return repository.of_case(desk, case)


def _hands(me: str, case: Case, signatures: Sequence[dict[str, Any]]) -> list[Actor]:
    """Others who signed on the same device: only whom the case is about may sign so."""
    others = [one for one in signatures if one.get("person") != me]
    for one in others:
        if one.get("person") != case.person:
            raise NotAllowed("evidence.sign", person=one.get("person"))
        if not is_drawing(str(one.get("strokes", ""))):
            raise SignatureFault(str(one.get("role")), "not_a_drawing")
    return [Actor(person=str(one["person"]), role=str(one["role"])) for one in others]


def _shown(desk: Desk, before: Case, after: Case, one: Evidence) -> Shown:
    complete = after.nth != before.nth
    status = "done" if complete else "waiting"
    repository.add(desk, after, one, status)
    if complete:
        ledger.post_for(
            desk, case=after.id, scope=after.scope, person=after.person, pack=after.pack,
            shape=cases.shape_of(desk, after.shape), on_state=after.state, on_step=one.step,
            record=one.record, happened_at=one.happened_at, unit=after.unit,
        )  # fmt: skip
    fact = EvidenceShown(
        evidence=one.id, case=after.id, step=one.step, by=one.by, digest=digest(one.record),
        complete=complete,
    )  # fmt: skip
    desk.tell(
        fact, about=after.id, scope=after.scope, person=after.person, happened_at=one.happened_at
    )
    return Shown(evidence=one.id, status=status, state=after.state, nth=after.nth)


def _keep(desk: Desk, case: Case, one: Evidence, why: str) -> Shown:
    repository.add(desk, case, replace(one, moved=False, why=why), "kept")
    fact = EvidenceKept(
        evidence=one.id, case=case.id, step=one.step, by=one.by, why=why, record=one.record
    )
    desk.tell(
        fact, about=case.id, scope=case.scope, person=case.person, happened_at=one.happened_at
    )
    return Shown(evidence=one.id, status="kept", state=case.state, nth=case.nth, why=why)
