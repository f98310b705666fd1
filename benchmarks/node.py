"""One process of a measured node: `python -m benchmarks.node web|worker|gateway FOLDER PORT`.

The node's own parts, put together by the node's own composition root, with the complaint as its
one pack.
"""

import os
import signal
import socket
import sys
import threading
from pathlib import Path

from benchmarks.complaint import pack
from zhouqiao.app.compose import Platform, World, put_together
from zhouqiao.app.node import vault_of
from zhouqiao.app.settings import Settings
from zhouqiao.base import Hindrance
from zhouqiao.store.engines import EmbeddedBroker, EmbeddedPostgres

CELL = "331002"
RESTED = 0.02


def platform_in(folder: Path, size: int) -> Platform:
    """Join the server in a folder, and put the platform together on it."""
    server = EmbeddedPostgres(folder / "postgres").start()
    settings = Settings(folder=folder)
    return put_together(
        server, [pack], world=World(), vault=vault_of(settings), cell=CELL, size=size
    )


def web(folder: Path, port: int) -> None:
    """Serve HTTP on a port that several processes may share."""
    import uvicorn  # noqa: PLC0415 - only the web server needs it

    from zhouqiao.edge.portal.door import Portal  # noqa: PLC0415 - likewise
    from zhouqiao.edge.portal.site import site  # noqa: PLC0415 - likewise

    platform = platform_in(folder, 8)
    portal = Portal(
        store=platform.store, packs=platform.packs, cell=CELL, address=f"http://127.0.0.1:{port}",
        engine=platform.engine,
    )  # fmt: skip
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    line.bind(("127.0.0.1", port))
    line.listen(128)  # from now on who comes is kept waiting, not turned away
    config = uvicorn.Config(
        site(portal), log_level="warning", lifespan="off", server_header=False, access_log=False
    )
    _ready()
    _profiled("web", lambda: uvicorn.Server(config).run(sockets=[line]))


def worker(folder: Path) -> None:
    """Answer facts until told to stop."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    engine = platform_in(folder, 2).engine
    _ready()

    def work() -> None:
        while not stop.is_set():
            try:
                done = engine.work(engine.lanes())
            except Hindrance:
                done = 0
            if not done:
                stop.wait(RESTED)

    _profiled("worker", work)


def gateway(folder: Path) -> None:
    """Hear devices until told to stop."""
    from zhouqiao.edge.gateway import Intake, serve  # noqa: PLC0415 - only the gateway needs it
    from zhouqiao.platform.place import load_sea  # noqa: PLC0415 - likewise

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    platform = platform_in(folder, 4)
    broker = EmbeddedBroker(folder / "nats").join()
    intake = Intake(platform.store, frozenset({CELL}), home=CELL, ashore=load_sea().ashore)
    store = platform.engine.store
    serve(intake, store, broker, stop, _ready)


def _ready() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()


def _profiled(name: str, work: object) -> None:
    """Run; with `ZHOUQIAO_BENCH_PROFILE` set to a folder, write there where the time went."""
    folder = os.environ.get("ZHOUQIAO_BENCH_PROFILE")  # noqa: TID251 - a switch of the bench alone
    if not folder:
        work()  # type: ignore[operator]
        return
    import yappi  # type: ignore[import-not-found]  # noqa: PLC0415 - only to profile

    yappi.set_clock_type("cpu")
    yappi.start()
    try:
        work()  # type: ignore[operator]
    finally:
        yappi.stop()
        yappi.get_func_stats().save(f"{folder}/{name}-{os.getpid()}.pstat", type="pstat")


if __name__ == "__main__":
    what, where, port = sys.argv[1:4]
    if what == "web":
        web(Path(where), int(port))
    else:
        {"worker": worker, "gateway": gateway}[what](Path(where))
