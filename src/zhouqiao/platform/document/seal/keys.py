"""What a key is, and the port of whoever signs."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

import msgspec

from zhouqiao.base import Id


class KeyId(Id):
    """Names a key."""

    prefix = "key"
    __slots__ = ()


class Profile(StrEnum):
    """Which algorithm: RFC 8032; GB/T 32918 with SM3; FIPS 186 on P-256 (browsers' devices)."""

    ED25519 = "ed25519"
    SM2 = "sm2"
    P256 = "p256"


class Level(StrEnum):
    """What a key is worth before the law.

    `demo`   made by this server at first start; proves integrity, nothing about who
    `device` held by one person's device, enrolled at sign-in
    `body`   made or imported by the body, which answers for it
    `ca`     certified by a licensed authority (电子签名法 §16): a reliable electronic signature
    """

    DEMO = "demo"
    DEVICE = "device"
    BODY = "body"
    CA = "ca"


class PublicKey(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What anybody may know of a key. `holder`: `<cell>`, `<cell>/<body>` or `person_…`."""

    id: str
    holder: str
    profile: Profile
    level: Level
    public: bytes
    since: datetime
    until: datetime | None = None


class WrappedKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key at rest: `secret` is nonce and AES-256-GCM of the private key."""

    public: PublicKey
    secret: bytes


class Seal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One signature over a machine form."""

    key: str
    profile: Profile
    signature: bytes


class Signer(Protocol):
    """Whoever holds private keys: our ring, or a county's signing machine behind the same words."""

    def keys(self, holder: str) -> tuple[PublicKey, ...]:
        """Return the keys in force of that holder, else of its cell. Raises `NoKey`."""
        ...

    def sign(self, key: str, message: bytes) -> bytes:
        """Return the signature of that key. Raises `NoKey`."""
        ...
