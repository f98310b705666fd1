"""Names and tickets as a NATS server reads them: nkeys, and JWTs signed with Ed25519.

https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_callout
"""

import binascii
import json
from base64 import b32encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ACCOUNT = 0  # the prefix byte of an account's public key: its name begins with A
HEAD = {"typ": "JWT", "alg": "ed25519-nkey"}


@dataclass(frozen=True)
class Issuer:
    """Who vouches for whoever signs in at a broker; `name` is its public key, as written there."""

    name: str
    _key: Ed25519PrivateKey = field(repr=False, compare=False)

    @classmethod
    def of(cls, secret: str) -> "Issuer":
        """Return the issuer of a secret, always the same one."""
        key = Ed25519PrivateKey.from_private_bytes(sha256(secret.encode()).digest())
        return cls(_named(key.public_key().public_bytes_raw()), key)

    def ticket(self, claims: Mapping[str, Any], at: int) -> str:
        """Return claims signed. `at` is seconds since 1970."""
        body = {**claims, "iss": self.name, "iat": at}
        body["jti"] = b32encode(sha256(_json(body)).digest()).decode().rstrip("=")
        told = f"{_text(_json(HEAD))}.{_text(_json(body))}"
        return f"{told}.{_text(self._key.sign(told.encode()))}"


def claims_of(ticket: bytes) -> bytes:
    """Return the claims of a ticket as JSON, its signature unread. Raises `ValueError`."""
    _, body, _ = ticket.split(b".")
    return urlsafe_b64decode(body + b"=" * (-len(body) % 4))


def _named(public: bytes) -> str:
    raw = bytes([ACCOUNT]) + public
    return b32encode(raw + binascii.crc_hqx(raw, 0).to_bytes(2, "little")).decode().rstrip("=")


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, separators=(",", ":"), sort_keys=True).encode()


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")
