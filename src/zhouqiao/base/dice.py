"""Chance; handed in, so that a lot drawn can be drawn again."""

import secrets
from typing import Protocol


class Dice(Protocol):
    """A source of chance."""

    def below(self, bound: int, /) -> int:
        """Return a whole number in [0, bound)."""
        ...

    def key(self, size: int, /) -> bytes:
        """Return `size` bytes that nobody can guess."""
        ...


class SystemDice:
    """The machine's entropy."""

    def below(self, bound: int, /) -> int:
        """Return a whole number in [0, bound)."""
        return secrets.randbelow(bound)

    def key(self, size: int, /) -> bytes:
        """Return `size` bytes that nobody can guess."""
        return secrets.token_bytes(size)
