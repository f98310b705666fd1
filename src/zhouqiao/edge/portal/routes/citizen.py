"""The citizen's pages: ask, track, sign for, be paid, rate, and see who looked."""

from collections.abc import Callable
from typing import Annotated, Any

from litestar import MediaType, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body

from zhouqiao.base import Point, Refusal
from zhouqiao.edge.portal.door import Portal, Web
from zhouqiao.edge.portal.pages import View
from zhouqiao.edge.portal.pages import citizen as pages
from zhouqiao.edge.portal.pages.public import Check, Verify
from zhouqiao.edge.portal.refusals import in_words
from zhouqiao.edge.portal.render import render
from zhouqiao.edge.portal.routes.api import NewCase
from zhouqiao.edge.portal.routes.api import ask as open_case
from zhouqiao.edge.portal.show import citizen as show
from zhouqiao.edge.portal.show.parts import lines
from zhouqiao.flow import case as cases
from zhouqiao.flow import outcome
from zhouqiao.platform import document
from zhouqiao.platform.document.content import FilesInMemory
from zhouqiao.platform.document.errors import NoSuchPaper
from zhouqiao.platform.place import load_atlas
from zhouqiao.store import system

Form = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]
STARS = {"good": 5, "fair": 3, "bad": 1}


def _page(request: Web, draw: Callable[[show.Eye], View]) -> str:
    portal: Portal = request.app.state.portal
    with portal.visit(request) as (desk, visitor):
        eye = show.Eye(portal, desk, visitor)
        view = draw(eye)
        chrome = portal.chrome(request, visitor, who=eye.known().get("name", ""))
    return render(view, chrome)


@get("/", media_type=MediaType.HTML, sync_to_thread=True)
def home(request: Web) -> str:
    """What is under way, what waits for a word, what is often needed."""
    return _page(request, show.home)


@get("/cases", media_type=MediaType.HTML, sync_to_thread=True)
def my_cases(request: Web) -> str:
    """All that is under way, and what was lately finished."""
    return _page(request, show.cases_list)


@get("/ask/{matter:str}", media_type=MediaType.HTML, sync_to_thread=True)
def ask_page(request: Web, matter: str) -> str:
    """What, where, go."""
    return _page(request, lambda eye: show.ask(eye, matter, atlas=load_atlas()))


@post("/ask/{matter:str}", media_type=MediaType.HTML, sync_to_thread=True)
def ask(request: Web, matter: str, data: Form) -> Response[Any]:
    """Open the case; a fault goes back to the page with everything still filled."""
    portal: Portal = request.app.state.portal
    _carry_csrf(request, data)
    try:
        with portal.visit(request) as (desk, visitor):
            eye = show.Eye(portal, desk, visitor)
            case = open_case(portal, desk, _new_case(eye, matter, data))
    except Refusal as refusal:
        if refusal.status in (401, 403):
            raise
        said = in_words(portal.stranger(request), refusal)
        field = "place" if refusal.code.startswith("place.") else "kind"
        wrong = (pages.FieldError(field=field, said=said),)
        page = _page(
            request, lambda eye: show.ask(eye, matter, errors=wrong, atlas=load_atlas())
        )
        return Response(page, status_code=refusal.status, media_type=MediaType.HTML)
    return _to(f"/cases/{case.id}")


@get("/cases/{case:str}", media_type=MediaType.HTML, sync_to_thread=True)
def track(request: Web, case: str) -> str:
    """Where the boat is."""
    return _page(request, lambda eye: show.track(eye, cases.get(eye.desk, case)))


@get("/cases/{case:str}/why", media_type=MediaType.HTML, sync_to_thread=True)
def why(request: Web, case: str) -> str:
    """Why this boat."""
    return _page(request, lambda eye: show.why(eye, cases.get(eye.desk, case)))


@post("/cases/{case:str}/cancel", sync_to_thread=True)
def cancel(request: Web, case: str, data: Form) -> Response[Any]:
    """Call it off."""
    portal: Portal = request.app.state.portal
    _carry_csrf(request, data)
    with portal.visit(request) as (desk, visitor):
        found = cases.get(desk, case)
        step = show.cancel_step(show.Eye(portal, desk, visitor), found)
        cases.take_step(desk, case, step or "cancel")
    return _to(f"/cases/{case}")


@get("/cases/{case:str}/rate", media_type=MediaType.HTML, sync_to_thread=True)
def rate_page(request: Web, case: str) -> str:
    """How it was."""
    return _page(request, lambda eye: show.rate(eye, cases.get(eye.desk, case)))


@post("/cases/{case:str}/rate", sync_to_thread=True)
def rate(request: Web, case: str, data: Form) -> Response[Any]:
    """Say how it was."""
    _carry_csrf(request, data)
    with request.app.state.portal.visit(request) as (desk, _):
        outcome.rate(desk, case, STARS.get(data.get("score", ""), 0), data.get("words", ""))
    return _to(f"/cases/{case}")


@get("/papers", media_type=MediaType.HTML, sync_to_thread=True)
def papers(request: Web) -> str:
    """Every paper one holds."""
    return _page(request, show.papers)


@get("/papers/{paper:str}", sync_to_thread=True)
def paper(request: Web, paper: str) -> Response[Any]:
    """A paper as a page, or with `.pdf` as the paper itself."""
    name, _, ending = paper.partition(".")
    if ending == "pdf":
        return _pdf(request, name)
    page = _page(request, lambda eye: show.receipt(eye, name))
    return Response(page, media_type=MediaType.HTML)


@get("/grants/{grant:str}", media_type=MediaType.HTML, sync_to_thread=True)
def grant_page(request: Web, grant: str) -> str:
    """How a grant is worked out."""
    return _page(request, lambda eye: show.subsidy(eye, grant))


@post("/grants/{grant:str}/accept", sync_to_thread=True)
def accept(request: Web, grant: str, data: Form) -> Response[Any]:
    """Say that one wants it."""
    _carry_csrf(request, data)
    with request.app.state.portal.visit(request) as (desk, _):
        outcome.accept(desk, grant)
    return _to(f"/grants/{grant}")


@get("/me", media_type=MediaType.HTML, sync_to_thread=True)
def me(request: Web) -> str:
    """Who I am here."""
    return _page(request, show.me)


@get("/me/reads", media_type=MediaType.HTML, sync_to_thread=True)
def reads(request: Web) -> str:
    """Who looked at my data."""
    return _page(request, show.reads)


@get("/matters", media_type=MediaType.HTML, sync_to_thread=True)
def matters(request: Web) -> str:
    """Find what may be done."""
    asked = request.query_params.get("q", "")[:40]
    return _page(request, lambda eye: show.find(eye, asked))


@get("/messages", media_type=MediaType.HTML, sync_to_thread=True)
def messages(request: Web) -> str:
    """What was told to the person."""
    return _page(request, lambda _: pages.Inbox())


@get("/verify/{paper:str}", media_type=MediaType.HTML, sync_to_thread=True)
def verify(request: Web, paper: str) -> str:
    """Whether a paper is real and in force; for anybody."""
    portal: Portal = request.app.state.portal
    visitor = portal.stranger(request)
    return render(_verified(portal, request, paper), portal.chrome(request, visitor))


def _verified(portal: Portal, request: Web, paper: str) -> Verify:
    visitor = portal.stranger(request)
    words = portal.pack_words(visitor.lang)
    with portal.store.desk(system(portal.cell)) as desk:
        try:
            found = document.proof.verify(desk, paper[:80])
        except NoSuchPaper:
            return Verify(id=paper[:80], verdict="unknown")
        now = desk.now()
    pack = (found.paper or "").partition(".")[0]
    good = found.genuine and found.current
    speak = portal.spoken(visitor)
    return Verify(
        id=found.number or paper, title=words(f"{pack}.paper.title"), digest=found.digest or "",
        verdict="good" if good else "not_current" if found.genuine else "forged",
        issuer=words(f"{pack}.receipt.operator"), made_at=found.issued_at,
        lines=lines(words, pack, found.shown), checked_at=now,
        checks=tuple(
            Check(said=speak(f"verdict.{one.code}", **one.slots), good=one.weight.value == "good")
            for one in found.why
            if f"verdict.{one.code}" in speak
        ),
    )  # fmt: skip


def _pdf(request: Web, name: str) -> Response[Any]:
    portal: Portal = request.app.state.portal
    with portal.visit(request) as (desk, visitor):
        copy = document.Copy(
            part="ship", tongue=visitor.lang, address=f"{portal.address}/verify/{name}"
        )
        printed = document.print_paper(desk, portal.press, FilesInMemory(), name, copy)
    return Response(
        printed.raw, media_type="application/pdf",
        headers={"content-disposition": f'inline; filename="{printed.name}"'},
    )  # fmt: skip


def _new_case(eye: show.Eye, matter: str, data: dict[str, Any]) -> NewCase:
    named = data.get("kind", [])
    kinds = [named] if isinstance(named, str) else list(named)
    place = _place(data)
    record = {
        "vessel": eye.known().get("vessel", ""),
        "place": place,
        "kinds": [{"kind": one, "mass": {"kg": data.get(f"kg_{one}", "")}} for one in kinds],
    }
    point = _point(place)
    return NewCase(procedure=matter, key=data.get("once", "") or "-", record=record, place=point)


def _place(data: dict[str, Any]) -> dict[str, Any]:
    berth = next((one for one in load_atlas().berths if one.id == data.get("place")), None)
    if berth is not None:
        return {"lon": berth.at.lon, "lat": berth.at.lat}
    found: dict[str, Any] = {}
    for name in ("lon", "lat", "accuracy"):
        try:
            found[name] = float(data.get(name, ""))
        except ValueError:
            continue
    return found


def _point(place: dict[str, Any]) -> Point | None:
    """Return a place as a point; None where it is not one (the form then says so)."""
    return Point(**place) if {"lon", "lat"} <= set(place) else None


def _carry_csrf(request: Web, data: dict[str, Any]) -> None:
    request.scope["zhouqiao.csrf"] = data.get("csrf", "")  # type: ignore[typeddict-unknown-key]


def _to(path: str) -> Response[Any]:
    return Response(None, status_code=303, headers={"location": path})


HANDLERS = (
    home, my_cases, ask_page, ask, track, why, cancel, rate_page, rate, papers, paper, grant_page,
    accept, me, reads, matters, messages, verify,
)  # fmt: skip
