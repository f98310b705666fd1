"""What may be asked of places. One command, one transaction; nobody here commits."""

from datetime import datetime

from zhouqiao.base import Invalid
from zhouqiao.platform.place.atlas import charted_layers
from zhouqiao.platform.place.model import AreaId, ClosedArea
from zhouqiao.platform.place.repository import Areas
from zhouqiao.platform.place.sea import Closed, Layers
from zhouqiao.store import Desk

Outline = tuple[tuple[float, float], ...]


def close_area(
    desk: Desk,
    name: str,
    outline: Outline,
    *,
    basis: str,
    scope: str,
    hours: tuple[datetime | None, datetime | None] = (None, None),
) -> ClosedArea:
    """Close an area to boats from the first of `hours` (None: now) to the second (None: open).

    `outline` in degrees, WGS 84; `basis` the notice or article that closes it. Raises
    `NotAllowed`, `Invalid`, `BadOutline`. Says AreaClosed.
    """
    desk.may("place.close_area", scope=scope)
    begins, ends = hours
    area = ClosedArea(
        id=desk.ids.new(AreaId),
        scope=scope,
        name=_stated("name", name),
        outline=tuple((float(lon), float(lat)) for lon, lat in outline),
        basis=_stated("basis", basis),
        starts_at=begins or desk.now(),
        ends_at=ends,
    )
    fact = area.closed_fact()
    Areas(desk).add(area)
    desk.tell(fact, about=area.id, scope=scope)
    return area


def reopen_area(desk: Desk, area_id: AreaId) -> ClosedArea:
    """Open a closed area to boats again.

    Raises `NotFound`, `NotAllowed`, `AreaAlreadyOpen`. Says AreaReopened.
    """
    area = Areas(desk).get(area_id)
    desk.may("place.reopen_area", scope=area.scope)
    fact = area.reopen(desk.now())
    area = area.after(fact)
    Areas(desk).reopened(area)
    desk.tell(fact, about=area.id, scope=area.scope)
    return area


def areas(desk: Desk, at: datetime | None = None) -> list[ClosedArea]:
    """Return the areas closed to boats at a moment (None: now), oldest first."""
    return Areas(desk).closed(at or desk.now())


def layers_now(desk: Desk, *, draught_m: float | None = None) -> Layers:
    """Return what a sea route of this moment must heed: closed areas, assumed shoals, fairways."""
    closed = tuple(Closed(area.name, area.outline) for area in areas(desk))
    return charted_layers(closed=closed, draught_m=draught_m)


def _stated(field: str, text: str) -> str:
    tidy = text.strip()
    if not 1 <= len(tidy) <= 200:
        raise Invalid(field, "length", least=1, most=200)
    return tidy
