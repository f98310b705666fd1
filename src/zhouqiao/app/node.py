"""One node, running: its engines, its platform, its processes."""

import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from zhouqiao.app.compose import Platform, installed_packs, prepare, put_together
from zhouqiao.app.compose import World as Ports
from zhouqiao.app.demo import DEMO_ACCOUNTS, seed
from zhouqiao.app.pay import MadeUpBank, Payer
from zhouqiao.app.settings import Settings
from zhouqiao.app.supervise import Engine, Member, Program, Supervisor, to_stream
from zhouqiao.base import Clock, Hindrance
from zhouqiao.edge.gateway import Intake, serve
from zhouqiao.edge.portal import Portal
from zhouqiao.flow import dispatch
from zhouqiao.flow.outcome.payments import PaymentFolder
from zhouqiao.platform.place import load_sea
from zhouqiao.store import Vault, seal
from zhouqiao.store.engines import (
    Broker,
    EmbeddedBroker,
    EmbeddedPostgres,
    EngineFailed,
    Issuer,
    Server,
    broker_from_url,
    kept_secret,
    server_from_dsn,
)

CLOSED = ("files", "outbox", "payments", "press", "seals")
READY = "ready:"
SEALED = timedelta(seconds=2)  # how often the journal is sealed
PAID = timedelta(seconds=10)  # how often what was accepted is handed over for payment
SOLVED = (dispatch.LANE,)  # the lanes the solver answers, and the worker does not
RESTED = 0.05  # seconds worker and solver wait when there was nothing to do
HINDERED = 1.0  # seconds they wait when the database is out of reach


@dataclass(frozen=True)
class Node:
    """A platform on its server, with what the portal needs."""

    settings: Settings
    server: Server
    platform: Platform

    def portal(self, *, demo: bool) -> Portal:
        """Return the portal of this node."""
        signer, place = sealer_of(self.settings)
        return Portal(
            store=self.platform.store,
            packs=self.platform.packs,
            cell=str(self.settings.cell),
            address=self.settings.address,
            folder=str(self.settings.folder),
            engine=self.platform.engine,
            demo=DEMO_ACCOUNTS if demo else (),
            demo_password=demo_password(self.settings) if demo else None,
            broker=lambda: broker_joined(self.settings),
            largest_file=self.settings.largest_file * 1_000_000,
            seal_keys=(signer.public,),
            seal_place=place,
            providers=self.settings.providers.known,
        )


def server_of(settings: Settings) -> Server:
    """Return the PostgreSQL of a node: the one told, or the embedded one (started or joined)."""
    if settings.database_url.shown:
        return server_from_dsn(
            settings.database_url.shown,
            lambda role: kept_secret(settings.folder, f"postgres {role}"),
            app_dsn=settings.database_app_url.shown,
            engine_dsn=settings.database_engine_url.shown,
        )
    embedded = EmbeddedPostgres(settings.folder / "postgres")
    try:
        return embedded.join()
    except EngineFailed:
        return embedded.start()


def open_node(settings: Settings, *, size: int = 8) -> Node:
    """Join the node's server and put its platform together."""
    close_folders(settings.folder)
    server = server_of(settings)
    platform = put_together(
        server, installed_packs(), world=Ports(), vault=vault_of(settings),
        cell=str(settings.cell), folder=settings.folder,
        size=size,
    )  # fmt: skip
    return Node(settings, server, platform)


def close_folders(folder: Path) -> None:
    """Close what holds photos, letters, sheets and seals to every other account of the machine."""
    for name in CLOSED:
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name).chmod(0o700)


def vault_of(settings: Settings) -> Vault:
    """Return the master key of this node, made up once and kept beside its data."""
    return Vault(sha256(kept_secret(settings.folder, "master key").encode()).digest())


def sealer_of(settings: Settings) -> tuple[seal.Signer, seal.SealFolder]:
    """Return the key this node seals its journal with, and the second place of the seals."""
    secret = sha256(kept_secret(settings.folder, "seal key").encode()).digest()
    return seal.Signer.of(secret), seal.SealFolder(settings.folder / "seals")


def demo_password(settings: Settings) -> str:
    """Return the secret of the made-up accounts of this node."""
    return kept_secret(settings.folder, "demo accounts")


def make_ready(settings: Settings, *, demo: bool) -> None:
    """Bring the database forward, and seed the demonstration once."""
    server = server_of(settings)
    print("bringing the database forward …", flush=True)  # noqa: T201 - the log of the node
    prepare(server)
    if demo:
        print("seeing to the made-up county …", flush=True)  # noqa: T201 - likewise
        node = open_node(settings, size=2)
        seed(node.platform, str(settings.cell), demo_password(settings))
        node.platform.close()


def work(
    settings: Settings, stop: threading.Event, *, demo: bool = False, every_lane: bool = False
) -> None:
    """Be the worker: bring the database forward, answer every lane but the solver's, seal, pay.

    With `every_lane` it answers the solver's too, where no solver runs.
    """
    make_ready(settings, demo=demo)
    node = open_node(settings, size=2)
    engine = node.platform.engine
    lanes = [lane for lane in engine.lanes() if every_lane or lane not in SOLVED]
    signer, place = sealer_of(settings)
    clock = engine.store.clock
    besides = (
        _Besides(
            clock, SEALED, lambda: seal.more_waits(seal.seal_new(engine.store, signer, place))
        ),
        _Besides(clock, PAID, _paying(node, demo=demo)),
    )
    _answer("worker", lambda: engine.work(lanes) + sum(one.when_due() for one in besides), stop)
    node.platform.close()


def _paying(node: Node, *, demo: bool) -> Callable[[], object]:
    """Return a round of payments over the node's folder; a demonstration's bank answers too."""
    folder = PaymentFolder(node.settings.folder / "payments")
    payer = Payer(node.platform.store, folder, str(node.settings.cell))
    bank = MadeUpBank(folder, node.platform.store.clock)

    def round_() -> None:
        if demo:
            bank.answer()
        payer.round()

    return round_


def solve(settings: Settings, stop: threading.Event) -> None:
    """Be the solver: answer what asks who goes where, beside everything else."""
    node = open_node(settings, size=2)
    _answer("solver", lambda: node.platform.engine.work(SOLVED), stop)
    node.platform.close()


@dataclass
class _Besides:
    """Something the worker does now and then, beside answering; anything true: more waits."""

    clock: Clock
    every: timedelta
    act: Callable[[], object]
    since: datetime | None = None

    def when_due(self) -> int:
        """Do it, if the last time is long enough ago. It is no work: 0."""
        now = self.clock.now()
        self.since = self.since or now
        if now - self.since > self.every:
            before, self.since = self.since, now
            if self.act():
                self.since = before  # the rest is not put off
        return 0


def _answer(name: str, turn: Callable[[], int], stop: threading.Event) -> None:
    """Take turns until told to stop; outlive a database that is away."""
    print(READY, name, flush=True)  # noqa: T201 - what the supervisor waits for
    while not stop.is_set():
        try:
            done = turn()
        except Hindrance as trouble:
            print("hindered:", trouble, file=sys.stderr, flush=True)  # noqa: T201 - the log of the node
            stop.wait(HINDERED)
            continue
        if not done:
            stop.wait(RESTED)


def listen(settings: Settings, stop: threading.Event) -> None:
    """Hear devices until told to stop."""
    broker = broker_joined(settings)
    node = open_node(settings, size=4)
    cell = str(settings.cell)
    intake = Intake(node.platform.store, frozenset({cell}), home=cell, ashore=load_sea().ashore)
    serve(
        intake, node.platform.engine.store, broker, stop,
        ready=lambda: print(READY, "gateway", flush=True),  # noqa: T201 - likewise
    )  # fmt: skip
    print("heard:", intake.tally, flush=True)  # noqa: T201 - the log of the node
    node.platform.close()


def broker_joined(settings: Settings) -> Broker:
    """Return the broker of a node: the one told, or the embedded one that runs here."""
    if settings.nats_url.shown:
        return broker_from_url(
            settings.nats_url.shown,
            settings.mqtt_url.shown,
            system_url=settings.nats_system_url.shown,
            issuer=issuer_of(settings),
        )
    return broker_of(settings).join()


def issuer_of(settings: Settings) -> Issuer:
    """Return who vouches for devices at a broker that is not ours."""
    return Issuer.of(kept_secret(settings.folder, "broker issuer"))


def run(
    settings: Settings, *, demo: bool, environment: Mapping[str, str], ready: Callable[[], None]
) -> None:
    """Supervise the engines, the worker (which brings the database forward) and all others."""
    program = [sys.executable, "-m", "zhouqiao"]
    extra = ["--demo"] if demo else []
    members: list[Member] = []
    if not settings.database_url.shown:
        members.append(Engine("postgres", EmbeddedPostgres(settings.folder / "postgres")))
    if not settings.nats_url.shown:
        members.append(Engine("broker", broker_of(settings)))
    for name in ("worker", "web", "solver", "gateway"):
        argv = [*program, name, *(extra if name in ("worker", "web") else ())]
        members.append(Program(name, argv, environment=environment, ready=READY))
    Supervisor(members, to_stream).run(ready)


def broker_of(settings: Settings) -> EmbeddedBroker:
    """Return the embedded broker of a node, not yet started."""
    return EmbeddedBroker(settings.folder / "nats", mqtt_port=int(settings.mqtt_port))
