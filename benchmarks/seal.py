"""What sealing takes of the rate at which facts are written.

Turns of writing with a sealer beside them and turns without alternate in one run. The sealer is a
process of its own and seals as often as a node's does; the clock of a turn with it stops only when
all that was written is sealed and copied to the second place. Processor time is read beside: it
tells the cost where a core stands idle, and where others use the machine.
"""

import multiprocessing
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from time import perf_counter

import psycopg

import zhouqiao.store
from benchmarks import processor
from zhouqiao.app.node import SEALED
from zhouqiao.store import Fact, Migration, Store, migrate, seal, system, verify
from zhouqiao.store.engines import EmbeddedPostgres, Server, temporary_folder
from zhouqiao.store.seal import SealFolder, Signer

GOAL = 0.05
CELL = "331002"
SIGNER = Signer.of(bytes(32))


class WasteWeighed(Fact, frozen=True):
    """A fact of ordinary size: 300 bytes of body."""

    words: str


FACT = WasteWeighed(words="浙椒渔00000 废机油 12.40 kg，江示例、林样本两人签名。" * 4)


@dataclass(frozen=True)
class Kind:
    """How facts are written: `each` in a command, `count` in a turn, in so many pairs of turns."""

    each: int
    count: int
    pairs: int


KINDS = {"single": Kind(1, 8_000, 8), "batched": Kind(10, 60_000, 16)}
QUICK = {"single": Kind(1, 3_000, 3), "batched": Kind(10, 24_000, 5)}


@dataclass(frozen=True)
class Turn:
    """What a turn took, in seconds: by the clock, of all processors, of them for the sealer.

    `tail` is the part of the clock in which nothing was written any more, and still sealed.
    """

    clock: float
    processors: float
    sealer: float
    tail: float


def run(quick: bool) -> dict[str, object]:  # noqa: FBT001
    """Write facts by durable commands, one and ten a command, with and without a sealer.

    `figure` is the part of the rate that the sealer takes, in percent, median over the pairs, of
    the harder kind (`batched`); `against` the rate without it. `processors` is the same of
    processor seconds: `sealer` those of the sealer and its server process, `all` of everything.
    """
    kinds = QUICK if quick else KINDS
    with temporary_folder() as folder:
        engine = EmbeddedPostgres(folder / "pg")
        try:
            server = _prepared(engine)
            return _measured(server, folder, kinds)
        finally:
            engine.stop()


def _measured(server: Server, folder: Path, kinds: dict[str, Kind]) -> dict[str, object]:
    place = SealFolder(folder / "elsewhere")
    with (
        closing(Store(server.app_dsn, size=1).open()) as app,
        _sealer(folder) as sealer,
    ):
        bench = _Bench(server, app, sealer)
        found = {name: bench.compared(kind) for name, kind in kinds.items()}
    with closing(Store(server.engine_dsn).open()) as engine:
        start = perf_counter()
        verdict = verify(engine, [SIGNER.public], place)
        took = perf_counter() - start
    if not verdict.is_sound or verdict.facts != bench.written:
        raise AssertionError(f"wrote {bench.written}, sealed {verdict.facts}")
    _found_one_byte(server, SIGNER, place)
    hard = found["batched"]
    return {
        "name": "seal",
        "figure": round(100 * hard["lost"], 2),
        "unit": "% of the rate of writing",
        "against": {"what": "writing without a sealer, facts/s", "rate": hard["alone_per_s"]},
        "ratio": hard["lost"],
        "detail": {
            "goal": GOAL,
            **found,
            "verified_facts_per_s": round(verdict.facts / took),
            "verified": verdict.facts,
            "bytes_kept_per_fact": _bytes_per_fact(server),
        },
    }


class _Bench:
    """Turns of writing, with and without the sealer."""

    def __init__(self, server: Server, app: Store, sealer: Connection) -> None:
        self._app, self._sealer = app, sealer
        self._watched: tuple[int, ...] = sealer.recv()  # the sealer, its server process
        self._write(1, 2_000)  # to warm up
        self._sealed()
        self._family = {os.getpid(), *self._watched, *processor.family(server)}
        self.written = 2_000

    def compared(self, kind: Kind) -> dict[str, object]:
        """Alternate, and turn round who comes first, so that what drifts falls on both."""
        alone, beside = [], []
        for pair in range(kind.pairs):
            for sealing in (pair % 2 == 0, pair % 2 == 1):
                (beside if sealing else alone).append(self._turn(kind, sealing=sealing))
        return _told(kind, alone, beside)

    def _turn(self, kind: Kind, *, sealing: bool) -> Turn:
        start, busy, its = (
            perf_counter(),
            processor.seconds(self._family),
            processor.seconds(self._watched),
        )
        if sealing:
            self._sealer.send("seal")
        self._write(kind.each, kind.count)
        written = perf_counter()
        if sealing:
            self._finished()
        end = perf_counter()
        turn = Turn(
            clock=end - start,
            processors=processor.seconds(self._family) - busy,
            sealer=processor.seconds(self._watched) - its,
            tail=end - written,
        )
        if not sealing:
            self._sealed()  # by no clock, so that the next turn seals its own alone
        self.written += kind.count
        return turn

    def _write(self, each: int, count: int) -> None:
        for n in range(0, count, each):
            with self._app.desk(system(CELL)) as desk:
                for _ in range(each):
                    desk.tell(FACT, about=f"case_{n}", scope="marine/331002001")

    def _sealed(self) -> None:
        self._sealer.send("seal")
        self._finished()

    def _finished(self) -> None:
        self._sealer.send("finish")
        self._sealer.recv()


def _told(kind: Kind, alone: list[Turn], beside: list[Turn]) -> dict[str, object]:
    pairs = list(zip(alone, beside, strict=True))
    lost = sorted(1 - one.clock / other.clock for one, other in pairs)
    return {
        "facts_a_turn": kind.count,
        "pairs": kind.pairs,
        "alone_per_s": round(kind.count / median(one.clock for one in alone)),
        "beside_per_s": round(kind.count / median(one.clock for one in beside)),
        "lost": round(median(lost), 4),
        "lost_least": round(lost[0], 4),
        "lost_most": round(lost[-1], 4),
        "tail_s": round(median(one.tail for one in beside), 3),
        "processors": {
            "writing_us": _us(kind, [one.processors for one in alone]),
            "sealing_us": _us(kind, [one.sealer for one in beside]),
            "sealer": round(median(b.sealer / a.processors for a, b in pairs), 4),
            "all": round(median(b.processors / a.processors - 1 for a, b in pairs), 4),
        },
    }


def _us(kind: Kind, seconds: list[float]) -> float:
    return round(median(seconds) / kind.count * 1e6, 2)


@contextmanager
def _sealer(folder: Path) -> Iterator[Connection]:
    """Start the sealer: it says its pids, seals from "seal" to "finish", and answers that."""
    process = multiprocessing.get_context("spawn")
    line, far = process.Pipe()
    child = process.Process(target=_sealing, args=(folder, far))
    child.start()
    try:
        yield line
    finally:
        line.close()
        child.join()


def _sealing(folder: Path, line: Connection) -> None:
    server = EmbeddedPostgres(folder / "pg").join()
    place = SealFolder(folder / "elsewhere")
    with closing(Store(server.engine_dsn, size=1).open()) as engine:
        with engine.connection() as connection:
            line.send((os.getpid(), connection.info.backend_pid))
        try:
            while line.recv() == "seal":
                while not line.poll(SEALED.total_seconds()):
                    _caught_up(engine, place)
                line.recv()
                _caught_up(engine, place)
                line.send("finished")
        except EOFError:
            return


def _caught_up(engine: Store, place: SealFolder) -> None:
    while seal.more_waits(seal.seal_new(engine, SIGNER, place)):
        pass


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
