"""How often somebody may ask, and how many may sign in at once. Everything here is bounded."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from ipaddress import IPv6Address, IPv6Network, ip_address
from threading import Lock
from typing import TypeVar

from zhouqiao.base import Clock, Hindrance

T = TypeVar("T")
NAMES = 50_000  # whom we count apart in one minute; later comers share one count
GUESTS = 50_000  # living sessions remembered
SUBSCRIBER = 64  # bits of an IPv6 address: what one line is given
CROWD = "everybody else"


@dataclass
class Guests:
    """The sessions that came in lately, by their token's digest."""

    _known: dict[bytes, None] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def welcome(self, token: str) -> None:
        """Remember a token that opened the door."""
        with self._lock:
            self._known[_digest(token)] = None
            if len(self._known) > GUESTS:
                del self._known[next(iter(self._known))]

    def __contains__(self, token: str) -> bool:
        return _digest(token) in self._known


@dataclass
class Gate:
    """Lets few in at once, and few wait: a password costs 19 MiB and tens of milliseconds.

    They have threads of their own, for the server's few are everybody's; `threads` is as wide as
    the gate.
    """

    at_once: int = 2
    waiting: int = 64
    threads: ThreadPoolExecutor = field(init=False)
    _inside: int = 0

    def __post_init__(self) -> None:
        self.threads = ThreadPoolExecutor(self.at_once, thread_name_prefix="sign-in")

    async def through(self, act: Callable[[], T]) -> T:
        """Return what `act` does when its turn comes. Raises `Hindrance`: too many wait."""
        if self._inside >= self.at_once + self.waiting:
            raise Hindrance("too many sign in at once")
        self._inside += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self.threads, act)
        finally:
            self._inside -= 1


@dataclass
class Tally:
    """Counts of the present minute; all are forgotten when it is over."""

    clock: Clock
    _minute: int = 0
    _counts: dict[str, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._counts)

    def spend(self, name: str, most: int) -> bool:
        """Count one more for a name; say whether it is still within `most`."""
        minute = int(self.clock.now().timestamp() // 60)
        if minute != self._minute:
            self._minute, self._counts = minute, {}
        if len(self._counts) >= NAMES and name not in self._counts:
            name = CROWD
        self._counts[name] = self._counts.get(name, 0) + 1
        return self._counts[name] <= most


def subscriber(host: str) -> str:
    """Return what stands for who has an address: itself, or the network an IPv6 line is given."""
    try:
        found = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if not isinstance(found, IPv6Address):
        return host
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(IPv6Network((found, SUBSCRIBER), strict=False))


def _digest(token: str) -> bytes:
    return sha256(token.encode(errors="replace")).digest()
