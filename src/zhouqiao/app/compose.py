"""Putting the platform together from its modules, its packs and a server."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from importlib.resources import files
from pathlib import Path
from typing import Any, ClassVar

from zhouqiao.base import Clock, Dice, Ids, Point, Refusal, SystemClock, SystemDice, Uuid7Ids
from zhouqiao.flow import case as cases
from zhouqiao.flow.dispatch import TRAVEL, Dispatcher
from zhouqiao.flow.dispatch import Way as Passage
from zhouqiao.platform import document, notice
from zhouqiao.platform.access import Right, Rights, like, make_decider
from zhouqiao.platform.document.content import FilesInFolder
from zhouqiao.platform.document.seal import KeyRing, Signer
from zhouqiao.platform.identity import KernelRole
from zhouqiao.platform.notice import OutboxFolder
from zhouqiao.platform.notice.declare import Way
from zhouqiao.platform.place import land_km, load_sea
from zhouqiao.sdk import Extend, Held, Loaded, Pack, PackUnsound, check, load
from zhouqiao.store import Engine, May, Migration, Pinned, Reaction, Store, Vault, migrate, system
from zhouqiao.store.engines import Server

SENDER = "zhouqiao@localhost"  # whom letters name; the county's gateway puts its own
# The order of imports is the order of migrations.
MODULES = (
    "zhouqiao.store",
    "zhouqiao.platform.place",
    "zhouqiao.platform.identity",
    "zhouqiao.platform.rule",
    "zhouqiao.platform.matter",
    "zhouqiao.platform.access",
    "zhouqiao.platform.unit",
    "zhouqiao.platform.document",
    "zhouqiao.platform.notice",
    "zhouqiao.flow.signal",
    "zhouqiao.flow.event",
    "zhouqiao.flow.case",
    "zhouqiao.flow.task",
    "zhouqiao.flow.dispatch",
    "zhouqiao.flow.ledger",
    "zhouqiao.flow.evidence",
    "zhouqiao.flow.outcome",
    "zhouqiao.flow.indicator",
    "zhouqiao.flow.warning",
    "zhouqiao.flow.report",
    "zhouqiao.edge.gateway",
)


@dataclass(frozen=True)
class Platform:
    """A platform put together: the store commands use, and the engine that reacts."""

    packs: tuple[Loaded, ...]
    store: Store
    engine: Engine

    def close(self) -> None:
        """Give the connections back."""
        self.store.close()
        self.engine.store.close()


@dataclass(frozen=True, kw_only=True)
class World:
    """The ports of the world: time, chance, names."""

    clock: Clock = SystemClock()
    dice: Dice = SystemDice()
    ids: Ids = Uuid7Ids()


def migrations() -> Iterator[Migration]:
    """Yield every module's migrations, in the order of imports."""
    for module in MODULES:
        folder = files(module).joinpath("schema")
        found = folder.iterdir() if folder.is_dir() else ()
        for file in sorted(found, key=lambda one: one.name):
            if file.name.endswith(".sql"):
                yield Migration(f"{module}/{file.name}", file.read_text("utf-8"))


def prepare(server: Server) -> list[str]:
    """Bring the database forward; return the migrations applied."""
    return migrate(server.owner_dsn, list(migrations()))


class PackBroken(Refusal):
    """An installed pack cannot even be read: `said` is what Python said of it."""

    code: ClassVar[str] = "pack.broken"
    status: ClassVar[int] = 422

    def __init__(self, pack: str, said: str) -> None:
        super().__init__()
        self.pack = pack
        self.said = said


def installed_packs(name: str | None = None) -> list[Pack]:
    """Return the packs installed as entry points of `zhouqiao.packs` (or the one), by name.

    Raises `PackBroken` where one of those asked for cannot be read.
    """
    points = entry_points(group="zhouqiao.packs")
    found = [_read(point) for point in points if name in (None, point.name)]
    return sorted(found, key=lambda pack: pack.name)


def _read(point: EntryPoint) -> Pack:
    try:
        pack: Pack = point.load()
    except Exception as trouble:
        said = f"{type(trouble).__name__}: {trouble}"
        raise PackBroken(point.name, said) from trouble
    return pack


def loaded(packs: Sequence[Pack]) -> tuple[Loaded, ...]:
    """Check and load packs. Raises `PackUnsound` with every finding of the first unsound one."""
    for pack in packs:
        findings = check(pack)
        if findings:
            raise PackUnsound(pack.name, findings)
    return tuple(load(pack) for pack in packs)


def put_together(  # noqa: PLR0913 - this is the place that knows everything
    server: Server,
    packs: Sequence[Pack],
    *,
    world: World,
    vault: Vault,
    cell: str,
    decide: May | None = None,
    folder: Path | None = None,
    size: int = 8,
) -> Platform:
    """Put a platform together on a prepared database, and keep the packs' shapes in it.

    `decide` is the kernel's own decision function unless a test hands in another; `folder` is
    where files and outgoing letters lie (None: this platform keeps neither).
    """
    ready = loaded(packs)
    ring: list[Signer] = []
    pinned = Pinned(
        functions={name: f for one in ready for name, f in one.functions.items()}
        | {document.SIGNER: lambda: ring[0], TRAVEL: travel}
        | ({} if folder is None else folders(folder)),
        current={name: mark for one in ready for name, mark in one.current.items()},
    )
    ports: Mapping[str, Any] = {
        "clock": world.clock, "dice": world.dice, "ids": world.ids, "pinned": pinned,
        "decide": decide or make_decider(Rights(rows=tuple(rights_of(ready)))), "vault": vault,
    }  # fmt: skip
    store = Store(server.app_dsn, size=size, **ports).open()
    engine = Store(server.engine_dsn, size=2, **ports).open()
    keep_shapes(store, ready)
    try:
        refuse_missing(engine)
    except PackUnsound:
        store.close()
        engine.close()
        raise
    ring.append(key_ring(store, cell, vault))
    dispatcher = Dispatcher(travel)
    return Platform(
        ready, store,
        Engine(
            engine, (*reactions(), *dispatcher.reactions), (*alarms(), *dispatcher.alarms)
        ),
    )  # fmt: skip


def folders(folder: Path) -> dict[str, Callable[..., Any]]:
    """Return what modules ask for that lies in a folder: files by cell, ways out for notices."""
    files = cache(lambda cell: FilesInFolder(folder / "files" / cell))
    outbox = OutboxFolder(folder / "outbox", SENDER)
    ways = dict.fromkeys((Way.SMS, Way.MAIL, Way.LETTER), outbox)
    return {document.content.FILES: files, notice.CHANNELS: lambda: ways}


def travel(over: str, start: Point, end: Point) -> Passage:
    """Return the way by sea (over our chart) or by land (great circle, lengthened)."""
    if over == "sea":
        route = load_sea().route(start, end)
        return Passage(km=route.km, points=tuple((leg.lon, leg.lat) for leg in route.legs))
    return Passage(km=land_km(start, end))


def rights_of(packs: Sequence[Loaded]) -> Iterator[Right]:
    """Yield what the roles of packs may do: as the kernel's role they are like."""
    for pack in (one.pack for one in packs):
        for role, held in pack.roles.items():
            kernel = KernelRole.DUTY_OFFICER if role in pack.watch else _LIKE.get(held)
            if kernel is not None:
                yield from like(f"{pack.name}.{role.value}", kernel)
        for part in pack.all(Extend):
            yield Right(role=f"{pack.name}.{part.by.value}", action="case.extend")


_LIKE = {Held.UNIT: KernelRole.CREW, Held.POST: KernelRole.OFFICER}


def key_ring(store: Store, cell: str, vault: Vault) -> KeyRing:
    """Return the keys papers of a cell are sealed with, made at first start."""
    with store.desk(system(cell)) as desk:
        return KeyRing(vault.master, document.seal.ready_keys(desk, vault.master))


def keep_shapes(store: Store, packs: Sequence[Loaded]) -> None:
    """Write the shapes of packs into the database, by content hash."""
    with store.desk(system("-")) as desk:
        for one in packs:
            for shape in one.shapes.values():
                cases.keep_shape(desk, shape)
            for paper in one.papers.values():
                document.keep_shape(desk, paper)


def refuse_missing(engine: Store) -> None:
    """Refuse to start while open cases call upon what is gone. Raises `PackUnsound`."""
    with engine.desk(system("-")) as desk:
        for pack, findings in cases.missing(desk).items():
            raise PackUnsound(pack, findings)


def reactions() -> Iterator[Reaction]:
    """Yield every module's reactions, upstream first."""
    for module in MODULES:
        yield from getattr(import_module(module), "REACTIONS", ())


def alarms() -> Iterator[Any]:
    """Yield every module's alarms."""
    for module in MODULES:
        yield from getattr(import_module(module), "ALARMS", ())
