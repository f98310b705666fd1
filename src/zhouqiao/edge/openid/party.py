"""The relying party at one provider: what it is asked, and how its answer is judged."""

import base64
import hmac
import re
import threading
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar
from urllib.parse import quote_plus

import httpx
import msgspec
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jws
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet, RSAKey
from joserfc.jws import JWSRegistry

from zhouqiao.base import Clock, Dice, Personal
from zhouqiao.edge.openid.declare import Provider, origin_of
from zhouqiao.edge.openid.errors import (
    AnswerWrong,
    Declined,
    ErrandOver,
    ProviderAway,
    StateWrong,
)
from zhouqiao.edge.openid.line import Line
from zhouqiao.edge.openid.model import Claims, Errand, Metadata, Purpose, Vouched, check

# Signatures that need a private key: whoever knows our secret, or the public key, makes none.
SIGNED = JWSRegistry(algorithms=["RS256", "PS256", "ES256", "ES384", "Ed25519", "EdDSA"])
SHORTEST_RSA = 2048  # bits
KEPT = timedelta(hours=1)  # for which a provider's word about itself, and its keys, are kept
SELDOM = timedelta(minutes=1)  # between two looks for a key that is unknown
CODE = re.compile(r"[a-z_]{1,40}")
BUSY = frozenset({"server_error", "temporarily_unavailable"})

T = TypeVar("T")


class Party:
    """One provider's relying party. `back` is where it sends people back to."""

    def __init__(self, provider: Provider, clock: Clock, back: str) -> None:
        self.provider, self.back = provider, back
        self._clock, self._line = clock, Line(provider, clock)
        self._turn = threading.Lock()
        self._metadata: tuple[datetime, Metadata] | None = None
        self._keys: tuple[datetime, KeySet] | None = None

    def begin(
        self, dice: Dice, purpose: Purpose, *, session: str = "", then: str = "/"
    ) -> tuple[Errand, str]:
        """Return a new errand, and the address to send its person to. Raises `ProviderAway`."""
        errand = Errand(
            provider=self.provider.name, purpose=purpose, session=session, then=then,
            begun_at=self._clock.now(), state=_word(dice), nonce=_word(dice), verifier=_word(dice),
        )  # fmt: skip
        more = {"prompt": "login", "max_age": "0"} if errand.fresh else {}
        address: str = prepare_grant_uri(
            self.metadata().authorization_endpoint,
            client_id=self.provider.client_id, response_type="code", redirect_uri=self.back,
            scope="openid profile" if self.provider.opens_accounts else "openid",
            state=errand.state, nonce=errand.nonce, code_challenge_method="S256",
            code_challenge=create_s256_code_challenge(errand.verifier), **more,
        )  # fmt: skip
        return errand, address

    def finish(self, errand: Errand, answer: Mapping[str, str]) -> Vouched:
        """Return whom the provider vouches for, by what it sent back with the browser.

        Raises every refusal of `errors`.
        """
        if errand.provider != self.provider.name or not _same(errand.state, answer.get("state")):
            raise StateWrong
        if errand.over(self._clock.now()):
            raise ErrandOver
        self._check_sender(answer.get("iss"))
        if "error" in answer:
            raise ProviderAway if answer["error"] in BUSY else Declined(_plain(answer["error"]))
        tokens = self._exchange(errand, answer.get("code", ""))
        claims = self._read(tokens.get("id_token"))
        check(claims, self.provider, errand, self._clock.now())
        name = claims.name or self._name(claims.sub, tokens.get("access_token"))
        vouched = Personal(name.strip()[:80]) if name.strip() else None
        return Vouched(issuer=claims.iss, sub=claims.sub, name=vouched)

    def way_out(self, home: str) -> str | None:
        """Return where to end the session at the provider too, if it has such a place.

        Source: OpenID Connect RP-Initiated Logout 1.0, 2; the token itself is not kept to be shown.
        """
        place = self.metadata().end_session_endpoint
        told = {"client_id": self.provider.client_id, "post_logout_redirect_uri": home}
        return str(httpx.URL(place).copy_merge_params(told)) if place else None

    def metadata(self) -> Metadata:
        """Return what the provider says of itself. Raises `ProviderAway`, `AnswerWrong`."""
        with self._turn:
            if self._metadata is None or self._old(self._metadata[0], KEPT):
                self._metadata = self._clock.now(), self._discover()
            return self._metadata[1]

    def _discover(self) -> Metadata:
        place = self.provider.issuer.rstrip("/") + "/.well-known/openid-configuration"
        found = _decoded(self._line.get(place), Metadata)
        if found.issuer != self.provider.issuer:
            raise AnswerWrong("issuer")
        if any(origin_of(one) not in self.provider.origins for one in found.addresses):
            raise AnswerWrong("origin")
        if "S256" not in found.code_challenge_methods_supported:
            raise AnswerWrong("no_pkce")
        return found

    def _check_sender(self, named: str | None) -> None:
        """Refuse another provider's answer (RFC 9207, 2.4). Raises `AnswerWrong`."""
        asked = self.metadata().authorization_response_iss_parameter_supported
        if named != self.provider.issuer and (asked or named is not None):
            raise AnswerWrong("sender")

    def _exchange(self, errand: Errand, code: str) -> dict[str, Any]:
        form = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": self.back,
            "code_verifier": errand.verifier,
        }  # fmt: skip
        auth = self._client_auth(form)
        status, raw = self._line.post(self.metadata().token_endpoint, form, auth)
        tokens: dict[str, Any] = _decoded(raw, dict[str, Any])
        if status == 200:
            return tokens
        if tokens.get("error") == "invalid_grant":
            raise ErrandOver
        raise AnswerWrong(f"token_{_plain(tokens.get('error'))}")

    def _client_auth(self, form: dict[str, str]) -> httpx.Auth | None:
        """Say who we are: in the header, or where it must be in the form (RFC 6749, 2.3.1)."""
        name, secret = self.provider.client_id, self.provider.client_secret
        if secret and self._has("client_secret_basic"):
            return httpx.BasicAuth(quote_plus(name), quote_plus(secret))
        form["client_id"] = name
        if secret:
            if not self._has("client_secret_post"):
                raise AnswerWrong("client_auth")
            form["client_secret"] = secret
        return None

    def _has(self, method: str) -> bool:
        return method in self.metadata().token_endpoint_auth_methods_supported

    def _read(self, token: object) -> Claims:
        """Return what an ID token says once its signature holds. Raises `AnswerWrong`."""
        try:
            return _decoded(self._verified(str(token)), Claims)
        except (JoseError, ValueError) as wrong:
            raise AnswerWrong(f"token_{getattr(wrong, 'error', 'shape')}") from wrong

    def _verified(self, token: str) -> bytes:
        """Return the signed bytes; for a key nobody knows, the keys are looked up once more."""
        try:
            return jws.deserialize_compact(token, self._key_set(KEPT), registry=SIGNED).payload
        except InvalidKeyIdError:
            return jws.deserialize_compact(token, self._key_set(SELDOM), registry=SIGNED).payload

    def _key_set(self, at_most: timedelta) -> KeySet:
        """Return the provider's keys, looked up again if they were seen longer ago."""
        place = self.metadata().jwks_uri
        with self._turn:
            if self._keys is None or self._old(self._keys[0], at_most):
                self._keys = self._clock.now(), _public_keys(self._line.get(place))
            return self._keys[1]

    def _old(self, seen_at: datetime, at_most: timedelta) -> bool:
        return self._clock.now() - seen_at >= at_most

    def _name(self, sub: str, access: object) -> str:
        """Ask for the name a new citizen needs, where the token told none."""
        place = self.metadata().userinfo_endpoint
        if not (self.provider.opens_accounts and place and isinstance(access, str)):
            return ""
        told = _decoded(self._line.get(place, bearer=access), dict[str, Any])
        if told.get("sub") != sub:
            raise AnswerWrong("userinfo")
        return str(told.get("name") or "")


def _public_keys(raw: bytes) -> KeySet:
    """Return the keys that may sign. Raises `AnswerWrong`."""
    try:
        found = KeySet.import_key_set(_decoded(raw, dict[str, Any]))  # type: ignore[arg-type]
    except (JoseError, ValueError, KeyError, TypeError) as wrong:
        raise AnswerWrong("keys") from wrong
    return KeySet([key for key in found if _may_sign(key)])


def _may_sign(key: Any) -> bool:
    if isinstance(key, RSAKey) and key.raw_value.key_size < SHORTEST_RSA:
        return False
    return key.key_type != "oct" and key.get("use") in (None, "sig")


def _decoded(raw: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.DecodeError as wrong:
        raise AnswerWrong("json") from wrong


def _word(dice: Dice) -> str:
    """Return 256 bits of chance as 43 letters (RFC 7636, 4.1 asks that many at least)."""
    return base64.urlsafe_b64encode(dice.key(32)).rstrip(b"=").decode()


def _same(one: str, other: str | None) -> bool:
    return other is not None and hmac.compare_digest(one.encode(), other.encode(errors="replace"))


def _plain(word: object) -> str:
    """Return an error code as it may stand in a log; whatever is none has no name there."""
    return word if isinstance(word, str) and CODE.fullmatch(word) else "unnamed"
