"""The master key, and how a small thing is locked under a key: AES-256-GCM, bound to its place."""

import hashlib
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE, MARK, KEY = 12, 4, 32


class NoMasterKey(Exception):
    """Personal values were to be locked or read, and no fitting master key was handed in."""


@dataclass(frozen=True)
class Vault:
    """The master key of 32 bytes, under which the key of each person is wrapped.

    `former` are masters that may still have wrapped something (see `personal.rewrap`). The vault
    of a store that was given none is empty: it locks nothing, and says so.
    """

    master: bytes = field(default=b"", repr=False)
    former: tuple[bytes, ...] = field(default=(), repr=False)

    @property
    def is_empty(self) -> bool:
        """Say whether there is no master key."""
        return not self.master

    def wrap(self, key: bytes, place: str, nonce: bytes) -> bytes:
        """Lock `key` under the master, bound to `place`. `nonce`: 12 bytes never used before."""
        return self.mark + lock(self._present(), key, place, nonce)

    def unwrap(self, wrapped: bytes, place: str) -> bytes:
        """Return the key wrapped for `place`. Raises `NoMasterKey`."""
        for master in (self._present(), *self.former):
            if _mark(master) == wrapped[:MARK]:
                return unlock(master, wrapped[MARK:], place)
        raise NoMasterKey(f"wrapped under master {wrapped[:MARK].hex()}, which was not handed in")

    @property
    def mark(self) -> bytes:
        """The first 4 bytes of whatever the present master wrapped."""
        return _mark(self._present())

    def _present(self) -> bytes:
        if len(self.master) != KEY:
            raise NoMasterKey(f"a master key has {KEY} bytes, this one {len(self.master)}")
        return self.master


def lock(key: bytes, value: bytes, place: str, nonce: bytes) -> bytes:
    """Return nonce and ciphertext, which opens only at `place`."""
    return nonce + AESGCM(key).encrypt(nonce, value, place.encode())


def unlock(key: bytes, locked: bytes, place: str) -> bytes:
    """Return what was locked. Raises `NoMasterKey` if key or place are not the right ones."""
    try:
        return AESGCM(key).decrypt(locked[:NONCE], locked[NONCE:], place.encode())
    except InvalidTag as wrong:
        raise NoMasterKey(f"what is kept at {place} does not open with its key") from wrong


def _mark(master: bytes) -> bytes:
    """Name a master without telling it."""
    return hashlib.sha256(b"zhouqiao master\0" + master).digest()[:MARK]
