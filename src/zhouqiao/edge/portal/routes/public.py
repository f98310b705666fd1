"""Routes anybody may take: sign in, sign out, health."""

from functools import partial
from typing import Annotated, Any
from urllib.parse import urlsplit

from litestar import MediaType, Response, get, post
from litestar.datastructures import Cookie
from litestar.enums import RequestEncodingType
from litestar.params import Body

from zhouqiao.base import Refusal
from zhouqiao.edge.portal.door import COOKIE, Portal, Web
from zhouqiao.edge.portal.pages.public import SignIn
from zhouqiao.edge.portal.refusals import in_words
from zhouqiao.edge.portal.render import render
from zhouqiao.platform.identity import Issued, act_as, posts_of, resolve, sign_in, sign_out
from zhouqiao.store import Desk, system

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/sign-in", media_type=MediaType.HTML, sync_to_thread=False)
def sign_in_page(request: Web) -> str:
    """Show the way in."""
    return _page(request, SignIn(next=_safe(request.query_params.get("next", "/"))))


@post("/sign-in", media_type=MediaType.HTML)
async def enter(request: Web, data: Form) -> Response[Any]:
    """Begin a session; a person with one post acts from it at once."""
    portal: Portal = request.app.state.portal
    login = data.get("demo") or data.get("handle", "")
    secret = data.get("password", "")
    if data.get("demo") and portal.demo_password is not None:
        secret = portal.demo_password
    asked = _safe(data.get("next", "/"))
    issued = await portal.gate.through(partial(begin_session, portal, login, secret))
    if isinstance(issued, Refusal):
        said = in_words(portal.stranger(request), issued)
        page = _page(request, SignIn(next=asked, handle=login, refused=said))
        return Response(page, status_code=issued.status, media_type=MediaType.HTML)
    home = _home(portal, login) if asked == "/" else asked
    return Response(
        None, status_code=303, headers={"location": home}, cookies=[_cookie(request, issued.token)]
    )


@post("/sign-out", sync_to_thread=True)
def leave(request: Web, data: Form) -> Response[Any]:
    """End the session."""
    portal: Portal = request.app.state.portal
    request.scope["zhouqiao.csrf"] = data.get("csrf", "")  # type: ignore[typeddict-unknown-key]
    with portal.visit(request) as (desk, visitor):
        if visitor.session is not None:
            sign_out(desk, visitor.session)
    return Response(
        None, status_code=303, headers={"location": "/sign-in"},
        cookies=[Cookie(key=COOKIE, value="", max_age=0, path="/")],
    )  # fmt: skip


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
        return issued if isinstance(issued, Refusal) else _at_only_post(desk, issued)


def _at_only_post(desk: Desk, issued: Issued) -> Issued:
    posts = posts_of(desk, issued.session.person)
    if len(posts) != 1 or issued.session.must_change:
        return issued
    return act_as(desk, resolve(desk, issued.token), posts[0].id)


def _page(request: Web, view: SignIn) -> str:
    portal: Portal = request.app.state.portal
    shown = SignIn(
        next=view.next, handle=view.handle, refused=view.refused, demo_accounts=portal.demo
    )
    return render(shown, portal.chrome(request, portal.stranger(request)))


def _home(portal: Portal, login: str) -> str:
    surfaces = {"citizen": "/", "desk": "/desk/", "command": "/command", "console": "/console"}
    found = next((one.surface for one in portal.demo if one.handle == login), "citizen")
    return surfaces[found]


def _safe(path: str) -> str:
    """Return a path of ours; anything that could lead elsewhere becomes the home page."""
    plain = path.isascii() and path.isprintable()  # browsers drop tabs: `/\t/there` leads there
    ours = plain and path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if ours else "/"


def _cookie(request: Web, token: str) -> Cookie:
    address = request.app.state.portal.address
    return Cookie(
        key=COOKIE, value=token, httponly=True, samesite="lax", path="/",
        secure="https" in (request.url.scheme, urlsplit(address).scheme), max_age=12 * 3600,
    )  # fmt: skip


HANDLERS = (sign_in_page, enter, leave, health)
