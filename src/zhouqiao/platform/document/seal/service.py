"""Commands on keys."""

from zhouqiao.base import Invalid
from zhouqiao.platform.document.facts import KeyMade
from zhouqiao.platform.document.seal.keys import KeyId, Level, Profile, PublicKey, WrappedKey
from zhouqiao.platform.document.seal.repository import Keys
from zhouqiao.platform.document.seal.ring import new_key
from zhouqiao.platform.identity import revoked_by_key
from zhouqiao.store import Desk

_LENGTH = {Profile.ED25519: 32, Profile.SM2: 64, Profile.P256: 65}  # bytes of a public key


def ready_keys(desk: Desk, master: bytes, *, level: Level = Level.DEMO) -> list[WrappedKey]:
    """Return the cell's wrapped keys, made at first start. For the platform itself."""
    keys = Keys(desk)
    held = {key.public.profile for key in keys.wrapped() if key.public.holder == desk.cell}
    for profile in (Profile.ED25519, Profile.SM2):
        if profile not in held:
            _make_key(desk, keys, master, profile, level)
    return keys.wrapped()


def _make_key(desk: Desk, keys: Keys, master: bytes, profile: Profile, level: Level) -> None:
    id = desk.ids.new(KeyId)
    made = new_key(
        desk.dice,
        master,
        id=id,
        holder=desk.cell,
        profile=profile,
        level=level,
        since=desk.now(),
    )
    if keys.add(made.public, desk.cell, made.secret):
        fact = KeyMade(id=id, holder=desk.cell, profile=profile.value, level=level.value)
        desk.tell(fact, about=id, scope=desk.cell)


def enrol_device(
    desk: Desk, *, person: str, profile: Profile, public: bytes, known_as: str | None = None
) -> PublicKey:
    """Take the public key of a person's device; the private one never leaves it.

    `known_as` is the name the device gives its key by itself (its thumbprint); enrolling the same
    key again changes nothing, and it stays whose it was.
    """
    if len(public) != _LENGTH[profile]:
        raise Invalid("public", "wrong_length", profile=profile.value)
    if not desk.subject.is_system and desk.subject.person != person:
        desk.may("document.enrol_device", scope=desk.cell, person=person)
    id = known_as or str(desk.ids.new(KeyId))
    key = PublicKey(
        id=id,
        holder=person,
        profile=profile,
        level=Level.DEVICE,
        public=public,
        since=desk.now(),
    )
    if not Keys(desk).add(key, desk.cell):
        return Keys(desk).named([id]).get(id, key)
    fact = KeyMade(id=id, holder=person, profile=profile.value, level=key.level.value)
    desk.tell(fact, about=id, scope=desk.cell, person=person)
    return key


def is_held(desk: Desk, id: str, person: str) -> bool:
    """Say whether a key vouches for a person now: enrolled by them alone, not revoked since."""
    known = Keys(desk).named([id]).get(id)
    return known is not None and known.holder == person and revoked_by_key(desk, id) is None


def published_keys(desk: Desk) -> tuple[PublicKey, ...]:
    """Return the keys an offline verifier of this cell's papers trusts."""
    return Keys(desk).published()
