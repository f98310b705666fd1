"""`/live`: server-sent events to whoever is signed in, each within their own scope."""

import asyncio

from litestar import get
from litestar.exceptions import TooManyRequestsException
from litestar.response import Stream

from zhouqiao.base import NotAllowed
from zhouqiao.edge.portal.door import Portal, Web
from zhouqiao.edge.portal.live import Hub, Listener, Reader
from zhouqiao.store import Desk


@get("/live", include_in_schema=False)
async def live(request: Web) -> Stream:
    """Stream what concerns the visitor: positions, panes to fetch again, their case, its way."""
    listener = await asyncio.to_thread(_listener, request)
    hub = hub_of(request)
    if not hub.has_room(listener.session):
        raise TooManyRequestsException
    return Stream(
        hub.listen(listener),
        media_type="text/event-stream",
        headers={"cache-control": "no-store", "x-accel-buffering": "no"},
    )


def hub_of(request: Web) -> Hub:
    """Return the one hub of this process, made at the first listener."""
    state, portal = request.app.state, request.app.state.portal
    if not hasattr(state, "hub"):
        state.hub = Hub(Reader(portal.store, portal.cell))
    hub: Hub = state.hub
    return hub


def _listener(request: Web) -> Listener:
    portal: Portal = request.app.state.portal
    with portal.visit(request) as (desk, visitor):
        assert visitor.session is not None  # noqa: S101 - `visit` has refused strangers
        return Listener(visitor.who, visitor.session.id, watches=_watches(desk))


def _watches(desk: Desk) -> bool:
    """Say whether they see other people's affairs at all: engineers and stewards do not."""
    reach = desk.subject.reach
    if reach is None:
        return False
    try:
        desk.may("case.read", scope=reach)
    except NotAllowed:
        return False
    return True


HANDLERS = (live,)
