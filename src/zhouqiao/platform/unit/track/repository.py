"""Rows of positions: the track, which only grows, and the latest, which only moves forward."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from zhouqiao.base import Point
from zhouqiao.platform.unit.declare import UnitKind, UnitState
from zhouqiao.platform.unit.model import Sighting, Whereabouts, flags_of, newest
from zhouqiao.store import Desk, Row

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
SIGHTING = "unit, happened_at, lon, lat, accuracy, speed_kmh, course"
SAID = (
    "unnest(%s::text[], %s::text[], %s::timestamptz[], %s::float8[], %s::float8[], %s::real[], "
    "%s::real[], %s::real[], %s::text[]) "
    "AS s (scope, unit, at, lon, lat, accuracy, speed, course, flags)"
)
TRACK = (
    "INSERT INTO unit_track (cell, recorded_at, scope, unit, happened_at, lon, lat, accuracy, "
    "speed_kmh, course, flags) SELECT %s, %s, scope, unit, at, lon, lat, accuracy, speed, course, "
    f"string_to_array(flags, ',') FROM {SAID} ON CONFLICT DO NOTHING"
)
LATEST = (
    "INSERT INTO unit_latest (cell, scope, unit, happened_at, lon, lat, accuracy, speed_kmh, "
    "course, flags) SELECT %s, scope, unit, at, lon, lat, accuracy, speed, course, "
    f"string_to_array(flags, ',') FROM {SAID} ON CONFLICT (unit) DO UPDATE SET "
    "happened_at = excluded.happened_at, lon = excluded.lon, lat = excluded.lat, "
    "accuracy = excluded.accuracy, speed_kmh = excluded.speed_kmh, course = excluded.course, "
    "flags = excluded.flags WHERE excluded.happened_at > unit_latest.happened_at "
    "OR unit_latest.flags = '{berth}'"
)


@dataclass(frozen=True)
class Tracks:
    """Positions, in the desk's transaction."""

    desk: Desk

    def scopes(self, units: Sequence[str]) -> dict[str, Row]:
        """Return scope and kind of the known ones of these units."""
        found = self.desk.rows.all(
            "SELECT unit, scope, kind, silent_since FROM unit WHERE unit = ANY(%s)",
            (sorted(set(units)),),
        )
        return {row["unit"]: row for row in found}

    def keep_track(
        self, batch: Sequence[Sighting], known: dict[str, Row], ashore: Sequence[bool]
    ) -> int:
        """Keep positions in the track, once each, and move the latest; return how many were new."""
        now = self.desk.now()
        rows = [
            (
                known[one.unit]["scope"], one.unit, one.happened_at, one.point.lon, one.point.lat,
                one.point.accuracy, one.speed_kmh, one.course,
                ",".join(flags_of(one, now, ashore=land)),
            )
            for one, land in zip(batch, ashore, strict=True)
        ]  # fmt: skip
        kept = self._unnest(TRACK, rows, now)
        last = [
            (*rows[place][:2], moment, *rows[place][3:])
            for _, (moment, place) in sorted(newest(batch, now).items())
        ]
        self._unnest(LATEST, last)
        return kept

    def _unnest(self, sql: str, rows: Sequence[tuple[Any, ...]], *more: object) -> int:
        columns = [list(column) for column in zip(*rows, strict=True)]
        return self.desk.rows.run(sql, (self.desk.cell, *more, *columns))

    def heard(self, units: Sequence[str]) -> None:
        """Note that units thought silent are not."""
        self.desk.rows.later(
            "UPDATE unit SET silent_since = NULL WHERE unit = ANY(%s)", (list(units),)
        )

    def fallen_silent(self, before: datetime) -> list[Row]:
        """Mark boats on duty not seen since a moment, and return those not marked before."""
        now = self.desk.now()
        return self.desk.rows.all(
            "UPDATE unit u SET silent_since = l.happened_at FROM unit_latest l, unit_shift s "
            "WHERE u.cell = %s AND u.silent_since IS NULL AND u.kind IN ('boat', 'vehicle') "
            "AND l.unit = u.unit AND l.happened_at < %s AND s.unit = u.unit AND s.starts <= %s "
            "AND s.ends > %s RETURNING u.unit, u.scope, l.happened_at",
            (self.desk.cell, before, before, now),
        )

    def next_watch(self) -> datetime | None:
        """Return the start of the earliest shift that has not ended."""
        row = self.desk.rows.one(
            "SELECT min(starts) AS starts FROM unit_shift WHERE cell = %s AND ends > %s",
            (self.desk.cell, self.desk.now()),
        )
        return None if row is None else row["starts"]

    def latest(self, unit: str) -> Sighting | None:
        """Return where a unit was last."""
        row = self.desk.rows.one(f"SELECT {SIGHTING} FROM unit_latest WHERE unit = %s", (unit,))
        return None if row is None else _sighting(row)

    def everywhere(self, since: datetime | None) -> list[Whereabouts]:
        """Return every unit that was seen, or only those seen after a moment, by name."""
        now = self.desk.now()
        rows = self.desk.rows.all(
            "SELECT u.unit, u.name, u.kind, u.scope, u.state, l.lon, l.lat, l.happened_at, "
            "l.speed_kmh, l.course, l.flags = '{berth}' AS never, EXISTS (SELECT FROM unit_shift s "
            "WHERE s.unit = u.unit AND s.starts <= %s AND s.ends > %s) AS on_duty "
            "FROM unit_latest l JOIN unit u USING (unit) "
            "WHERE l.cell = %s AND l.happened_at > %s ORDER BY u.name",
            (now, now, self.desk.cell, since or BEGINNING),
        )
        return [_whereabouts(row) for row in rows]

    def track(self, unit: str, starts: datetime, ends: datetime, limit: int) -> list[Sighting]:
        """Return where a unit was between two moments, oldest first."""
        found = self.desk.rows.all(
            f"SELECT {SIGHTING} FROM unit_track WHERE unit = %s AND happened_at >= %s "
            "AND happened_at < %s ORDER BY happened_at LIMIT %s",
            (unit, starts, ends, limit),
        )
        return [_sighting(row) for row in found]


def _whereabouts(row: Row) -> Whereabouts:
    at = (row.pop("lon"), row.pop("lat"))
    kind, state = UnitKind(row.pop("kind")), UnitState(row.pop("state"))
    return Whereabouts(at=at, seen_at=row.pop("happened_at"), kind=kind, state=state, **row)


def _sighting(row: Row) -> Sighting:
    point = Point(lon=row.pop("lon"), lat=row.pop("lat"), accuracy=row.pop("accuracy"))
    return Sighting(point=point, **row)
