"""Our own signer: keys unwrapped in memory, for places without a signing machine."""

from collections.abc import Iterable
from datetime import datetime

import gmssl_pyx
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from zhouqiao.base import Dice
from zhouqiao.platform.document.errors import NoKey, WrongMasterKey
from zhouqiao.platform.document.seal.keys import KeyId, Level, Profile, PublicKey, WrappedKey


def new_key(  # noqa: PLR0913 - a key is all of this
    dice: Dice,
    master: bytes,
    *,
    id: KeyId,
    holder: str,
    profile: Profile,
    level: Level,
    since: datetime,
) -> WrappedKey:
    """Make a key and wrap it. `master` is 32 bytes that live outside the database."""
    public, private = _pair(dice, profile)
    known = PublicKey(
        id=str(id), holder=holder, profile=profile, level=level, public=public, since=since
    )
    nonce = dice.key(12)
    return WrappedKey(public=known, secret=nonce + AESGCM(master).encrypt(nonce, private, public))


def _pair(dice: Dice, profile: Profile) -> tuple[bytes, bytes]:
    if profile is Profile.ED25519:
        private = dice.key(32)
        key = Ed25519PrivateKey.from_private_bytes(private)
        return key.public_key().public_bytes_raw(), private
    if profile is Profile.SM2:
        public, private = gmssl_pyx.sm2_key_generate()
        return bytes(public), bytes(private)
    raise ValueError(f"{profile} keys are made on the device that holds them")


class KeyRing:
    """A `Signer` over wrapped keys. Raises `WrongMasterKey`."""

    def __init__(self, master: bytes, kept: Iterable[WrappedKey]) -> None:
        self._held: dict[str, tuple[PublicKey, bytes]] = {}
        self._by_holder: dict[str, list[PublicKey]] = {}
        for key in kept:
            self._take(master, key)

    def _take(self, master: bytes, key: WrappedKey) -> None:
        nonce, sealed = key.secret[:12], key.secret[12:]
        try:
            private = AESGCM(master).decrypt(nonce, sealed, key.public.public)
        except InvalidTag:
            raise WrongMasterKey(key.public.id) from None
        self._held[key.public.id] = (key.public, private)
        if key.public.until is None:
            self._by_holder.setdefault(key.public.holder, []).append(key.public)

    def keys(self, holder: str) -> tuple[PublicKey, ...]:
        """Return the keys in force of that holder, else of its cell. Raises `NoKey`."""
        cell, _, _ = holder.partition("/")
        found = self._by_holder.get(holder) or self._by_holder.get(cell)
        if not found:
            raise NoKey(holder)
        return tuple(found)

    def sign(self, key: str, message: bytes) -> bytes:
        """Return the signature of that key. Raises `NoKey`."""
        try:
            public, private = self._held[key]
        except KeyError:
            raise NoKey(key) from None
        if public.profile is Profile.ED25519:
            return Ed25519PrivateKey.from_private_bytes(private).sign(message)
        return bytes(gmssl_pyx.sm2_sign(private, public.public, message))
