"""The door of the portal: who comes in, in which language, by which token."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
from litestar import Request

from zhouqiao.base import NotAllowed, NotFound
from zhouqiao.edge.openid import Party, Provider
from zhouqiao.edge.portal.format import in_capitals
from zhouqiao.edge.portal.limit import Gate, Guests
from zhouqiao.edge.portal.pages.public import DemoAccount
from zhouqiao.edge.portal.render import Chrome, Theme, chosen, layout
from zhouqiao.edge.portal.vocabulary import vocabulary
from zhouqiao.edge.portal.words import LANGS, Lang, Words, words
from zhouqiao.platform.access import subject_for
from zhouqiao.platform.document.content import LIMIT
from zhouqiao.platform.document.typeset import Press
from zhouqiao.platform.identity import Session, SessionEnded, cell_of, csrf_fits, csrf_for, resolve
from zhouqiao.sdk import Loaded
from zhouqiao.store import Desk, Engine, Store, Subject, seal, system
from zhouqiao.store.engines import Broker

COOKIE = "zhouqiao"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
PASSWORD_PAGE = "/me/password"  # noqa: S105 - a path
LEFT_OPEN = frozenset({PASSWORD_PAGE, "/sign-out"})
"""Where somebody may go who still has the password others gave them."""
Web = Request[Any, Any, Any]


class CsrfMissing(NotAllowed):
    """A form came without the token its page carries."""

    code = "portal.csrf"

    def __init__(self) -> None:
        super().__init__("portal.post")


class PasswordFirst(NotAllowed):
    """A password that others gave must be changed before anything else."""

    code = "portal.password_first"

    def __init__(self) -> None:
        super().__init__("portal.visit")


class Visitor(msgspec.Struct, frozen=True, kw_only=True):
    """Who is asking: their session and the subject it makes of them (None: nobody signed in)."""

    token: str = ""
    session: Session | None = None
    subject: Subject | None = None
    lang: Lang = "zh"
    theme: Theme = "standard"

    @property
    def csrf(self) -> str:
        """The token every form of theirs posts back."""
        return csrf_for(self.token) if self.token else ""

    @property
    def who(self) -> Subject:
        """Return the subject. Raises `SessionEnded` where nobody is signed in."""
        if self.subject is None:
            raise SessionEnded
        return self.subject


@dataclass
class Portal:
    """What the routes are handed: the store, the packs, and what belongs to this node.

    `demo_password` signs the made-up accounts in (None: not a demonstration); `folder` is where
    this node may keep files, `largest_file` how many bytes one may have; `seal_keys` are the
    public keys whose seals of the journal count, `seal_place` where their copies went; `providers`
    by whose word people may sign in.
    """

    store: Store
    packs: Sequence[Loaded]
    cell: str
    address: str
    engine: Engine | None = None
    folder: str = "var"
    demo: tuple[DemoAccount, ...] = ()
    demo_password: str | None = None
    broker: Callable[[], Broker] | None = None
    largest_file: int = LIMIT
    seal_keys: tuple[bytes, ...] = ()
    seal_place: seal.SecondPlace | None = None
    guests: Guests = field(default_factory=Guests)
    gate: Gate = field(default_factory=Gate)
    providers: tuple[Provider, ...] = ()

    @cached_property
    def _words(self) -> Mapping[Lang, Words]:
        return {lang: vocabulary(self.packs, lang) for lang in LANGS}

    def pack_words(self, lang: Lang) -> Words:
        """Return the words of every pack, under `<pack>.<key>`."""
        return self._words[lang]

    @cached_property
    def press(self) -> Press:
        """The one typesetter of this process."""
        return Press(Path(self.folder) / "press")

    @cached_property
    def _parties(self) -> Mapping[str, Party]:
        return {
            one.name: Party(one, self.store.clock, f"{self.address}/sign-in/back/{one.name}")
            for one in self.providers
        }

    def party(self, name: str) -> Party:
        """Return the relying party at a provider. Raises `NotFound`."""
        if name not in self._parties:
            raise NotFound("provider", name)
        return self._parties[name]

    def platform_subject(self) -> Subject:
        """Return the platform itself in this node's cell."""
        return system(self.cell)

    def spoken(self, visitor: "Visitor") -> Words:
        """Return the words of the pages in a visitor's language."""
        return words(visitor.lang)

    def capitals(self, number: Decimal) -> str:
        """Return a number as papers write it out."""
        return in_capitals(number)

    @contextmanager
    def visit(self, request: Web) -> Iterator[tuple[Desk, Visitor]]:
        """Lay out a desk for whoever asks; one transaction, session and all.

        Raises `SessionEnded` where nobody is signed in, `CsrfMissing` for a forged form,
        `PasswordFirst` where a password that others gave was not changed yet.
        """
        token, by_cookie = token_of(request)
        seen: list[Session] = []
        with self.store.desk_of(cell_of(token) or self.cell, _who(token, seen)) as desk:
            self.guests.welcome(token)
            if seen[0].must_change and request.url.path not in LEFT_OPEN:
                raise PasswordFirst
            if by_cookie:
                _check_csrf(request, token)
            yield (
                desk,
                Visitor(token=token, session=seen[0], subject=desk.subject, **_manner(request)),
            )

    def stranger(self, request: Web) -> Visitor:
        """Return the visitor as far as the request alone tells."""
        token, _ = token_of(request)
        return Visitor(token=token, **_manner(request))

    def chrome(
        self, request: Web, visitor: Visitor, *, who: str = "", post: str = "", unread: int = 0
    ) -> Chrome:
        """Return what surrounds a page."""
        return Chrome(
            lang=visitor.lang, theme=visitor.theme, path=request.url.path,
            query=request.url.query, who=who, post=post,
            csrf=visitor.csrf, demo=bool(self.demo), unread=unread,
        )  # fmt: skip


def token_of(request: Web) -> tuple[str, bool]:
    """Return the session token and whether the browser sent it by itself (a cookie)."""
    way, _, bearer = request.headers.get("authorization", "").partition(" ")
    if way.lower() == "bearer" and bearer:
        return bearer.strip(), False
    return request.cookies.get(COOKIE, ""), True


def carry_csrf(request: Web, data: Mapping[str, Any]) -> None:
    """Let `visit` see the token a form posted back."""
    request.scope["zhouqiao.csrf"] = data.get("csrf", "")  # type: ignore[typeddict-unknown-key]


def spoken(lang: Lang) -> Words:
    """Return the words of the pages."""
    return words(lang)


def _who(token: str, seen: list[Session]) -> Callable[[Desk], Subject]:
    def find(desk: Desk) -> Subject:
        if not token:
            raise SessionEnded
        session = resolve(desk, token)
        seen.append(session)
        return subject_for(desk, session)

    return find


def _check_csrf(request: Web, token: str) -> None:
    if request.method in SAFE:
        return
    given = request.headers.get("x-csrf-token") or request.scope.get("zhouqiao.csrf", "")
    if not csrf_fits(token, str(given)):
        raise CsrfMissing


def _manner(request: Web) -> dict[str, Any]:
    accept = request.headers.get("accept-language", "")
    return {
        "lang": chosen(request.query_params, request.cookies, accept),
        "theme": layout(request.query_params, request.cookies),
    }
