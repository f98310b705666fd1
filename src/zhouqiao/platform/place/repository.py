"""Rows of closed areas, as the desk's subject may see them."""

from datetime import datetime

from zhouqiao.base import NotFound, decode, encode
from zhouqiao.platform.place.model import AreaId, ClosedArea
from zhouqiao.store import Desk, Row

COLUMNS = "id, scope, name, outline::text AS outline, basis, starts_at, ends_at, reopened_at"
Outline = tuple[tuple[float, float], ...]


class Areas:
    """Closed areas of the desk's cell, under its subject's row-level security."""

    def __init__(self, desk: Desk) -> None:
        self._rows = desk.rows
        self._cell = desk.cell

    def get(self, area_id: AreaId) -> ClosedArea:
        """Return an area, its row locked until the transaction ends. Raises `NotFound`."""
        sql = f"SELECT {COLUMNS} FROM closed_area WHERE id = %s FOR UPDATE"
        row = self._rows.one(sql, (area_id,))
        if row is None:
            raise NotFound("closed_area", area_id)
        return _area(row)

    def add(self, area: ClosedArea) -> None:
        """Keep a new area."""
        self._rows.later(
            "INSERT INTO closed_area (id, cell, scope, name, outline, basis, starts_at, ends_at)"
            " VALUES (%s, %s, %s, %s, %s::jsonb, %s, %s, %s)",
            (
                str(area.id),
                self._cell,
                area.scope,
                area.name,
                encode(area.outline).decode(),
                area.basis,
                area.starts_at,
                area.ends_at,
            ),
        )

    def reopened(self, area: ClosedArea) -> None:
        """Keep that an area was reopened."""
        sql = "UPDATE closed_area SET reopened_at = %s WHERE id = %s"
        self._rows.later(sql, (area.reopened_at, str(area.id)))

    def closed(self, at: datetime) -> list[ClosedArea]:
        """Return what is closed at a moment, oldest first."""
        found = self._rows.all(
            f"SELECT {COLUMNS} FROM closed_area WHERE starts_at <= %s"
            " AND (ends_at IS NULL OR ends_at > %s) AND (reopened_at IS NULL OR reopened_at > %s)"
            " ORDER BY starts_at, id",
            (at, at, at),
        )
        return [_area(row) for row in found]


def _area(row: Row) -> ClosedArea:
    known = {name: row[name] for name in ("scope", "name", "basis")}
    times = {name: row[name] for name in ("starts_at", "ends_at", "reopened_at")}
    outline = decode(row["outline"], Outline)
    return ClosedArea(id=AreaId(row["id"]), outline=outline, **known, **times)
