"""What may be asked of access. One command, one transaction; nobody here commits."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from zhouqiao.base import Invalid, NotAllowed, NotFound, Personal
from zhouqiao.platform.access import facts
from zhouqiao.platform.access.errors import (
    CaseNotTheirs,
    GrantEnded,
    OwnAffair,
    PurposeMissing,
    Separated,
)
from zhouqiao.platform.access.model import APART, Grant, GrantId, Look, Shown, masked
from zhouqiao.platform.access.repository import Accesses
from zhouqiao.platform.identity import PersonId, Session, posts_of
from zhouqiao.platform.identity import subject_for as subject_at_post
from zhouqiao.store import Desk, Subject, personal, story

OWN = "own"
_WORD = re.compile(r"[a-z][a-z0-9_]{0,63}")


def read_personal(
    desk: Desk,
    person: str,
    fields: Sequence[str],
    purpose: str,
    case: str,
    *,
    scope: str | None = None,
) -> Mapping[str, Shown]:
    """Return fields about a person as the acting subject may see them; the read is logged.

    Each field needs the right `personal.read.<purpose>.<field>`; it is masked by field and grade
    unless `personal.clear.<purpose>.<field>` is held too. The case must concern the person: the
    journal is asked, as far as the subject sees it, or the caller vouches with the `scope` of a
    case it has itself read under this subject. A person reads about themself for the purpose
    `own`, without a case and without a log. A field never kept is left out.

    Raises `PurposeMissing`, `CaseNotTheirs`, `NotAllowed`.
    """
    _named(purpose, fields)
    if purpose == OWN:
        return _read_own(desk, person, fields)
    if not case:
        raise PurposeMissing("case")
    where = _scope_of(desk, case, person) if scope is None else scope
    for field in fields:
        desk.may(f"personal.read.{purpose}.{field}", scope=where, person=person)
    clear = {f for f in fields if _allows(desk, f"personal.clear.{purpose}.{f}", where, person)}
    _log(desk, person, (tuple(fields), tuple(sorted(clear)), purpose, case), where)
    kept = personal.read(desk, person, list(fields))
    return {field: _shown(field, kept[field], field in clear) for field in fields if field in kept}


def _named(purpose: str, fields: Sequence[str]) -> None:
    if not purpose:
        raise PurposeMissing("purpose")
    for word in (purpose, *fields):
        if not _WORD.fullmatch(word):
            raise Invalid("fields", "shape", value=word[:64])


def _read_own(desk: Desk, person: str, fields: Sequence[str]) -> Mapping[str, Shown]:
    for field in fields:
        desk.may(f"personal.read.{OWN}.{field}", scope="", person=person)
    kept = personal.read(desk, person, list(fields))
    return {field: _shown(field, kept[field], clear=True) for field in fields if field in kept}


def _scope_of(desk: Desk, case: str, person: str) -> str:
    for envelope in story(desk, case):
        if envelope.person == person:
            return envelope.scope
    raise CaseNotTheirs(case)


def _allows(desk: Desk, action: str, scope: str, person: str) -> bool:
    try:
        desk.may(action, scope=scope, person=person)
    except NotAllowed:
        return False
    return True


def _shown(field: str, value: Personal[str] | personal.Erased, clear: bool) -> Shown:  # noqa: FBT001
    if isinstance(value, personal.Erased):
        return Shown(text=None, erased_on=value.on)
    if clear:
        return Shown(text=value.value)
    text = masked(field, value)
    return Shown(text=text, is_masked=text != value.value)


def _log(
    desk: Desk, person: str, what: tuple[tuple[str, ...], tuple[str, ...], str, str], scope: str
) -> None:
    fields, clear, purpose, case = what
    seat = next(iter(desk.subject.seats), None)
    look = Look(
        by=desk.subject.person,
        role="system" if seat is None else seat.role,
        body=None if seat is None else seat.body,
        at=desk.now(),
        purpose=purpose,
        case=case,
        fields=fields,
        clear=clear,
    )
    Accesses(desk).add_look(person, look, scope)
    fact = facts.PersonalRead(person=person, fields=fields, clear=clear, purpose=purpose, case=case)
    desk.tell(fact, about=person, scope=scope, person=person)


def who_looked(
    desk: Desk, person: str, *, limit: int = 50, before: datetime | None = None
) -> list[Look]:
    """Return who read a person's data, newest first.

    The person sees which body, in what role, when, why and what; an auditor also who.
    """
    reach = desk.subject.reach or ""
    desk.may("personal.looks", scope=reach, person=person)
    looks = Accesses(desk).looks(person, limit=limit, before=before)
    if desk.subject.person != person:
        return looks
    return [msgspec.structs.replace(look, by=None) for look in looks]


def grant(desk: Desk, wanted: Grant) -> Grant:
    """Lend a right for a while; its `id` is given here.

    Raises `Invalid`, `OwnAffair` (to oneself), `Separated` (to who keeps or audits the machine).
    """
    wanted = msgspec.structs.replace(wanted.checked(), id=desk.ids.new(GrantId))
    desk.may("access.grant", scope=wanted.scope, person=wanted.person)
    if wanted.person == desk.subject.person:
        raise OwnAffair("access.grant")
    _separated(desk, wanted)
    Accesses(desk).add_grant(wanted)
    fact = facts.Granted(
        grant=wanted.id,
        person=wanted.person,
        action=wanted.action,
        granted_scope=wanted.scope,
        starts=wanted.starts,
        ends=wanted.ends,
        reason=wanted.reason,
    )
    desk.tell(fact, about=wanted.id, scope=wanted.scope, person=wanted.person)
    return wanted


def revoke(desk: Desk, grant_id: GrantId, reason: str) -> None:
    """Take a lent right back, from the next act on. Raises `NotFound`, `GrantEnded`."""
    found = _grant(desk, grant_id)
    desk.may("access.revoke", scope=found.scope, person=found.person)
    if found.revoked_at is not None:
        raise GrantEnded(grant_id)
    Accesses(desk).revoke(grant_id, reason)
    fact = facts.GrantRevoked(grant=grant_id, person=found.person, reason=reason)
    desk.tell(fact, about=grant_id, scope=found.scope, person=found.person)


def grants_of(desk: Desk, person: str) -> Sequence[Grant]:
    """Return the rights lent to a person that are in force now."""
    return Accesses(desk).grants_of(person)


def subject_for(desk: Desk, session: Session) -> Subject:
    """Return who acts in a session: the post acted from, and what was lent within its reach.

    Asked on a desk of the platform itself, at every request.
    """
    subject = subject_at_post(desk, session)
    if subject.reach is None:
        return subject
    lent = [
        one.seat
        for one in Accesses(desk).grants_of(subject.person)
        if one.scope.startswith(subject.reach)
    ]
    return msgspec.structs.replace(subject, seats=(*subject.seats, *lent))


def subject_under(desk: Desk, subject: Subject, grant_id: GrantId) -> Subject:
    """Return the same person acting under one grant alone, and reaching as far as it does.

    Raises `NotFound` (not theirs), `GrantEnded`, `Separated` (they keep the machine by now).
    """
    found = _grant(desk, grant_id)
    if found.person != subject.person:
        raise NotFound("grant", grant_id)
    if not found.in_force(desk.now()):
        raise GrantEnded(grant_id)
    _separated(desk, found)
    return msgspec.structs.replace(subject, reach=found.scope, unit=None, seats=(found.seat,))


def _separated(desk: Desk, lent: Grant) -> None:
    for post in posts_of(desk, PersonId(lent.person)):
        if post.role in APART and lent.guarded:
            raise Separated(lent.action, post.role)


def _grant(desk: Desk, grant_id: GrantId) -> Grant:
    found = Accesses(desk).grant(grant_id)
    if found is None:
        raise NotFound("grant", grant_id)
    return found
