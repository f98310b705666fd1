"""How often somebody may ask, and how many may sign in at once. Everything here is bounded."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from ipaddress import IPv6Address, IPv6Network, ip_address
from threading import Lock, Semaphore

from zhouqiao.base import Clock, Hindrance

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
    """Lets few in at once, and few wait: a password costs 19 MiB and tens of milliseconds."""

    at_once: int = 2
    waiting: int = 24

    def __post_init__(self) -> None:
        self._room = Semaphore(self.at_once + self.waiting)
        self._turn = Semaphore(self.at_once)

    @contextmanager
    def passed(self) -> Iterator[None]:
        """Wait for one's turn. Raises `Hindrance` where too many wait already."""
        if not self._room.acquire(blocking=False):
            raise Hindrance("too many sign in at once")
        try:
            with self._turn:
                yield
        finally:
            self._room.release()


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
