"""Search: what is indexed can be found by any two characters of it, by those who may see it.

What is trusted: the settings `zhouqiao.*` of the transaction, which `Store.desk` makes from the
signed-in subject, as for every policy. Whoever could run statements of their own under the role
`zhouqiao_app` could set them too, here as on any table; values given to `find` cannot. For any
settings whatever, `find` shows a part of what `SELECT … FROM search_entry` shows under them.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from zhouqiao.base import Invalid, Personal
from zhouqiao.store.desk import Desk
from zhouqiao.store.grams import Space, query_of, reach_of, stem_of, words_of
from zhouqiao.store.personal import lookup_key

END = datetime(9999, 12, 31, tzinfo=UTC)
LAST = "\U0010ffff"
LONGEST_QUERY = 64  # characters
MOST = 200  # found at once
WALK = 3_000  # newest rows of a kind looked through before the index is asked: about 1 ms
CAP = 2_000  # matches sorted at once (in one month a quarter of it); where more, day by day


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One thing found: `kind` and `key` name it, `at` is when it was last indexed as new."""

    kind: str
    key: str
    scope: str
    at: datetime

    @property
    def place(self) -> tuple[datetime, str]:
        """Where the next page begins: hand it to `find` as `before`."""
        return (self.at, self.key)


def index(  # noqa: PLR0913 - an entry is not seen rightly without whose it is
    desk: Desk,
    kind: str,
    key: str,
    *,
    scope: str,
    texts: Sequence[str | Personal[str]],
    person: str | None = None,
    unit: str | None = None,
    at: datetime | None = None,
) -> None:
    """Let `kind`/`key` be found by `texts`; a second call replaces the first.

    Rows are seen as everywhere: by scope, `person` and `unit`. `Personal` texts are kept as keyed
    hashes only, and leave the index when `person` is shredded, so they should be theirs. `at`
    orders what is found (newest first) and is now unless given.
    """
    moment = at or desk.now()
    has_personal = any(isinstance(text, Personal) for text in texts)
    space = Space(desk.cell, kind, lookup_key(desk) if has_personal else None)
    desk.rows.later(
        "INSERT INTO search_entry (cell, scope, person, unit, kind, key, at, words) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s, %s::text::tsvector) "
        "ON CONFLICT (cell, kind, key) DO UPDATE SET scope = excluded.scope, "
        "person = excluded.person, unit = excluded.unit, at = excluded.at, words = excluded.words",
        (
            desk.cell, scope, person, unit, kind, key, moment,
            words_of(space, texts, scope, moment),
        ),
    )  # fmt: skip


def unindex(desk: Desk, kind: str, key: str) -> None:
    """Let it be found no more."""
    desk.rows.later(
        "DELETE FROM search_entry WHERE cell = %s AND kind = %s AND key = %s",
        (desk.cell, kind, key),
    )


def find(
    desk: Desk,
    query: str,
    kinds: Sequence[str],
    *,
    limit: int = 20,
    before: tuple[datetime, str] | None = None,
) -> list[Found]:
    """Return what has every word of `query` and the subject may see, newest first.

    Two Chinese characters or three of Latin and digits are found anywhere; fewer find what begins
    with them. Capitals and full width do not matter. `before` is the last `place` of the page
    before. No word, nothing found. Raises `Invalid` (`query`) above 64 characters.
    """
    if len(query) > LONGEST_QUERY:
        raise Invalid("query", "too_long", limit=LONGEST_QUERY)
    key = None if desk.vault.is_empty else lookup_key(desk)
    spaces = [Space(desk.cell, kind, key) for kind in kinds]
    asked = [query_of(space, query) for space in spaces]
    if not any(asked):
        return []
    at, last = before or (END, LAST)
    most = min(max(limit, 1), MOST)
    rows = desk.rows.all(
        "SELECT DISTINCT kind, key, scope, at FROM search_find("
        "%s, %s::text[], %s, %s, %s, %s, %s, %s, %s) "
        "ORDER BY at DESC, key DESC LIMIT %s",
        (
            list(kinds), asked, [reach_of(space, desk.subject.reach) for space in spaces],
            [stem_of(space) for space in spaces], at, last, most, WALK, CAP, most,
        ),
    )  # fmt: skip
    return [Found(**row) for row in rows]
