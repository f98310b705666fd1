"""What may be asked of outside accounts; nobody here commits.

Whoever asks has verified the issuer's word (`zhouqiao.edge.openid`). All of it is asked on a desk
of the platform itself, `system(cell)`.
"""

import hashlib

import msgspec

from zhouqiao.base import Personal
from zhouqiao.platform.identity import errors, facts
from zhouqiao.platform.identity.external.model import Link
from zhouqiao.platform.identity.external.repository import Links
from zhouqiao.platform.identity.model import PersonId
from zhouqiao.platform.identity.service import known, people, register_person
from zhouqiao.platform.identity.session.model import Issued, Session
from zhouqiao.platform.identity.session.service import (
    begin,
    end,
    has_account,
    reissue,
    require_proof,
)
from zhouqiao.store import Desk, personal


def sign_in_external(desk: Desk, issuer: str, sub: str) -> Issued:
    """Begin a session for whom a verified outside account stands. Raises `NotLinked`."""
    return begin(desk, _whose(desk, issuer, sub), issuer=issuer)


def open_citizen(desk: Desk, issuer: str, sub: str, name: Personal[str]) -> PersonId:
    """Make somebody known by the word of an issuer: a citizen, without any post."""
    person = register_person(desk, {"name": name})
    link_external(desk, person, issuer, sub)
    return person


def link_external(desk: Desk, person: PersonId, issuer: str, sub: str) -> None:
    """Let an account at another issuer (OpenID `iss`, `sub`) stand for a person; twice is once.

    Raises `AlreadyLinked` when it stands for somebody else, `LinkedOtherwise` when another
    account there stands for this person.
    """
    scope = people(desk.cell)
    desk.may("account.link", scope=scope, person=person)
    kept, blind = Links(desk), _sub(desk, issuer, sub)
    if kept.whose(issuer, blind) == person:
        return
    if any(one.issuer == issuer for one in kept.of(person)):
        raise errors.LinkedOtherwise
    if not kept.add(person, issuer, blind, scope):
        raise errors.AlreadyLinked
    fact = facts.ExternalLinked(person=person, issuer=issuer)
    desk.tell(fact, about=person, scope=scope, person=person)


def links_of(desk: Desk, person: PersonId) -> list[Link]:
    """Return a person's outside accounts, oldest first."""
    return Links(desk).of(person)


def link_own(desk: Desk, session: Session, issuer: str, sub: str) -> Issued:
    """Link an outside account to whoever proved a moment ago that they sit there.

    Raises `ProofMissing`, and what `link_external` raises.
    """
    require_proof(desk, session)
    link_external(desk, session.person, issuer, sub)
    return reissue(desk, session)


def unlink_own(desk: Desk, session: Session, issuer: str) -> Issued:
    """Take an outside account from whoever sits there; their other sessions end.

    Raises `ProofMissing`, `NotFound`, `LastWayIn`.
    """
    require_proof(desk, session)
    person, scope = session.person, people(desk.cell)
    held = Links(desk).of(person, hold=True)
    known("external_login", issuer, next((one for one in held if one.issuer == issuer), None))
    if len(held) == 1 and not has_account(desk, person):
        raise errors.LastWayIn
    Links(desk).remove(person, issuer)
    fact = facts.ExternalUnlinked(person=person, issuer=issuer)
    desk.tell(fact, about=person, scope=scope, person=person)
    end(desk, "person", person, "unlinked", keep=session.id)
    return reissue(desk, session)


def prove_external(desk: Desk, session: Session, issuer: str, sub: str) -> Issued:
    """Let an issuer that asked its person anew show who sits there. Raises `NotLinked`."""
    if _whose(desk, issuer, sub) != session.person:
        raise errors.NotLinked
    return reissue(desk, msgspec.structs.replace(session, proved_at=desk.now()))


def _whose(desk: Desk, issuer: str, sub: str) -> PersonId:
    found = Links(desk).whose(issuer, _sub(desk, issuer, sub))
    if found is None:
        raise errors.NotLinked
    return found


def _sub(desk: Desk, issuer: str, sub: str) -> str:
    """Return what is kept of a subject. Capitals and spaces tell two apart, so they are hashed."""
    exact = hashlib.sha256(f"{issuer}\0{sub}".encode()).hexdigest()
    return personal.blind(desk, "sub", exact)
