"""Keys of devices: told once, by the name they give themselves."""

import base64
import hashlib
from typing import Annotated

import msgspec

from zhouqiao.base import Invalid
from zhouqiao.platform.document.seal import Profile, enrol_device
from zhouqiao.store import Desk


class DeviceKey(msgspec.Struct, kw_only=True):
    """The public half of a device's key, as a JWK; `id` is its thumbprint (RFC 7638)."""

    id: Annotated[str, msgspec.Meta(max_length=64)]
    alg: str
    key: dict[str, str]


def enrol(desk: Desk, told: DeviceKey) -> None:
    """Take a device's public key for the acting person. Raises `Invalid` for a wrong name."""
    if _thumbprint(told.key) != told.id:
        raise Invalid("id", "not_its_thumbprint")
    profile, public = _public(told)
    enrol_device(desk, person=desk.subject.person, profile=profile, public=public, known_as=told.id)


def _thumbprint(key: dict[str, str]) -> str:
    canonical = msgspec.json.encode(key, order="deterministic")
    return base64.urlsafe_b64encode(hashlib.sha256(canonical).digest()).decode().rstrip("=")


def _public(told: DeviceKey) -> tuple[Profile, bytes]:
    try:
        if told.alg == "Ed25519":
            return Profile.ED25519, _bytes(told.key["x"])
        return Profile.P256, b"\x04" + _bytes(told.key["x"]) + _bytes(told.key["y"])
    except (KeyError, ValueError) as wrong:
        raise Invalid("key", "shape") from wrong


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
