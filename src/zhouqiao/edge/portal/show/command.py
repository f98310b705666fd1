"""The duty officer's screen: who may watch, the queue, one case, the strip."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

import msgspec

from zhouqiao.edge.portal.format import Format
from zhouqiao.edge.portal.pages import command
from zhouqiao.edge.portal.pages.parts import (
    Drill,
    Moment,
    TimeLeft,
)
from zhouqiao.edge.portal.show.files import addresses
from zhouqiao.edge.portal.show.front import WATCH
from zhouqiao.edge.portal.show.parts import bridge, longer, word
from zhouqiao.edge.portal.show.timing import eta, time_of
from zhouqiao.edge.portal.show.title import title, titles
from zhouqiao.edge.portal.words import Words
from zhouqiao.flow import case as cases
from zhouqiao.flow import dispatch
from zhouqiao.flow.case import Case, ShapeSpec
from zhouqiao.flow.dispatch import Plan
from zhouqiao.platform import rule
from zhouqiao.platform import unit as units
from zhouqiao.platform.place import Berth
from zhouqiao.store import Desk, Envelope, latest, story

NOBODY: Mapping[str, str] = {}
SHOWN, LOOKED_AT, STRIP = 100, 300, 12
ACTS = ("reassign", "return", "suspend", "resume", "extend")


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """The reader's language: words of the pages and of the packs, and formats."""

    page: Words
    pack: Words

    @property
    def format(self) -> Format:
        """How figures and times are written."""
        return Format(self.page)

    def berth(self, one: Berth) -> str:
        """Return a berth's name."""
        return one.name if self.page.lang == "zh" else one.name_en


def watch(desk: Desk) -> None:
    """Refuse whoever does not keep watch: citizens, crews, engineers. Raises `NotAllowed`."""
    reach = desk.subject.reach
    for action in WATCH:
        desk.may(action, scope="-" if reach is None else reach)


def queue(desk: Desk, spoken: Spoken, *, chosen: str = "") -> command.Queue:
    """Return the open cases by time left, statutory breaches first."""
    held = open_cases(desk)
    names = {one.unit: one.name for one in units.everywhere(desk)}
    book, now = rule.calendar(desk), desk.now()
    timed = [(case, time_of(case, cases.shape_of(desk, case.shape), now, book)) for case in held]
    timed.sort(key=lambda pair: pair[1].rank)
    said = titles(desk, spoken.pack, held)
    return command.Queue(
        queued=tuple(
            command.Queued(
                id=case.id,
                code=case.code.removeprefix(f"{desk.cell}-"),
                what=said[case.id],
                status=time.status,
                who=stands(spoken, case, names),
                left=time.left,
                chosen=case.id == chosen,
            )
            for case, time in timed
        )
    )


def open_cases(desk: Desk) -> list[Case]:
    """Return the open cases within reach, the next due first; at most so many as are shown."""
    asked = cases.Asked(open_only=True, sort="due", limit=SHOWN, scope=desk.subject.reach or None)
    return cases.get_many(desk, [line.id for line in cases.find(desk, asked)])


def stands(spoken: Spoken, case: Case, names: Mapping[str, str]) -> str:
    """Return who has a case and where it stands: `蓝样03 · 航行中`."""
    state = word(spoken.pack, f"{case.pack}.state.{case.procedure}.{case.state}")
    if case.phase == "suspended":
        state = spoken.page("command.suspended", state=state)
    name = names.get(case.unit or "")
    return f"{name} · {state}" if name else state


def one_case(desk: Desk, spoken: Spoken, name: str) -> command.Case:
    """Return one case's whole way. Raises `NoSuchCase`, `NotAllowed`."""
    case = cases.get(desk, name)
    desk.may("case.read", scope=case.scope)
    shape, told, plan = (
        cases.shape_of(desk, case.shape),
        story(desk, name),
        dispatch.explain(desk, name),
    )
    time = time_of(case, shape, desk.now(), rule.calendar(desk))
    names = {one.unit: one.name for one in units.everywhere(desk)}
    coming = eta(case, shape, plan)
    promised = coming and next((c.due for c in case.clocks if c.name == coming[1]), None)
    return command.Case(
        id=case.id,
        code=case.code,
        title=title(desk, spoken.pack, case),
        status=time.status,
        about=stands(spoken, case, names),
        steps=bridge(spoken.pack, case),
        moments=tuple(moments(spoken, case, shape, told, plan, names)),
        promised=promised,
        minutes=coming and max(0, round((coming[0] - desk.now()).total_seconds() / 60)),
        eta=coming and coming[0],
        spare=_spare(coming, promised),
        matter=word(spoken.pack, f"{case.pack}.matter.{case.matter}"),
        version=f"v{case.matter_version}" if case.matter_version else "",
        promise=_promises(spoken, case, shape),
        sources=_sources(spoken, case, told),
        reads=_reads(desk, spoken, case),
        acts=acts_of(desk, case, shape),
        phone=_call(case),
    )


def _spare(coming: tuple[datetime, str] | None, promised: datetime | None) -> TimeLeft | None:
    if coming is None or promised is None:
        return None
    return TimeLeft(minutes=round((promised - coming[0]).total_seconds() / 60))


def moments(
    spoken: Spoken,
    case: Case,
    shape: ShapeSpec,
    told: Sequence[Envelope],
    plan: Plan | None,
    names: Mapping[str, str],
) -> Iterator[Moment]:
    """Yield what happened, oldest first, what is expected, and by when the rest is promised."""
    found = [
        one for one in (_moment(spoken, case, e, plan, names) for e in told) if one is not None
    ]
    found = list(_once(spoken, found))
    if found and not case.is_closed and found[-1].stage == "done":
        found[-1] = msgspec.structs.replace(found[-1], stage="now")
    yield from found
    ahead = _ahead_of(spoken, case, eta(case, shape, plan))
    yield from sorted(ahead, key=lambda one: one.at or case.opened_at)


def _once(spoken: Spoken, found: Sequence[Moment]) -> Iterator[Moment]:
    """Yield what happened; what went wrong again and again is said once, with how often."""
    for (_, stage), same in groupby(found, lambda one: (one.said, one.stage)):
        again = list(same)
        if stage != "warn" or len(again) == 1:
            yield from again
        else:
            said = spoken.page("command.said.again", said=again[-1].said, n=len(again))
            yield msgspec.structs.replace(again[-1], said=said)


def _ahead_of(spoken: Spoken, case: Case, coming: tuple[datetime, str] | None) -> Iterator[Moment]:
    if coming is not None:
        yield Moment(said=spoken.page("command.there"), stage="next", at=coming[0], about=True)
    for clock in case.clocks:
        said = word(spoken.pack, f"{case.pack}.clock.{case.procedure}.{clock.name}")
        if clock.due is not None and not clock.lapsed:
            yield Moment(said=said, stage="next", at=clock.due, by_then=True)
        elif clock.waits_for:
            note = spoken.page("rule.calendar.waits_for", year=clock.waits_for)
            yield Moment(said=said, stage="next", note=note)


def _moment(
    spoken: Spoken, case: Case, told: Envelope, plan: Plan | None, names: Mapping[str, str]
) -> Moment | None:
    said = said_of(spoken, told, case, names)
    if not said:
        return None
    body = msgspec.json.decode(told.body)
    warn = told.kind in {
        "case.ClockLapsed",
        "case.CaseObjected",
        "case.CaseReturned",
        "case.CaseSuspended",
        "dispatch.NobodyAble",
    }
    why = plan is not None and told.kind == "dispatch.PlanMade" and body["unit"] == plan.unit
    return Moment(
        said=said,
        stage="warn" if warn else "done",
        at=told.happened_at,
        note=str(body.get("reason", "")) or (_passed(spoken, case, plan) if why else ""),
        why=f"/command/cases/{case.id}/why" if why else "",
        why_word=spoken.page("command.why.word") if why else "",
        files=addresses(case.id, body.get("record")),
    )


def _passed(spoken: Spoken, case: Case, plan: Plan | None) -> str:
    """Return how many were weighed up, and what the nearest that did not go lacked."""
    if plan is None:
        return ""
    first = next(iter(plan.passed_over), None)
    if first is None:
        return spoken.page("command.why.nearest", n=len(plan.tried))
    why = spoken.page("portal.and").join(lacks(spoken, case.pack, first.lacks))
    return spoken.page("command.why.passed", n=len(plan.tried), name=first.name, why=why)


def lacks(spoken: Spoken, pack: str, lacking: Sequence[str]) -> list[str]:
    """Return what a unit lacks, in words."""
    found = []
    for one in lacking:
        code, _, what = one.partition(":")
        key = f"unit.lack.{code}"
        for group in ("option", "licence", "unit_state"):
            what = word(spoken.pack, f"{pack}.{group}.{what}") if what else what
        state = f"command.unit_state.{what}"
        what = spoken.page(state) if state in spoken.page else what
        found.append(spoken.page(key, what=what) if key in spoken.page else one)
    return found


def said_of(  # noqa: PLR0911 - one answer a kind of fact
    spoken: Spoken, told: Envelope, case: Case | None, names: Mapping[str, str] = NOBODY
) -> str:
    """Return what a fact says in the reader's language ("": nothing for this screen)."""
    body = msgspec.json.decode(told.body)
    if case is None or (
        told.by == "system" and told.kind == "case.StepTaken" and not body["lapsed"]
    ):
        return ""  # the plan says it better
    key = f"{case.pack}.took.{case.procedure}"
    match told.kind:
        case "case.CaseOpened":
            return word(spoken.pack, f"{key}.opened")
        case "case.StepTaken":
            return word(spoken.pack, f"{key}.{body['step']}")
        case "case.ClockLapsed":
            name = word(spoken.pack, f"{case.pack}.clock.{case.procedure}.{body['clock']}")
            return spoken.page(f"command.lapsed.{body['force']}", clock=name)
        case "case.ClockExtended":
            return longer(spoken.pack, spoken.page, case, body)
        case "dispatch.PlanMade":
            km, minutes = spoken.format.distance(body["km"]), round(body["minutes"])
            unit = names.get(body["unit"], spoken.page("command.a_unit"))
            return spoken.page("command.said.planned", unit=unit, km=km, minutes=minutes)
    plain = f"command.said.{told.kind.rpartition('.')[2]}"
    return spoken.page(plain) if plain in spoken.page else ""


def _promises(spoken: Spoken, case: Case, shape: ShapeSpec) -> str:
    named = [
        word(spoken.pack, f"{case.pack}.clock.{case.procedure}.{spec.name}")
        + (spoken.page("command.statutory", basis=spec.term.basis) if spec.term.basis else "")
        for spec in shape.clocks
        if spec.until
    ]
    return spoken.page("portal.comma").join(named) or spoken.page("command.no_promise")


def _sources(spoken: Spoken, case: Case, told: Sequence[Envelope]) -> str:
    kinds = {one.kind for one in told}
    found = ["person" if case.person else "platform"]
    found += ["unit"] if "dispatch.PlanMade" in kinds else []
    found += ["evidence"] if any(kind.startswith("evidence.") for kind in kinds) else []
    return spoken.page("portal.comma").join(spoken.page(f"command.source.{one}") for one in found)


def _reads(desk: Desk, spoken: Spoken, case: Case) -> Drill | None:
    n = len(reads_of(desk, case))
    if not n:
        return None
    return Drill(href=f"/command/cases/{case.id}/reads", word=spoken.page("command.reads", n=n))


def reads_of(desk: Desk, case: Case) -> list[Envelope]:
    """Return who read personal data for a case, oldest first."""
    if case.person is None:
        return []
    told = (one for one in story(desk, case.person) if one.kind == "access.PersonalRead")
    return [one for one in told if msgspec.json.decode(one.body).get("case") == case.id]


def _call(case: Case) -> str:
    return f"/command/cases/{case.id}/call" if case.person else ""


def acts_of(desk: Desk, case: Case, shape: ShapeSpec) -> tuple[str, ...]:
    """Return what whoever handles a case by post may do with it besides its steps."""
    posts = {role for role, held in shape.roles.items() if held == "post"}
    if not any(actor.role in posts for actor in cases.actors(desk, case, shape)):
        return ()
    extend = ("extend",) if cases.extensible(desk, case, shape) else ()
    if case.phase == "suspended":
        return ("resume", *extend)
    if case.phase != "open":
        return extend
    earlier = [state for state in shape.states if state in earlier_states(case)]
    return (
        *(("reassign",) if case.unit is not None else ()),
        *(("return",) if earlier else ()),
        "suspend",
        *extend,
    )


def times(desk: Desk, spoken: Spoken, case: Case) -> Iterator[command.Longer]:
    """Yield the times of a case the reader may lengthen, in words."""
    for one in cases.extensible(desk, case, cases.shape_of(desk, case.shape)):
        said = word(spoken.pack, f"{case.pack}.clock.{case.procedure}.{one.clock}")
        unit = spoken.page(f"rule.unit.{one.unit.value}")
        told = spoken.page("command.act_most", clock=said, most=one.most, unit=unit)
        yield command.Longer(clock=one.clock, said=told, most=one.most)


def earlier_states(case: Case) -> tuple[str, ...]:
    """Return the states a case has been in and may be sent back to, in the order it came there."""
    return tuple(hand.state for hand in case.hands if hand.state != case.state)


def why(desk: Desk, spoken: Spoken, name: str) -> command.Why:
    """Return who was weighed up for a case, and why each did or did not go."""
    case = cases.get(desk, name)
    plan = dispatch.explain(desk, name)
    tried = () if plan is None else plan.tried
    return command.Why(
        id=case.id,
        title=spoken.page("command.why.title", case=case.code),
        tried=tuple(
            command.Tried(
                name=one.name,
                km=one.km,
                minutes=one.minutes,
                went=plan is not None and one.unit == plan.unit,
                lacks=tuple(lacks(spoken, case.pack, one.lacks)),
            )
            for one in tried
        ),
        at=None if plan is None else plan.made_at,
    )


def events(desk: Desk, spoken: Spoken) -> command.Events:
    """Return what just happened, newest first."""
    told = [
        one for one in latest(desk, limit=LOOKED_AT) if one.kind.startswith(("case.", "dispatch."))
    ]
    found = {c.id: c for c in cases.get_many(desk, sorted({one.about for one in told}))}
    names = {one.unit: one.name for one in units.everywhere(desk)}
    listed = titles(desk, spoken.pack, found.values())
    lines = (_happened(spoken, one, found.get(one.about), listed, names) for one in told)  # type: ignore[call-overload]
    said = [line for line in lines if line is not None]
    return command.Events(events=tuple(said[:STRIP]))


def _happened(
    spoken: Spoken,
    told: Envelope,
    case: Case | None,
    listed: Mapping[str, str],
    names: Mapping[str, str],
) -> command.Happened | None:
    said = said_of(spoken, told, case, names)
    if not said or case is None:
        return None
    body = msgspec.json.decode(told.body)
    unit = str(body.get("unit") or case.unit or "")
    who = names.get(unit, "") if told.by != case.person else ""
    return command.Happened(
        at=told.recorded_at,
        who=who_did(spoken, told, case, who),
        case=case.id,
        code=case.code,
        said=f"{listed[case.id]} · {said}",
    )


def who_did(spoken: Spoken, told: Envelope, case: Case, unit: str = "") -> str:
    """Return who a fact is by, as the duty screen names them: never by a person's name."""
    if told.by == "system":
        return spoken.page("command.who.platform")
    if told.by == case.person:
        return spoken.page("command.who.person")
    return unit or spoken.page("command.who.officer")
