"""The one line a case is listed under; a case it is about is told by that one's own line."""

from collections.abc import Iterable

from zhouqiao.base import Invalid
from zhouqiao.edge.portal.show.parts import headline
from zhouqiao.edge.portal.words import Words
from zhouqiao.flow import case as cases
from zhouqiao.flow.case import Case, CaseId, CaseLine
from zhouqiao.store import Desk


def title(desk: Desk, words: Words, case: Case | CaseLine) -> str:
    """Return a case's one line in the reader's language."""
    return titles(desk, words, [case])[case.id]


def titles(desk: Desk, words: Words, held: Iterable[Case | CaseLine]) -> dict[str, str]:
    """Return each case's one line, by name.

    A case whose rule names another first is about that one, which opened before it: it is told as
    the reader would see it listed. One they may not see stays a name.
    """
    all_ = tuple(held)
    named = {about for about in map(_about, all_) if about is not None}
    others = titles(desk, words, cases.get_many(desk, sorted(named))) if named else {}
    return {one.id: headline(words, one.pack, one.procedure, one.headline, others) for one in all_}


def _about(case: Case | CaseLine) -> CaseId | None:
    try:
        return CaseId(case.headline.partition("|")[0])
    except Invalid:
        return None
