"""Asking for a boat: what, where, a photo if there is one, go; with or without a script."""

import asyncio
from typing import Any

from litestar import get, post
from litestar.datastructures import UploadFile

from zhouqiao.base import Point, Refusal
from zhouqiao.edge.portal.door import Portal, Web, carry_csrf
from zhouqiao.edge.portal.pages import citizen as pages
from zhouqiao.edge.portal.refusals import in_words
from zhouqiao.edge.portal.routes.api import NewCase
from zhouqiao.edge.portal.routes.api import ask as open_case
from zhouqiao.edge.portal.routes.citizen import Page, leads_to, page_of
from zhouqiao.edge.portal.routes.files import own
from zhouqiao.edge.portal.show import citizen as show
from zhouqiao.edge.portal.show.eye import Eye
from zhouqiao.edge.portal.show.files import store_of
from zhouqiao.platform.document.content import Accept, keep_file
from zhouqiao.platform.place import load_atlas

LARGEST_FORM = 22_000_000  # bytes: with a photo as a phone takes it, where no script made it small


@get("/ask/{matter:str}", sync_to_thread=True)
def ask_page(request: Web, matter: str) -> Page:
    """Ask what, where, go; the elder layout asks one thing a screen and keeps what was answered."""
    query = request.query_params
    said = {name: query.getall(name) for name in query} if "step" in query else {}
    said |= {"step": query["step"]} if "step" in query else {}
    return page_of(request, lambda eye: show.ask(eye, matter, atlas=load_atlas(), said=said))


@post("/ask/{matter:str}", request_max_body_size=LARGEST_FORM)
async def ask(request: Web, matter: str) -> Page:
    """Open the case; a fault goes back to the page with everything still filled."""
    return await asyncio.to_thread(_asked, request, matter, await _filled(request))


async def _filled(request: Web) -> dict[str, Any]:
    """Return what a form was filled with: texts, lists of them, and a photo's bytes."""
    form = await request.form()
    found: dict[str, Any] = {}
    for name in form:
        several = [one for one in form.getall(name) if isinstance(one, str)]
        found[name] = several[0] if len(several) == 1 else several
    photo = form.get("photo")
    found["photo"] = await photo.read() if isinstance(photo, UploadFile) else b""
    return found


def _asked(request: Web, matter: str, data: dict[str, Any]) -> Page:
    portal: Portal = request.app.state.portal
    carry_csrf(request, data)
    try:
        _bring(portal, request, data)
        with portal.visit(request) as (desk, visitor):
            case = open_case(portal, desk, _new_case(Eye(portal, desk, visitor), matter, data))
    except Refusal as refusal:
        if refusal.status in (401, 403):
            raise
        said = in_words(portal.stranger(request), refusal)
        return _mend(request, matter, data, refusal, said)
    return leads_to(f"/cases/{case.id}")


def _bring(portal: Portal, request: Web, data: dict[str, Any]) -> None:
    """Keep the photo by itself: it need not be chosen again when something else is wrong."""
    raw = data.pop("photo")
    if raw:
        pictures = Accept(media=("image",), limit=portal.largest_file)
        with portal.visit(request) as (desk, _):
            kept = keep_file(desk, store_of(desk), raw, "", own(desk), pictures)
        data["brought"] = str(kept.id)


def _mend(request: Web, matter: str, data: dict[str, Any], refusal: Refusal, said: str) -> Page:
    about = f"{refusal.code} {refusal.slots()}"
    field = "place" if "place" in about or "lon" in about else "kind"
    if refusal.code.startswith(("document.file", "document.no_such_file")):
        field = "photo"
    wrong = (pages.FieldError(field=field, said=said),)
    page = page_of(
        request,
        lambda eye: show.ask(eye, matter, atlas=load_atlas(), said=data, errors=wrong),
    )
    page.status_code = refusal.status
    return page


def _new_case(eye: Eye, matter: str, data: dict[str, Any]) -> NewCase:
    named = data.get("kind", [])
    kinds = [named] if isinstance(named, str) else list(named)
    pack = matter.partition(".")[0]
    place = _place(data)
    record = {
        "vessel": eye.known.get("vessel", ""),
        "place": place,
        "kinds": [
            {"kind": one, "mass": {"kg": data.get(f"kg_{one}") or str(show.usual(eye, pack, one))}}
            for one in kinds
        ],
    }
    if data.get("brought"):
        record["photo"] = data["brought"]
    point = _point(place)
    return NewCase(procedure=matter, key=data.get("once", "") or "-", record=record, place=point)


def _place(data: dict[str, Any]) -> dict[str, Any]:
    berth = next((one for one in load_atlas().berths if one.id == data.get("place")), None)
    if berth is not None:
        return {"lon": berth.at.lon, "lat": berth.at.lat}
    found: dict[str, Any] = {}
    for name in ("lon", "lat", "accuracy"):
        try:
            found[name] = float(data.get(name, ""))
        except ValueError:
            continue
    return found


def _point(place: dict[str, Any]) -> Point | None:
    """Return a place as a point; None where it is not one (the form then says so)."""
    return Point(**place) if {"lon", "lat"} <= set(place) else None


HANDLERS = (ask_page, ask)
