"""Keep a row of processes running: started in order, restarted when they die, stopped backwards.

One thread that sleeps in `select` on every child's death and every line a child prints. It knows
nothing of what the children do.
"""

import contextlib
import os
import selectors
import signal
import socket
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Protocol

from zhouqiao.base import Hindrance
from zhouqiao.store.engines import Child, EmbeddedBroker, EmbeddedPostgres, end, spawn

Say = Callable[[str, str], None]
FIRST_WAIT, LONGEST_WAIT = 0.2, 10.0  # seconds
LAST_LINES = 12


class ChildKeepsDying(Hindrance):
    """A child ended before it was ready, every time it was started.

    `name` says which, `status` how it ended last (negative: by that signal), `said` its last words.
    """

    code: ClassVar[str] = "supervise.child_keeps_dying"

    def __init__(self, name: str, status: int, times: int, said: str) -> None:
        super().__init__()
        self.name = name
        self.status = status
        self.times = times
        self.said = said

    def __str__(self) -> str:
        how = f"signal {-self.status}" if self.status < 0 else f"status {self.status}"
        said = f"; it last said:\n{self.said}" if self.said else ", and said nothing"
        return f"{self.name} ended {self.times} times before it was ready ({how}){said}"


class Member(Protocol):
    """One thing the supervisor keeps running."""

    @property
    def name(self) -> str:
        """What it is called in the log."""
        ...

    def start(self, output: int) -> int:
        """Start it, its lines going to `output`; return the pid to watch.

        A `Hindrance` counts as a death before readiness.
        """
        ...

    def hears(self, line: str) -> bool:
        """Say whether this line of its output means that it is ready."""
        ...

    def status(self) -> int:
        """Return how it ended; called after its death."""
        ...

    def stop(self) -> None:
        """Stop it and wait for its end; nothing if it does not run."""
        ...


class Program:
    """A program of ours, told to stop by SIGTERM and killed after `patience` seconds.

    It is ready when it prints a line that holds `ready`. It gets `environment` whole and runs in
    `cwd` (else ours), for settings may name files relative to it.
    """

    def __init__(
        self,
        name: str,
        argv: Sequence[str | Path],
        *,
        environment: Mapping[str, str],
        ready: str,
        patience: float = 10.0,
        cwd: Path | None = None,
    ) -> None:
        self.name = name
        self._argv = argv
        self._environment = {**environment, "PYTHONUNBUFFERED": "1"}
        self._ready = ready
        self._patience = patience
        self._cwd = cwd or Path.cwd()
        self._child: Child | None = None

    def start(self, output: int) -> int:
        """Start it, its output and errors in one pipe."""
        self._child = spawn(self._argv, env=self._environment, output=output, cwd=self._cwd)
        return self._child.pid

    def hears(self, line: str) -> bool:
        """Say whether it has said the word."""
        return self._ready in line

    def status(self) -> int:
        """Return its exit status."""
        return self._child.wait() if self._child else 0

    def stop(self) -> None:
        """Tell it to stop; kill it if it will not."""
        if self._child is not None:
            end(self._child, signal.SIGTERM, self._patience)
            self._child = None


class Engine:
    """An embedded engine as a member: ready once `start` returns, writing to its own log."""

    def __init__(self, name: str, engine: EmbeddedPostgres | EmbeddedBroker) -> None:
        self.name = name
        self._engine = engine

    def start(self, output: int) -> int:
        """Start it, or join the one that runs here."""
        del output
        return self._engine.start().pid or 0

    def hears(self, line: str) -> bool:
        """Say yes: its `start` has waited."""
        return line == ""

    def status(self) -> int:
        """Return its exit status (0 if it was not our child)."""
        child = self._engine.child
        return child.wait() if child else 0

    def stop(self) -> None:
        """Stop it, if we started it."""
        self._engine.stop()


@dataclass
class _Place:
    """Where one member stands. `due` is when to start it again; `deaths` those before readiness."""

    member: Member
    watch: int | None = None
    ears: int | None = None
    ready: bool = False
    since: float = 0.0
    due: float | None = None
    deaths: int = 0
    wait: float = FIRST_WAIT / 2
    partial: bytes = b""
    tail: deque[str] = field(default_factory=lambda: deque(maxlen=LAST_LINES))


class Supervisor:
    """Members kept running in one order.

    A member that dies is started again after 0.2 s, then twice as long each time up to 10 s, and
    0.2 s once more after it has run for `steady` seconds. One that ends `tries` times in a row
    without ever being ready ends the whole: `ChildKeepsDying`.
    """

    def __init__(
        self, members: Sequence[Member], say: Say, *, tries: int = 3, steady: float = 10.0
    ) -> None:
        self._places = [_Place(member) for member in members]
        self._say = say
        self._tries = tries
        self._steady = steady
        self._selector = selectors.DefaultSelector()

    def run(self, ready: Callable[[], None] = lambda: None) -> None:
        """Start all, call `ready`, keep them running until SIGTERM or SIGINT, then stop all.

        Must run in the main thread. Raises `ChildKeepsDying` after stopping the rest.
        """
        with _stop_signals(self._selector) as asked_to_stop:
            try:
                self.start(asked_to_stop)
                if not asked_to_stop():
                    ready()
                while not asked_to_stop():
                    self.turn()
            finally:
                self.stop()

    def start(self, give_up: Callable[[], bool] = lambda: False) -> None:
        """Start the members one after the other, each once the one before it is ready."""
        for place in self._places:
            self._start(place)
            while not place.ready and not give_up():
                self.turn()

    def turn(self, patience: float | None = None) -> None:
        """Wait until something happens, at most `patience` seconds, and answer it."""
        due = [place.due for place in self._places if place.due is not None]
        limits = [d - time.monotonic() for d in due] + ([] if patience is None else [patience])
        for key, _ in self._selector.select(max(0.0, min(limits)) if limits else None):
            if key.fd in self._selector.get_map():  # not gone by an event just answered
                key.data()
        for place in self._places:
            if place.due is not None and place.due <= time.monotonic():
                self._start(place)

    def stop(self) -> None:
        """Stop the members in the opposite order, each before the next."""
        for place in reversed(self._places):
            place.due = None
            if place.watch is not None:
                self._say(place.member.name, "stopping")
                place.member.stop()
                self._forget(place)
        self._selector.close()

    def _start(self, place: _Place) -> None:
        place.due, place.ready, place.since = None, False, time.monotonic()
        place.ears, mouth = os.pipe()
        os.set_blocking(place.ears, False)
        try:
            pid = place.member.start(mouth)
            place.watch = os.pidfd_open(pid)
        except Hindrance as trouble:
            self._forget(place)
            place.tail.append(str(trouble))
            self._bury(place, status=1)
            return
        finally:
            os.close(mouth)
        self._say(place.member.name, f"started as process {pid}")
        self._selector.register(place.watch, selectors.EVENT_READ, lambda: self._died(place))
        self._selector.register(place.ears, selectors.EVENT_READ, lambda: self._listen(place))
        self._hear(place, "")

    def _listen(self, place: _Place) -> None:
        """Pass on every whole line a member has printed; once it can print no more, stop."""
        for chunk in _chunks(place.ears):
            if not chunk:
                self._deafen(place)
                return
            *lines, place.partial = (place.partial + chunk).split(b"\n")
            for line in lines:
                text = line.decode(errors="replace").rstrip()
                place.tail.append(text)
                self._say(place.member.name, text)
                self._hear(place, text)

    def _hear(self, place: _Place, line: str) -> None:
        if not place.ready and place.member.hears(line):
            place.ready, place.deaths = True, 0

    def _died(self, place: _Place) -> None:
        self._forget(place)
        self._bury(place, place.member.status())

    def _bury(self, place: _Place, status: int) -> None:
        """Decide when to start it again, or that there is no point."""
        place.deaths += not place.ready
        if place.deaths >= self._tries:
            said = "\n".join(place.tail)
            raise ChildKeepsDying(place.member.name, status, place.deaths, said)
        ran = time.monotonic() - place.since
        place.wait = FIRST_WAIT if ran > self._steady else min(LONGEST_WAIT, place.wait * 2)
        place.due = time.monotonic() + place.wait
        self._say(place.member.name, f"ended ({status}); starting it again in {place.wait:.1f} s")

    def _deafen(self, place: _Place) -> None:
        """Let go of a pipe at its end, which would else be readable for ever."""
        if place.ears is not None:
            if place.ears in self._selector.get_map():
                self._selector.unregister(place.ears)
            os.close(place.ears)
            place.ears = None

    def _forget(self, place: _Place) -> None:
        """Hear its last lines and watch it no more."""
        self._listen(place)
        for number in filter(None, (place.watch, place.ears)):
            if number in self._selector.get_map():
                self._selector.unregister(number)
            os.close(number)
        place.watch, place.ears, place.partial = None, None, b""


def to_stream(name: str, line: str) -> None:
    """Print a line under its member's name."""
    sys.stdout.write(f"{name:<9}| {line}\n")
    sys.stdout.flush()


def _chunks(number: int | None) -> Iterator[bytes]:
    """Yield what can be read at once, and nothing (b"") at the end."""
    with contextlib.suppress(BlockingIOError):
        while number is not None:
            yield (chunk := os.read(number, 65536))
            if not chunk:
                return


@contextlib.contextmanager
def _stop_signals(selector: selectors.BaseSelector) -> Iterator[Callable[[], bool]]:
    """Turn SIGTERM and SIGINT into a readable socket; yield whether one has come."""
    ears, mouth = socket.socketpair()
    os.set_blocking(mouth.fileno(), False)
    came: list[int] = []
    before = {
        number: signal.signal(number, lambda got, _frame: came.append(got))
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    old = signal.set_wakeup_fd(mouth.fileno())
    selector.register(ears, selectors.EVENT_READ, lambda: ears.recv(64))
    try:
        yield lambda: bool(came)
    finally:
        signal.set_wakeup_fd(old)
        for number, handler in before.items():
            signal.signal(number, handler)
        ears.close()
        mouth.close()
