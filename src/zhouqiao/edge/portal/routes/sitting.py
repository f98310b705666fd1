"""Who sits there, for pages about how one signs in: their session, and on from there."""

from typing import Any

from litestar import Response

from zhouqiao.edge.portal.door import Portal, Web, carry_csrf
from zhouqiao.edge.portal.routes.public import session_cookie
from zhouqiao.platform.identity import TECHNICAL, Issued, Session, SessionEnded, subject_for
from zhouqiao.store import Desk


def sitting(request: Web, data: dict[str, str] | None = None) -> tuple[str, Session]:
    """Return the cell and session of who is signed in, by a form of ours where one was sent."""
    carry_csrf(request, data or {})
    portal: Portal = request.app.state.portal
    with portal.visit(request) as (desk, visitor):
        if visitor.session is None:
            raise SessionEnded
        return desk.cell, visitor.session


def goes_on(request: Web, path: str, issued: Issued) -> Response[Any]:
    """Lead on, with the new token of a session that changed."""
    cookie = session_cookie(request, issued.token)
    return Response(None, status_code=303, headers={"location": path}, cookies=[cookie])


def front_of(desk: Desk, session: Session) -> str:
    """Return where somebody begins: who keeps the machine at the console, a crew at its desk."""
    who = subject_for(desk, session)
    if any(seat.role.partition("@")[0] in TECHNICAL for seat in who.seats):
        return "/console"
    return "/" if who.unit is None else "/desk/"


def back_of(desk: Desk, session: Session) -> str:
    """Return where the arrow of a page about oneself leads: who keeps the machine has no `/me`."""
    return "/console" if front_of(desk, session) == "/console" else "/me"
