"""Phones and tablets: one's own, seen and revoked; those of crews, for whoever keeps watch."""

from itertools import chain
from typing import Any

from litestar import MediaType, Response, get, post

from zhouqiao.base import NotFound
from zhouqiao.edge.portal.door import Portal, Visitor, Web, carry_csrf
from zhouqiao.edge.portal.pages import View, command
from zhouqiao.edge.portal.pages.person import Devices, Handset
from zhouqiao.edge.portal.render import render
from zhouqiao.edge.portal.routes.citizen import leads_to, remembered
from zhouqiao.edge.portal.routes.keys import tell
from zhouqiao.edge.portal.routes.public import Form
from zhouqiao.edge.portal.routes.sitting import back_of
from zhouqiao.edge.portal.show.command import watch
from zhouqiao.edge.portal.show.parts import own_name
from zhouqiao.platform import identity
from zhouqiao.platform import unit as units
from zhouqiao.platform.identity import PersonId, Session, SessionEnded, people
from zhouqiao.platform.unit import UnitId
from zhouqiao.store import Desk, system

MINE, CREWS = "/me/devices", "/command/devices"
LOST = "lost"
Page = Response[Any]
Crews = dict[UnitId, list[PersonId]]


@get(MINE, sync_to_thread=True)
def devices(request: Web) -> Page:
    """My phones and tablets."""
    with request.app.state.portal.visit(request) as (desk, visitor):
        return _drawn(request, visitor, _mine(desk, _seat(visitor)))


@post(f"{MINE}/code", sync_to_thread=True, status_code=200)
def code(request: Web, data: Form) -> Page:
    """Make a code by which I set one more phone up."""
    carry_csrf(request, data)
    with request.app.state.portal.visit(request) as (desk, visitor):
        session = _seat(visitor)
        made = identity.make_code(desk, session.person)
        return _drawn(request, visitor, _mine(desk, session, made))


@post(f"{MINE}/revoke", sync_to_thread=True)
def revoke(request: Web, data: Form) -> Page:
    """End the use of a phone of mine."""
    carry_csrf(request, data)
    with request.app.state.portal.visit(request) as (desk, visitor):
        session = _seat(visitor)
        ended = identity.revoke_own_handset(desk, session, data.get("handset", ""))
        tell(desk, session.person, "revoked", ended.label)
    return leads_to(MINE)


@get(CREWS, sync_to_thread=True, include_in_schema=False)
def crews(request: Web) -> Page:
    """Every unit's device, and the phones of its crew."""
    return _of_crews(request)


@post(f"{CREWS}/code", sync_to_thread=True, status_code=200, include_in_schema=False)
def code_for_crew(request: Web, data: Form) -> Page:
    """Make a code for somebody of a crew, who types it into their phone."""
    me, person = _allowed(request, data, "handset.enrol")
    with _platform(request) as desk:
        made = identity.make_code(desk, person, by=me)
        tell(desk, person, "code", "")
    return _of_crews(request, person, made)


@post(f"{CREWS}/revoke", sync_to_thread=True, include_in_schema=False)
def revoke_of_crew(request: Web, data: Form) -> Page:
    """End the use of a phone that somebody of a crew lost."""
    me, person = _allowed(request, data, "handset.revoke")
    with _platform(request) as desk:
        held = {one.id: one for one in identity.handsets_of(desk, person)}
        wanted = next((name for name in held if name == data.get("handset")), None)
        if wanted is None:
            raise NotFound("handset", data.get("handset", ""))
        identity.revoke_handset(desk, wanted, LOST, by=me)
        tell(desk, person, "revoked_by_officer", held[wanted].label)
    return leads_to(CREWS)


@post(f"{CREWS}/unit", sync_to_thread=True, include_in_schema=False)
def revoke_of_unit(request: Web, data: Form) -> Page:
    """End the key of a unit's device; the broker puts it out."""
    carry_csrf(request, data)
    with request.app.state.portal.visit(request) as (desk, _):
        watch(desk)
        units.revoke_key(desk, UnitId(data.get("unit", "")), LOST)
    return leads_to(CREWS)


def _mine(desk: Desk, session: Session, code: str = "") -> Devices:
    held = tuple(_seen(one) for one in identity.handsets_of(desk, session.person))
    return Devices(devices=held, code=code, back=back_of(desk, session))


def _of_crews(request: Web, person: str = "", code: str = "") -> Page:
    portal: Portal = request.app.state.portal
    with portal.visit(request) as (desk, visitor):
        watch(desk)
        who, aboard = own_name(desk), _crews(desk)
        keys = units.key_holders(desk, list(aboard))
        names = {one.unit: one.name for one in units.everywhere(desk)}
    with _platform(request) as desk:
        rows = tuple(
            command.UnitDevices(
                unit=unit, name=names[unit],
                since=keys[unit].since if unit in keys else None,
                crew=tuple(
                    command.CrewDevices(
                        person=one, nth=nth, code=code if one == person else "",
                        handsets=tuple(_seen(it) for it in identity.handsets_of(desk, one)),
                    )
                    for nth, one in enumerate(crew, 1)
                ),
            )
            for unit, crew in aboard.items()
        )  # fmt: skip
    return _drawn(request, visitor, command.Devices(units=rows), who=who)


def _allowed(request: Web, data: Form, action: str) -> tuple[str, PersonId]:
    """Return who asks, and for whom, if they keep watch over a crew that one belongs to."""
    carry_csrf(request, data)
    portal: Portal = request.app.state.portal
    with portal.visit(request) as (desk, _):
        watch(desk)
        asked, seen = data.get("person", ""), chain.from_iterable(_crews(desk).values())
        person = next((one for one in seen if one == asked), None)
        if person is None:
            raise NotFound("person", asked)
        desk.may(action, scope=people(desk.cell), person=person)
        return desk.subject.person, person


def _crews(desk: Desk) -> Crews:
    """Return the units one sees, each with its crew."""
    return {UnitId(one.unit): identity.crew_of(desk, one.unit) for one in units.everywhere(desk)}


def _platform(request: Web) -> Any:
    """Return a desk of the platform: whoever keeps watch does not see persons' rows themself."""
    portal: Portal = request.app.state.portal
    return portal.store.desk(system(portal.cell))


def _seat(visitor: Visitor) -> Session:
    if visitor.session is None:
        raise SessionEnded
    return visitor.session


def _seen(one: identity.Handset) -> Handset:
    return Handset(
        id=one.id, label=one.label, since=one.enrolled_at, seen=one.seen_at, key=one.key or ""
    )


def _drawn(request: Web, visitor: Visitor, view: View, **around: Any) -> Page:
    page = render(view, request.app.state.portal.chrome(request, visitor, **around))
    return Response(page, media_type=MediaType.HTML, cookies=remembered(request, visitor))


HANDLERS = (devices, code, revoke, crews, code_for_crew, revoke_of_crew, revoke_of_unit)
