"""Accounts, secrets, tokens and sessions. Pure: no clock, no chance, no SQL."""

import base64
import hashlib
import hmac
import unicodedata
from datetime import datetime, timedelta
from typing import ClassVar

import msgspec
from argon2 import low_level
from argon2.exceptions import InvalidHashError, VerificationError

from zhouqiao.base import Id, Invalid
from zhouqiao.platform.identity.declare import (
    SESSIONS,
    LockPolicy,
    PasswordPolicy,
    SessionKind,
)
from zhouqiao.platform.identity.handset.model import HandsetId
from zhouqiao.platform.identity.model import PersonId, PostId

TOUCH = timedelta(minutes=1)
PROOF = timedelta(minutes=10)
"""How long a proof of who sits there is enough to change by what they sign in."""
DECOY = (
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA"
    "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)
"""What an unknown name is checked against, so that it takes as long as a known one."""

_COMMON = frozenset({"password", "qwerty", "admin", "zhouqiao", "123456", "111111", "888888"})

PLAIN = "bcdfghjkmnpqrstvwxz23456789"


class AccountId(Id):
    """Names an account."""

    prefix: ClassVar[str] = "account"
    __slots__ = ()


class SessionId(Id):
    """Names a session (its token is something else, and secret)."""

    prefix: ClassVar[str] = "session"
    __slots__ = ()


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """A local account: `login` is a keyed hash, `secret` an Argon2id string."""

    id: AccountId
    person: PersonId
    login: str
    secret: str
    must_change: bool
    changed_at: datetime


class Tries(msgspec.Struct, frozen=True, kw_only=True):
    """Wrong secrets in a row for one sign-in name, whether or not an account has it."""

    login: str
    failures: int = 0
    last_at: datetime | None = None
    locked_until: datetime | None = None

    def locked(self, at: datetime) -> bool:
        """Say whether a try at that moment does not count."""
        return self.locked_until is not None and at < self.locked_until

    def after_failure(self, at: datetime, policy: LockPolicy) -> "Tries":
        """Return the count after one more wrong secret."""
        fresh = self.last_at is not None and at - self.last_at < policy.forget
        failures = self.failures + 1 if fresh else 1
        over = failures - policy.free
        until = None
        if over >= 0:
            until = at + min(policy.first * 2 ** min(over, 32), policy.most)
        return Tries(login=self.login, failures=failures, last_at=at, locked_until=until)


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A signed-in person, for a while. `token` is the SHA-256 of what the browser holds.

    `issuer` by whose word it began (None: by a secret of ours); `proved_at` when its person last
    showed that it is they who sit there.
    """

    id: SessionId
    person: PersonId
    kind: SessionKind
    token: str
    opened_at: datetime
    seen_at: datetime
    post: PostId | None = None
    handset: HandsetId | None = None
    must_change: bool = False
    revoked_at: datetime | None = None
    issuer: str | None = None
    proved_at: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        """When it ends if nobody uses it from now on."""
        policy = SESSIONS[self.kind]
        return min(self.seen_at + policy.idle, self.opened_at + policy.absolute)

    def alive(self, at: datetime) -> bool:
        """Say whether it may still be used."""
        return self.revoked_at is None and at < self.ends_at

    def proved(self, at: datetime) -> bool:
        """Say whether its person showed a moment ago who they are; a first secret shows little."""
        fresh = self.proved_at is not None and at - self.proved_at < PROOF
        return fresh and not self.must_change

    def stale(self, at: datetime) -> bool:
        """Say whether its use is worth writing down (at most once a minute)."""
        return at - self.seen_at >= TOUCH


class Issued(msgspec.Struct, frozen=True, kw_only=True):
    """A session and its token in the clear, which is shown once and kept nowhere."""

    session: Session
    token: str

    def __repr__(self) -> str:
        return f"Issued({self.session.id}, ‹secret›)"


def tidy_login(login: str) -> str:
    """Return a sign-in name as it is compared: NFKC, no spaces around, lower case."""
    return unicodedata.normalize("NFKC", login).strip().casefold()


def check_password(password: str, login: str, policy: PasswordPolicy) -> str:
    """Return the password in NFKC if the policy takes it. Raises `Invalid`, never repeating it."""
    text = unicodedata.normalize("NFKC", password)
    if not policy.shortest <= len(text) <= policy.longest:
        raise Invalid(
            "password", "password_length", shortest=policy.shortest, longest=policy.longest
        )
    low, name = text.casefold(), tidy_login(login)
    if (name and name in low) or any(word in low for word in _COMMON):
        raise Invalid("password", "easily_guessed")
    if len(set(text)) < policy.variety:
        raise Invalid("password", "easily_guessed")
    if len(text) < policy.phrase and _kinds(text) < policy.kinds:
        raise Invalid("password", "too_simple", kinds=policy.kinds, phrase=policy.phrase)
    return text


def first_secret(raw: bytes) -> str:
    """Return a password that others give, of 20 random bytes: read aloud and typed without doubt.

    27 letters and digits that look like no other, in four groups: some 95 bits of chance.
    """
    text = "".join(PLAIN[one % len(PLAIN)] for one in raw)
    return "-".join(text[n : n + 5] for n in range(0, 20, 5))


def _kinds(text: str) -> int:
    tests = (str.islower, str.isupper, str.isdigit, lambda c: not c.isalnum())
    return sum(any(test(c) for c in text) for test in tests)


def hash_secret(password: str, salt: bytes) -> str:
    """Return the Argon2id string of a password; tens of milliseconds of one core.

    Source: OWASP Password Storage Cheat Sheet, Argon2id with 19 MiB, two passes, one lane.
    """
    secret = unicodedata.normalize("NFKC", password).encode()
    kind = low_level.Type.ID
    return low_level.hash_secret(
        secret, salt, time_cost=2, memory_cost=19_456, parallelism=1, hash_len=32, type=kind
    ).decode()


def secret_fits(kept: str, password: str) -> bool:
    """Say whether a password is the one behind an Argon2id string."""
    secret = unicodedata.normalize("NFKC", password).encode()
    try:
        return low_level.verify_secret(kept.encode(), secret, low_level.Type.ID)
    except (VerificationError, InvalidHashError):
        return False


def token_from(cell: str, key: bytes) -> str:
    """Return an opaque token that also says its cell, so that any server finds it."""
    return f"{cell}.{base64.urlsafe_b64encode(key).rstrip(b'=').decode()}"


def cell_of(token: str) -> str | None:
    """Return the cell a token says it belongs to, if it is shaped like a token."""
    cell, dot, rest = token.partition(".")
    return cell if dot and rest and cell.isascii() and cell.isdigit() else None


def token_digest(token: str) -> str:
    """Return what is kept of a token: its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()


def csrf_for(token: str) -> str:
    """Return the token a form of this session carries; derived, so nothing is kept."""
    return hmac.new(token.encode(), b"zhouqiao csrf 1", hashlib.sha256).hexdigest()


def csrf_fits(token: str, given: str) -> bool:
    """Say whether a form came from this session's pages, in constant time."""
    return hmac.compare_digest(csrf_for(token).encode(), given.encode())
