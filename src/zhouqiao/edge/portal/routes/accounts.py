"""Accounts of others, for whoever keeps them: a first password, an end to every session.

An account is found by the name somebody signs in with, which is sent as a form and stands in no
address; who that is, is not shown.
"""

from functools import partial
from typing import Any

from litestar import MediaType, Response, get, post

from zhouqiao.base import NotFound
from zhouqiao.edge.portal.door import Portal, Web, carry_csrf, spoken
from zhouqiao.edge.portal.pages import console as pages
from zhouqiao.edge.portal.pages.person import SignedIn
from zhouqiao.edge.portal.routes.console import page_of
from zhouqiao.edge.portal.routes.public import Form
from zhouqiao.edge.portal.show.parts import word
from zhouqiao.edge.portal.words import LANGS, Words
from zhouqiao.platform import identity, notice
from zhouqiao.platform.identity import PersonId
from zhouqiao.platform.notice import Sending
from zhouqiao.platform.notice.declare import Message
from zhouqiao.store import Desk

PAGE, NAME = "/console/accounts", "accounts"
LONGEST = 80
Page = Response[Any]


@get(PAGE, sync_to_thread=True, include_in_schema=False)
def accounts(request: Web) -> Page:
    """Ask which account."""
    return page_of(request, NAME, lambda *_: pages.Accounts())


@post(PAGE, sync_to_thread=True, include_in_schema=False, status_code=200)
def find(request: Web, data: Form) -> Page:
    """Show the account of a sign-in name."""
    carry_csrf(request, data)
    login = _login(data)
    return page_of(
        request,
        NAME,
        lambda desk, page, words: pages.Accounts(
            login=login, found=_account(desk, page, words, login)
        ),
    )


@post(f"{PAGE}/reset", include_in_schema=False, media_type=MediaType.HTML, status_code=200)
async def reset(request: Web, data: Form) -> Page:
    """Give somebody a password, shown this once, which they change before anything else."""
    portal: Portal = request.app.state.portal
    carry_csrf(request, data)
    return await portal.gate.through(partial(page_of, request, NAME, partial(_reset, _login(data))))


@post(f"{PAGE}/end", sync_to_thread=True, include_in_schema=False, status_code=200)
def end(request: Web, data: Form) -> Page:
    """End every session of somebody."""
    carry_csrf(request, data)
    return page_of(request, NAME, partial(_ended, _login(data)))


def _reset(login: str, desk: Desk, page: Words, words: Words) -> pages.Accounts:
    person, first = _known(desk, login), identity.first_password(desk)
    identity.reset_password(desk, person, first)
    _tell(desk, person, "reset")
    found = _account(desk, page, words, login)
    return pages.Accounts(login=login, found=found, first=first)


def _ended(login: str, desk: Desk, page: Words, words: Words) -> pages.Accounts:
    person = _known(desk, login)
    identity.revoke_sessions(desk, person, "by_administrator")
    _tell(desk, person, "ended")
    return pages.Accounts(login=login, found=_account(desk, page, words, login), ended=True)


def _login(data: dict[str, str]) -> str:
    return data.get("login", "").strip()[:LONGEST]


def _known(desk: Desk, login: str) -> PersonId:
    person = identity.find_account(desk, login)
    if person is None:
        raise NotFound("account", "-")
    return person


def _account(desk: Desk, page: Words, words: Words, login: str) -> pages.Account | None:
    person = identity.find_account(desk, login)
    if person is None:
        return None
    return pages.Account(
        mine=person == desk.subject.person,
        posts=tuple(_post(page, words, one.role) for one in identity.posts_of(desk, person)),
        sessions=tuple(
            SignedIn(kind=one.kind, since=one.opened_at, seen=one.seen_at)
            for one in identity.sessions_of(desk, person)
        ),
    )  # fmt: skip


def _post(page: Words, words: Words, role: str) -> str:
    pack, _, name = role.partition("@")[0].partition(".")
    return page(f"role.{role}") if f"role.{role}" in page else word(words, f"{pack}.role.{name}")


def _tell(desk: Desk, person: PersonId, what: str) -> None:
    """Put into somebody's inbox what was done to their account."""
    told: dict[str, str] = {lang: spoken(lang)(f"accounts_kept.told.{what}") for lang in LANGS}
    sending = Sending(
        person=person, about=person, scope=identity.people(desk.cell), pack="kernel", words=told
    )
    notice.send(desk, Message(name=f"account_{what}"), sending)


HANDLERS = (accounts, find, reset, end)
