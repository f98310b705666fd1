"""Laws of search: it finds what looking through all one may see would find, in that order."""

import random  # noqa: TID251 - seeded: the same entries in every run
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import zhouqiao.store
from zhouqiao.store import Migration, Store, Subject, migrate, search
from zhouqiao.store.engines import EmbeddedPostgres, temporary_folder
from zhouqiao.store.grams import Space, words_of

CELL = "331002"
TOWNS = ("331002001", "331002002", "331002003")
START = datetime(2023, 11, 20, tzinfo=UTC)
SIZE = 5_000
COPY = "COPY search_entry (cell, scope, person, unit, kind, key, at, words) FROM STDIN"
SUBJECTS = (
    Subject(person="person_chief", cell=CELL, reach=""),
    Subject(person="person_clerk", cell=CELL, reach="marine/331002003"),
    Subject(person="person_clerk", cell=CELL, reach="civil/33100200"),
    Subject(person="person_3", cell=CELL),
    Subject(person="person_3", cell=CELL, unit="unit_1"),
    Subject(person="person_3", cell=CELL, unit="unit_1", reach="marine/331002002"),
    Subject(person="person_chief", cell="330106", reach=""),
)

pytestmark = pytest.mark.engine


@dataclass(frozen=True)
class Entry:
    """A made-up case: its code, as cases have it, and a headline."""

    scope: str
    person: str
    unit: str | None
    key: str
    at: datetime
    code: str
    headline: str


@dataclass(frozen=True)
class Filled:
    """A store full of entries, whose texts are known here."""

    store: Store
    entries: dict[str, Entry]

    def naively(self, subject: Subject, words: list[str]) -> list[str]:
        """Return the keys of all the subject is shown whose texts hold every word."""
        with self.store.desk(subject) as desk:
            rows = desk.rows.all("SELECT key FROM search_entry ORDER BY at DESC, key DESC")
        seen = [self.entries[row["key"]] for row in rows]
        return [
            one.key
            for one in seen
            if all(word in one.code or word in one.headline for word in words)
        ]


@pytest.fixture(scope="module")
def filled() -> Iterator[Filled]:
    """More than two years of cases, a season of storms among them and one day of wrecks."""
    entries = list(_made_up())
    schema = Path(zhouqiao.store.__file__).parent / "schema"
    with temporary_folder(fleeting=True) as folder:
        engine = EmbeddedPostgres(folder / "pg", durable=False)
        server = engine.start()
        steps = [Migration(f.name, f.read_text("utf-8")) for f in sorted(schema.glob("*.sql"))]
        migrate(server.owner_dsn, steps)
        options = "-c search_path=zhouqiao,public"
        with (
            psycopg.connect(server.owner_dsn, options=options) as owner,
            owner.cursor().copy(COPY) as into,
        ):
            for one in entries:
                into.write_row(_row(one))
        with closing(Store(server.app_dsn, size=1).open()) as store:
            yield Filled(store, {one.key: one for one in entries})
        engine.stop()


def _made_up() -> Iterator[Entry]:
    chance = random.Random(20261014)  # noqa: S311 - seeded
    for n in range(SIZE):
        at = START + timedelta(hours=4 * n)
        about = chance.choice(("路灯不亮", "垃圾清运", "井盖缺失", "浙椒渔" + f"{n * 7:05d}"))
        storm = " 台风" if 2000 < n < 2600 else " 沉船" if 3100 < n < 3106 else ""
        yield Entry(
            scope=f"{chance.choice(('marine', 'civil'))}/{chance.choice(TOWNS)}",
            person=f"person_{chance.randrange(200)}",
            unit="unit_1" if chance.random() < 0.02 else None,
            key=f"case_{n:05d}",
            at=at,
            code=f"{CELL}-{at:%Y%m%d}-{n:06d}",
            headline=about + storm,
        )


def _row(one: Entry) -> tuple[object, ...]:
    words = words_of(Space(CELL, "case"), [one.code, one.headline], one.scope, one.at)
    return (CELL, one.scope, one.person, one.unit, "case", one.key, one.at, words)


@st.composite
def asked(draw: st.DrawFn, entries: dict[str, Entry]) -> list[str]:
    """Draw one or two words: the end, the beginning or all of what stands in one entry."""
    one = entries[f"case_{draw(st.integers(0, SIZE - 1) | st.integers(2_001, 2_599)):05d}"]
    words = []
    for _ in range(draw(st.integers(1, 2))):
        word = draw(st.sampled_from((*one.code.split("-"), *one.headline.split())))
        size = draw(st.integers(min(3, len(word)), len(word)))
        words.append(draw(st.sampled_from((word[-size:], word[:size]))))
    return words


def test_search_finds_what_looking_through_all_one_may_see_finds(filled: Filled) -> None:
    @settings(max_examples=200, suppress_health_check=list(HealthCheck), deadline=None)
    @given(
        asked(filled.entries),
        st.sampled_from(SUBJECTS),
        st.sampled_from((1, 1, 40, 3_000)),
        st.sampled_from((4, 60, 2_000)),
        st.integers(1, 30),
        st.none() | st.integers(0, SIZE - 1),
    )
    def agrees(
        words: list[str], subject: Subject, walk: int, cap: int, limit: int, page: int | None
    ) -> None:
        before = None if page is None else (START + timedelta(hours=4 * page), f"case_{page:05d}")
        with pytest.MonkeyPatch.context() as tuned, filled.store.desk(subject) as desk:
            tuned.setattr(search, "WALK", walk)
            tuned.setattr(search, "CAP", cap)
            found = search.find(desk, " ".join(words), ["case"], limit=limit, before=before)

        there = filled.naively(subject, words)
        older = [key for key in there if before is None or key < before[1]]
        assert [one.key for one in found] == older[:limit]

    agrees()


def test_a_whole_code_and_its_end_find_the_one_case(filled: Filled) -> None:
    chief = SUBJECTS[0]
    for n in (17, 2_345, 4_999):
        one = filled.entries[f"case_{n:05d}"]
        with filled.store.desk(chief) as desk:
            by_code = search.find(desk, one.code, ["case"])
            by_end = search.find(desk, one.code[-6:], ["case"])

        assert [found.key for found in by_code] == [one.key]
        assert one.key in [found.key for found in by_end]
