"""What a crew's device is told: its unit, its tasks with every step ahead, the words for both."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import msgspec

from zhouqiao.base import Refusal
from zhouqiao.edge.portal.door import Portal, Visitor
from zhouqiao.edge.portal.show.files import addresses
from zhouqiao.edge.portal.show.parts import listed, own_name, status_of, word
from zhouqiao.edge.portal.show.title import title
from zhouqiao.edge.portal.vocabulary import leaves
from zhouqiao.edge.portal.words import Words
from zhouqiao.flow import case as cases
from zhouqiao.flow import dispatch, outcome, task
from zhouqiao.flow.case import Case, ShapeSpec, StepSpec
from zhouqiao.platform import access, notice
from zhouqiao.platform import unit as units
from zhouqiao.platform.document.form import Field
from zhouqiao.store import Desk

TOLERANCE = 0.1  # share by which weighed and forecast may differ before it is pointed out


def tasks(
    portal: Portal, desk: Desk, visitor: Visitor, known: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """Return what `GET /api/desk/tasks` answers (`static/desk/types.d.ts`).

    Whom a case among `known` is about the device was told before; the name is left out.
    """
    words = portal.pack_words(visitor.lang)
    mine = task.todo(desk)
    seen = {one.case: one for one in mine}
    held = [(seen[case.id], case) for case in cases.get_many(desk, list(seen))]
    return {
        "now": desk.now(), "csrf": visitor.csrf, "person": desk.subject.person,
        "unit": _unit(desk), "tolerance": TOLERANCE, "words": _words(words, held, desk),
        "tasks": [_task(words, desk, case, told=case.id in known) for _, case in held],
        "unread": notice.unread(desk, desk.subject.person),
    }  # fmt: skip


def _unit(desk: Desk) -> dict[str, Any] | None:
    if desk.subject.unit is None:
        return None
    unit = units.unit_of(desk, units.UnitId(desk.subject.unit))
    try:
        seen = units.last_seen(desk, unit.id)
        at: Any = (seen.point.lon, seen.point.lat)
        heading = seen.course or 0.0
    except Refusal:
        at = None if unit.berth is None else (unit.berth.lon, unit.berth.lat)
        heading = 0.0
    return {"id": unit.id, "name": unit.name, "at": at, "heading": heading}


def _task(words: Words, desk: Desk, case: Case, *, told: bool) -> dict[str, Any]:
    shape = cases.shape_of(desk, case.shape)
    due = cases.next_due(case, shape)
    plan = dispatch.explain(desk, case.id)
    chosen = next((t for t in plan.tried if t.unit == plan.unit), None) if plan else None
    name = "" if told else person_name(desk, case)
    return {
        "id": case.id, "case": case.id, "version": case.nth, "state": case.state,
        "title": title(desk, words, case), "who": name,
        "code": case.code, "about": _about(words, case), "phone": "", "closed": case.is_closed,
        "waiting": _waiting(desk, case, shape),
        "status": status_of(
            due and due[0], due and due[1], case.opened_at, desk.now(), closed=case.is_closed
        ),
        "due_at": due and due[0], "forecast_kg": _forecast(case),
        "place": case.point and {"lon": case.point[0], "lat": case.point[1], "name": ""},
        "km": chosen and chosen.km,
        "eta": plan and chosen and plan.made_at + timedelta(minutes=chosen.minutes),
        "route": plan.points if plan else (),
        "steps": _steps(words, desk, case, shape, name),
        "photos": addresses(case.id, case.record),
    }  # fmt: skip


def person_name(desk: Desk, case: Case) -> str:
    """Return the name of whom a case is about, as far as the subject may know it; logged."""
    if case.person is None:
        return ""
    try:
        shown = access.read_personal(
            desk, case.person, ["name"], "deliver", case.id, scope=case.scope
        )
    except Refusal:
        return ""
    return _text(shown)


def _steps(
    words: Words, desk: Desk, case: Case, shape: ShapeSpec, name: str
) -> list[dict[str, Any]]:
    """Return every step still ahead that this subject may take, so that days offline are enough."""
    roles = {actor.role for actor in cases.actors(desk, case, shape)}
    return [
        _step(words, desk, case, shape, step, name)
        for step in shape.steps
        if any(chair.role in roles for chair in step.chairs)
        and not _signed(desk, case, step.name)
        and desk.subject.person not in cases.tied(case, step)
    ]


def _signed(desk: Desk, case: Case, step: str) -> bool:
    """Say whether the subject has signed that step and others have not yet."""
    return any(one.person == desk.subject.person for one in case.signed.get(step, ()))


def _waiting(desk: Desk, case: Case, shape: ShapeSpec) -> bool:
    """Say whether a step signed here still waits for the person's own hand."""
    return any(
        _signed(desk, case, step.name)
        and any(shape.roles[chair.role] == "person" for chair in step.chairs)
        for step in shape.open_steps(case.state)
    )


def _about(words: Words, case: Case) -> str:
    """Return what was forecast, kind by kind."""
    kinds = case.record.get("kinds", [])
    said = [f"{_kind(words, case, one)} {_kilos(one)}".strip() for one in kinds]
    return listed(words, case.pack, said)


def _kind(words: Words, case: Case, one: dict[str, Any]) -> str:
    return word(words, f"{case.pack}.option.{one['kind']}")


def _kilos(one: dict[str, Any]) -> str:
    return f"{float(one['mass']['kg']):g} kg" if "mass" in one else ""


def _step(
    words: Words, desk: Desk, case: Case, shape: ShapeSpec, step: StepSpec, name: str
) -> dict[str, Any]:
    key = f"{case.pack}.step.{case.procedure}.{step.name}"
    finish = f"{case.pack}.finish.{case.procedure}.{step.name}"
    first = next(one.name for one in shape.steps if one.start == step.start and one.chairs)
    by_hand = outcome.signers(desk, shape, step.name)
    signers = [
        {
            "role": chair.role, "word": word(words, f"{case.pack}.role.{chair.role}"),
            "person": case.person if shape.roles[chair.role] == "person" else desk.subject.person,
            "name": name if shape.roles[chair.role] == "person" else own_name(desk),
        }
        for chair in step.chairs if len(step.chairs) > 1 or chair.role in by_hand
    ]  # fmt: skip
    return {
        "name": step.name, "start": step.start, "end": step.end, "title": word(words, key),
        "finish": word(words, finish if finish in words else key),
        "done": word(words, f"{case.pack}.took.{case.procedure}.{step.name}"),
        "main": step.name == first, "signers": signers,
        "covers": outcome.covers(desk, shape, step.name),
        "form": None if step.form is None else msgspec.to_builtins(shape.forms[step.form]),
    }  # fmt: skip


def _text(shown: Mapping[str, access.Shown]) -> str:
    return (shown["name"].text or "") if "name" in shown else ""


def _forecast(case: Case) -> str | None:
    kinds = case.record.get("kinds", [])
    kilos = [float(one["mass"]["kg"]) for one in kinds if "mass" in one]
    return f"{sum(kilos):g}" if kilos else None


def _words(words: Words, held: list[tuple[task.Task, Case]], desk: Desk) -> dict[str, str]:
    found: dict[str, str] = {}
    for _, case in held:
        for form in cases.shape_of(desk, case.shape).forms.values():
            for field in leaves(form.fields):
                label = f"{case.pack}.{field.label}"
                if label in words:
                    found[field.label] = words(label)
                for option in field.options:
                    _option(words, case.pack, field, option, found)
    return found


def _option(words: Words, pack: str, field: Field, option: str, found: dict[str, str]) -> None:
    at = f"{field.label}.{option}"
    for key in (f"{pack}.{at}", f"{pack}.{field.choice}.{option}"):
        if key in words:
            found.setdefault(at, words(key))
    for also in ("note", "hazardous", "icon"):
        if f"{pack}.{also}.{option}" in words:
            found[f"{at}.{also}"] = words(f"{pack}.{also}.{option}")
