"""Where one is signed in: every place, an end to all others."""

from typing import Any

import msgspec
from litestar import MediaType, Response, get, post

from zhouqiao.edge.portal.door import Portal, Web
from zhouqiao.edge.portal.pages.person import Sessions, SignedIn
from zhouqiao.edge.portal.render import render
from zhouqiao.edge.portal.routes.citizen import leads_to, remembered
from zhouqiao.edge.portal.routes.public import Form
from zhouqiao.edge.portal.routes.sitting import back_of, sitting
from zhouqiao.platform import identity
from zhouqiao.platform.identity import Session
from zhouqiao.store import Desk, system

MINE = "/me/sessions"
Page = Response[Any]


@get(MINE, sync_to_thread=True)
def sessions(request: Web) -> Page:
    """Where I am signed in."""
    portal: Portal = request.app.state.portal
    cell, session = sitting(request)
    visitor = msgspec.structs.replace(portal.stranger(request), session=session)
    with portal.store.desk(system(cell)) as desk:
        page = render(_shown(desk, session), portal.chrome(request, visitor))
    return Response(page, media_type=MediaType.HTML, cookies=remembered(request, visitor))


@post(f"{MINE}/end", sync_to_thread=True)
def end_others(request: Web, data: Form) -> Page:
    """End my sessions everywhere but here."""
    cell, session = sitting(request, data)
    with request.app.state.portal.store.desk(system(cell)) as desk:
        identity.end_others(desk, session)
    return leads_to(MINE)


def _shown(desk: Desk, session: Session) -> Sessions:
    labels = {one.id: one.label for one in identity.handsets_of(desk, session.person)}
    listed = (
        SignedIn(
            kind=one.kind, since=one.opened_at, seen=one.seen_at, here=one.id == session.id,
            label=labels.get(one.handset, "") if one.handset else "",
        )
        for one in identity.sessions_of(desk, session.person)
    )  # fmt: skip
    return Sessions(
        sessions=tuple(sorted(listed, key=lambda one: not one.here)),
        back=back_of(desk, session),
    )


HANDLERS = (sessions, end_others)
