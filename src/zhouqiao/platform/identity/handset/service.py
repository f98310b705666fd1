"""What may be asked of handsets. One command, one transaction; nobody here commits."""

from datetime import datetime

import msgspec

from zhouqiao.base import Refusal
from zhouqiao.platform.identity import facts
from zhouqiao.platform.identity.handset import errors
from zhouqiao.platform.identity.handset.model import CODE_LASTS, DIGITS, Handset, HandsetId
from zhouqiao.platform.identity.handset.repository import Handsets
from zhouqiao.platform.identity.model import PersonId
from zhouqiao.platform.identity.service import known, people
from zhouqiao.platform.identity.session.model import Session
from zhouqiao.platform.identity.session.repository import Sessions
from zhouqiao.platform.identity.session.service import end
from zhouqiao.store import Desk, personal


def enrol_handset(
    desk: Desk, person: PersonId, label: str, *, key: str | None = None
) -> HandsetId | None:
    """Set up a handset of a person; None where its key is another's already: it is shared."""
    scope = people(desk.cell)
    desk.may("handset.enrol", scope=scope, person=person)
    now = desk.now()
    handset = Handset(
        id=desk.ids.new(HandsetId), person=person, label=label[:80], enrolled_at=now, key=key,
        seen_at=now,
    )  # fmt: skip
    if not Handsets(desk).add(handset, scope):
        return None
    fact = facts.HandsetEnrolled(handset=handset.id, person=person, key=key or "")
    desk.tell(fact, about=person, scope=scope, person=person)
    return handset.id


def make_code(desk: Desk, person: PersonId, *, by: str = "") -> str:
    """Return a code by which a person sets one handset up within ten minutes; shown once.

    For themself, or by whoever may enrol for them (`by`, where the platform acts for that one);
    the code before it ends. Raises `NotAllowed`.
    """
    scope, now = people(desk.cell), desk.now()
    desk.may("handset.enrol", scope=scope, person=person)
    code = f"{int.from_bytes(desk.dice.key(8)) % 10**DIGITS:0{DIGITS}}"
    Handsets(desk).put_code(person, _mark(desk, person, code), now + CODE_LASTS, scope)
    fact = facts.HandsetCodeMade(person=person, by=by or desk.subject.person)
    desk.tell(fact, about=person, scope=scope, person=person)
    return code


def enrol_here(
    desk: Desk, session: Session, key: str, label: str = "", code: str = ""
) -> Handset | Refusal | None:
    """Set up, or meet again, the handset somebody sits at, and end this session with it.

    A new one wants a code, or that its person showed within ten minutes who they are. Returns the
    refusal, so that a wrong code is counted; None where the key is another's. Raises
    `HandsetEnded` for one that was revoked.
    """
    before = Handsets(desk).by_key(key)
    if before is None:
        refusal = _welcome(desk, session, code)
        if refusal is not None:
            return refusal
        if enrol_handset(desk, session.person, label, key=key) is None:
            return None
        before = Handsets(desk).by_key(key)
    if before is None or before.person != session.person:
        return None
    if before.revoked_at is not None:
        raise errors.HandsetEnded
    Handsets(desk).see(before.id)
    Sessions(desk).put_session(msgspec.structs.replace(session, handset=before.id))
    return before


def _welcome(desk: Desk, session: Session, code: str) -> Refusal | None:
    if not code:
        return None if session.proved(desk.now()) else errors.HandsetUnproved()
    kept = Handsets(desk).code(session.person)
    plain = "".join(code.split())
    fits = kept is not None and kept.fits(_mark(desk, session.person, plain), desk.now())
    Handsets(desk).tried(session.person, used=fits)
    return None if fits else errors.WrongCode()


def revoke_handset(desk: Desk, handset: str, why: str, *, by: str = "") -> Handset:
    """End a handset's use: its sessions end now, its store is wiped when it next asks.

    `by` is who wanted it, where the platform acts for them. Raises `NotFound`, `NotAllowed`.
    """
    one = known("handset", handset, Handsets(desk).named(handset))
    desk.may("handset.revoke", scope=people(desk.cell), person=one.person)
    if one.revoked_at is None:
        Handsets(desk).revoke(one.id, why[:200])
        end(desk, "handset", one.id, "handset", of=one.person)
        fact = facts.HandsetRevoked(
            handset=one.id, person=one.person, why=why[:200], by=by or desk.subject.person
        )
        desk.tell(fact, about=one.person, scope=people(desk.cell), person=one.person)
    return one


def handsets_of(desk: Desk, person: PersonId) -> list[Handset]:
    """Return a person's handsets in use, oldest first."""
    return Handsets(desk).of(person)


def revoke_own_handset(desk: Desk, session: Session, handset: str) -> Handset:
    """End the use of a handset of whoever sits there. Raises `NotFound`: not one of theirs."""
    held = (one for one in handsets_of(desk, session.person) if one.id == handset)
    known("handset", handset, next(held, None))
    return revoke_handset(desk, handset, "by_owner", by=session.person)


def revoked_by_key(desk: Desk, key: str) -> Handset | None:
    """Return the handset that made a key, where it was revoked and the subject may know it."""
    one = Handsets(desk).by_key(key)
    return None if one is None or one.revoked_at is None else one


def refuse_late(desk: Desk, handset: Handset, about: str, happened_at: datetime) -> None:
    """Write down that a revoked handset told of something done after its end."""
    fact = facts.HandsetRefused(handset=handset.id, person=handset.person, told_of=about)
    desk.tell(
        fact, about=handset.person, scope=people(desk.cell), person=handset.person,
        happened_at=happened_at,
    )  # fmt: skip


def _mark(desk: Desk, person: PersonId, code: str) -> str:
    return personal.blind(desk, "handset code", f"{person} {code}")
