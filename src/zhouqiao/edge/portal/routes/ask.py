"""Asking for something: what its form asks, files if it takes some, go; with no script at all."""

import asyncio
from typing import Any

from litestar import get, post
from litestar.datastructures import UploadFile
from msgspec.structs import replace

from zhouqiao.base import Point, Refusal
from zhouqiao.edge.portal.door import Portal, Web, carry_csrf
from zhouqiao.edge.portal.filled import last, record_of
from zhouqiao.edge.portal.routes.api import NewCase
from zhouqiao.edge.portal.routes.api import ask as open_case
from zhouqiao.edge.portal.routes.citizen import Page, leads_to, page_of
from zhouqiao.edge.portal.routes.files import own
from zhouqiao.edge.portal.show.ask import about_of
from zhouqiao.edge.portal.show.ask import ask as draw
from zhouqiao.edge.portal.show.eye import Eye
from zhouqiao.edge.portal.show.files import store_of
from zhouqiao.edge.portal.show.openings import asked_of, opening
from zhouqiao.edge.portal.vocabulary import leaves
from zhouqiao.platform.document.content import Accept, keep_file
from zhouqiao.platform.document.form import Kind, check_form
from zhouqiao.platform.place import load_atlas

LARGEST_FORM = 22_000_000  # bytes: with a photo as a phone takes it, where no script made it small
Sent = dict[str, list[str]]
Files = dict[str, list[bytes]]


@get("/ask/{matter:str}", sync_to_thread=True)
def ask_page(request: Web, matter: str) -> Page:
    """Ask; the elder layout asks one thing a screen and keeps what was answered."""
    return page_of(request, lambda eye: draw(eye, matter, load_atlas()))


@post("/ask/{matter:str}", request_max_body_size=LARGEST_FORM)
async def ask(request: Web, matter: str) -> Page:
    """Open the case; a fault goes back to the page with everything still filled."""
    sent, files = await _filled(request)
    return await asyncio.to_thread(_asked, request, matter, sent, files)


async def _filled(request: Web) -> tuple[Sent, Files]:
    """Return what a form was filled with: its texts and its files, each by name."""
    form = await request.form()
    sent: Sent = {}
    files: Files = {}
    for name in dict.fromkeys(form):
        for one in form.getall(name):
            if not isinstance(one, UploadFile):
                sent.setdefault(name, []).append(str(one))
            elif raw := await one.read():
                files.setdefault(name, []).append(raw)
    return sent, files


def _asked(request: Web, matter: str, sent: Sent, files: Files) -> Page:
    portal: Portal = request.app.state.portal
    carry_csrf(request, {"csrf": last(sent, "csrf")})
    try:
        _bring(portal, request, matter, sent, files)
        if "step" in sent:
            return page_of(request, lambda eye: draw(eye, matter, load_atlas(), sent))
        with portal.visit(request) as (desk, visitor):
            case = open_case(portal, desk, _new_case(Eye(portal, desk, visitor), matter, sent))
            mine = case.person == desk.subject.person
    except Refusal as refusal:
        if refusal.status in (401, 403):
            raise
        return _mend(request, matter, sent, refusal)
    return leads_to(f"/cases/{case.id}" if mine else f"/command?case={case.id}")


def _bring(portal: Portal, request: Web, matter: str, sent: Sent, files: Files) -> None:
    """Keep files by themselves: they need not be chosen again when something else is wrong."""
    if not files:
        return
    with portal.visit(request) as (desk, visitor):
        _, shape = opening(Eye(portal, desk, visitor), matter)
        asked = {field.name: field for field in leaves(shape.forms[shape.begins].fields)}
        for name, raws in files.items():
            field = asked.get(name.rpartition(".")[2])
            if field is not None and field.kind is Kind.FILE:
                accept = Accept(media=field.media, limit=portal.largest_file)
                kept = [keep_file(desk, store_of(desk), raw, "", own(desk), accept) for raw in raws]
                sent[name] = [str(one.id) for one in kept]


def _mend(request: Web, matter: str, sent: Sent, refusal: Refusal) -> Page:
    page = page_of(request, lambda eye: draw(eye, matter, load_atlas(), sent, refusal))
    page.status_code = refusal.status
    return page


def _new_case(eye: Eye, matter: str, sent: Sent) -> NewCase:
    """Return what was asked for. Raises `FormFaults` with all that is wrong with it."""
    _, shape = opening(eye, matter)
    form, asked = shape.forms[shape.begins], asked_of(shape)
    record = record_of(asked, sent, about_of(eye, shape, load_atlas()))
    clean = check_form(replace(form, fields=asked), record)
    place = next((clean.get(one.name) for one in asked if one.kind is Kind.POINT), None)
    known = {one.name for one in form.fields}
    record = {name: value for name, value in record.items() if name in known}
    return NewCase(
        procedure=matter, key=last(sent, "once") or "-", record=record, place=_point(place)
    )


def _point(place: dict[str, Any] | None) -> Point | None:
    """Return where it is, as far as the form asks for a place."""
    return None if place is None else Point(**place)


HANDLERS = (ask_page, ask)
