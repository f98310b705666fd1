"""Routes anybody may take: sign in, sign out, health."""

import logging
import string
from functools import partial
from typing import Annotated, Any
from urllib.parse import quote, urlsplit

import msgspec
from litestar import MediaType, Response, get, post
from litestar.datastructures import Cookie
from litestar.enums import RequestEncodingType
from litestar.params import Body

from zhouqiao.base import Refusal
from zhouqiao.edge.portal.door import COOKIE, PASSWORD_PAGE, Portal, Web, carry_csrf
from zhouqiao.edge.portal.pages.public import SignIn
from zhouqiao.edge.portal.refusals import in_words
from zhouqiao.edge.portal.render import render
from zhouqiao.platform.identity import (
    Issued,
    Session,
    act_as,
    posts_of,
    resolve,
    sign_in,
    sign_out,
)
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
    issued = await portal.gate.through(partial(begin_session, portal, login, secret))
    if isinstance(issued, Refusal):
        said = in_words(portal.stranger(request), issued)
        page = sign_in_at(request, SignIn(next=asked, handle=login, refused=said))
        return Response(page, status_code=issued.status, media_type=MediaType.HTML)
    home = _home(portal, login) if asked == "/" else asked
    if issued.session.must_change:
        home = f"{PASSWORD_PAGE}?next={quote(home)}"
    return Response(
        None,
        status_code=303,
        headers={"location": home},
        cookies=[session_cookie(request, issued.token)],
    )


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
        issued = sign_in(desk, login, secret)
        return issued if isinstance(issued, Refusal) else at_only_post(desk, issued)


def at_only_post(desk: Desk, issued: Issued) -> Issued:
    """Let whoever holds exactly one post act from it."""
    posts = posts_of(desk, issued.session.person)
    if len(posts) != 1 or issued.session.must_change:
        return issued
    return act_as(desk, resolve(desk, issued.token), posts[0].id)


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
    chrome = msgspec.structs.replace(portal.chrome(request, visitor), path="/sign-in")
    return render(shown, chrome)


def _home(portal: Portal, login: str) -> str:
    surfaces = {"citizen": "/", "desk": "/desk/", "command": "/command", "console": "/console"}
    found = next((one.surface for one in portal.demo if one.handle == login), "citizen")
    return surfaces[found]


def safe_path(path: str) -> str:
    """Return a path of ours; anything that could lead elsewhere becomes the home page.

    Browsers take a backslash for a slash, and leave out tabs.
    """
    ours = path.startswith("/") and not path.startswith("//")
    seen = path.isprintable() and "\\" not in path
    return quote(path, safe=string.punctuation) if ours and seen else "/"


def session_cookie(request: Web, token: str) -> Cookie:
    """Return the cookie a browser keeps its session's token in."""
    return Cookie(
        key=COOKIE, value=token, httponly=True, samesite="lax", path="/",
        secure=is_secure(request), max_age=12 * 3600,
    )  # fmt: skip


def is_secure(request: Web) -> bool:
    """Say whether people reach this node by https, here or before a proxy."""
    address = request.app.state.portal.address
    return "https" in (request.url.scheme, urlsplit(address).scheme)


HANDLERS = (sign_in_page, enter, leave, health)
