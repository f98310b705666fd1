"""Whether a paper holds: by its seals alone, and against the register."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec

from zhouqiao.base import Invalid
from zhouqiao.platform.document.model import (
    FORMAT,
    MachineFile,
    MachineForm,
    Quoted,
    Standing,
    hand_fault,
    read_machine_file,
    seal_message,
)
from zhouqiao.platform.document.seal.algorithms import holds
from zhouqiao.platform.document.seal.keys import Level, Profile, PublicKey, Seal


class Weight(StrEnum):
    """What a reason does to a paper: it is forged; it no longer counts; it is only to be known."""

    FORGED = "forged"
    STALE = "stale"
    NOTE = "note"


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """One thing a verification found: `code` and slots of its sentence."""

    code: str
    weight: Weight
    slots: dict[str, str] = {}


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a paper, for somebody without an account.

    `genuine` issued by us, not one byte changed; `current` genuine and still in force; `why` all
    that was found; `chain` the papers it stands on, nearest first; `shown` only what proves it.
    """

    genuine: bool
    current: bool
    why: tuple[Reason, ...]
    id: str | None = None
    number: str | None = None
    paper: str | None = None
    issued_at: datetime | None = None
    digest: str | None = None
    shown: dict[str, Any] = {}
    chain: tuple[Standing, ...] = ()


def verdict(why: Sequence[Reason], **known: Any) -> Verification:
    """Return the verification that these reasons add up to."""
    weights = {reason.weight for reason in why}
    genuine = Weight.FORGED not in weights
    current = genuine and Weight.STALE not in weights
    return Verification(genuine=genuine, current=current, why=tuple(why), **known)


def examine(
    form: MachineForm, seals: Sequence[Seal], keys: Mapping[str, PublicKey]
) -> list[Reason]:
    """Return what seals and hands say, by trusted `keys` alone: needs no register, no line."""
    found = [_reason("unsealed", Weight.FORGED)] if not seals else []
    for seal in sorted(seals, key=lambda seal: seal.profile):
        found += _seal(form, seal, keys.get(seal.key))
        if any(reason.weight is Weight.FORGED for reason in found):
            break  # forged is forged; GmSSL would fill the log over the next one
    for hand in form.hands:
        fault = hand_fault(hand, keys)
        if fault:
            found.append(_reason("hand_broken", Weight.FORGED, role=hand.role, why=fault))
        elif hand.key is None:
            found.append(_reason("hand_unvouched", Weight.NOTE, role=hand.role))
    if form.format != FORMAT:
        found.append(_reason("unknown_format", Weight.FORGED, format=form.format))
    return found + ([_reason("demo_paper", Weight.NOTE)] if form.demo else [])


def _seal(form: MachineForm, seal: Seal, key: PublicKey | None) -> list[Reason]:
    if key is None or key.profile is not seal.profile:
        return [_reason("key_unknown", Weight.FORGED, key=seal.key)]
    if key.holder not in (form.holder, form.cell):
        return [_reason("key_foreign", Weight.FORGED, key=seal.key)]
    if not holds(key.profile, key.public, seal_message(form.raw), seal.signature):
        return [_reason("seal_broken", Weight.FORGED, profile=seal.profile.value)]
    if key.until is not None and form.issued_at > key.until:
        return [_reason("key_expired", Weight.FORGED, key=seal.key)]
    note = _reason("sealed", Weight.NOTE, profile=seal.profile.value, level=key.level.value)
    demo = [_reason("demo_key", Weight.NOTE, key=key.id)] if key.level is Level.DEMO else []
    return [note, *demo]


def verify_offline(raw: bytes, keys: Iterable[PublicKey]) -> Verification:
    """Verify a machine file by trusted keys alone; whether it was revoked since stays unsaid."""
    try:
        file = read_machine_file(raw)
    except Invalid as fault:
        return unreadable(fault.why)
    trusted = {key.id: key for key in keys}
    why = [*examine(file.form, file.seals, trusted), *foreign_keys(file, trusted)]
    return verdict([*why, _reason("register_unasked", Weight.NOTE)], **facts_of(file.form))


def foreign_keys(file: MachineFile, trusted: Mapping[str, PublicKey]) -> list[Reason]:
    """Return what is wrong with the keys a file brings along; they are compared, never trusted."""
    brought = {key.id: key for key in file.keys}
    wrong = set(brought) ^ {seal.key for seal in file.seals}
    for id, key in brought.items():
        known = trusted.get(id)
        now = None if known is None else msgspec.structs.replace(known, until=key.until)
        if key != now or (key.until and known and key.until != known.until):
            wrong.add(id)
    return [_reason("key_altered", Weight.FORGED, key=id) for id in sorted(wrong)]


def facts_of(form: MachineForm) -> dict[str, Any]:
    """Return what a verification says of a paper besides its reasons."""
    return {
        "id": form.id,
        "number": form.number,
        "paper": form.paper,
        "issued_at": form.issued_at,
        "digest": form.mark,
    }


def compare(form: MachineForm, kept: Standing | None) -> list[Reason]:
    """Return what the register says against a form: absent, other contents, revoked."""
    if kept is None:
        return [_reason("not_registered", Weight.FORGED, number=form.number)]
    if kept.digest != form.mark or kept.number != form.number:
        return [_reason("altered", Weight.FORGED, number=form.number)]
    return revocation(kept)


def revocation(kept: Standing) -> list[Reason]:
    """Return the reason that it was revoked, if it was."""
    if kept.revoked_at is None:
        return []
    at, why = kept.revoked_at.isoformat(), kept.revoked_why or ""
    return [_reason("revoked", Weight.STALE, number=kept.number, at=at, why=why)]


def follow(quotes: Iterable[Quoted], known: Mapping[str, Standing]) -> list[Reason]:
    """Return what is wrong with the links of one paper."""
    found = []
    for quote in quotes:
        kept = known.get(quote.id)
        if kept is None:
            found.append(_reason("broken_link", Weight.FORGED, number=quote.number))
        elif kept.quoted() != quote:
            found.append(_reason("link_altered", Weight.FORGED, number=quote.number))
        elif kept.revoked_at is not None:
            found.append(_reason("link_revoked", Weight.STALE, number=quote.number))
    return found


def altered_print(number: str | None) -> Verification:
    """Return the verdict on a PDF that we did not print."""
    if number is None:
        return verdict([_reason("not_ours", Weight.FORGED)])
    return verdict([_reason("altered", Weight.FORGED, number=number)], number=number)


def unreadable(why: str) -> Verification:
    """Return the verdict on bytes that are no machine file."""
    return verdict([_reason("unreadable", Weight.FORGED, why=why)])


def lacking(seals: Sequence[Seal]) -> list[Reason]:
    """Return a note for each profile of ours that has not sealed yet."""
    done = {seal.profile for seal in seals}
    wanted = (Profile.ED25519, Profile.SM2)
    return [_reason("seal_pending", Weight.NOTE, profile=p.value) for p in wanted if p not in done]


def _reason(code: str, weight: Weight, **slots: str) -> Reason:
    return Reason(code=f"document.{code}", weight=weight, slots=slots)
