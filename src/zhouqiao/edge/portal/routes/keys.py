"""Keys of phones and tablets: told by the name they give themselves, set up with their person."""

import base64
import hashlib
from typing import Annotated

import msgspec

from zhouqiao.base import Invalid, Refusal
from zhouqiao.edge.portal.door import Visitor, Web, spoken
from zhouqiao.edge.portal.words import LANGS
from zhouqiao.platform import identity, notice
from zhouqiao.platform.document.seal import Profile, enrol_device
from zhouqiao.platform.identity import SessionEnded, people
from zhouqiao.platform.notice.declare import Message
from zhouqiao.store import Desk

MADE_BY = ("iPhone", "iPad", "HarmonyOS", "Android", "Windows", "Macintosh", "Linux")
PACK = "handset"  # whose words the messages below are
SLOTS = ("label",)


class DeviceKey(msgspec.Struct, kw_only=True):
    """The public half of a device's key, as a JWK; `id` is its thumbprint (RFC 7638).

    A new phone says the `code` its person was given, unless they signed in a moment ago; `label`
    is what they call it.
    """

    id: Annotated[str, msgspec.Meta(max_length=64)]
    alg: str
    key: dict[str, str]
    label: Annotated[str, msgspec.Meta(max_length=80)] = ""
    code: Annotated[str, msgspec.Meta(max_length=20)] = ""


def enrol(desk: Desk, request: Web, visitor: Visitor, told: DeviceKey) -> Refusal | None:
    """Take a phone's public key for the person who sits at it, and set the phone up.

    Returns the refusal, so that a wrong code is counted. Raises `Invalid` for a wrong name,
    `HandsetEnded` for a phone that was revoked.
    """
    if _thumbprint(told.key) != told.id:
        raise Invalid("id", "not_its_thumbprint")
    session = visitor.session
    if session is None:
        raise SessionEnded
    profile, public = _public(told)
    new = not any(one.key == told.id for one in identity.handsets_of(desk, session.person))
    label = told.label.strip() or made_by(request)
    found = identity.enrol_here(desk, session, told.id, label, told.code)
    if isinstance(found, Refusal):
        return found
    enrol_device(desk, person=session.person, profile=profile, public=public, known_as=told.id)
    if new and found is not None:
        tell(desk, session.person, "enrolled", found.label)
    return None


def tell(desk: Desk, person: str, what: str, label: str, *, once: str | None = None) -> None:
    """Put into somebody's inbox what became of a phone of theirs (`handset.told.<what>`).

    Of what `once` names they are told once.
    """
    words: dict[str, str] = {
        lang: spoken(lang)(f"handset.told.{what}", label="{label}") for lang in LANGS
    }
    sending = notice.Sending(
        person=person, about=person, scope=people(desk.cell), pack=PACK, words=words,
        slots={"label": label or "–"}, cause=once,
    )  # fmt: skip
    notice.send(desk, Message(name=what, slots=SLOTS), sending)


def made_by(request: Web) -> str:
    """Return what a browser says it runs on; "" where it says nothing we know."""
    said = request.headers.get("user-agent", "")
    return next((name for name in MADE_BY if name in said), "")


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
