"""What a citizen is shown first: what is under way, what may be asked, what was told."""

from decimal import Decimal
from typing import Any

from zhouqiao.base import NotFound
from zhouqiao.edge.portal.pages import citizen as pages
from zhouqiao.edge.portal.show.affair import track
from zhouqiao.edge.portal.show.eye import Eye
from zhouqiao.edge.portal.show.holdings import looks, waiting
from zhouqiao.edge.portal.show.parts import ICONS, word
from zhouqiao.flow import case as cases
from zhouqiao.flow import outcome
from zhouqiao.flow.case import Case, ShapeSpec
from zhouqiao.platform import notice
from zhouqiao.platform.document.form import Kind
from zhouqiao.platform.place import Atlas

BERTHS = 3
USUAL, STEP = Decimal(10), Decimal(5)  # kg offered where nobody has said more
ASKS = {"what": "where", "where": "sure", "sure": "sure"}
CLOSED = 5


def home(eye: Eye) -> pages.Home:
    """Return the first page."""
    open_ = [cases.get(eye.desk, one.id) for one in eye.mine(open_only=True)]
    grants = outcome.grants_of(eye.desk, person=eye.me)
    matters = [f"{one.pack.name}.{m.name}" for one in eye.portal.packs for m in one.pack.matters]
    return pages.Home(
        called=eye.known.get("name", ""),
        under_way=tuple(under_way(eye, case) for case in open_),
        waiting=tuple(
            waiting(eye, grant) for grant in grants if grant.state is outcome.State.GRANTED
        ),
        often=tuple(
            pages.Often(
                word=word(eye.words, f"{name.partition('.')[0]}.matter.{name.partition('.')[2]}"),
                icon="i-boat", href=f"/ask/{name}",
            )
            for name in matters
        ),
        matters=len(matters), looked=len(looks(eye)),
    )  # fmt: skip


def under_way(eye: Eye, case: Case) -> pages.UnderWay:
    """Return one affair on its way."""
    seen = track(eye, case)
    return pages.UnderWay(
        id=case.id, title=seen.title, status=seen.status, steps=seen.steps, minutes=seen.minutes,
        unit=seen.unit, km=seen.km, promised=seen.promised, late_by=seen.late_by,
        said=eye.say(f"track.phase.{seen.phase}"), to_sign=seen.to_sign,
    )  # fmt: skip


def cases_list(eye: Eye) -> pages.UnderWayList:
    """Return all that is under way, and what was lately finished."""
    all_ = [cases.get(eye.desk, one.id) for one in eye.mine(open_only=False)]
    closed = [case for case in all_ if case.is_closed]
    return pages.UnderWayList(
        open=tuple(under_way(eye, case) for case in all_ if not case.is_closed),
        closed=tuple(
            pages.Closed(
                id=case.id, title=eye.title(case), closed_at=case.entered, outcome=_state(eye, case)
            )
            for case in closed[:CLOSED]
        ),
    )


def _state(eye: Eye, case: Case) -> str:
    return word(eye.words, f"{case.pack}.state.{case.procedure}.{case.state}")


def ask(
    eye: Eye,
    matter: str,
    *,
    atlas: Atlas,
    said: dict[str, Any] | None = None,
    errors: tuple[pages.FieldError, ...] = (),
) -> pages.Ask:
    """Return the page on which a boat is asked for: what, where, go.

    `said` is what was answered already: by the elder layout step by step, or before a fault.
    """
    pack, _, procedure = matter.partition(".")
    _, shape = cases.current_shape(eye.desk, matter)
    answers = {k: v for k, v in (said or {}).items() if k not in ("step", "csrf", "once")}
    step = (said or {}).get("step", "what")
    return pages.Ask(
        matter=matter, title=word(eye.words, f"{pack}.procedure.{procedure}"),
        vessel=eye.known.get("vessel", ""),
        vessel_source=word(eye.words, f"{pack}.source.vessel"),
        kinds=_kinds(eye, pack, shape, answers), berths=_berths(eye, pack, atlas),
        promise_minutes=_promise(shape), once=eye.once(), errors=errors,
        elder_step=step if step in ASKS else "what",
        answers=tuple((k, one) for k, v in answers.items() for one in _several(v)),
        photo=any(f.kind is Kind.FILE for f in shape.forms[shape.begins].fields),
        brought=str(answers.get("brought", "")),
    )  # fmt: skip


def _several(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _promise(shape: ShapeSpec) -> int:
    return next((c.term.length for c in shape.clocks if c.until and c.term.unit == "minutes"), 0)


def _kinds(
    eye: Eye, pack: str, shape: ShapeSpec, answers: dict[str, Any]
) -> tuple[pages.Kind, ...]:
    before = _before(eye)
    chosen = set(_several(answers.get("kind", [])) if "kind" in answers else before)
    return tuple(
        pages.Kind(
            name=name, word=word(eye.words, f"{pack}.waste.{name}"),
            icon=ICONS.get(name, "i-scale"), note=word(eye.words, f"{pack}.note.{name}"),
            estimate=before.get(name) or usual(eye, pack, name),
            step=STEP if usual(eye, pack, name) <= USUAL else STEP * 10, chosen=name in chosen,
            hazardous=f"{pack}.hazardous.{name}" in eye.words,
        )
        for name in _offered(pack, shape)
    )  # fmt: skip


def _offered(pack: str, shape: ShapeSpec) -> tuple[str, ...]:
    """Return the kinds one may ask to be fetched. Raises `NotFound` where none is asked for."""
    lists = (field for field in shape.forms[shape.begins].fields if field.many)
    for options in (one.options for field in lists for one in field.fields if one.options):
        return options
    raise NotFound("ask", pack)


def usual(eye: Eye, pack: str, kind: str) -> Decimal:
    """Return how many kilograms of a kind are offered to whoever has not said."""
    key = f"{pack}.usual.{kind}"
    return Decimal(eye.words(key)) if key in eye.words else USUAL


def _before(eye: Eye) -> dict[str, Decimal]:
    """Return what was asked for last time, by kind."""
    last = next(iter(eye.mine(open_only=False)), None)
    kinds = cases.get(eye.desk, last.id).record.get("kinds", []) if last else []
    return {one["kind"]: Decimal(one["mass"]["kg"]) for one in kinds}


def _berths(eye: Eye, pack: str, atlas: Atlas) -> tuple[pages.Berth, ...]:
    return tuple(
        pages.Berth(
            id=one.id, name=one.name if eye.visitor.lang == "zh" else one.name_en,
            at=(one.at.lon, one.at.lat), source=word(eye.words, f"{pack}.source.berth"),
        )
        for one in atlas.berths[:BERTHS]
    )  # fmt: skip


def find(eye: Eye, asked: str) -> pages.Find:
    """Return the matters whose words hold what was asked."""
    all_ = [(one.pack, matter) for one in eye.portal.packs for matter in one.pack.matters]
    found = []
    for pack, matter in all_:
        name = word(eye.words, f"{pack.name}.matter.{matter.name}")
        known = f"{name} {word(eye.words, f'{pack.name}.name')}".lower()
        if asked.lower() in known:
            href = f"/ask/{pack.name}.{matter.name}"
            body = word(eye.words, f"{pack.name}.receipt.operator")
            found.append(pages.Found(name=name, body=body, said="", href=href))
    return pages.Find(q=asked, total=len(all_), found=tuple(found))


def inbox(eye: Eye) -> pages.Inbox:
    """Return what was told to the person, newest first."""
    return pages.Inbox(
        messages=tuple(
            pages.Message(
                id=one.id, said=one.words.get(eye.visitor.lang) or next(iter(one.words.values())),
                at=one.sent_at, href=f"/messages/{one.id}", seen=one.read_at is not None,
            )
            for one in notice.inbox(eye.desk, eye.me)
        )
    )  # fmt: skip


def opened(eye: Eye, message: str) -> str:
    """Open a message, which is remembered; return where its reader sees what it is about."""
    about = notice.open_(eye.desk, message).about
    who = eye.desk.subject
    if not about.startswith("case_") or cases.get(eye.desk, about).person == eye.me:
        return f"/cases/{about}" if about.startswith("case_") else "/messages"
    return f"/desk/#/task/{about}" if who.unit else f"/command?case={about}"


def help_(eye: Eye) -> pages.Help:
    """Return whom to ask."""
    return pages.Help(phone="000-0000", hours=eye.say("help.hours"), places=())
