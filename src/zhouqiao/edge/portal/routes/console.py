"""The console: for whoever keeps the machine or the data; no person is named, no case decided."""

from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from typing import Annotated, Any

import msgspec
from litestar import MediaType, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, Parameter

from zhouqiao.base import Invalid, NotFound
from zhouqiao.edge.portal.door import Portal, Visitor, Web, carry_csrf, spoken
from zhouqiao.edge.portal.pages import View
from zhouqiao.edge.portal.pages import console as pages
from zhouqiao.edge.portal.render import render
from zhouqiao.edge.portal.routes.citizen import remembered
from zhouqiao.edge.portal.show import console as show
from zhouqiao.edge.portal.show import machine
from zhouqiao.edge.portal.show.front import CONSOLE, console_of
from zhouqiao.edge.portal.words import Words
from zhouqiao.platform.rule import local_day
from zhouqiao.store import Desk, reading, verify

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
HTML = {"media_type": MediaType.HTML, "sync_to_thread": True, "include_in_schema": False}
Make = Callable[[Desk, Words, Words], View]


@get("/console", **HTML)  # type: ignore[arg-type]  # common to all handlers of pages
def home(request: Web) -> Response[Any]:
    """Lead to the first page of the console that is one's own."""
    portal: Portal = request.app.state.portal
    with portal.visit(request) as (desk, visitor):
        first = next(iter(console_of(desk, visitor.who)), next(iter(CONSOLE)))
        desk.may(f"console.{first}", scope="")
    return Response(None, status_code=303, headers={"location": f"/console/{first}"})


@get("/console/journal", **HTML)  # type: ignore[arg-type]
def journal(
    request: Web,
    q: Annotated[str, Parameter(max_length=80)] = "",
    name: Annotated[str, Parameter(max_length=80)] = "",
    before: Annotated[int | None, Parameter(ge=1)] = None,
) -> Response[str]:
    """List facts, newest first."""
    return page_of(
        request,
        "journal",
        lambda desk, page, _: machine.journal(desk, page, q=q, name=name, before=before),
    )


@get("/console/journal/{position:int}", **HTML)  # type: ignore[arg-type]
def fact(request: Web, position: int) -> Response[str]:
    """Show one fact whole."""
    return page_of(request, "journal", lambda desk, page, _: machine.one_fact(desk, page, position))


@get("/console/packs", **HTML)  # type: ignore[arg-type]
def packs(request: Web) -> Response[str]:
    """List the packs."""
    portal: Portal = request.app.state.portal
    return page_of(
        request, "packs", lambda desk, page, words: show.packs(desk, portal, page, words)
    )


@get("/console/packs/{name:str}", **HTML)  # type: ignore[arg-type]
def pack(
    request: Web, name: str, procedure: Annotated[str, Parameter(max_length=80)] = ""
) -> Response[str]:
    """Show what a pack declares."""
    portal: Portal = request.app.state.portal
    return page_of(
        request,
        "packs",
        lambda desk, page, words: show.pack(desk, portal, page, words, name, procedure),
    )


@get("/console/matters", **HTML)  # type: ignore[arg-type]
def matters(
    request: Web,
    q: Annotated[str, Parameter(max_length=80)] = "",
    after: Annotated[int, Parameter(ge=0, le=1_000_000)] = 0,
) -> Response[str]:
    """List the register of matters, a page at a time."""
    portal: Portal = request.app.state.portal
    return page_of(
        request,
        "matters",
        lambda desk, page, words: show.matters(desk, portal, page, words, q, after),
    )


@get("/console/rules", **HTML)  # type: ignore[arg-type]
def rules(request: Web, on: Annotated[str, Parameter(max_length=10)] = "") -> Response[str]:
    """Show the rules in force on a day."""
    portal: Portal = request.app.state.portal
    return page_of(
        request, "rules", lambda desk, page, _: show.rules(desk, portal, page, _day(desk, on))
    )


@get("/console/parked", **HTML)  # type: ignore[arg-type]
def parked(request: Web) -> Response[str]:
    """List what was set aside."""
    return page_of(request, "parked", lambda desk, *_: machine.parked(desk))


@post("/console/parked/{item:str}/retry", status_code=303, **HTML)  # type: ignore[arg-type]
def retry(request: Web, item: str, data: Form) -> Response[Any]:
    """Try a parked fact again, and what waits behind it."""
    portal = _posted(request, data)
    reaction, _, seq = item.rpartition("@")
    with portal.visit(request) as (desk, _):
        desk.may("parked.retry", scope="")
        desk.may("console.parked", scope="")
        known = any(
            one.reaction == reaction and str(one.seq) == seq for one in reading.parked(desk)
        )
    if portal.engine is None or not known:
        raise NotFound("parked", item)
    portal.engine.retry(reaction, int(seq))
    return Response(None, status_code=303, headers={"location": "/console/parked"})


@get("/console/seal", **HTML)  # type: ignore[arg-type]
def seal(request: Web) -> Response[str]:
    """Show what is sealed."""
    portal: Portal = request.app.state.portal
    return page_of(request, "seal", lambda desk, page, _: machine.seals(desk, portal, page))


@post("/console/seal/verify", status_code=200, **HTML)  # type: ignore[arg-type]
def verify_seals(request: Web, data: Form) -> Response[str]:
    """Recompute every seal from the journal."""
    portal = _posted(request, data)
    return page_of(request, "seal", lambda desk, page, _: _verified(desk, portal, page))


def _verified(desk: Desk, portal: Portal, page: Words) -> pages.Seal:
    desk.may("seal.verify", scope="")
    before = machine.seals(desk, portal, page)
    if portal.engine is None:
        raise NotFound("engine", "here")
    named = {bytes.fromhex(one.key) for one in reading.seals_known(desk, limit=100_000)}
    keys = portal.seal_keys or tuple(sorted(named))
    verdict = verify(portal.engine.store, keys, portal.seal_place)
    told = [
        page(f"seal.wrong.{one.wrong}", seq=one.seq or "—", number=one.number or "—")
        for one in verdict.findings[:20]
    ]
    said = page("seal.counted", seals=verdict.seals, facts=verdict.facts)
    return pages.Seal(
        ranges=before.ranges,
        unsealed=before.unsealed,
        verified_at=desk.now(),
        verdict="good" if verdict.is_sound else "broken",
        said="\n".join([said, *told]),
    )


@get("/console/health", **HTML)  # type: ignore[arg-type]
def health(request: Web) -> Response[str]:
    """Show how the parts run."""
    portal: Portal = request.app.state.portal
    return page_of(
        request,
        "health",
        lambda desk, page, _: machine.health(desk, page, portal.engine, version("zhouqiao")),
    )


def page_of(request: Web, name: str, make: Make) -> Response[str]:
    """Draw a page of the console for whoever may open it. Raises `NotAllowed`."""
    portal: Portal = request.app.state.portal
    with portal.visit(request) as (desk, visitor):
        for right in CONSOLE[name]:
            desk.may(right, scope="")
        page, words = spoken(visitor.lang), portal.pack_words(visitor.lang)
        view = make(desk, page, words)
        chrome = portal.chrome(request, visitor, post=_post(visitor, page))
        chrome = msgspec.structs.replace(
            chrome, doors=console_of(desk, visitor.who),
            path=request.url.path if request.method == "GET" else f"/console/{name}",
        )  # fmt: skip
        return Response(
            render(view, chrome), media_type=MediaType.HTML, cookies=remembered(request, visitor)
        )


def _post(visitor: Visitor, page: Words) -> str:
    role = next((seat.role.partition("@")[0] for seat in visitor.who.seats), "")
    return page(f"role.{role}") if f"role.{role}" in page else ""


def _day(desk: Desk, on: str) -> date:
    try:
        return date.fromisoformat(on) if on else local_day(desk.now())
    except ValueError:
        raise Invalid("on", "shape") from None


def _posted(request: Web, data: dict[str, str]) -> Portal:
    carry_csrf(request, data)
    portal: Portal = request.app.state.portal
    return portal


HANDLERS = (
    home,
    journal,
    fact,
    packs,
    pack,
    matters,
    rules,
    parked,
    retry,
    seal,
    verify_seals,
    health,
)
