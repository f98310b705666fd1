"""Errands, what a provider says of itself, and when its word about a person counts. Pure."""

import hmac
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated

import msgspec

from zhouqiao.base import Personal
from zhouqiao.edge.openid.declare import Provider
from zhouqiao.edge.openid.errors import AnswerWrong, ClockApart, TokenExpired

LEEWAY = 60  # seconds two clocks may be apart
LASTS = timedelta(minutes=10)  # between leaving for a provider and coming back


class Purpose(StrEnum):
    """What somebody goes to a provider for."""

    SIGN_IN = "sign_in"
    LINK = "link"
    PROVE = "prove"


class Errand(msgspec.Struct, frozen=True, kw_only=True):
    """What a browser carries, locked, while its person is at a provider.

    `session` is the one that sent them (empty: to sign in); `then` the path they go on to.
    """

    provider: str
    purpose: Purpose
    state: str
    nonce: str
    verifier: str
    begun_at: datetime
    session: str = ""
    then: str = "/"

    @property
    def fresh(self) -> bool:
        """Whether the provider is to let them show anew who they are."""
        return self.purpose is Purpose.PROVE

    def over(self, at: datetime) -> bool:
        """Say whether it was begun too long ago."""
        return at - self.begun_at >= LASTS


class Vouched(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a provider says it was: OpenID's `iss` and `sub`, and a name where it told one."""

    issuer: str
    sub: str
    name: Personal[str] | None = None


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What a provider says of itself (OpenID Connect Discovery 1.0, 3; RFC 9207, 3)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""
    end_session_endpoint: str = ""
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    code_challenge_methods_supported: tuple[str, ...] = ("S256",)
    authorization_response_iss_parameter_supported: bool = False

    @property
    def addresses(self) -> tuple[str, ...]:
        """Everything it names to be asked, or to send people to."""
        named = (self.userinfo_endpoint, self.end_session_endpoint)
        needed = (self.authorization_endpoint, self.token_endpoint, self.jwks_uri)
        return (*needed, *(one for one in named if one))


class Claims(msgspec.Struct, frozen=True, kw_only=True):
    """What an ID token says (OpenID Connect Core 1.0, 2); times in seconds since 1970."""

    iss: str
    sub: Annotated[str, msgspec.Meta(min_length=1, max_length=255)]
    aud: str | list[str]
    exp: float
    iat: float
    nonce: str
    azp: str | None = None
    nbf: float | None = None
    auth_time: float | None = None
    name: str = ""

    @property
    def audience(self) -> list[str]:
        """Whom it was made for."""
        return [self.aud] if isinstance(self.aud, str) else self.aud


def check(claims: Claims, provider: Provider, errand: Errand, now: datetime) -> None:
    """Return if a verified ID token answers an errand (OpenID Connect Core 1.0, 3.1.3.7).

    Raises `AnswerWrong`, `TokenExpired`, `ClockApart`.
    """
    if claims.iss != provider.issuer:
        raise AnswerWrong("issuer")
    if provider.client_id not in claims.audience:
        raise AnswerWrong("audience")
    if claims.azp not in (None, provider.client_id) or (
        len(claims.audience) > 1 and claims.azp is None
    ):
        raise AnswerWrong("authorized_party")
    if not hmac.compare_digest(claims.nonce.encode(), errand.nonce.encode()):
        raise AnswerWrong("nonce")
    _check_times(claims, errand, now.timestamp())


def _check_times(claims: Claims, errand: Errand, now: float) -> None:
    ahead = max(claims.iat, claims.nbf or claims.iat) - now
    if ahead > LEEWAY:
        raise ClockApart(round(ahead / 60) or 1)
    if claims.exp + LEEWAY <= now:
        raise TokenExpired
    asked = errand.begun_at.timestamp() - LEEWAY
    if errand.fresh and (claims.auth_time is None or claims.auth_time < asked):
        raise AnswerWrong("not_asked_anew")
