"""How fast lists of cases are read among many: 12 combinations, three kinds of user."""

import random  # noqa: TID251 - seeded: the same rows in every run
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from statistics import median, quantiles
from time import perf_counter
from typing import Any

import psycopg

from benchmarks.complaint import pack
from benchmarks.node import CELL, platform_in
from zhouqiao.app.compose import Platform, prepare
from zhouqiao.flow import case as cases
from zhouqiao.flow.case import Asked
from zhouqiao.store import Desk, Subject, search
from zhouqiao.store.engines import EmbeddedPostgres, Server, temporary_folder
from zhouqiao.store.grams import Space, words_of

GOAL_MS = 15.0
TOWNS = [f"331002{n:03d}" for n in range(1, 12)]
STATES = ("raised", "assigned", "resolved")
ABOUT = ("路灯不亮", "垃圾清运", "井盖缺失", "噪声扰民", "占道经营", "河道漂浮物")
START = datetime(2024, 1, 1, tzinfo=UTC)
COLUMNS = (
    "id, code, cell, scope, person, unit, pack, procedure, shape, matter, matter_version, "
    "headline, state, phase, nth, opened_by, opened_at, entered, due_at, due_kind, lon, lat, kept"
)
ENTRIES = "COPY search_entry (cell, scope, person, kind, key, at, words) FROM STDIN"
USERS = {
    "county": Subject(person="person_chief", cell=CELL, reach=""),
    "town": Subject(person="person_clerk", cell=CELL, reach="town/331002003"),
    "citizen": Subject(person="person_17", cell=CELL),
}
Ask = Callable[[Desk], object]


def run(quick: bool) -> dict[str, object]:  # noqa: FBT001
    """Ask every user's every list again and again, on 1 M cases (200 k if `quick`).

    `figure` is the 95th percentile in ms over the wire; `against` a read of one case by its id.
    """
    size = 200_000 if quick else 1_000_000
    with temporary_folder() as folder:
        engine = EmbeddedPostgres(folder / "postgres")
        server = engine.start()
        try:
            prepare(server)
            with closing(platform_in(folder, 2)) as platform:
                _fill(server, platform, size)
                return _measured(platform, size, rounds=20 if quick else 40)
        finally:
            engine.stop()


def combinations(size: int) -> dict[str, Callable[[Subject], Ask]]:
    """Return the twelve lists by what they ask for."""
    middle = START + timedelta(minutes=size // 2)
    late = START + timedelta(minutes=size)
    lists: dict[str, dict[str, Any]] = {
        "newest": {},
        "newest, page in the middle": {"before": middle},
        "newest of a procedure": {"procedure": "complaint"},
        "newest of a rare state": {"state": "assigned"},
        "newest of a rare state, rare procedure": {"state": "assigned", "procedure": "late"},
        "open, most urgent": {"open_only": True, "sort": "due"},
        "open, due before": {"open_only": True, "sort": "due", "due_before": late},
        "open of a state, most urgent": {"open_only": True, "sort": "due", "state": "assigned"},
        "newest of a person": {"person": "person_17"},
        "newest of one town": {"scope": "town/331002005"},
    }
    found = {name: _list(asked) for name, asked in lists.items()}
    return found | {"word, common": _word("垃圾清运"), "code": _word("000123")}


def _list(asked: dict[str, Any]) -> Callable[[Subject], Ask]:
    def of(subject: Subject) -> Ask:
        given = dict(asked)
        if subject.reach is None:
            given["person"] = subject.person
        elif subject.reach:
            given.setdefault("scope", subject.reach)
        return lambda desk: cases.find(desk, Asked(**given))

    return of


def _word(query: str) -> Callable[[Subject], Ask]:
    def ask(desk: Desk) -> object:
        found = search.find(desk, query, ["case"])
        return cases.lines_of(desk, [one.key for one in found])

    return lambda _subject: ask


def _measured(platform: Platform, size: int, rounds: int) -> dict[str, object]:
    took: dict[str, dict[str, list[float]]] = {user: {} for user in USERS}
    for user, subject in USERS.items():
        for name, of in combinations(size).items():
            took[user][name] = _times(platform, subject, of(subject), rounds)
    floor = _times(
        platform, USERS["county"], lambda desk: cases.get(desk, f"case_{size // 2:012x}"), 200
    )
    every = [ms for lists in took.values() for taken in lists.values() for ms in taken]
    return {
        "name": "list",
        "figure": round(_p95(every), 2),
        "unit": "ms",
        "against": {"what": "one case by its id", "p95": round(_p95(floor), 2)},
        "ratio": round(_p95(every) / _p95(floor), 2),
        "detail": {
            "goal_ms": GOAL_MS,
            "cases": size,
            "by_user_p95": {
                user: round(_p95([ms for taken in lists.values() for ms in taken]), 2)
                for user, lists in took.items()
            },
            "by_list_p50": {
                user: {name: round(median(taken), 2) for name, taken in lists.items()}
                for user, lists in took.items()
            },
        },
    }


def _times(platform: Platform, subject: Subject, ask: Ask, rounds: int) -> list[float]:
    taken = []
    for turn in range(rounds + 2):
        with platform.store.desk(subject) as desk:
            desk.rows.one("SELECT 1 AS one")  # the transaction stands
            begun = perf_counter()
            ask(desk)
            if turn > 1:
                taken.append((perf_counter() - begun) * 1000)
    return taken


def _fill(server: Server, platform: Platform, size: int) -> None:
    mark = platform.packs[0].current["bench.complaint"]
    options = "-c search_path=zhouqiao,public"
    with psycopg.connect(server.owner_dsn, autocommit=True, options=options) as owner:
        for start in range(0, size, 50_000):
            rows = list(_rows(start, min(start + 50_000, size), size, mark))
            with owner.cursor().copy(f"COPY cases ({COLUMNS}) FROM STDIN") as into:
                for row in rows:
                    into.write_row(row)
            space = Space(CELL, "case")
            with owner.cursor().copy(ENTRIES) as into:
                for row in rows:
                    words = words_of(space, [row[1], row[11]], row[3], row[16])
                    into.write_row((CELL, row[3], row[4], "case", row[0], row[16], words))
        owner.execute("VACUUM ANALYZE cases")
        owner.execute("VACUUM ANALYZE search_entry")


def _rows(start: int, end: int, size: int, mark: str) -> Iterator[tuple[Any, ...]]:
    """Yield made-up cases, one a minute: 98 % are closed, the last 2 % mostly open."""
    chance = random.Random(start)  # noqa: S311 - seeded
    for n in range(start, end):
        at = START + timedelta(minutes=n)
        is_open = n > size * 0.98 and chance.random() < 0.8
        state = chance.choice(STATES[:2]) if is_open else STATES[2]
        due = at + timedelta(hours=4) if is_open else None
        procedure = "late" if chance.random() < 0.02 else "complaint"
        yield (
            f"case_{n:012x}", f"{CELL}-{at:%Y%m%d}-{n:06d}", CELL, f"town/{chance.choice(TOWNS)}",
            f"person_{chance.randrange(size // 20)}", None, pack.name, procedure, mark, "complaint",
            1, chance.choice(ABOUT), state, "open" if is_open else "closed", 2, "system", at, at,
            due, "promise" if due else None, 121.4, 28.6, "{}",
        )  # fmt: skip


def _p95(taken: list[float]) -> float:
    return quantiles(taken, n=20)[-1]
