"""Who is sent away before anything looks at them: too fast, from another site, nowhere to go.

Requests are counted for the session where there is a living one, else for the address they come
from: a made-up token is nobody, and as many of them as one likes are one.
"""

from urllib.parse import urlsplit

from litestar.enums import ScopeType
from litestar.exceptions import NotFoundException, TooManyRequestsException
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from zhouqiao.edge.portal.door import PASSWORD_PAGE, SAFE, CsrfMissing, Portal, Web, token_of
from zhouqiao.edge.portal.limit import Tally, subscriber

SIGN_IN = frozenset({"/sign-in", "/api/session", "/me/accounts/prove", PASSWORD_PAGE})


class Doorkeeper(ASGIMiddleware):
    """Sends away what asks too often, what comes from another site, and paths nobody types."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, portal: Portal, *, per_minute: int, sign_ins: int) -> None:
        self._guests = portal.guests
        self._tally = Tally(portal.store.clock)
        self._most = per_minute
        self._sign_ins = sign_ins
        self._home = urlsplit(portal.address).netloc

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Look at a request before anything else does."""
        request = Web(scope)
        if not request.url.path.isprintable():
            raise NotFoundException
        if not request.url.path.startswith("/static/"):
            self._count(request)
        if request.method not in SAFE and self._is_from_elsewhere(request):
            raise CsrfMissing
        await next_app(scope, receive, send)

    def _count(self, request: Web) -> None:
        token, _ = token_of(request)
        address = subscriber(request.client.host if request.client else "-")
        name = token if token in self._guests else address
        within = self._tally.spend(name, self._most)
        if request.method == "POST" and request.url.path in SIGN_IN:
            within = self._tally.spend(f"sign-in {address}", self._sign_ins) and within
        if not within:
            raise TooManyRequestsException

    def _is_from_elsewhere(self, request: Web) -> bool:
        """Say whether a browser tells that another site makes it ask."""
        site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
        if site is not None:
            return site not in {"same-origin", "none"}
        ours = {self._home, request.headers.get("host", "")}
        return origin is not None and urlsplit(origin).netloc not in ours
