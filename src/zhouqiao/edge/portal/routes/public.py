"""Routes anybody may take: sign in, sign out, health."""

import logging
from functools import partial
from typing import Annotated, Any
from urllib.parse import quote, urlencode

import msgspec
from litestar import MediaType, Response, get, post
from litestar.datastructures import Cookie
from litestar.enums import RequestEncodingType
from litestar.params import Body

from zhouqiao.base import Refusal
from zhouqiao.edge.portal.address import safe_path
from zhouqiao.edge.portal.door import COOKIE, PASSWORD_PAGE, Portal, Web, carry_csrf
from zhouqiao.edge.portal.pages.public import SignIn
from zhouqiao.edge.portal.refusals import in_words
from zhouqiao.edge.portal.render import render
from zhouqiao.edge.portal.routes.sitting import at_only_post, goes_on, onward
from zhouqiao.platform.identity import Issued, Session, sign_in, sign_out
from zhouqiao.store import Desk, system

log = logging.getLogger("zhouqiao.portal")
Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/sign-in", media_type=MediaType.HTML, sync_to_thread=False)
def sign_in_page(request: Web) -> str:
    """Show the way in."""
    return sign_in_at(request, SignIn(next=safe_path(request.query_params.get("next", "/"))))


@post("/sign-in", media_type=MediaType.HTML)
async def enter(request: Web, data: Form) -> Response[Any]:
    """Begin a session; a person with one post acts from it at once."""
    portal: Portal = request.app.state.portal
    login = data.get("demo") or data.get("handle", "")
    secret = data.get("password", "")
    if data.get("demo") and portal.demo_password is not None:
        secret = portal.demo_password
    asked = safe_path(data.get("next", "/"))
    return await portal.gate.through(partial(_entered, request, login, secret, asked))


def _entered(request: Web, login: str, secret: str, asked: str) -> Response[Any]:
    portal: Portal = request.app.state.portal
    with portal.store.desk(system(portal.cell)) as desk:
        issued = begun(desk, login, secret)
        if not isinstance(issued, Refusal):
            return goes_on(request, _first(desk, issued.session, asked), issued)
    said = in_words(portal.stranger(request), issued)
    page = sign_in_at(request, SignIn(next=asked, handle=login, refused=said))
    return Response(page, status_code=issued.status, media_type=MediaType.HTML)


def _first(desk: Desk, session: Session, asked: str) -> str:
    if session.must_change:
        return f"{PASSWORD_PAGE}?next={quote(asked)}"
    return onward(desk, session, asked)


@post("/sign-out", sync_to_thread=True)
def leave(request: Web, data: Form) -> Response[Any]:
    """End the session."""
    portal: Portal = request.app.state.portal
    carry_csrf(request, data)
    with portal.visit(request) as (desk, visitor):
        if visitor.session is not None:
            sign_out(desk, visitor.session)
    return Response(
        None, status_code=303, headers={"location": _way_out(portal, visitor.session)},
        cookies=[Cookie(key=COOKIE, value="", max_age=0, path="/")],
    )  # fmt: skip


def _way_out(portal: Portal, session: Session | None) -> str:
    """Return where a session ends: also at the provider by whose word it began, if that answers."""
    issuer = None if session is None else session.issuer
    name = next((one.name for one in portal.providers if one.issuer == issuer), None)
    if name is None:
        return "/sign-in"
    try:
        return portal.party(name).way_out(f"{portal.address}/sign-in") or "/sign-in"
    except Refusal as refusal:
        log.warning("no sign-out at %s: %s", name, refusal)
        return "/sign-in"


@get("/health", sync_to_thread=True)
def health(request: Web) -> dict[str, str]:
    """Say whether the database answers."""
    portal: Portal = request.app.state.portal
    with portal.store.desk(system(portal.cell)) as desk:
        desk.rows.one("SELECT 1 AS one")
    return {"status": "ok"}


def begin_session(portal: Portal, login: str, secret: str) -> Issued | Refusal:
    """Sign in; whoever holds exactly one post acts from it."""
    with portal.store.desk(system(portal.cell)) as desk:
        return begun(desk, login, secret)


def begun(desk: Desk, login: str, secret: str) -> Issued | Refusal:
    """Sign in on a desk of the platform itself; whoever holds exactly one post acts from it."""
    issued = sign_in(desk, login, secret)
    return issued if isinstance(issued, Refusal) else at_only_post(desk, issued)


def sign_in_at(request: Web, view: SignIn) -> str:
    """Draw the way in, with every way there is at this node."""
    portal: Portal = request.app.state.portal
    visitor = portal.stranger(request)
    shown = msgspec.structs.replace(
        view, demo_accounts=portal.demo,
        providers=tuple(
            (one.label(visitor.lang), f"/sign-in/with/{one.name}?next={quote(view.next)}")
            for one in portal.providers
        ),
    )  # fmt: skip
    chrome = portal.chrome(request, visitor)
    query = urlencode({"next": view.next})
    return render(shown, msgspec.structs.replace(chrome, path="/sign-in", query=query))


HANDLERS = (sign_in_page, enter, leave, health)
