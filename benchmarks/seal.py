"""What sealing costs beside writing what is sealed."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median
from threading import Event, Thread
from time import perf_counter

import psycopg

import zhouqiao.store
from zhouqiao.store import Fact, Migration, Store, migrate, seal, system, verify
from zhouqiao.store.engines import EmbeddedPostgres, Server, temporary_folder
from zhouqiao.store.seal import SealFolder, Signer

GOAL = 0.05
CELL = "331002"
EACH = 10  # facts a command of the batched kind tells


class WasteWeighed(Fact, frozen=True):
    """A fact of ordinary size: 300 bytes of body."""

    words: str


FACT = WasteWeighed(words="浙椒渔00000 废机油 12.40 kg，江示例、林样本两人签名。" * 4)


def run(quick: bool) -> dict[str, object]:  # noqa: FBT001
    """Write facts by durable commands, seal them, and put the two times beside each other.

    `figure` is the time of sealing in percent of the time of writing the same facts, one fact a
    command, in the same run; `against` the time of writing. `batched` is the harder case of ten
    facts a command; `at_once` what a sealer beside the writer takes of
    its rate, by the seconds between two seals (median of pairs; the noise of the machine is in it).
    """
    count = 4_000 if quick else 20_000
    with temporary_folder() as folder:
        engine = EmbeddedPostgres(folder / "pg")
        try:
            server = _prepared(engine)
            return _measured(server, SealFolder(folder / "elsewhere"), count)
        finally:
            engine.stop()


def _measured(server: Server, place: SealFolder, count: int) -> dict[str, object]:
    signer = Signer.of(bytes(32))
    with (
        closing(Store(server.app_dsn).open()) as app,
        closing(Store(server.engine_dsn).open()) as engine,
    ):
        single = _ratio(app, engine, signer, place, count, 1)
        batched = _ratio(app, engine, signer, place, count, EACH)
        at_once = {
            str(every): _at_once(app, engine, signer, place, count, every) for every in (0.2, 2.0)
        }
        start = perf_counter()
        verdict = verify(engine, [signer.public], place)
        took = perf_counter() - start
    _found_one_byte(server, signer, place)
    return {
        "name": "seal",
        "figure": round(single["ratio"] * 100, 2),
        "unit": "% of the time of writing",
        "against": {"what": "writing the same facts", "seconds": round(single["writing_s"], 3)},
        "ratio": round(single["ratio"], 4),
        "detail": {
            "goal": GOAL,
            "single": single,
            "batched": batched,
            "at_once": at_once,
            "verified_facts_per_s": round(verdict.facts / took),
            "verified": verdict.facts,
            "sound": verdict.is_sound,
            "bytes_kept_per_fact": _bytes_per_fact(server),
        },
    }


def _ratio(
    app: Store, engine: Store, signer: Signer, place: SealFolder, count: int, each: int
) -> dict[str, float]:
    """Write and seal in turns, so that both meet the same machine."""
    writing = sealing = 0.0
    for _ in range(4):
        start = perf_counter()
        _write(app, count // 4, each)
        between = perf_counter()
        while seal.seal_new(engine, signer, place):
            pass
        writing, sealing = writing + between - start, sealing + perf_counter() - between
    return {
        "facts": count,
        "writing_s": writing,
        "sealing_s": sealing,
        "written_per_s": round(count / writing),
        "sealed_per_s": round(count / sealing),
        "ratio": sealing / writing,
    }


def _write(app: Store, count: int, each: int) -> None:
    for n in range(0, count, each):
        with app.desk(system(CELL)) as desk:
            for _ in range(each):
                desk.tell(FACT, about=f"case_{n}", scope="marine/331002001")


def _at_once(
    app: Store, engine: Store, signer: Signer, place: SealFolder, count: int, every: float
) -> dict[str, float]:
    """Compare the rate of a writer with and without a sealer beside it, pair by pair."""
    alone, beside = [], []
    for _ in range(5):
        alone.append(_rate(app, count // 4))
        with _sealing(engine, signer, place, every):
            beside.append(_rate(app, count // 4))
    lost = [1 - one / other for one, other in zip(beside, alone, strict=True)]
    return {
        "alone_per_s": round(median(alone)),
        "beside_per_s": round(median(beside)),
        "lost": round(median(lost), 4),
        "lost_least": round(min(lost), 4),
        "lost_most": round(max(lost), 4),
    }


def _rate(app: Store, count: int) -> float:
    start = perf_counter()
    _write(app, count, 1)
    return count / (perf_counter() - start)


@contextmanager
def _sealing(engine: Store, signer: Signer, place: SealFolder, every: float) -> Iterator[None]:
    done = Event()

    def work() -> None:
        while not done.wait(every):
            seal.seal_new(engine, signer, place)

    worker = Thread(target=work)
    worker.start()
    try:
        yield
    finally:
        done.set()
        worker.join()


def _found_one_byte(server: Server, signer: Signer, place: SealFolder) -> None:
    """Change one byte of one fact and see it named, or the figures mean nothing."""
    with _owner(server) as owner:
        row = owner.execute(
            "UPDATE journal SET body = replace(body, '12.40', '12.41') "
            "WHERE seq = (SELECT max(seq) FROM seal, unnest(seqs) AS seq) RETURNING seq"
        ).fetchone()
    with closing(Store(server.engine_dsn).open()) as engine:
        found = verify(engine, [signer.public], place).findings
    if row is None or [one.seq for one in found] != [row[0]]:
        raise AssertionError(f"changed {row}, found {found}")


def _bytes_per_fact(server: Server) -> float:
    with _owner(server) as owner:
        row = owner.execute(
            "SELECT pg_total_relation_size('seal') / (SELECT count(*) FROM journal)::float"
        ).fetchone()
    return round(row[0], 1) if row else 0.0


def _prepared(engine: EmbeddedPostgres) -> Server:
    server = engine.start()
    files = sorted((Path(zhouqiao.store.__file__).parent / "schema").glob("*.sql"))
    migrate(server.owner_dsn, [Migration(f"store/{f.name}", f.read_text("utf-8")) for f in files])
    return server


def _owner(server: Server) -> psycopg.Connection[tuple[float, ...]]:
    options = "-c search_path=zhouqiao,public"
    return psycopg.connect(server.owner_dsn, autocommit=True, options=options)
