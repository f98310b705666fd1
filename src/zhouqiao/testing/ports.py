"""Time, chance and names that a test can foresee."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from zhouqiao.base import Id

K = TypeVar("K", bound=Id)

MORNING = datetime(2026, 10, 14, 0, 20, tzinfo=UTC)  # 08:20 in Taizhou, a Wednesday


class TurningClock:
    """A clock that stands until it is turned; never backwards."""

    def __init__(self, start: datetime = MORNING) -> None:
        self._now = start

    def now(self) -> datetime:
        """Return the present, as far as this world goes."""
        return self._now

    def turn(self, **by: float) -> datetime:
        """Let time pass: `clock.turn(minutes=21)`."""
        self._now += timedelta(**by)
        return self._now

    def turn_to(self, moment: datetime) -> None:
        """Let time pass until a moment (an earlier one changes nothing)."""
        self._now = max(self._now, moment)


class SeededDice:
    """Chance drawn from a seed: the same seed, the same world."""

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        self._drawn = 0

    def below(self, bound: int, /) -> int:
        """Return a whole number in [0, bound)."""
        return int.from_bytes(self.key(8), "big") % bound

    def key(self, size: int, /) -> bytes:
        """Return `size` bytes, the next of this seed."""
        self._drawn += 1
        drawn = hashlib.shake_256(f"{self._seed}/{self._drawn}".encode())
        return drawn.digest(size)


class SeededIds:
    """Names counted from a seed, ordered by birth."""

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        self._given = 0

    def new(self, kind: type[K], /) -> K:
        """Return the next name."""
        self._given += 1
        return kind(f"{kind.prefix}_{self._seed:08x}{self._given:024x}")
