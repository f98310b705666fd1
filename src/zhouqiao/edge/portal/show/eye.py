"""One citizen's view: their desk, and the words of pages and packs in their language."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from zhouqiao.edge.portal.door import Portal, Visitor
from zhouqiao.edge.portal.format import Format
from zhouqiao.edge.portal.show.title import title
from zhouqiao.edge.portal.words import Words
from zhouqiao.flow import case as cases
from zhouqiao.flow.case import Asked, Case
from zhouqiao.platform import access
from zhouqiao.store import Desk

KNOWN = ("name", "vessel", "account")


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
        shown = access.read_personal(self.desk, self.me, KNOWN, "own", "")
        return {name: one.text or "" for name, one in shown.items()}

    def mine(self, *, open_only: bool) -> list[cases.CaseLine]:
        """Return the person's own cases, newest first."""
        return cases.find(self.desk, Asked(person=self.me, open_only=open_only, limit=20))

    def title(self, case: Case | cases.CaseLine) -> str:
        """Return a case's one line."""
        return title(self.desk, self.words, case)

    def once(self) -> str:
        """Return a name for one sending of a form."""
        return self.desk.dice.key(12).hex()

    def or_else(self, key: str, otherwise: str) -> str:
        """Return a page's own words, or what stands for them."""
        return self.say(key) if key in self.say else otherwise

    @contextmanager
    def platform(self) -> Iterator[Desk]:
        """Lay out a desk of the platform itself: for the names of bodies and boats only."""
        with self.portal.store.desk(self.portal.platform_subject()) as desk:
            yield desk
