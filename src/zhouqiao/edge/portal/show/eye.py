"""One citizen's view: their desk, and the words of pages and packs in their language."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from zhouqiao.edge.portal.door import Portal, Visitor
from zhouqiao.edge.portal.format import Format
from zhouqiao.edge.portal.show.title import title
from zhouqiao.edge.portal.words import Words
from zhouqiao.flow import case as cases
from zhouqiao.flow.case import Asked, Case
from zhouqiao.flow.case.declare import Procedure
from zhouqiao.platform import access
from zhouqiao.store import Desk

KNOWN = ("name", "account")


class Eye:
    """What every page of a citizen is made with."""

    def __init__(self, portal: Portal, desk: Desk, visitor: Visitor) -> None:
        self.portal, self.desk, self.visitor = portal, desk, visitor
        self.words: Words = portal.pack_words(visitor.lang)
        self.say: Words = portal.spoken(visitor)
        self.f = Format(self.say)
        self.me = desk.subject.person

    @cached_property
    def known(self) -> dict[str, str]:
        """What is known of the person themself, in the clear."""
        return self.known_as(KNOWN)

    def known_as(self, names: Iterable[str]) -> dict[str, str]:
        """Return what is known of the person themself under some names, in the clear."""
        shown = access.read_personal(self.desk, self.me, sorted(names), "own", "")
        return {name: one.text or "" for name, one in shown.items()}

    def procedure(self, pack: str, name: str) -> Procedure[Any, Any]:
        """Return a procedure as its pack declares it today."""
        packs = (one.pack for one in self.portal.packs if one.pack.name == pack)
        return next(p for one in packs for p in one.procedures if p.name == name)

    def phrases(self, pack: str, procedure: str) -> dict[str, str]:
        """Return what a pack says in its own words where pages speak of a procedure."""
        return self.words.under(f"{pack}.page.{procedure}")

    def page(self, pack: str, procedure: str) -> Words:
        """Return the words of the pages as they speak of a procedure."""
        return self.say.over(self.phrases(pack, procedure))

    def mine(self, *, open_only: bool) -> list[cases.CaseLine]:
        """Return the person's own cases, newest first."""
        return cases.find(self.desk, Asked(person=self.me, open_only=open_only, limit=20))

    def title(self, case: Case | cases.CaseLine) -> str:
        """Return a case's one line."""
        return title(self.desk, self.words, case)

    def once(self) -> str:
        """Return a name for one sending of a form."""
        return self.desk.dice.key(12).hex()

    def or_else(self, key: str, otherwise: str, page: Words | None = None) -> str:
        """Return a page's own words, or what stands for them."""
        said = self.say if page is None else page
        return said(key) if key in said else otherwise

    @contextmanager
    def platform(self) -> Iterator[Desk]:
        """Lay out a desk of the platform itself: for the names of bodies and units only."""
        with self.portal.store.desk(self.portal.platform_subject()) as desk:
            yield desk
