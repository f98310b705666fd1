"""One's own password: changed by whoever knows the old one; first of all, if others gave it."""

from functools import partial
from typing import Any

import msgspec
from litestar import MediaType, Response, get, post

from zhouqiao.base import Invalid, Refusal
from zhouqiao.edge.portal.address import safe_path
from zhouqiao.edge.portal.door import PASSWORD_PAGE, Portal, Web
from zhouqiao.edge.portal.pages.person import Password
from zhouqiao.edge.portal.refusals import in_words
from zhouqiao.edge.portal.render import render
from zhouqiao.edge.portal.routes.citizen import remembered
from zhouqiao.edge.portal.routes.public import Form
from zhouqiao.edge.portal.routes.sitting import at_only_post, back_of, goes_on, onward, sitting
from zhouqiao.platform import identity
from zhouqiao.platform.identity import Issued, Session
from zhouqiao.platform.identity.declare import PasswordPolicy
from zhouqiao.store import Desk, system

Page = Response[Any]


@get(PASSWORD_PAGE, sync_to_thread=True)
def password(request: Web) -> Page:
    """My password."""
    cell, session = sitting(request)
    then = safe_path(request.query_params.get("next", "/"))
    return _password(request, cell, session, then, done="done" in request.query_params)


@post(PASSWORD_PAGE)
async def change(request: Web, data: Form) -> Page:
    """Change my password; my other sessions end."""
    portal: Portal = request.app.state.portal
    return await portal.gate.through(partial(_changed, request, data))


def _changed(request: Web, data: Form) -> Page:
    portal: Portal = request.app.state.portal
    cell, session = sitting(request, data)
    then = safe_path(data.get("next", "/"))
    try:
        with portal.store.desk(system(cell)) as desk:
            issued = _replaced(desk, session, data)
            if isinstance(issued, Issued):
                return goes_on(request, _onward(desk, session, issued, then), issued)
    except Invalid as wrong:
        issued = wrong
    return _password(request, cell, session, then, refusal=issued)


def _replaced(desk: Desk, session: Session, data: Form) -> Issued | Refusal:
    new = data.get("new", "")
    if new != data.get("again", ""):
        raise Invalid("password", "not_the_same")
    issued = identity.change_password(desk, session, data.get("old", ""), new)
    if isinstance(issued, Refusal) or not session.must_change:
        return issued
    return at_only_post(desk, issued)


def _onward(desk: Desk, before: Session, issued: Issued, then: str) -> str:
    if not before.must_change:
        return f"{PASSWORD_PAGE}?done=yes"
    return onward(desk, issued.session, then)


def _password(
    request: Web,
    cell: str,
    session: Session,
    then: str,
    *,
    refusal: Refusal | None = None,
    done: bool = False,
) -> Page:
    portal: Portal = request.app.state.portal
    visitor = msgspec.structs.replace(portal.stranger(request), session=session)
    policy = PasswordPolicy()
    with portal.store.desk(system(cell)) as desk:
        view = Password(
            shortest=policy.shortest, kinds=policy.kinds, phrase=policy.phrase,
            first=session.must_change, held=identity.has_account(desk, session.person),
            refused="" if refusal is None else in_words(visitor, refusal),
            done=done, next=then, back=back_of(desk, session),
        )  # fmt: skip
    status = 200 if refusal is None else refusal.status
    page = render(view, portal.chrome(request, visitor))
    return Response(
        page, status_code=status, media_type=MediaType.HTML, cookies=remembered(request, visitor)
    )


HANDLERS = (password, change)
