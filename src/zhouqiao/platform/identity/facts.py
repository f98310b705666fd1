"""What identity tells the world. Never a name, a number or a secret: only who, by id."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, ClassVar

from zhouqiao.store import Fact

Upcasts = dict[int, Callable[[dict[str, Any]], dict[str, Any]]]


class PersonRegistered(Fact, frozen=True, kw_only=True):
    """Somebody is known from now on."""

    person: str


class PersonalCorrected(Fact, frozen=True, kw_only=True):
    """Named fields about a person were set anew; the values are not here."""

    person: str
    fields: tuple[str, ...]


class BodyRegistered(Fact, frozen=True, kw_only=True):
    """A body exists from now on; all of this is public."""

    body: str
    key: str
    name: str
    uscc: str
    level: str
    division: str
    kind: str


class PostOpened(Fact, frozen=True, kw_only=True):
    """A body has a post: a role over an area, for matters under a prefix ("" all)."""

    post: str
    body: str
    role: str
    area: str
    matter: str


class PostClosed(Fact, frozen=True, kw_only=True):
    """Nobody acts from that post any more."""

    post: str


class Appointed(Fact, frozen=True, kw_only=True):
    """A person holds a post."""

    person: str
    post: str


class Dismissed(Fact, frozen=True, kw_only=True):
    """A person holds a post no longer."""

    person: str
    post: str


class CrewAssigned(Fact, frozen=True, kw_only=True):
    """A person belongs to the crew of a unit, or (None) of none."""

    person: str
    unit: str | None


class CertificateIssued(Fact, frozen=True, kw_only=True):
    """A person is qualified to do a kind of thing, between two days (both included)."""

    certificate: str
    person: str
    kind: str
    valid_from: date
    valid_to: date


class CertificateWithdrawn(Fact, frozen=True, kw_only=True):
    """A qualification ended early."""

    certificate: str
    person: str
    why: str


class AccountOpened(Fact, frozen=True, kw_only=True):
    """A person may sign in here."""

    account: str
    person: str


class AccountClosed(Fact, frozen=True, kw_only=True):
    """A person may no longer sign in with that account."""

    account: str
    person: str


class PasswordChanged(Fact, frozen=True, kw_only=True):
    """A secret was replaced."""

    account: str
    person: str


class ExternalLinked(Fact, frozen=True, kw_only=True):
    """An account at another issuer stands for a person here."""

    person: str
    issuer: str


class ExternalUnlinked(Fact, frozen=True, kw_only=True):
    """An account at another issuer stands for a person no longer."""

    person: str
    issuer: str


class SignedIn(Fact, frozen=True, kw_only=True):
    """A session began; `by` is `password` or the issuer."""

    session: str
    person: str
    by: str


class SignedOut(Fact, frozen=True, kw_only=True):
    """A session was ended: by its person, by a colleague, by a new password, by a lost handset."""

    session: str
    person: str
    why: str


class SignInLocked(Fact, frozen=True, kw_only=True):
    """Too many wrong secrets for one name; `name` is its keyed hash."""

    name: str
    failures: int
    until: datetime


class ActedAs(Fact, frozen=True, kw_only=True):
    """A session moved to a post, or (None) back to the person themself."""

    session: str
    person: str
    post: str | None


class HandsetEnrolled(Fact, frozen=True, kw_only=True):
    """The desk application was set up on a handset; `key` names the key it made."""

    fact_version: ClassVar[int] = 2
    upcasts: ClassVar[Upcasts] = {1: lambda body: {**body, "key": ""}}

    handset: str
    person: str
    key: str


class HandsetCodeMade(Fact, frozen=True, kw_only=True):
    """A code was made by which a person sets one handset up."""

    person: str
    by: str


class HandsetRevoked(Fact, frozen=True, kw_only=True):
    """A handset may no longer be used: its sessions end, its store is to be wiped."""

    fact_version: ClassVar[int] = 2
    upcasts: ClassVar[Upcasts] = {1: lambda body: {**body, "by": ""}}

    handset: str
    person: str
    why: str
    by: str


class HandsetRefused(Fact, frozen=True, kw_only=True):
    """A revoked handset told of something done after its end: it does not count."""

    handset: str
    person: str
    told_of: str
