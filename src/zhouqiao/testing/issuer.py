"""An OpenID provider on loopback: real HTTP, real keys, and every answer can be bent.

It holds what a relying party must do (PKCE, its own secret, each code once); the stories of
signing in are told over it and over a provider we did not write.
"""

import base64
import hashlib
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote_plus, urlencode, urlsplit

from joserfc import jws
from joserfc.jwk import ECKey

from zhouqiao.base import Clock
from zhouqiao.edge.openid import Provider, Serves

CLIENT, SECRET = "zhouqiao-test", "of nobody: %+ü"
LASTS = 300  # seconds an ID token is good for

Answer = tuple[int, str, bytes]  # status, where to (a redirect) or what kind, what


@dataclass
class Issuer:
    """A provider where `sub` is signed in, and what is to be bent about it.

    `metadata`, `claims` and `header` are laid over what it would say (None takes one away);
    `token` makes the whole ID token anew from claims; `broken` is the status of every answer (0:
    none is given).
    """

    clock: Clock
    address: str = ""
    sub: str = "sub-1"
    name: str = ""
    metadata: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    token: Callable[[dict[str, Any]], str] | None = None
    broken: int | None = None
    asked: list[str] = field(default_factory=list)
    _keys: list[ECKey] = field(default_factory=list)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.rotate()

    @property
    def key(self) -> ECKey:
        """The key it signs with now."""
        return self._keys[-1]

    def rotate(self) -> None:
        """Sign with a new key from now on; the former is published no more."""
        name = f"key-{len(self._keys) + 1}"
        self._keys.append(ECKey.generate_key("P-256", {"kid": name, "use": "sig"}))

    def provider(self, name: str = "province", **more: Any) -> Provider:
        """Return it as a node is set up for it."""
        told: dict[str, Any] = {
            "name": name, "issuer": self.address, "client_id": CLIENT, "client_secret": SECRET,
            "zh": "省账号（示例）", "en": "the provincial account (demo)",
            "serves": Serves.CITIZENS,
        }  # fmt: skip
        return Provider(**told | more)

    def said(self, claims: Mapping[str, Any]) -> str:
        """Return claims as an ID token, bent as asked."""
        whole = _laid_over(claims, self.claims)
        if self.token is not None:
            return self.token(whole)
        header = _laid_over({"alg": "ES256", "kid": self.key.kid}, self.header)
        return jws.serialize_compact(header, json.dumps(whole), self.key, algorithms=["ES256"])

    def get(self, path: str, query: dict[str, str], bearer: str) -> Answer:
        """Answer a question."""
        if path == "/authorize":
            return self._authorize(query)
        if path == "/end":
            return 303, query["post_logout_redirect_uri"], b""
        told: dict[str, Any] = {
            "/.well-known/openid-configuration": _laid_over(self._metadata(), self.metadata),
            "/jwks": {"keys": [self.key.as_dict(private=False)]},
            "/userinfo": {"sub": self.sub, "name": self.name} if bearer else {},
        }
        return _json(200, told[path])

    def exchange(self, form: Mapping[str, str], authorization: str) -> Answer:
        """Give tokens for a code, once, to who asked for it."""
        if _who_asks(form, authorization) != [CLIENT, SECRET]:
            return _json(401, {"error": "invalid_client"})
        asked = self._codes.pop(form["code"], None)
        proof = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        if asked is None or (asked["code_challenge"], asked["redirect_uri"]) != (
            challenge, form["redirect_uri"],
        ):  # fmt: skip
            return _json(400, {"error": "invalid_grant"})
        return _json(200, {"access_token": "a", "id_token": self.said(self._claims(asked))})

    def _claims(self, asked: Mapping[str, str]) -> dict[str, Any]:
        now = int(self.clock.now().timestamp())
        told: dict[str, Any] = {
            "iss": self.address, "sub": self.sub, "aud": CLIENT, "iat": now, "exp": now + LASTS,
            "nonce": asked["nonce"],
        }  # fmt: skip
        return told | ({"auth_time": now} if asked.get("prompt") == "login" else {})

    def _authorize(self, query: dict[str, str]) -> Answer:
        """Send whoever is signed in here back at once, as after a click."""
        if query["response_type"] != "code" or query["code_challenge_method"] != "S256":
            return _json(400, {"error": "invalid_request"})
        code = f"code-{next(self._numbers)}"
        self._codes[code] = query
        told = {"code": code, "state": query["state"], "iss": self.address}
        return 303, f"{query['redirect_uri']}?{urlencode(told)}", b""

    def _metadata(self) -> dict[str, Any]:
        places = {
            "authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "jwks",
            "userinfo_endpoint": "userinfo", "end_session_endpoint": "end",
        }  # fmt: skip
        return {
            "issuer": self.address,
            "authorization_response_iss_parameter_supported": True,
            **{name: f"{self.address}/{path}" for name, path in places.items()},
        }


@contextmanager
def issuer_on_loopback(clock: Clock) -> Iterator[Issuer]:
    """Serve a provider on loopback; lend it."""
    issuer = Issuer(clock)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(issuer))
    issuer.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        thread.join(timeout=20)
        server.server_close()


def _handler(issuer: Issuer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """The HTTP of one provider."""

        def do_GET(self) -> None:
            told = urlsplit(self.path)
            bearer = self.headers.get("authorization", "").removeprefix("Bearer ")
            self._tell(lambda: issuer.get(told.path, dict(parse_qsl(told.query)), bearer))

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["content-length"])).decode()
            form = {name: values[0] for name, values in parse_qs(raw).items()}
            self._tell(lambda: issuer.exchange(form, self.headers.get("authorization", "")))

        def _tell(self, answer: Callable[[], Answer]) -> None:
            issuer.asked.append(urlsplit(self.path).path)
            if issuer.broken == 0:
                self.close_connection = True
                return
            status, kind, body = (issuer.broken, "-", b"") if issuer.broken else answer()
            self.send_response(status)
            self.send_header("location" if status == 303 else "content-type", kind)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Handler


def _who_asks(form: Mapping[str, str], authorization: str) -> list[str]:
    """Return client and secret, from the header or the form (RFC 6749, 2.3.1)."""
    if not authorization:
        return [form.get("client_id", ""), form.get("client_secret", "")]
    pair = base64.b64decode(authorization.removeprefix("Basic ")).decode().split(":")
    return [unquote_plus(one) for one in pair]


def _json(status: int, told: Mapping[str, Any]) -> Answer:
    return status, "application/json", json.dumps(told).encode()


def _laid_over(told: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**told, **over}.items() if value is not None}
