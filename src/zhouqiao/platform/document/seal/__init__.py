"""Seals: who signs for a body, with which key, at which legal level.

is          Ed25519 and SM2 signatures over canonical bytes; keys kept wrapped by a master key
hears       nothing
is asked    `ready_keys`, `enrol_device`, `is_held`, `published_keys`,
            `KeyRing` (a `Signer`), `holds`
says        KeyMade
always true a private key never leaves the ring; each key says its level, demo keys too
"""

from zhouqiao.platform.document.seal.algorithms import holds
from zhouqiao.platform.document.seal.keys import (
    KeyId,
    Level,
    Profile,
    PublicKey,
    Seal,
    Signer,
    WrappedKey,
)
from zhouqiao.platform.document.seal.ring import KeyRing, new_key
from zhouqiao.platform.document.seal.service import (
    enrol_device,
    is_held,
    published_keys,
    ready_keys,
)

__all__ = [
    "KeyId",
    "KeyRing",
    "Level",
    "Profile",
    "PublicKey",
    "Seal",
    "Signer",
    "WrappedKey",
    "enrol_device",
    "holds",
    "is_held",
    "new_key",
    "published_keys",
    "ready_keys",
]
