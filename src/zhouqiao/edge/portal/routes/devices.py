"""The JSON interface of devices and programs: a device's key, a boat's way, finding a case."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

import msgspec
from litestar import get, post
from litestar.params import Parameter

from zhouqiao.base import Hindrance, NotFound, Point
from zhouqiao.edge.gateway import user_of
from zhouqiao.edge.portal.door import Portal, Web
from zhouqiao.edge.portal.routes.api import CaseKey, readable
from zhouqiao.flow import case as cases
from zhouqiao.flow import dispatch
from zhouqiao.platform import unit as units
from zhouqiao.platform.place import NOT_FOR_NAVIGATION
from zhouqiao.platform.unit import UnitId
from zhouqiao.store import search
from zhouqiao.store.engines import Broker


class DeviceKey(msgspec.Struct, kw_only=True):
    """What a unit's device needs to speak: where the broker is, and the unit's own key.

    It signs in as `user`, under a `client` name (or that and `-…`), publishes `<says>/position`,
    `<says>/ack`, `<says>/evidence` and hears on `hears`; nothing else is let through.
    """

    unit: str
    key: str
    host: str
    port: int
    client: str
    user: str
    password: str
    says: str
    hears: str


class RouteSeen(msgspec.Struct, kw_only=True):
    """The way of who was sent: points as [lon, lat] on WGS 84, from where it was to the case."""

    case: str
    unit: str
    name: str
    km: float
    minutes: float
    speed_kmh: float
    points: tuple[tuple[float, float], ...]
    label: str = NOT_FOR_NAVIGATION


class UnitSeen(msgspec.Struct, kw_only=True):
    """Where one's unit was last, as the platform knows it."""

    unit: str
    name: str
    at: Point
    happened_at: datetime


@post("/api/my-unit/key", sync_to_thread=True, status_code=201)
def new_device_key(request: Web) -> DeviceKey:
    """Give the device of the asking person's unit a new key; the one before opens nothing more."""
    portal: Portal = request.app.state.portal
    with portal.visit(request) as (desk, _):
        unit = _own(desk.subject.unit)
        key = units.issue_key(desk, unit)
        broker = _broker(portal)
        user, password = broker.shared or (user_of(desk.cell, unit), key)
        return DeviceKey(
            unit=unit, key=key, host=broker.mqtt_host, port=broker.mqtt_port, client=unit,
            user=user, password=password,
            says=f"devices/{desk.cell}/{unit}", hears=f"commands/{desk.cell}/{unit}",
        )  # fmt: skip


@get("/api/my-unit", sync_to_thread=True)
def my_unit(request: Web) -> UnitSeen:
    """Return where the asking person's unit was last."""
    with request.app.state.portal.visit(request) as (desk, _):
        unit = units.unit_of(desk, _own(desk.subject.unit))
        seen = units.last_seen(desk, unit.id)
        return UnitSeen(unit=unit.id, name=unit.name, at=seen.point, happened_at=seen.happened_at)


@get("/api/cases/{case:str}/route", sync_to_thread=True)
def one_route(request: Web, case: CaseKey) -> RouteSeen:
    """Return the way of the unit that was sent to a case."""
    with request.app.state.portal.visit(request) as (desk, _):
        plan = dispatch.explain(desk, readable(desk, case).id)
        if plan is None or plan.unit is None:
            raise NotFound("route", case)
        chosen = next(one for one in plan.tried if one.unit == plan.unit)
        hours = chosen.minutes / 60
        return RouteSeen(
            case=case, unit=plan.unit, name=chosen.name, km=chosen.km, minutes=chosen.minutes,
            speed_kmh=round(chosen.km / hours, 1) if hours else 0.0, points=plan.points,
        )  # fmt: skip


@get("/api/search", sync_to_thread=True)
def find_cases(
    request: Web,
    q: Annotated[str, Parameter(max_length=64)],
    limit: Annotated[int, Parameter(ge=1, le=100)] = 20,
) -> list[cases.CaseLine]:
    """Return the cases one may see that have every word of `q`, newest first."""
    with request.app.state.portal.visit(request) as (desk, _):
        if desk.subject.reach is not None:
            desk.may("case.read", scope=desk.subject.reach)
        found = search.find(desk, q, ["case"], limit=limit)
        lines = {str(line.id): line for line in cases.lines_of(desk, [one.key for one in found])}
        return [lines[one.key] for one in found if one.key in lines]


def _own(unit: str | None) -> UnitId:
    if unit is None:
        raise NotFound("unit", "-")
    return UnitId(unit)


def _broker(portal: Portal) -> Broker:
    ask: Callable[[], Broker] | None = portal.broker
    if ask is None:
        raise Hindrance("no broker")
    return ask()


HANDLERS = (new_device_key, my_unit, one_route, find_cases)
