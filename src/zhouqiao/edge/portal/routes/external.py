"""Signing in by an account elsewhere, and linking one: out to the provider, and back."""

import logging
from functools import partial
from typing import Any

import msgspec
from litestar import MediaType, Response, get, post
from litestar.datastructures import Cookie

from zhouqiao.base import Refusal
from zhouqiao.edge.openid import (
    Errand,
    Provider,
    Purpose,
    Serves,
    StateWrong,
    Vouched,
    carried,
    read_errand,
)
from zhouqiao.edge.portal.address import safe_path
from zhouqiao.edge.portal.door import Portal, Visitor, Web
from zhouqiao.edge.portal.pages.person import Accounts, Outside
from zhouqiao.edge.portal.pages.public import NotLinked, SignIn, Trouble, Way
from zhouqiao.edge.portal.refusals import in_words
from zhouqiao.edge.portal.render import render
from zhouqiao.edge.portal.routes.public import Form, sign_in_at
from zhouqiao.edge.portal.routes.sitting import (
    at_only_post,
    back_of,
    goes_on,
    is_secure,
    onward,
    sitting,
)
from zhouqiao.platform import identity
from zhouqiao.platform.identity import Issued, Link, Session, SessionEnded
from zhouqiao.store import Desk, system

log = logging.getLogger("zhouqiao.portal")
ERRAND = "zhouqiao_errand"
BACK = "/sign-in/back"
MINE = "/me/accounts"
Page = Response[Any]


@get("/sign-in/with/{provider:str}", sync_to_thread=True)
def go(request: Web, provider: str) -> Page:
    """Send somebody to a provider, to sign in."""
    then = safe_path(request.query_params.get("next", "/"))
    try:
        return _sent(request, provider, Purpose.SIGN_IN, then=then)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return _turned_away(request, provider, None, refusal)


@get("/sign-in/back/{provider:str}", sync_to_thread=True)
def back(request: Web, provider: str) -> Page:
    """Take somebody back whom a provider sent, for what they went there."""
    portal: Portal = request.app.state.portal
    party, errand = portal.party(provider), None
    try:
        errand = read_errand(request.cookies.get(ERRAND, ""), portal.store.vault.master)
        vouched = party.finish(errand, dict(request.query_params))
        page = _received(request, party.provider, errand, vouched)
    except SessionEnded:
        raise
    except Refusal as refusal:
        page = _turned_away(request, provider, errand, refusal)
        if isinstance(refusal, StateWrong):
            return page  # not what this browser waits for: that may still come
    page.set_cookie(Cookie(key=ERRAND, value="", max_age=0, path=BACK))
    return page


@get("/me/accounts", sync_to_thread=True)
def accounts(request: Web) -> Page:
    """By what I sign in."""
    cell, session = sitting(request)
    return _accounts(request, cell, session)


@post("/me/accounts/prove")
async def prove(request: Web, data: Form) -> Page:
    """Show by the password that it is I."""
    portal: Portal = request.app.state.portal
    return await portal.gate.through(partial(_proved, request, data))


def _proved(request: Web, data: Form) -> Page:
    portal: Portal = request.app.state.portal
    cell, session = sitting(request, data)
    with portal.store.desk(system(cell)) as desk:
        issued = identity.prove(desk, session, data.get("password", ""))
    if isinstance(issued, Refusal):
        return _accounts(request, cell, session, issued)
    return goes_on(request, MINE, issued)


@post("/me/accounts/{provider:str}/prove", sync_to_thread=True)
def prove_there(request: Web, provider: str, data: Form) -> Page:
    """Go and show at a provider that it is I."""
    _, session = sitting(request, data)
    return _sent(request, provider, Purpose.PROVE, session=str(session.id), then=MINE)


@post("/me/accounts/{provider:str}/link", sync_to_thread=True)
def link(request: Web, provider: str, data: Form) -> Page:
    """Go and fetch an account at a provider, to link it."""
    cell, session = sitting(request, data)
    with request.app.state.portal.store.desk(system(cell)) as desk:
        identity.require_proof(desk, session)
    return _sent(request, provider, Purpose.LINK, session=str(session.id), then=MINE)


@post("/me/accounts/unlink", sync_to_thread=True)
def unlink(request: Web, data: Form) -> Page:
    """Take an account elsewhere from myself."""
    cell, session = sitting(request, data)
    with request.app.state.portal.store.desk(system(cell)) as desk:
        issued = identity.unlink_own(desk, session, data.get("issuer", ""))
    return goes_on(request, MINE, issued)


def _sent(request: Web, provider: str, purpose: Purpose, *, then: str, session: str = "") -> Page:
    portal: Portal = request.app.state.portal
    errand, address = portal.party(provider).begin(
        portal.store.dice, purpose, session=session, then=then
    )
    cookie = Cookie(
        key=ERRAND, value=carried(errand, portal.store.vault.master), httponly=True,
        samesite="lax", path=BACK, secure=is_secure(request), max_age=600,
    )  # fmt: skip
    return Response(None, status_code=303, headers={"location": address}, cookies=[cookie])


def _received(request: Web, provider: Provider, errand: Errand, vouched: Vouched) -> Page:
    portal: Portal = request.app.state.portal
    if errand.purpose is Purpose.SIGN_IN:
        with portal.store.desk(system(portal.cell)) as desk:
            begun = _begun(desk, provider, vouched)
            if begun is not None:
                return goes_on(request, onward(desk, begun.session, errand.then), begun)
        return _not_linked(request, provider)
    cell, session = sitting(request)
    if session.id != errand.session:
        raise StateWrong
    act = identity.link_own if errand.purpose is Purpose.LINK else identity.prove_external
    with portal.store.desk(system(cell)) as desk:
        issued = act(desk, session, vouched.issuer, vouched.sub)
    return goes_on(request, errand.then, issued)


def _begun(desk: Desk, provider: Provider, vouched: Vouched) -> Issued | None:
    """Begin a session of whom a provider vouches for; None: nobody here, and none is made."""
    try:
        issued = identity.sign_in_external(desk, vouched.issuer, vouched.sub)
    except identity.NotLinked:
        if not provider.opens_accounts or vouched.name is None:
            return None
        identity.open_citizen(desk, vouched.issuer, vouched.sub, vouched.name)
        issued = identity.sign_in_external(desk, vouched.issuer, vouched.sub)
    return at_only_post(desk, issued) if provider.serves is Serves.OFFICERS else issued


def _not_linked(request: Web, provider: Provider) -> Page:
    portal: Portal = request.app.state.portal
    visitor = portal.stranger(request)
    chrome = msgspec.structs.replace(portal.chrome(request, visitor), path="/sign-in", query="")
    page = render(NotLinked(provider=provider.label(visitor.lang)), chrome)
    return Response(page, status_code=403, media_type=MediaType.HTML)


def _turned_away(request: Web, provider: str, errand: Errand | None, refusal: Refusal) -> Page:
    """Say why it came to nothing: where one signs in, or on a page that leads back to one's own."""
    log.warning("by %s: %s", provider, refusal)
    portal: Portal = request.app.state.portal
    visitor = portal.stranger(request)
    said = in_words(visitor, refusal)
    if errand is None or errand.purpose is Purpose.SIGN_IN:
        page = sign_in_at(request, SignIn(refused=said, next=errand.then if errand else "/"))
    else:
        ways = (Way(word=portal.spoken(visitor)("portal.back"), href=MINE),)
        view = Trouble(kind="refusal", said=said, code=refusal.code, ways=ways)
        page = render(view, portal.chrome(request, visitor))
    return Response(page, status_code=refusal.status, media_type=MediaType.HTML)


def _accounts(request: Web, cell: str, session: Session, refusal: Refusal | None = None) -> Page:
    portal: Portal = request.app.state.portal
    visitor = msgspec.structs.replace(portal.stranger(request), session=session)
    with portal.store.desk(system(cell)) as desk:
        view = Accounts(
            back=back_of(desk, session),
            accounts=_outside(portal, visitor, identity.links_of(desk, session.person)),
            password=identity.has_account(desk, session.person),
            proved=session.proved(desk.now()),
            refused="" if refusal is None else in_words(visitor, refusal),
        )  # fmt: skip
    status = 200 if refusal is None else refusal.status
    page = render(view, portal.chrome(request, visitor))
    return Response(page, status_code=status, media_type=MediaType.HTML)


def _outside(portal: Portal, visitor: Visitor, links: list[Link]) -> tuple[Outside, ...]:
    """List every provider of this node, and what is linked at one it no longer has."""
    since = {one.issuer: one.linked_at for one in links}
    here = {one.issuer: one for one in portal.providers}
    listed = tuple(
        Outside(
            label=one.label(visitor.lang), issuer=one.issuer, provider=one.name,
            on=since.get(one.issuer),
        )
        for one in portal.providers
    )  # fmt: skip
    gone = (issuer for issuer in since if issuer not in here)
    return (*listed, *(Outside(label=one, issuer=one, on=since[one]) for one in gone))


HANDLERS = (go, back, accounts, prove, prove_there, link, unlink)
