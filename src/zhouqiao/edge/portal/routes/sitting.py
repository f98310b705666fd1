"""Who sits there: the session they begin or change, its cookie, and where it leads on."""

from typing import Any
from urllib.parse import urlsplit

from litestar import Response
from litestar.datastructures import Cookie

from zhouqiao.edge.portal.door import COOKIE, Portal, Web, carry_csrf
from zhouqiao.edge.portal.show import front
from zhouqiao.platform.access import subject_for
from zhouqiao.platform.identity import Issued, Session, SessionEnded, act_as, posts_of, resolve
from zhouqiao.store import Desk


def sitting(request: Web, data: dict[str, str] | None = None) -> tuple[str, Session]:
    """Return the cell and session of who is signed in, by a form of ours where one was sent."""
    carry_csrf(request, data or {})
    portal: Portal = request.app.state.portal
    with portal.visit(request) as (desk, visitor):
        if visitor.session is None:
            raise SessionEnded
        return desk.cell, visitor.session


def at_only_post(desk: Desk, issued: Issued) -> Issued:
    """Let whoever holds exactly one post act from it."""
    posts = posts_of(desk, issued.session.person)
    if len(posts) != 1 or issued.session.must_change:
        return issued
    return act_as(desk, resolve(desk, issued.token), posts[0].id)


def goes_on(request: Web, path: str, issued: Issued) -> Response[Any]:
    """Lead on, with the new token of a session that began or changed."""
    cookie = Cookie(
        key=COOKIE, value=issued.token, httponly=True, samesite="lax", path="/",
        secure=is_secure(request), max_age=12 * 3600,
    )  # fmt: skip
    return Response(None, status_code=303, headers={"location": path}, cookies=[cookie])


def is_secure(request: Web) -> bool:
    """Say whether people reach this node by https, here or before a proxy."""
    address = request.app.state.portal.address
    return "https" in (request.url.scheme, urlsplit(address).scheme)


def onward(desk: Desk, session: Session, asked: str) -> str:
    """Return where a sign-in leads: to the page that was asked for, else where they begin."""
    return front_of(desk, session) if asked == "/" else asked


def front_of(desk: Desk, session: Session) -> str:
    """Return where somebody begins, at the post they act from."""
    return front.front_of(desk, subject_for(desk, session))


def back_of(desk: Desk, session: Session) -> str:
    """Return where the arrow of a page about oneself leads: who has the console has no `/me`."""
    return "/console" if front_of(desk, session) == "/console" else "/me"
