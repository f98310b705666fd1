"""The web application: routes, security headers, limits, what is told of failures."""

from collections.abc import Sequence
from typing import Any

from litestar import Litestar, Request, Response, Router
from litestar.config.compression import CompressionConfig
from litestar.datastructures import ResponseHeader, State
from litestar.exceptions import ClientException, HTTPException
from litestar.openapi import OpenAPIConfig
from litestar.static_files import create_static_files_router

from zhouqiao.base import Hindrance, Refusal
from zhouqiao.edge.openid import Provider
from zhouqiao.edge.portal.door import Portal
from zhouqiao.edge.portal.doorkeeper import Doorkeeper
from zhouqiao.edge.portal.refusals import hindered, mistaken, our_fault, refused
from zhouqiao.edge.portal.render import STATIC
from zhouqiao.edge.portal.routes import HANDLERS

LARGEST_BODY = 2_000_000  # bytes; files come by their own way, in parts
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; worker-src 'self' blob:; "
    "style-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "form-action 'self'"
)
NOT_KEPT = ResponseHeader(name="cache-control", value="no-store")  # phones are lent, desks shared
HEADERS = (
    ResponseHeader(name="x-content-type-options", value="nosniff"),
    ResponseHeader(name="referrer-policy", value="same-origin"),
    ResponseHeader(name="x-frame-options", value="DENY"),
    ResponseHeader(name="permissions-policy", value="geolocation=(self), camera=(self)"),
)


def site(portal: Portal, *, per_minute: int = 6000, sign_ins: int = 300) -> Litestar:
    """Return the web application over a portal.

    A session, or an address without one, may make `per_minute` requests; an address may try to
    sign in `sign_ins` times a minute.

    The handlers go in as one router: added one by one, Litestar 2.25 wraps the first of two
    handlers of one path twice, and what it returns is never awaited.
    """
    return Litestar(
        route_handlers=[
            Router(path="/", route_handlers=HANDLERS, response_headers=(NOT_KEPT,)),
            create_static_files_router(path="/static", directories=[STATIC]),
        ],
        state=State({"portal": portal}),
        middleware=[Doorkeeper(portal, per_minute=per_minute, sign_ins=sign_ins)],
        exception_handlers={
            Refusal: refused, Hindrance: hindered, HTTPException: mistaken,
            RecursionError: _too_deep, Exception: our_fault,
        },
        response_headers=(*HEADERS, _policy(portal.providers)),
        request_max_body_size=LARGEST_BODY,
        compression_config=CompressionConfig(
            backend="gzip", minimum_size=2000, exclude=["^/live"]
        ),
        openapi_config=OpenAPIConfig(title="Zhouqiao", version="1", path="/api/schema"),
    )  # fmt: skip


def _policy(providers: Sequence[Provider]) -> ResponseHeader:
    """Say what a page may load, and where a form may lead: a form of ours may end at a provider."""
    places = sorted(place for one in providers for place in one.origins)
    return ResponseHeader(name="content-security-policy", value=" ".join((POLICY, *places)))


def _too_deep(request: Request[Any, Any, Any], _wrong: Exception) -> Response[Any]:
    """Answer a body nested deeper than anybody reads as what it is: no request of ours."""
    return mistaken(request, ClientException())
