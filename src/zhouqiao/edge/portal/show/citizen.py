"""What a citizen is shown: what is under way, where the boat is, papers, grants, who looked."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Literal

import msgspec

from zhouqiao.base import Refusal
from zhouqiao.edge.portal.door import Portal, Visitor
from zhouqiao.edge.portal.pages import citizen as pages
from zhouqiao.edge.portal.pages.parts import MapCase, MapRoute, MapUnit, Mark, Scene, Spot
from zhouqiao.edge.portal.qr import qr_path
from zhouqiao.edge.portal.show.parts import (
    ICONS,
    bridge,
    headline,
    lines,
    minutes_to,
    moments,
    status_of,
    word,
)
from zhouqiao.edge.portal.words import Words
from zhouqiao.flow import case as cases
from zhouqiao.flow import dispatch, outcome
from zhouqiao.flow.case import Asked, Case, ShapeSpec
from zhouqiao.platform import access, document
from zhouqiao.platform import unit as units
from zhouqiao.platform.place import Atlas
from zhouqiao.store import Desk, story

WIDE = 0.05  # degrees a map shows around its points at least
PAID_WITHIN = 5  # working days; assumed, as no published rule names it
Phase = Literal["finding", "coming", "met", "done", "cancelled", "missed"]


class Eye:
    """One citizen's view: their desk, the packs' words in their language."""

    def __init__(self, portal: Portal, desk: Desk, visitor: Visitor) -> None:
        self.portal, self.desk, self.visitor = portal, desk, visitor
        self.words: Words = portal.pack_words(visitor.lang)
        self.me = desk.subject.person

    def known(self) -> dict[str, str]:
        """Return what is known of the person themself, in the clear."""
        fields = ["name", "vessel", "account"]
        shown = access.read_personal(self.desk, self.me, fields, "own", "")
        return {name: one.text or "" for name, one in shown.items()}

    def mine(self, *, open_only: bool) -> list[cases.CaseLine]:
        """Return the person's own cases, newest first."""
        return cases.find(self.desk, Asked(person=self.me, open_only=open_only, limit=20))

    def title(self, case: Case | cases.CaseLine) -> str:
        """Return a case's one line."""
        return headline(self.words, case.pack, case.procedure, case.headline)


def home(eye: Eye) -> pages.Home:
    """Return the first page."""
    open_ = [cases.get(eye.desk, one.id) for one in eye.mine(open_only=True)]
    waiting = [
        _waiting(eye, grant)
        for grant in outcome.grants_of(eye.desk, person=eye.me)
        if grant.state is outcome.State.GRANTED
    ]
    matters = [f"{one.pack.name}.{m.name}" for one in eye.portal.packs for m in one.pack.matters]
    return pages.Home(
        called=eye.known().get("name", ""),
        under_way=tuple(under_way(eye, case) for case in open_),
        waiting=tuple(waiting),
        often=tuple(
            pages.Often(
                word=word(eye.words, f"{name.partition('.')[0]}.matter.{name.partition('.')[2]}"),
                icon="i-boat", href=f"/ask/{name}",
            )
            for name in matters
        ),
        matters=len(matters),
        looked=len(_looks(eye)),
    )  # fmt: skip


def under_way(eye: Eye, case: Case) -> pages.UnderWay:
    """Return one affair on its way."""
    seen = track(eye, case)
    return pages.UnderWay(
        id=case.id, title=seen.title, status=seen.status, steps=seen.steps, minutes=seen.minutes,
        unit=seen.unit, km=seen.km, promised=seen.promised, said=_state(eye, case),
        to_sign=seen.to_sign,
    )  # fmt: skip


def _state(eye: Eye, case: Case) -> str:
    return word(eye.words, f"{case.pack}.state.{case.procedure}.{case.state}")


def cases_list(eye: Eye) -> pages.UnderWayList:
    """Return all that is under way, and what was lately finished."""
    all_ = [cases.get(eye.desk, one.id) for one in eye.mine(open_only=False)]
    return pages.UnderWayList(
        open=tuple(under_way(eye, case) for case in all_ if not case.is_closed),
        closed=tuple(
            pages.Closed(
                id=case.id, title=eye.title(case), closed_at=case.entered, outcome=_state(eye, case)
            )
            for case in all_
            if case.is_closed
        ),
    )


def track(eye: Eye, case: Case) -> pages.Track:
    """Return where the boat is."""
    shape = cases.shape_of(eye.desk, case.shape)
    due = cases.next_due(case, shape)
    plan = dispatch.explain(eye.desk, case.id)
    unit = _unit(eye, case)
    ahead = tuple(plan.points) if plan and case.unit else ()
    eta, km = _arrival(plan, unit, ahead)
    phase = _phase(case)
    now = eye.desk.now()
    return pages.Track(
        id=case.id, title=eye.title(case), phase=phase,
        status=status_of(
            due and due[0], due and due[1], case.opened_at, now, closed=case.is_closed
        ),
        steps=bridge(eye.words, case),
        moments=tuple(moments(eye.words, case, story(eye.desk, case.id), shape)),
        scene=_scene(eye, case, unit, ahead),
        minutes=minutes_to(eta, now) if phase == "coming" else None, eta=eta,
        promised=_promised(case), unit=unit.name if unit else "", takes=_takes(eye, case), km=km,
        position_age=unit and round((now - unit.seen_at).total_seconds()),
        knots=unit and unit.knots,
        may_cancel=_cancel_step(case, shape) is not None,
        to_rate=case.is_closed and phase == "done" and outcome.rating_of(eye.desk, case.id) is None,
        receipt=next((one.paper for one in outcome.papers_of(eye.desk, case.id)), ""),
    )  # fmt: skip


def cancel_step(eye: Eye, case: Case) -> str | None:
    """Return the step by which the person can call it off now, if any."""
    return _cancel_step(case, cases.shape_of(eye.desk, case.shape))


def _cancel_step(case: Case, shape: ShapeSpec) -> str | None:
    return next(
        (
            step.name
            for step in shape.open_steps(case.state)
            if step.end in shape.finals
            and [shape.roles[chair.role] for chair in step.chairs] == ["person"]
        ),
        None,
    )


def _phase(case: Case) -> Phase:
    if case.is_closed:
        return "cancelled" if case.state == "cancelled" else "done"
    if case.unit is None:
        return "missed" if case.nth > 0 else "finding"
    return "coming" if case.nth < 3 else "met"  # noqa: PLR2004 - asked, sent, under way


def _promised(case: Case) -> datetime | None:
    times = [clock.due for clock in case.clocks if clock.due is not None]
    return min(times, default=None)


def _unit(eye: Eye, case: Case) -> MapUnit | None:
    if case.unit is None:
        return None
    with eye.portal.store.desk(eye.portal.platform_subject()) as desk:
        unit = units.unit_of(desk, units.UnitId(case.unit))
        try:
            seen = units.last_seen(desk, unit.id)
        except Refusal:
            seen = None
    if seen is None:
        at = (unit.berth.lon, unit.berth.lat) if unit.berth else (case.point or (0.0, 0.0))
        return MapUnit(
            id=unit.id, name=unit.name, at=at, heading=0, seen_at=eye.desk.now(), mine=True,
            lost=True,
        )  # fmt: skip
    late = eye.desk.now() - seen.happened_at > timedelta(minutes=3)
    return MapUnit(
        id=unit.id, name=unit.name, at=(seen.point.lon, seen.point.lat), heading=seen.course or 0.0,
        seen_at=seen.happened_at, mine=True, lost=late,
        knots=None if seen.speed_kmh is None else round(seen.speed_kmh / 1.852, 1),
    )  # fmt: skip


def _arrival(
    plan: dispatch.Plan | None, unit: MapUnit | None, ahead: tuple[Spot, ...]
) -> tuple[datetime | None, Decimal | None]:
    if plan is None or unit is None or not ahead:
        return None, None
    chosen = next(one for one in plan.tried if one.unit == plan.unit)
    return plan.made_at + timedelta(minutes=chosen.minutes), Decimal(str(chosen.km))


def _scene(eye: Eye, case: Case, unit: MapUnit | None, ahead: tuple[Spot, ...]) -> Scene:
    spots = [*ahead, *([case.point] if case.point else []), *([unit.at] if unit else [])]
    lons = [lon for lon, _ in spots] or [121.6]
    lats = [lat for _, lat in spots] or [28.6]
    west, south, east, north = min(lons), min(lats), max(lons), max(lats)
    return Scene(
        now=eye.desk.now(),
        box=(west - WIDE, south - WIDE, east + WIDE, north + WIDE), you=case.point,
        units=(unit,) if unit else (),
        cases=(MapCase(id=case.id, name=eye.title(case), at=case.point, status="ok", chosen=True),)
        if case.point
        else (),
        routes=(MapRoute(id=case.id, sailed=(), ahead=ahead, chosen=True),) if ahead else (),
    )  # fmt: skip


def _takes(eye: Eye, case: Case) -> str:
    kinds = [one.get("kind", "") for one in case.record.get("kinds", [])]
    joined = eye.words(f"{case.pack}.headline.joined")
    return joined.join(word(eye.words, f"{case.pack}.waste.{kind}") for kind in kinds)


def why(eye: Eye, case: Case) -> pages.WhyUnit:
    """Return why this boat."""
    plan = dispatch.explain(eye.desk, case.id)
    lacks = {**eye.portal.spoken(eye.visitor).under("unit.lack")}
    tried = plan.tried if plan else ()
    return pages.WhyUnit(
        id=case.id, unit=next((one.name for one in tried if plan and one.unit == plan.unit), ""),
        said="", rule=plan.policy if plan else "",
        tried=tuple(
            pages.Tried(
                unit=one.name, km=Decimal(str(one.km)), minutes=round(one.minutes),
                why_not=lacks.get(one.lacks[0].partition(":")[0], one.lacks[0]) if one.lacks else "",
            )
            for one in tried
        ),
    )  # fmt: skip


def ask(
    eye: Eye, matter: str, *, errors: tuple[pages.FieldError, ...] = (), atlas: Atlas
) -> pages.Ask:
    """Return the page on which a boat is asked for: what, where, go."""
    pack, _, procedure = matter.partition(".")
    _, shape = cases.current_shape(eye.desk, matter)
    kinds = next(f for f in shape.forms[shape.begins].fields if f.many)
    choice = next(f for f in kinds.fields if f.options)
    last = next(iter(eye.mine(open_only=False)), None)
    chosen = {k["kind"] for k in cases.get(eye.desk, last.id).record.get("kinds", [])} if last else set()
    promise = next((c.term.length for c in shape.clocks if c.until and c.term.unit == "minutes"), 0)
    return pages.Ask(
        matter=matter, title=word(eye.words, f"{pack}.procedure.{procedure}"),
        vessel=eye.known().get("vessel", ""), vessel_source=word(eye.words, f"{pack}.source.vessel"),
        vessel_source_on=eye.desk.now().date(),
        kinds=tuple(
            pages.Kind(
                name=name, word=word(eye.words, f"{pack}.waste.{name}"),
                icon=ICONS.get(name, "i-scale"), note=word(eye.words, f"{pack}.note.{name}"),
                estimate=Decimal(100 if name == "oily_water" else 10),
                step=Decimal(50 if name == "oily_water" else 5), chosen=name in chosen,
                hazardous=f"{pack}.hazardous.{name}" in eye.words,
            )
            for name in choice.options
        ),
        berths=tuple(
            pages.Berth(
                id=one.id, name=one.name if eye.visitor.lang == "zh" else one.name_en,
                at=(one.at.lon, one.at.lat), source=word(eye.words, f"{pack}.source.berth"),
            )
            for one in atlas.berths[:3]
        ),
        promise_minutes=promise, once=eye.desk.dice.key(12).hex(), errors=errors,
    )  # fmt: skip


def papers(eye: Eye) -> pages.Papers:
    """Return every paper of the person."""
    held = outcome.papers_of(eye.desk, *(one.id for one in eye.mine(open_only=False)))
    return pages.Papers(
        papers=tuple(
            pages.ReceiptLine(
                id=one.paper, title=word(eye.words, f"{one.kind.partition('.')[0]}.paper.title"),
                on=one.issued_at.date(), said=one.number, status="good",
            )
            for one in reversed(held)
        )
    )


def receipt(eye: Eye, paper: str) -> pages.Receipt:
    """Return a paper as a page. Raises `NoSuchPaper`."""
    file = msgspec.json.decode(document.machine_file(eye.desk, paper))
    form = file["form"]
    data, pack = form["data"], form["paper"].partition(".")[0]
    hands = {hand["role"]: hand for hand in form["hands"]}
    address = f"{eye.portal.address}/verify/{form['id']}"
    path, size = qr_path(address)
    digest = document.proof.verify(eye.desk, paper).digest or ""
    total = Decimal(data["total"]["kg"])
    at = data["at"]
    return pages.Receipt(
        id=form["number"], copy=eye.words(f"{pack}.copy.ship"), on=_day(form["issued_at"]),
        vessel=data["ship"], owner=hands.get("fisher", {}).get("name", ""),
        receiver=eye.words(f"{pack}.receipt.operator"), boat=data["vessel"],
        begun=_moment(data["begun"]), ended=_moment(data["ended"]), place="",
        at=(at["lon"], at["lat"]), accuracy=at.get("accuracy"),
        lines=lines(eye.words, pack, data), total=total, total_words=eye.portal.capitals(total),
        giver_mark=_mark(eye, pack, hands.get("fisher")), taker_mark=_mark(eye, pack, hands.get("crew")),
        address=address, qr=path, qr_size=size, digest=digest,
        rule=f"{form['paper']} {file['form']['shape'][:8]}", made_at=_moment(form["issued_at"]),
    )  # fmt: skip


def _mark(eye: Eye, pack: str, hand: dict[str, Any] | None) -> Mark:
    if hand is None:
        return Mark(who="", role="")
    return Mark(
        who=hand["name"], role=eye.words(f"{pack}.role.{hand['role']}"),
        at=_moment(hand["signed_at"]), key=(hand.get("key") or "")[:8], path=hand["strokes"],
    )  # fmt: skip


def subsidy(eye: Eye, grant_id: str) -> pages.Subsidy:
    """Return how a grant is worked out. Raises `NoSuchGrant`."""
    grant = outcome.get(eye.desk, grant_id)
    rates, record = grant.inputs.get("rates", {}), grant.inputs["record"]
    paper = next((one for one in outcome.papers_of(eye.desk, grant.case)), None)
    worked = tuple(
        pages.Worked(
            kind=word(eye.words, f"{grant.pack}.waste.{one['kind']}"), kg=Decimal(one["mass"]["kg"]),
            rate=Decimal(rates[one["kind"]]["yuan"]),
            yuan=Decimal(one["mass"]["kg"]) * Decimal(rates[one["kind"]]["yuan"]),
            factor=grant.row or "",
        )
        for one in record.get("lines", [])
    )  # fmt: skip
    return pages.Subsidy(
        id=grant.id, title=word(eye.words, f"{grant.pack}.fund.{grant.fund}"),
        yuan=grant.amount.yuan, receipt=paper.paper if paper else "",
        signed_on=grant.granted_at.date(), lines=worked, rule=f"{grant.rule} · {grant.row}",
        account=eye.known().get("account", "—"), account_source=word(eye.words, f"{grant.pack}.source.account"),
        paid_within=PAID_WITHIN, steps=(), may_accept=grant.state is outcome.State.GRANTED,
        assumed=word(eye.words, f"{grant.pack}.assumed.rates") if grant.inputs.get("assumed") else "",
        once=eye.desk.dice.key(12).hex(),
    )  # fmt: skip


def _waiting(eye: Eye, grant: outcome.Granted) -> pages.Waiting:
    paper = next((one for one in outcome.papers_of(eye.desk, grant.case)), None)
    return pages.Waiting(
        id=grant.id, title=word(eye.words, f"{grant.pack}.fund.{grant.fund}"),
        yuan=grant.amount.yuan, receipt=paper.number if paper else "",
        signed_on=grant.granted_at.date(), paid_within=PAID_WITHIN,
    )  # fmt: skip


def rate(eye: Eye, case: Case) -> pages.Rate:
    """Return the page on which one says how it was."""
    seen = track(eye, case)
    return pages.Rate(
        id=case.id, title=seen.title, unit=seen.unit, came_minutes=_came(eye, case),
        promise_minutes=20, once=eye.desk.dice.key(12).hex(),
    )  # fmt: skip


def _came(eye: Eye, case: Case) -> int:
    met = next((one.happened_at for one in story(eye.desk, case.id) if b'"end":"met"' in bytes(one.body)), case.entered)
    return round((met - case.opened_at) / timedelta(minutes=1))


def reads(eye: Eye) -> pages.Reads:
    """Return who looked at the person's data this month."""
    return pages.Reads(
        month=eye.desk.now().date(),
        reads=tuple(
            pages.Looked(
                at=one.at, body=one.body or "", post=_post(eye, one.role),
                fields=", ".join(one.fields), purpose=one.purpose, case=one.case,
            )
            for one in _looks(eye)
        ),
    )  # fmt: skip


def _post(eye: Eye, role: str) -> str:
    pack, _, name = role.partition(".")
    return word(eye.words, f"{pack}.role.{name}")


def _looks(eye: Eye) -> list[access.Look]:
    return access.who_looked(eye.desk, eye.me)


def me(eye: Eye) -> pages.Me:
    """Return who I am here, and what is known of me."""
    known = eye.known()
    today = eye.desk.now().date()
    return pages.Me(
        name=known.get("name", ""), looked=len(_looks(eye)),
        facts=tuple(
            pages.Known(label=label, value=value, source="", on=today)
            for label, value in known.items()
            if label != "name"
        ),
    )  # fmt: skip


def find(eye: Eye, asked: str) -> pages.Find:
    """Return the matters whose words hold what was asked."""
    all_ = [(one.pack, matter) for one in eye.portal.packs for matter in one.pack.matters]
    found = []
    for pack, matter in all_:
        name = word(eye.words, f"{pack.name}.matter.{matter.name}")
        if asked in name or asked in word(eye.words, f"{pack.name}.name"):
            href = f"/ask/{pack.name}.{matter.name}"
            body = word(eye.words, f"{pack.name}.receipt.operator")
            found.append(pages.Found(name=name, body=body, said="", href=href))
    return pages.Find(q=asked, total=len(all_), found=tuple(found))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _day(text: str) -> Any:
    return _moment(text).date()
