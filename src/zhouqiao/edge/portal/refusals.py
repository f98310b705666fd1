"""What people and programs are told when something was refused, hindered, or is our fault."""

import logging
import secrets
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from litestar import MediaType, Response
from litestar.exceptions import HTTPException

from zhouqiao.base import Hindrance, Refusal, encode
from zhouqiao.edge.portal.door import PASSWORD_PAGE, PasswordFirst, Portal, Visitor, Web, spoken
from zhouqiao.edge.portal.pages.public import Trouble, Way
from zhouqiao.edge.portal.render import render
from zhouqiao.edge.portal.words import Missing, Words
from zhouqiao.platform.identity import SessionEnded

log = logging.getLogger("zhouqiao.portal")
FRONTS, FORBIDDEN = ("/command", "/console", "/desk/"), 403
KINDS = {403: "refusal", 404: "not_found", 409: "refusal", 422: "refusal", 401: "refusal"}


def refused(request: Web, refusal: Exception) -> Response[Any]:
    """Answer a refusal: a page for people, `{code, said, slots}` for programs."""
    assert isinstance(refusal, Refusal)  # noqa: S101 - registered for that class only
    portal: Portal = request.app.state.portal
    visitor = portal.stranger(request)
    first = {SessionEnded: "/sign-in", PasswordFirst: PASSWORD_PAGE}.get(type(refusal))
    if first is not None and _wants_page(request):
        return _leads_first(request, first)
    said = in_words(visitor, refusal, portal.pack_words(visitor.lang))
    return _answer(
        request, visitor, refusal.status, KINDS.get(refusal.status, "refusal"), said,
        code=refusal.code, slots=dict(refusal.slots()),
    )  # fmt: skip


def _leads_first(request: Web, first: str) -> Response[Any]:
    """Lead to what comes first, and from there to the page that was asked for."""
    return Response(None, status_code=303, headers={"location": f"{first}?next={_here(request)}"})


def _here(request: Web) -> str:
    """Return the address that was asked for, as a word of another's query."""
    path, query = request.url.path, request.url.query
    return quote(f"{path}?{query}" if query else path)


def hindered(request: Web, hindrance: Exception) -> Response[Any]:
    """Answer that the world is in the way: try again."""
    log.warning("hindered: %s", hindrance)
    visitor = request.app.state.portal.stranger(request)
    said = spoken(visitor.lang)("refusal.portal.busy")
    assert isinstance(hindrance, Hindrance)  # noqa: S101 - registered for that class only
    return _answer(request, visitor, 503, "hindrance", said, code="portal.busy", slots={})


def mistaken(request: Web, wrong: Exception) -> Response[Any]:
    """Answer what the framework itself refuses: a wrong path, method, size or body."""
    assert isinstance(wrong, HTTPException)  # noqa: S101 - registered for that class only
    visitor = request.app.state.portal.stranger(request)
    code = f"portal.http_{wrong.status_code}"
    key = f"refusal.{code}"
    table = spoken(visitor.lang)
    said = table(key) if key in table else table("refusal.portal.http_400")
    kind = "not_found" if wrong.status_code == 404 else "refusal"
    return _answer(request, visitor, wrong.status_code, kind, said, code=code, slots={})


def our_fault(request: Web, wrong: Exception) -> Response[Any]:
    """Answer a fault of ours with a number that stands in the log."""
    number = f"E-{secrets.token_hex(3).upper()}"
    log.error("fault %s", number, exc_info=wrong)
    visitor = request.app.state.portal.stranger(request)
    said = spoken(visitor.lang)("refusal.portal.fault", number=number)
    return _answer(request, visitor, 500, "fault", said, code=number, slots={"number": number})


def in_words(visitor: Visitor, refusal: Refusal, packs: Words | None = None) -> str:
    """Return a refusal's sentence; for one without words, a plain one (a test finds those).

    A slot that is a key of `packs`, the words of all packs, is told by them.
    """
    table = spoken(visitor.lang)
    slots = {name: _plain(value) for name, value in refusal.slots().items()}
    if packs is not None:
        slots |= {name: packs(key) for name, key in slots.items() if _is_key(key, packs)}
    for key in (f"refusal.{refusal.code}.{slots.get('why')}", f"refusal.{refusal.code}"):
        if key in table:
            try:
                return table(key, **slots)
            except Missing:
                log.exception("words of %s want other slots", key)
    return table("refusal.portal.unnamed")


def _is_key(value: object, packs: Words) -> bool:
    return isinstance(value, str) and "." in value and value in packs


def _answer(  # noqa: PLR0913 - one answer, two ways to tell it
    request: Web,
    visitor: Visitor,
    status: int,
    kind: Any,
    said: str,
    *,
    code: str,
    slots: dict[str, Any],
) -> Response[Any]:
    if _wants_page(request):
        view = Trouble(kind=kind, said=said, code=code, ways=tuple(_ways(request, visitor, status)))
        chrome = request.app.state.portal.chrome(request, visitor)
        return Response(render(view, chrome), status_code=status, media_type=MediaType.HTML)
    body = encode({"code": code, "said": said, "slots": _told(slots)})
    return Response(body, status_code=status, media_type=MediaType.JSON)


def _ways(request: Web, visitor: Visitor, status: int) -> Iterator[Way]:
    """Yield where to go from here: the front of the surface one was on, or in as somebody else."""
    table = spoken(visitor.lang)
    front = next((home for home in FRONTS if request.url.path.startswith(home)), "/")
    yield Way(word=table("portal.back"), href="/" if status == FORBIDDEN else front)
    if status == FORBIDDEN:
        yield Way(word=table("trouble.sign_in"), href=f"/sign-in?next={_here(request)}")


def _wants_page(request: Web) -> bool:
    api = request.url.path.startswith("/api/")
    return not api and "text/html" in request.headers.get("accept", "text/html")


def _told(slots: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in slots.items()}


def _plain(value: object) -> Any:
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    return value if isinstance(value, (int, float, bool, type(None))) else str(value)
