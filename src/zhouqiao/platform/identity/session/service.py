"""What may be asked of sign-in. One command, one transaction; nobody here commits.

Whatever happens before a subject is known (`sign_in`, `resolve`, `subject_for`, …) is asked on a
desk of the platform itself, `system(cell)`.
"""

from collections.abc import Sequence

import msgspec

from zhouqiao.base import Invalid, Refusal
from zhouqiao.platform.identity import errors, facts
from zhouqiao.platform.identity.declare import LockPolicy, PasswordPolicy, SessionKind
from zhouqiao.platform.identity.handset.errors import HandsetEnded
from zhouqiao.platform.identity.handset.model import HandsetId
from zhouqiao.platform.identity.handset.repository import Handsets
from zhouqiao.platform.identity.model import PersonId, PostId
from zhouqiao.platform.identity.repository import Identities
from zhouqiao.platform.identity.service import known, not_yourself, people
from zhouqiao.platform.identity.session import model
from zhouqiao.platform.identity.session.model import (
    Account,
    AccountId,
    Issued,
    Session,
    SessionId,
)
from zhouqiao.platform.identity.session.repository import Sessions
from zhouqiao.store import Desk, Subject, personal

PASSWORDS = PasswordPolicy()
LOCKS = LockPolicy()


def open_account(
    desk: Desk, person: PersonId, login: str, password: str, *, must_change: bool = True
) -> AccountId:
    """Let a person sign in by name and secret. Raises `Invalid`, `LoginTaken`."""
    scope = people(desk.cell)
    desk.may("account.open", scope=scope, person=person)
    if not model.tidy_login(login):
        raise Invalid("login", "missing")
    account = Account(
        id=desk.ids.new(AccountId),
        person=person,
        login=_login(desk, login),
        secret=_secret(desk, password, login),
        must_change=must_change,
        changed_at=desk.now(),
    )
    if not Identities(desk).add_account(account, scope):
        raise errors.LoginTaken
    fact = facts.AccountOpened(account=account.id, person=person)
    desk.tell(fact, about=person, scope=scope, person=person)
    return account.id


def change_password(desk: Desk, session: Session, old: str, new: str) -> Issued | Refusal:
    """Replace one's own secret; every other session ends. Wrong ones count (see `sign_in`)."""
    account = known("account", session.person, Identities(desk).account("person", session.person))
    refusal = _try(desk, account.login, account, old)
    if refusal is not None:
        return refusal
    if model.secret_fits(account.secret, new):
        raise Invalid("password", "same_as_before")
    _replace_secret(desk, account, new, must_change=False)
    end(desk, "person", session.person, "password", keep=session.id)
    return reissue(desk, msgspec.structs.replace(session, must_change=False))


def find_account(desk: Desk, login: str) -> PersonId | None:
    """Return who signs in by exactly that name; nobody can list or guess."""
    desk.may("person.find", scope=people(desk.cell))
    found = Identities(desk).account("login", _login(desk, login))
    return None if found is None else found.person


def first_password(desk: Desk) -> str:
    """Return a password to give to somebody, never given before."""
    return model.first_secret(desk.dice.key(20))


def reset_password(desk: Desk, person: PersonId, first: str) -> None:
    """Give somebody else a first secret, to be changed at once; all their sessions end.

    Nobody does it to themself, so that whoever keeps the accounts can still come in.
    """
    desk.may("account.reset", scope=people(desk.cell), person=person)
    not_yourself(desk, "account.reset", person)
    account = known("account", person, Identities(desk).account("person", person))
    _replace_secret(desk, account, first, must_change=True)
    Identities(desk).forget_tries(account.login)
    end(desk, "person", person, "password")


def sign_in(
    desk: Desk, login: str, password: str, *, handset: HandsetId | None = None
) -> Issued | Refusal:
    """Begin a session by name and secret; takes tens of milliseconds of one core.

    A wrong secret is *returned* as a refusal, not raised, so that the transaction which counts
    it is committed; whoever asked raises it then.
    """
    name = _login(desk, login)
    account = Identities(desk).account("login", name)
    refusal = _try(desk, name, account, password)
    if refusal is not None or account is None:
        return refusal or errors.SignInFailed()
    return begin(desk, account.person, handset=handset, must_change=account.must_change)


def _try(desk: Desk, login: str, account: Account | None, password: str) -> Refusal | None:
    kept, now = Identities(desk), desk.now()
    tries = kept.tries(login, people(desk.cell))
    if tries.locked(now) and tries.locked_until is not None:
        return errors.TooManyTries(tries.locked_until)
    fits = model.secret_fits(model.DECOY if account is None else account.secret, password)
    if account is not None and fits:
        kept.forget_tries(login)
        return None
    tries = tries.after_failure(now, LOCKS)
    kept.put_tries(tries)
    if tries.locked_until is not None:
        fact = facts.SignInLocked(name=login, failures=tries.failures, until=tries.locked_until)
        desk.tell(fact, about=login, scope=people(desk.cell))
    return errors.SignInFailed()


def prove(desk: Desk, session: Session, password: str) -> Issued | Refusal:
    """Let whoever sits there show again who they are. Wrong ones count (see `sign_in`)."""
    account = Identities(desk).account("person", session.person)
    if account is None:
        raise errors.ProofMissing
    refusal = _try(desk, account.login, account, password)
    return refusal or reissue(desk, msgspec.structs.replace(session, proved_at=desk.now()))


def require_proof(desk: Desk, session: Session) -> None:
    """Return if its person showed a moment ago who they are. Raises `ProofMissing`."""
    if not session.proved(desk.now()):
        raise errors.ProofMissing


def has_account(desk: Desk, person: PersonId) -> bool:
    """Say whether a person can sign in by a secret of ours."""
    return Identities(desk).account("person", person) is not None


def resolve(desk: Desk, token: str) -> Session:
    """Return the living session of a token and note its use.

    Raises `SessionEnded`; `HandsetEnded` where it ended with its handset.
    """
    session = Sessions(desk).session(model.token_digest(token))
    if session is None:
        raise errors.SessionEnded
    if not session.alive(desk.now()):
        raise HandsetEnded if _revoked(desk, session.handset) else errors.SessionEnded
    if session.stale(desk.now()):
        session = msgspec.structs.replace(session, seen_at=desk.now())
        Sessions(desk).put_session(session)
    return session


def _revoked(desk: Desk, handset: HandsetId | None) -> bool:
    one = None if handset is None else Handsets(desk).named(handset)
    return one is not None and one.revoked_at is not None


def living(desk: Desk, sessions: Sequence[SessionId]) -> list[Session]:
    """Return those of the sessions that still live; looking does not keep them alive."""
    now = desk.now()
    return [one for one in Sessions(desk).sessions(sessions) if one.alive(now)]


def sessions_of(desk: Desk, person: PersonId) -> list[Session]:
    """Return a person's living sessions, last used first."""
    now = desk.now()
    return [one for one in Sessions(desk).sessions_of(person) if one.alive(now)]


def end_others(desk: Desk, session: Session) -> None:
    """End every session of a person but the one they sit at."""
    end(desk, "person", session.person, "elsewhere", keep=session.id)


def subject_for(desk: Desk, session: Session) -> Subject:
    """Return who acts in a session: at the post acted from, as held and certified right now.

    Without a post (or when it was taken, or a first secret must be changed) they are themself:
    no seats, no reach. Rights that were granted on top are added by `platform.access`.
    """
    acting = None
    if session.post is not None and not session.must_change:
        acting = Identities(desk).acting(session.person, session.post)
    if acting is None:
        return Subject(person=session.person, cell=desk.cell)
    post, kinds, unit = acting
    return Subject(
        person=session.person,
        cell=desk.cell,
        reach=post.reach,
        unit=unit,
        seats=(post.seat(tuple(kinds)),),
    )


def act_as(desk: Desk, session: Session, post_id: PostId | None) -> Issued:
    """Move a session to one held post, or (None) back to oneself; the token is a new one."""
    if post_id is not None and (
        session.must_change or Identities(desk).acting(session.person, post_id) is None
    ):
        raise errors.PostNotHeld(post_id)
    fact = facts.ActedAs(session=session.id, person=session.person, post=post_id)
    desk.tell(fact, about=session.person, scope=people(desk.cell), person=session.person)
    return reissue(desk, msgspec.structs.replace(session, post=post_id))


def sign_out(desk: Desk, session: Session) -> None:
    """End a session."""
    end(desk, "session", session.id, "signed_out", of=session.person)


def revoke_sessions(desk: Desk, person: PersonId, why: str) -> None:
    """End every session of somebody else; one's own others: `end_others`. Raises `NotYourself`."""
    desk.may("session.revoke", scope=people(desk.cell), person=person)
    not_yourself(desk, "session.revoke", person)
    end(desk, "person", person, why)


def begin(
    desk: Desk,
    person: PersonId,
    *,
    issuer: str | None = None,
    handset: HandsetId | None = None,
    must_change: bool = False,
) -> Issued:
    """Begin a session of a person who is known by now: by a secret of ours, or an issuer's word.

    A secret shows who sits there; an issuer may have remembered them.
    """
    if handset is not None:
        one = Handsets(desk).named(handset)
        if one is None or one.person != person or one.revoked_at is not None:
            raise errors.SessionEnded
    token = model.token_from(desk.cell, desk.dice.key(32))
    session = Session(
        id=desk.ids.new(SessionId),
        person=person,
        kind=SessionKind.WEB if handset is None else SessionKind.HANDSET,
        token=model.token_digest(token),
        opened_at=desk.now(),
        seen_at=desk.now(),
        handset=handset,
        must_change=must_change,
        issuer=issuer,
        proved_at=desk.now() if issuer is None else None,
    )
    Sessions(desk).add_session(session, people(desk.cell))
    fact = facts.SignedIn(session=session.id, person=person, by=issuer or "password")
    desk.tell(fact, about=person, scope=people(desk.cell), person=person)
    return Issued(session=session, token=token)


def reissue(desk: Desk, session: Session) -> Issued:
    """Keep what changed of a session under a new token; the former one opens nothing more."""
    token = model.token_from(desk.cell, desk.dice.key(32))
    session = msgspec.structs.replace(session, token=model.token_digest(token), seen_at=desk.now())
    Sessions(desk).put_session(session)
    return Issued(session=session, token=token)


def end(desk: Desk, column: str, value: str, why: str, *, of: str = "", keep: str = "") -> None:
    """End living sessions by `session`, `person` or `handset`, but one, and say so of each."""
    person = of or value
    for session in Sessions(desk).end_sessions(column, value, keep):
        fact = facts.SignedOut(session=session, person=person, why=why)
        desk.tell(fact, about=person, scope=people(desk.cell), person=person)


def _replace_secret(desk: Desk, account: Account, password: str, *, must_change: bool) -> None:
    secret = _secret(desk, password, "")
    account = msgspec.structs.replace(
        account, secret=secret, must_change=must_change, changed_at=desk.now()
    )
    Identities(desk).set_secret(account)
    fact = facts.PasswordChanged(account=account.id, person=account.person)
    desk.tell(fact, about=account.person, scope=people(desk.cell), person=account.person)


def _secret(desk: Desk, password: str, login: str) -> str:
    return model.hash_secret(model.check_password(password, login, PASSWORDS), desk.dice.key(16))


def _login(desk: Desk, login: str) -> str:
    return personal.blind(desk, "login", model.tidy_login(login))


def _sub(desk: Desk, issuer: str, sub: str) -> str:
    return personal.blind(desk, "sub", f"{issuer} {sub}")
