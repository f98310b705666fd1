"""What a citizen is shown of one affair: how far it is, who comes and why, what they sign."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Literal

from msgspec.structs import replace

from zhouqiao.base import Refusal, digest
from zhouqiao.edge.portal.pages import citizen as pages
from zhouqiao.edge.portal.pages.parts import MapRoute, MapUnit, Mark, Scene, Spot, Status
from zhouqiao.edge.portal.show.eye import Eye
from zhouqiao.edge.portal.show.parts import (
    around,
    bridge,
    listed,
    mark,
    minutes_to,
    moments,
    signing,
    status_of,
    weighed,
    word,
)
from zhouqiao.edge.portal.show.timing import eta
from zhouqiao.flow import case as cases
from zhouqiao.flow import dispatch, evidence, outcome
from zhouqiao.flow.case import Case, ShapeSpec
from zhouqiao.platform import unit as units
from zhouqiao.platform.rule import local_day
from zhouqiao.store import story

WIDE = 0.05  # degrees a map shows around its points at least
TOLERANCE = Decimal(10)  # percent by which weighed and forecast may differ unsaid
LOST = timedelta(minutes=3)
Phase = Literal["finding", "coming", "met", "handed", "done", "cancelled", "missed"]


def track(eye: Eye, case: Case) -> pages.Track:
    """Return how far it is, and where whoever was sent is now."""
    shape = cases.shape_of(eye.desk, case.shape)
    phase = phase_of(eye, case, shape)
    plan = dispatch.explain(eye.desk, case.id) if phase == "coming" else None
    unit = None if case.is_closed else _unit(eye, case)
    ahead = tuple(plan.points) if plan and unit else ()
    there, waits = eta(case, shape, plan) or (None, "")
    promised = _promised(case, waits)
    late_by = minutes_to(there, promised) or 0 if promised else 0
    now, phrases = eye.desk.now(), eye.phrases(case.pack, case.procedure)
    calling_off = cancel_step(eye, case)
    return pages.Track(
        id=case.id, title=eye.title(case), phase=phase,
        status=_status(case, shape, now, late_by),
        steps=bridge(eye.words, case),
        moments=tuple(
            replace(one, far=_is_far(one.at, now))
            for one in moments(eye.words, eye.say, case, story(eye.desk, case.id))
        ),
        far=_is_far(promised, now),
        said=_said(eye, case, phase), awaits=_awaits(eye, case, phase), phrases=phrases,
        scene=_scene(eye, case, unit, ahead) if case.point or unit else None,
        minutes=minutes_to(there, now), eta=there, promised=promised, late_by=late_by,
        unit=unit.name if unit else "", takes=_takes(eye, case), km=_way(plan) if unit else None,
        position_age=round((now - unit.seen_at).total_seconds()) if unit else None,
        knots=unit.knots if unit else None,
        icon=f"i-{eye.procedure(case.pack, case.procedure).icon.value}",
        cancel=_step_said(eye, case, calling_off, "track.cancel") if calling_off else "",
        again=f"/ask/{case.pack}.{case.procedure}" if _may_again(eye, case, shape) else "",
        to_sign=_waits_for_me(eye, case, shape) is not None,
        to_rate=phase in ("handed", "done") and outcome.rating_of(eye.desk, case.id) is None,
        receipt=next((one.paper for one in outcome.papers_of(eye.desk, case.id)), ""),
    )  # fmt: skip


def _is_far(at: datetime | None, now: datetime) -> bool:
    """Say whether a moment is on another day than today."""
    return at is not None and local_day(at) != local_day(now)


def phase_of(eye: Eye, case: Case, shape: ShapeSpec) -> Phase:
    """Return what a case is about now, by its shape: where both sign, and what its pack bridges."""
    states = list(eye.words.under(f"{case.pack}.bridge.{case.procedure}")) or list(shape.states)
    at = states.index(case.state) if case.state in states else -1
    if case.is_closed:
        return "done" if at >= 0 else "cancelled"
    both = signing(shape)
    if both is not None and case.state == both.start:
        return "met"
    if both is not None and both.start in states and at > states.index(both.start):
        return "handed"
    if case.unit is None:
        return "missed" if case.nth > 0 else "finding"
    return "coming"


def _said(eye: Eye, case: Case, phase: Phase) -> str:
    """Return what it is about now: as its pack says it of this phase, else its state."""
    phrases = eye.phrases(case.pack, case.procedure)
    named = word(eye.words, f"{case.pack}.state.{case.procedure}.{case.state}")
    return phrases.get(f"track.phase.{phase}", named)


def _awaits(eye: Eye, case: Case, phase: Phase) -> str:
    """Return what comes next: as its pack says it, else the time that runs out next."""
    page = eye.page(case.pack, case.procedure)
    if f"elder.phase.{phase}" in page:
        return page(f"elder.phase.{phase}")
    due = min(((c.due, c.name) for c in case.clocks if c.due and not c.lapsed), default=None)
    at = f"{case.pack}.clock.{case.procedure}"
    return word(eye.words, f"{at}.{due[1]}") if due else page("elder.wait")


def _may_again(eye: Eye, case: Case, shape: ShapeSpec) -> bool:
    """Say whether the person may ask for the like again."""
    return case.is_closed and case.person == eye.me and shape.roles.get(shape.opens) == "person"


def _step_said(eye: Eye, case: Case, step: str, phrase: str) -> str:
    """Return a sentence about a step, which bears the step's own word where the pack says none."""
    said = word(eye.words, f"{case.pack}.step.{case.procedure}.{step}")
    return eye.page(case.pack, case.procedure)(phrase, step=said)


def cancel_step(eye: Eye, case: Case) -> str | None:
    """Return the step by which the person can call it off now, if any."""
    shape = cases.shape_of(eye.desk, case.shape)
    return next(
        (
            step.name
            for step in shape.open_steps(case.state)
            if step.end in shape.finals
            and step.form is None
            and [shape.roles[chair.role] for chair in step.chairs] == ["person"]
        ),
        None,
    )


def sure(eye: Eye, case: Case, step: str) -> pages.Sure:
    """Return the question before an affair is ended by a step that nothing takes back."""
    return pages.Sure(
        question=_step_said(eye, case, step, "track.cancel_sure"),
        said=_step_said(eye, case, step, "track.cancel_said"),
        action=f"/cases/{case.id}/cancel", do=_step_said(eye, case, step, "track.cancel_do"),
        keep=_step_said(eye, case, step, "track.keep"), back=f"/cases/{case.id}", once=eye.once(),
    )  # fmt: skip


def _status(case: Case, shape: ShapeSpec, now: datetime, late_by: int) -> Status:
    """Return how it stands: what is expected past its promise is not told as on time."""
    due, kind = cases.next_due(case, shape) or (None, None)
    stands = status_of(due, kind, case.opened_at, now, closed=case.is_closed)
    return "late" if late_by and stands in ("ok", "due") else stands


def _promised(case: Case, waits: str) -> datetime | None:
    """Return by when whoever was sent is to be there, else by when the next thing is promised."""
    times = {clock.name: clock.due for clock in case.clocks if clock.due and not clock.lapsed}
    return times.get(waits) or min(times.values(), default=None)


def _unit(eye: Eye, case: Case) -> MapUnit | None:
    if case.unit is None:
        return None
    with eye.platform() as desk:
        unit = units.unit_of(desk, units.UnitId(case.unit))
        try:
            seen = units.last_seen(desk, unit.id)
        except Refusal:
            seen = None
    now = eye.desk.now()
    if seen is None:
        at = (unit.berth.lon, unit.berth.lat) if unit.berth else (case.point or (0.0, 0.0))
        return MapUnit(
            id=unit.id, name=unit.name, at=at, heading=0, seen_at=now, mine=True, lost=True
        )
    return MapUnit(
        id=unit.id, name=unit.name, at=(seen.point.lon, seen.point.lat), heading=seen.course or 0.0,
        seen_at=seen.happened_at, mine=True, lost=now - seen.happened_at > LOST,
        knots=None if seen.speed_kmh is None else round(seen.speed_kmh / 1.852, 1),
    )  # fmt: skip


def _way(plan: dispatch.Plan | None) -> Decimal | None:
    """Return how many kilometres of sea whoever was sent had before them."""
    tried = plan.tried if plan else ()
    chosen = next((one for one in tried if plan and one.unit == plan.unit), None)
    return Decimal(str(chosen.km)) if chosen else None


def _scene(eye: Eye, case: Case, unit: MapUnit | None, ahead: tuple[Spot, ...]) -> Scene:
    spots = [*ahead, *([case.point] if case.point else []), *([unit.at] if unit else [])]
    return Scene(
        now=eye.desk.now(), you=case.point,
        box=around(spots, eye.desk.cell, WIDE),
        units=(unit,) if unit else (),
        routes=(MapRoute(id=case.id, sailed=(), ahead=ahead, chosen=True),) if ahead else (),
    )  # fmt: skip


def _takes(eye: Eye, case: Case) -> str:
    kinds = [one.get("kind", "") for one in case.record.get("kinds", [])]
    said = (word(eye.words, f"{case.pack}.option.{kind}") for kind in kinds)
    return listed(eye.words, case.pack, said)


def why(eye: Eye, case: Case) -> pages.WhyUnit:
    """Return why this one was sent."""
    plan = dispatch.explain(eye.desk, case.id)
    page = eye.page(case.pack, case.procedure)
    tried = plan.tried if plan else ()
    went = next((one for one in tried if plan and one.unit == plan.unit), None)
    policy = plan.policy if plan else ""
    return pages.WhyUnit(
        id=case.id, unit=went.name if went else "",
        said=eye.or_else(f"why.policy.{policy}", "", page) if went else page("why.none"),
        phrases=eye.phrases(case.pack, case.procedure),
        rule=eye.say("why.made", at=eye.f.moment(plan.made_at)) if plan else "",
        tried=tuple(
            pages.Tried(
                unit=one.name, km=Decimal(str(one.km)), minutes=round(one.minutes),
                why_not="" if one is went else _why_not(eye, case, one, went),
            )
            for one in tried
        ),
    )  # fmt: skip


def _why_not(eye: Eye, case: Case, one: dispatch.Tried, went: dispatch.Tried | None) -> str:
    if one.lacks:
        said = dict.fromkeys(_lack(eye, case, lack) for lack in one.lacks)
        return eye.say("portal.and").join(said)
    later = round(one.minutes) - round(went.minutes) if went else 0
    return eye.say("why.later", n=later) if later > 0 else eye.say("why.as_soon")


def _lack(eye: Eye, case: Case, lack: str) -> str:
    kind, _, what = lack.partition(":")
    if f"unit.lack.{kind}" not in eye.say:
        page = eye.page(case.pack, case.procedure)
        return eye.or_else(f"why.lack.{kind}", page("why.cannot"), page)
    said = next(
        (
            eye.words(f"{case.pack}.{group}.{what}")
            for group in ("option", "licence", "capability")
            if f"{case.pack}.{group}.{what}" in eye.words
        ),
        eye.or_else(f"unit.state.{what}", what),
    )
    return eye.say(f"unit.lack.{kind}", what=said)


def sign(eye: Eye, case: Case) -> pages.Sign | None:
    """Return what waits for the person's own hand; None where nothing does."""
    shape = cases.shape_of(eye.desk, case.shape)
    shown = _waits_for_me(eye, case, shape)
    if shown is None:
        return None
    theirs = next((one for one in shown.signatures if one.get("person") != eye.me), None)
    step = shape.step(shown.step)
    role = next(c.role for c in step.chairs if shape.roles[c.role] == "person")
    total = sum((Decimal(one["mass"]["kg"]) for one in shown.record.get("lines", ())), Decimal(0))
    return pages.Sign(
        id=case.id, code=case.code, step=step.name, person=eye.me, role=role,
        vessel=eye.title(case), met_at=case.entered, place="",
        lines=weighed(eye, case.pack, shown.record), total=total,
        against_forecast=_against(eye, case, total),
        theirs=mark(eye, case.pack, theirs), digest=covered(eye, shape, shown), once=eye.once(),
        mine=Mark(
            who=eye.known.get("name", ""), role=word(eye.words, f"{case.pack}.role.{role}")
        ),
    )  # fmt: skip


def covered(eye: Eye, shape: ShapeSpec, shown: evidence.Evidence) -> str:
    """Return the digest the hands under a step sign for."""
    named = outcome.covers(eye.desk, shape, shown.step)
    return digest({name: shown.record[name] for name in named if name in shown.record})


def _waits_for_me(eye: Eye, case: Case, shape: ShapeSpec) -> evidence.Evidence | None:
    """Return what another has shown and the person has not signed yet."""
    if not case.signed:
        return None
    shown = evidence.pending(eye.desk, case.id)
    if shown is None or any(one.person == eye.me for one in case.signed[shown.step]):
        return None
    mine = any(shape.roles[c.role] == "person" for c in shape.step(shown.step).chairs)
    return shown if mine and case.person == eye.me else None


def _against(eye: Eye, case: Case, total: Decimal) -> str:
    asked = [one.get("mass", {}).get("kg", "0") for one in case.record.get("kinds", [])]
    forecast = sum((Decimal(one) for one in asked), Decimal(0))
    if not forecast:
        return ""
    share = (total / forecast - 1) * 100
    way = f"{'less' if share < 0 else 'more'}_{'within' if abs(share) <= TOLERANCE else 'over'}"
    return eye.say(f"desk.{way}", n=f"{abs(share):.1f}", limit=TOLERANCE)


def rate(eye: Eye, case: Case) -> pages.Rate:
    """Return the page on which one says how it was."""
    shape = cases.shape_of(eye.desk, case.shape)
    both = signing(shape)
    met = case.came_into(both.start) if both else case.entered
    promise = next((c.term.length for c in shape.clocks if c.until and c.term.unit == "minutes"), 0)
    unit = _unit(eye, case)
    return pages.Rate(
        id=case.id, title=eye.title(case), unit=unit.name if unit else "",
        came_minutes=round((met - case.opened_at) / timedelta(minutes=1)),
        promise_minutes=promise, once=eye.once(), phrases=eye.phrases(case.pack, case.procedure),
    )  # fmt: skip


def hand_of(page: pages.Sign, data: dict[str, Any]) -> dict[str, Any]:
    """Return the person's hand as a paper keeps it, of what their phone has sent."""
    return {
        "role": page.role, "person": page.person, "name": page.mine.who,
        "strokes": data.get("path", ""), "width": 150, "height": 100,
        "signed_at": data.get("signed_at", ""), "covers": page.digest,
        "key": data.get("key_id") or None, "mark": data.get("signature", ""),
    }  # fmt: skip
