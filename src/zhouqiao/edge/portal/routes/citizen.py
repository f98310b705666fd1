"""The citizen's pages: ask, track, sign for, be paid, rate, and see who looked."""

from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any
from urllib.parse import quote

import msgspec
from litestar import MediaType, Response, get, post
from litestar.datastructures import Cookie
from litestar.enums import RequestEncodingType
from litestar.params import Body

from zhouqiao.base import NotFound
from zhouqiao.edge.portal.door import Portal, Visitor, Web, carry_csrf
from zhouqiao.edge.portal.format import Format
from zhouqiao.edge.portal.pages import View
from zhouqiao.edge.portal.pages import citizen as pages
from zhouqiao.edge.portal.pages.public import Verify
from zhouqiao.edge.portal.render import render
from zhouqiao.edge.portal.routes.api import readable
from zhouqiao.edge.portal.routes.keys import DeviceKey, enrol
from zhouqiao.edge.portal.show import affair, holdings
from zhouqiao.edge.portal.show import citizen as show
from zhouqiao.edge.portal.show.eye import Eye
from zhouqiao.edge.portal.show.parts import weighed
from zhouqiao.edge.portal.words import Words
from zhouqiao.flow import case as cases
from zhouqiao.flow import evidence, outcome
from zhouqiao.flow.case import WrongRecord
from zhouqiao.platform import document, notice
from zhouqiao.platform.document.content import FilesInMemory
from zhouqiao.platform.document.seal import is_held
from zhouqiao.store import system

Form = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]
Page = Response[Any]
STARS = {"good": 5, "fair": 3, "bad": 1}
YEAR = 365 * 24 * 3600


def page_of(request: Web, draw: Callable[[Eye], View | str]) -> Page:
    """Draw a page for whoever is signed in; a path in place of a view leads there instead."""
    portal: Portal = request.app.state.portal
    with portal.visit(request) as (desk, visitor):
        eye = Eye(portal, desk, visitor)
        view = draw(eye)
        if isinstance(view, str):
            return leads_to(view)
        unread = notice.unread(desk, eye.me)
        chrome = portal.chrome(request, visitor, who=eye.known.get("name", ""), unread=unread)
    return Response(
        render(view, chrome), media_type=MediaType.HTML, cookies=remembered(request, visitor)
    )


def remembered(request: Web, visitor: Visitor) -> list[Cookie]:
    """Return the cookies by which a language or layout just chosen stays chosen."""
    chosen = {"lang": visitor.lang, "theme": visitor.theme}
    return [
        Cookie(key=name, value=value, max_age=YEAR, path="/", samesite="lax", httponly=True)
        for name, value in chosen.items()
        if name in request.query_params
    ]


@get("/", sync_to_thread=True)
def home(request: Web) -> Page:
    """Show what is under way, what waits for a word, what may be asked for."""
    return page_of(request, show.home)


@get("/cases", sync_to_thread=True)
def my_cases(request: Web) -> Page:
    """All that is under way, and what was lately finished."""
    return page_of(request, show.cases_list)


@get("/cases/{case:str}", sync_to_thread=True)
def track(request: Web, case: str) -> Page:
    """How far it is."""
    return page_of(request, lambda eye: affair.track(eye, readable(eye.desk, case)))


@get("/cases/{case:str}/why", sync_to_thread=True)
def why(request: Web, case: str) -> Page:
    """Why this one was sent."""
    return page_of(request, lambda eye: affair.why(eye, readable(eye.desk, case)))


@get("/cases/{case:str}/cancel", sync_to_thread=True)
def cancel_page(request: Web, case: str) -> Page:
    """Make sure before it is called off."""

    def draw(eye: Eye) -> View | str:
        found = readable(eye.desk, case)
        step = affair.cancel_step(eye, found)
        return affair.sure(eye, found, step) if step else f"/cases/{case}"

    return page_of(request, draw)


@post("/cases/{case:str}/cancel", sync_to_thread=True)
def cancel(request: Web, case: str, data: Form) -> Page:
    """Call it off."""
    portal: Portal = request.app.state.portal
    carry_csrf(request, data)
    with portal.visit(request) as (desk, visitor):
        found = readable(desk, case)
        step = affair.cancel_step(Eye(portal, desk, visitor), found)
        if step is not None:
            cases.take_step(desk, case, step)
    return leads_to(f"/cases/{case}")


@get("/cases/{case:str}/sign", sync_to_thread=True)
def sign_page(request: Web, case: str) -> Page:
    """Show what the crew has shown, and the pad; nothing waits: back to the affair."""
    return page_of(
        request, lambda eye: affair.sign(eye, readable(eye.desk, case)) or f"/cases/{case}"
    )


@post("/cases/{case:str}/sign", sync_to_thread=True)
def sign(request: Web, case: str, data: Form) -> Page:
    """Sign on one's own phone the very record that was shown."""
    portal: Portal = request.app.state.portal
    carry_csrf(request, data)
    with portal.visit(request) as (desk, visitor):
        eye = Eye(portal, desk, visitor)
        page = affair.sign(eye, readable(desk, case))
        if page is not None:
            _confirm(request, eye, page, data)
    return leads_to(f"/cases/{case}")


def _confirm(request: Web, eye: Eye, page: pages.Sign, data: dict[str, Any]) -> None:
    desk = eye.desk
    if data.get("digest") != page.digest:
        raise WrongRecord(cases.CaseId(page.id), page.step)
    hand = affair.hand_of(page, data)
    if data.get("key"):
        told = msgspec.json.decode(data["key"], type=DeviceKey)
        refusal = enrol(desk, request, eye.visitor, told)
        if refusal is not None or not is_held(desk, told.id, eye.me):
            hand |= {"key": None, "mark": ""}
    shown = evidence.confirm(
        desk, page.id, page.step, key=data.get("once") or "-",
        signature=hand,
    )  # fmt: skip
    outcome.foresee(desk, shown)


@get("/cases/{case:str}/rate", sync_to_thread=True)
def rate_page(request: Web, case: str) -> Page:
    """How it was."""
    return page_of(request, lambda eye: affair.rate(eye, readable(eye.desk, case)))


@post("/cases/{case:str}/rate", sync_to_thread=True)
def rate(request: Web, case: str, data: Form) -> Page:
    """Say how it was."""
    carry_csrf(request, data)
    with request.app.state.portal.visit(request) as (desk, _):
        outcome.rate(desk, case, STARS.get(data.get("score", ""), 0), data.get("words", ""))
    return leads_to(f"/cases/{case}")


@get("/papers", sync_to_thread=True)
def papers(request: Web) -> Page:
    """Every paper one holds."""
    return page_of(request, holdings.papers)


@get("/papers/{paper:str}", sync_to_thread=True)
def paper(request: Web, paper: str) -> Page:
    """Return a paper as a page, or with `.pdf` as the paper itself."""
    name, _, ending = paper.partition(".")
    if ending == "pdf":
        return _pdf(request, name)
    return page_of(request, lambda eye: holdings.receipt(eye, name))


@get("/grants/{grant:str}", sync_to_thread=True)
def grant_page(request: Web, grant: str) -> Page:
    """How a grant is worked out."""
    return page_of(request, lambda eye: holdings.subsidy(eye, grant))


@post("/grants/{grant:str}/accept", sync_to_thread=True)
def accept(request: Web, grant: str, data: Form) -> Page:
    """Say that one wants it."""
    carry_csrf(request, data)
    with request.app.state.portal.visit(request) as (desk, _):
        outcome.accept(desk, grant)
    return leads_to(f"/grants/{grant}")


@get("/me", sync_to_thread=True)
def me(request: Web) -> Page:
    """Who I am here."""
    return page_of(request, holdings.me)


@get("/me/reads", sync_to_thread=True)
def reads(request: Web) -> Page:
    """Who looked at my data."""
    return page_of(request, holdings.reads)


@get("/matters", sync_to_thread=True)
def matters(request: Web) -> Page:
    """Find what may be done."""
    asked = request.query_params.get("q", "")[:40]
    return page_of(request, lambda eye: show.find(eye, asked))


@get("/help", sync_to_thread=True)
def help_page(request: Web) -> Page:
    """Show whom to ask."""
    return page_of(request, show.help_)


@get("/messages", sync_to_thread=True)
def messages(request: Web) -> Page:
    """List what was told to the person."""
    return page_of(request, show.inbox)


@get("/messages/{message:str}", sync_to_thread=True)
def message(request: Web, message: str) -> Page:
    """Open a message, which is remembered, and go to what it is about."""
    return page_of(request, lambda eye: show.opened(eye, message))


@get("/verify", media_type=MediaType.HTML, sync_to_thread=True)
def verify_page(request: Web) -> Page:
    """Ask for a paper's number, or go to that paper."""
    asked = request.query_params.get("id", "").strip()[:80]
    if asked.replace("-", "").replace("_", "").isalnum():
        return leads_to(f"/verify/{asked}")
    return _for_anybody(request, Verify(id="", verdict="ask"))


@get("/verify/{paper:str}", sync_to_thread=True)
def verify(request: Web, paper: str) -> Page:
    """Whether a paper is real and in force; for anybody."""
    return _for_anybody(request, _verified(request.app.state.portal, request, paper))


def _for_anybody(request: Web, view: View) -> Page:
    portal: Portal = request.app.state.portal
    visitor = portal.stranger(request)
    page = render(view, portal.chrome(request, visitor))
    return Response(page, media_type=MediaType.HTML, cookies=remembered(request, visitor))


class _Stranger:
    """Whoever reads a verification: nobody, in some language."""

    def __init__(self, portal: Portal, visitor: Visitor) -> None:
        self.words: Words = portal.pack_words(visitor.lang)
        self.say: Words = portal.spoken(visitor)
        self.f = Format(self.say)


def _verified(portal: Portal, request: Web, paper: str) -> Verify:
    eye = _Stranger(portal, portal.stranger(request))
    with portal.store.desk(system(portal.cell)) as desk:
        try:
            found = document.proof.verify(desk, paper[:80])
        except NotFound:
            return Verify(id=paper[:80], verdict="unknown")
        now = desk.now()
        raw = document.machine_file(desk, found.id) if found.genuine and found.id else None
    pack = (found.paper or "").partition(".")[0]
    good = found.genuine and found.current
    listed = weighed(eye, pack, found.shown)
    return Verify(
        id=found.number or paper, title=eye.words(f"{pack}.paper.title"), digest=found.digest or "",
        verdict="good" if good else "not_current" if found.genuine else "forged",
        issuer=eye.words(f"{pack}.receipt.operator"), made_at=found.issued_at, lines=listed,
        total=sum((line.kg for line in listed), Decimal(0)) if listed else None, checked_at=now,
        checks=holdings.checks(eye, pack, found, raw),
    )  # fmt: skip


def _pdf(request: Web, name: str) -> Page:
    portal: Portal = request.app.state.portal
    with portal.visit(request) as (desk, visitor):
        holdings.readable(desk, name)
        copy = document.Copy(
            part="ship", tongue=visitor.lang, address=f"{portal.address}/verify/{name}"
        )
        printed = document.print_paper(desk, portal.press, FilesInMemory(), name, copy)
    return Response(
        printed.raw, media_type="application/pdf",
        headers={"content-disposition": f'inline; filename="{printed.name}"'},
    )  # fmt: skip


def leads_to(path: str) -> Response[Any]:
    """Lead to another page."""
    return Response(None, status_code=303, headers={"location": quote(path, safe="/?=#")})


HANDLERS = (
    home, my_cases, track, why, cancel_page, cancel, sign_page, sign, rate_page,
    rate, papers, paper, grant_page, accept, me, reads, matters, help_page, messages, message,
    verify_page, verify,
)  # fmt: skip
