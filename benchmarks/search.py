"""How fast three kinds of user find things among many, beside ILIKE under row-level security."""

import random  # noqa: TID251 - seeded: the same rows in every run
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

import psycopg

import zhouqiao.store
from zhouqiao.store import Migration, Store, Subject, migrate, search
from zhouqiao.store.engines import EmbeddedPostgres, Server, temporary_folder
from zhouqiao.store.grams import Space, folded, words_of

GOAL_MS = 15.0
CELL, KIND = "331002", "case"
TOWNS = [f"331002{n:03d}" for n in range(1, 12)]
SEARCHED = Space(CELL, KIND)
START = datetime(2024, 1, 1, tzinfo=UTC)
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗江"
SIGNS = [chr(0x4E00 + n) for n in range(0, 6000, 3)]

USERS = {
    "county": Subject(person="person_chief", cell=CELL, reach=""),
    "town": Subject(person="person_clerk", cell=CELL, reach="marine/331002003"),
    "citizen": Subject(person="person_17", cell=CELL),
}


def run(quick: bool) -> dict[str, object]:  # noqa: FBT001
    """Ask every user's every query again and again, on 1 M entries (200 k if `quick`).

    `figure` is the 95th percentile in ms of `search.find`, over the wire; `against` the same for
    `ILIKE` on the plain texts with a trigram index, under the same policy, in the same run.
    """
    size = 200_000 if quick else 1_000_000
    with temporary_folder() as folder:
        engine = EmbeddedPostgres(folder / "pg")
        try:
            server = engine.start()
            names = _fill(server, size)
            return _measured(server, size, names, rounds=5 if quick else 20)
        finally:
            engine.stop()


def _measured(server: Server, size: int, names: list[str], rounds: int) -> dict[str, object]:
    queries = _queries(names)
    with closing(Store(server.app_dsn, size=2).open()) as store:
        ours = {user: _times(store, user, queries, rounds, _find) for user in USERS}
        peer = {user: _times(store, user, queries, 1, _ilike) for user in USERS}
    p95, peer_p95 = _p95(_all(ours)), _p95(_all(peer))
    return {
        "name": "search",
        "figure": round(p95, 2),
        "unit": "ms",
        "against": {"what": "ILIKE under row-level security, newest 20", "p95": round(peer_p95, 2)},
        "ratio": round(p95 / peer_p95, 4),
        "detail": {
            "goal_ms": GOAL_MS,
            "entries": size,
            "by_user_p95": {user: round(_p95(_all({user: t})), 2) for user, t in ours.items()},
            "by_query_p95": {user: _by_query(t) for user, t in ours.items()},
            "peer_by_query_p50": {
                user: {kind: round(median(ms), 1) for kind, ms in t.items()}
                for user, t in peer.items()
            },
            "write": _writing(server),
            "size_mb": _sizes(server),
        },
    }


def _queries(names: list[str]) -> dict[str, list[str]]:
    """Return the queries by what is hard about them."""
    return {
        "name of two": names,
        "common, 10 %": ["垃圾清运"],
        "in every entry": ["海门街道", "渔"],
        "two words, one common": [f"{names[0]} 垃圾清运", "江 垃圾清运"],
        "boat number": ["浙椒渔00123", "04567", "899"],
        "nowhere": ["没有这样", "qqq"],
        "characters common, words never": ["道海", "运垃"],
        "all in other towns": ["浦坝港镇"],
        "12 % in one bygone season": ["台风"],
        "that season, and a common word": ["台风 垃圾清运", "台风 江"],
    }


def _find(store: Store, subject: Subject, query: str) -> None:
    with store.desk(subject) as desk:
        start = perf_counter()
        search.find(desk, query, [KIND])
        _find.took = (perf_counter() - start) * 1000  # type: ignore[attr-defined]


def _ilike(store: Store, subject: Subject, query: str) -> None:
    terms = [f"%{term}%" for term in query.split()]
    with store.desk(subject) as desk:
        start = perf_counter()
        desk.rows.all(
            "SELECT key, at FROM bench_text WHERE body ILIKE ALL(%s) "
            "ORDER BY at DESC, key DESC LIMIT 20",
            (terms,),
        )
        _ilike.took = (perf_counter() - start) * 1000  # type: ignore[attr-defined]


def _times(
    store: Store,
    user: str,
    queries: dict[str, list[str]],
    rounds: int,
    ask: Callable[[Store, Subject, str], None],
) -> dict[str, list[float]]:
    ask(store, USERS[user], "垃圾")
    taken: dict[str, list[float]] = {kind: [] for kind in queries}
    for _ in range(rounds):
        for kind, asked in queries.items():
            for query in asked:
                ask(store, USERS[user], query)
                taken[kind].append(ask.took)  # type: ignore[attr-defined]
    return taken


def _all(times: dict[str, dict[str, list[float]]]) -> list[float]:
    return [ms for by_kind in times.values() for taken in by_kind.values() for ms in taken]


def _p95(taken: list[float]) -> float:
    return quantiles(taken, n=20)[-1]


def _by_query(times: dict[str, list[float]]) -> dict[str, float]:
    return {kind: round(_p95(taken), 2) for kind, taken in times.items()}


def _fill(server: Server, size: int) -> list[str]:
    """Migrate and fill; return names of two characters that stand in a few entries each."""
    schema = Path(zhouqiao.store.__file__).parent / "schema"
    files = sorted(schema.glob("*.sql"))
    migrate(server.owner_dsn, [Migration(f"store/{f.name}", f.read_text("utf-8")) for f in files])
    names: list[str] = []
    with _owner(server) as owner:
        owner.execute(
            "CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public; CREATE TABLE bench_text "
            "(cell text, scope text, person text, unit text, key text, at timestamptz, body text); "
            "SELECT guard('bench_text')"
        )
        entries = "COPY search_entry (cell, scope, person, kind, key, at, words) FROM STDIN"
        texts = "COPY bench_text (cell, scope, person, key, at, body) FROM STDIN"
        for start in range(0, size, 50_000):
            rows = list(_rows(start, min(start + 50_000, size), size))
            names += [rows[0][-1]]
            with owner.cursor().copy(entries) as into:
                for scope, person, key, at, body, _ in rows:
                    into.write_row(
                        (CELL, scope, person, KIND, key, at, words_of(SEARCHED, [body], scope, at))
                    )
            with owner.cursor().copy(texts) as into:
                for scope, person, key, at, body, _ in rows:
                    into.write_row((CELL, scope, person, key, at, body))
        owner.execute(
            "CREATE INDEX ON bench_text (cell, at DESC, key DESC); "
            "CREATE INDEX ON bench_text (cell, person); "
            "CREATE INDEX ON bench_text USING gin (body gin_trgm_ops)"
        )
        owner.execute("VACUUM ANALYZE search_entry")
        owner.execute("VACUUM ANALYZE bench_text")
    return names


def _rows(start: int, end: int, size: int) -> Iterator[tuple[str, str, str, datetime, str, str]]:
    """Yield scope, person, key, at, body and name of made-up cases, one a minute."""
    chance = random.Random(start)  # noqa: S311 - seeded
    words = ["".join(chance.choice(SIGNS) for _ in range(2)) for _ in range(300)]
    for n in range(start, end):
        town = chance.choice(TOWNS)
        name = chance.choice(SURNAMES) + chance.choice(SIGNS)
        what = "垃圾清运" if chance.random() < 0.1 else chance.choice(words)
        storm = "台风" if 0.3 * size < n < 0.42 * size else ""
        place = "浦坝港镇" if town == TOWNS[5] else ""
        body = (
            f"{name if n % 3 == 0 else name + chance.choice(SIGNS)} "
            f"浙椒渔{chance.randrange(100_000):05d} {what}{chance.choice(words)} "
            f"海门街道{chance.choice(words)}{chance.choice(words)} {storm} {place}"
        )
        scope = f"{chance.choice(('marine', 'health', 'law', 'civil'))}/{town}"
        at = START + timedelta(minutes=n)
        person = f"person_{chance.randrange(size // 20)}"
        yield scope, person, f"case_{n:012x}", at, folded(body), name


def _writing(server: Server) -> dict[str, float]:
    """Time 2,000 entries indexed one command each, and a search after them."""
    texts = ["王样本 浙椒渔00123", "垃圾清运 海门街道大陈港区"]
    with closing(Store(server.app_dsn, size=2).open()) as store:
        taken = []
        for n in range(2_000):
            with store.desk(USERS["county"]) as desk:
                search.index(desk, KIND, f"case_new_{n}", scope="marine/331002003", texts=texts)
                start = perf_counter()
                desk.rows.one("SELECT 1")  # sends what waits
                taken.append((perf_counter() - start) * 1000)
        after = _times(store, "town", {"after": ["浙椒渔00123"]}, 20, _find)
    return {
        "index_p50_ms": round(median(taken), 3),
        "index_p95_ms": round(_p95(taken), 3),
        "search_after_p95_ms": round(_p95(after["after"]), 3),
    }


def _sizes(server: Server) -> dict[str, int]:
    names = ("search_entry", "search_words", "search_newest", "bench_text")
    with _owner(server) as owner:
        found = [
            owner.execute("SELECT pg_relation_size(%s::regclass) >> 20", (name,)).fetchone()
            for name in names
        ]
    return {name: row[0] for name, row in zip(names, found, strict=True) if row}


def _owner(server: Server) -> psycopg.Connection[tuple[int, ...]]:
    options = "-c search_path=zhouqiao,public"
    return psycopg.connect(server.owner_dsn, autocommit=True, options=options)
