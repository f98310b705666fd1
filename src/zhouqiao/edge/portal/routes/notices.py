"""How one is told: by which ways, each agreed to and confirmed, and taken back in one tap."""

from collections.abc import Callable
from typing import Any

from litestar import MediaType, Response, get, post

from zhouqiao.base import Invalid, Refusal
from zhouqiao.edge.portal.door import Portal, Visitor, Web, carry_csrf, spoken
from zhouqiao.edge.portal.pages.person import Notices, TellingWay
from zhouqiao.edge.portal.refusals import in_words
from zhouqiao.edge.portal.render import render
from zhouqiao.edge.portal.routes.citizen import leads_to, remembered
from zhouqiao.edge.portal.routes.public import Form
from zhouqiao.edge.portal.routes.sitting import back_of
from zhouqiao.edge.portal.words import LANGS
from zhouqiao.platform import notice
from zhouqiao.platform.identity import SessionEnded, people
from zhouqiao.platform.notice.declare import Way
from zhouqiao.store import Desk

MINE = "/me/notices"
Page = Response[Any]
Act = Callable[[Desk], object]


@get(MINE, sync_to_thread=True)
def notices(request: Web) -> Page:
    """How I am told."""
    return _page(request, None)


@post(f"{MINE}/ask", sync_to_thread=True)
def ask(request: Web, data: Form) -> Page:
    """Send a code to the address I give."""
    words: dict[str, str] = {lang: spoken(lang)("notices.letter", code="{code}") for lang in LANGS}

    def act(desk: Desk) -> object:
        scope, given = people(desk.cell), data.get("address", "")
        return notice.ask_code(desk, _way(data), given, words, scope=scope)

    return _done(request, data, act)


@post(f"{MINE}/confirm", sync_to_thread=True)
def confirm(request: Web, data: Form) -> Page:
    """Tell the code that came; from now on I am told there."""
    return _done(
        request, data,
        lambda desk: notice.confirm_code(
            desk, _way(data), data.get("code", ""), scope=people(desk.cell)
        ),
    )  # fmt: skip


@post(f"{MINE}/withdraw", sync_to_thread=True)
def withdraw(request: Web, data: Form) -> Page:
    """No longer be told this way."""

    def act(desk: Desk) -> None:
        notice.withdraw(desk, desk.subject.person, _way(data), scope=people(desk.cell))

    return _done(request, data, act)


@post(f"{MINE}/serve", sync_to_thread=True)
def serve(request: Web, data: Form) -> Page:
    """Agree that legal papers are served in my inbox (送达地址确认)."""

    def act(desk: Desk) -> object:
        return notice.consent(
            desk, desk.subject.person, Way.INBOX, field="", scope=people(desk.cell), confirmed=True
        )

    return _done(request, data, act)


def _way(data: Form) -> Way:
    try:
        return Way(data.get("way", ""))
    except ValueError:
        raise Invalid("way", "unknown") from None


def _done(request: Web, data: Form, act: Act) -> Page:
    """Do what a form asks; a refusal is told on the page, and what it counted stays counted."""
    portal: Portal = request.app.state.portal
    carry_csrf(request, data)
    try:
        with portal.visit(request) as (desk, _):
            refusal = act(desk)
    except (Invalid, notice.CodeTooSoon) as wrong:
        refusal = wrong
    return _page(request, refusal) if isinstance(refusal, Refusal) else leads_to(MINE)


def _page(request: Web, refusal: Refusal | None) -> Page:
    portal: Portal = request.app.state.portal
    with portal.visit(request) as (desk, visitor):
        view = _shown(desk, visitor, refusal)
        page = render(view, portal.chrome(request, visitor))
    status = 200 if refusal is None else refusal.status
    return Response(
        page, status_code=status, media_type=MediaType.HTML, cookies=remembered(request, visitor)
    )


def _shown(desk: Desk, visitor: Visitor, refusal: Refusal | None) -> Notices:
    if visitor.session is None:
        raise SessionEnded
    given = notice.consents(desk, desk.subject.person)
    inbox = given.get(Way.INBOX)
    return Notices(
        ways=tuple(_told(desk, way, given.get(way)) for way in notice.offered(desk)),
        served=None if inbox is None else inbox.confirmed_at,
        refused="" if refusal is None else in_words(visitor, refusal),
        back=back_of(desk, visitor.session),
    )  # fmt: skip


def _told(desk: Desk, way: Way, agreed: notice.Consent | None) -> TellingWay:
    asking = notice.asked(desk, way)
    return TellingWay(
        way=way.value,
        address="" if agreed is None else notice.address_of(desk, way),
        since=None if agreed is None else agreed.since,
        new="" if asking is None else notice.address_of(desk, way, new=True),
    )


HANDLERS = (notices, ask, confirm, withdraw, serve)
