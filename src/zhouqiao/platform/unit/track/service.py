"""Positions as units report them, one or thousands at a time; and who has fallen silent."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import msgspec

from zhouqiao.base import Invalid, Point
from zhouqiao.platform.unit import facts
from zhouqiao.platform.unit.errors import UnitUnknown
from zhouqiao.platform.unit.model import Reported, Sighting, UnitId, Whereabouts, in_store
from zhouqiao.platform.unit.track.repository import Tracks
from zhouqiao.store import Desk, remind

WATCH = "unit.watch"
SILENT = timedelta(minutes=10)
AGAIN = timedelta(minutes=2)
Ashore = Callable[[Sequence[Point]], Sequence[bool]]


def report_position(desk: Desk, sighting: Sighting) -> None:
    """Keep one position of a unit. Raises `Invalid`, `UnitUnknown`."""
    in_store(sighting.point, "point")
    told = report_positions(desk, [sighting])
    if told.unknown:
        raise UnitUnknown(sighting.unit)


def report_positions(
    desk: Desk, batch: Sequence[Sighting], *, ashore: Ashore | None = None
) -> Reported:
    """Keep a batch of positions in one go; nothing in it stops the rest.

    Each goes to the track once; the latest of a unit moves only forward in `happened_at` (a clock
    ahead of ours counts as now, and is flagged). `ashore` says of points on WGS 84 which lie on
    land: a boat seen there is kept and flagged, never refused.
    """
    sound, impossible = _sound(batch)
    rows = Tracks(desk).scopes([one.unit for one in sound])
    scopes = {row["scope"] for row in rows.values()}
    for scope in sorted(scopes):
        desk.may("unit.position", scope=scope)
    known = [one for one in sound if one.unit in rows]
    kept = 0
    if known:
        on_land = ashore([one.point for one in known]) if ashore else [False] * len(known)
        flagged = [
            land and rows[one.unit]["kind"] == "boat"
            for one, land in zip(known, on_land, strict=True)
        ]
        kept = Tracks(desk).keep_track(known, rows, flagged)
        quiet = [unit for unit, row in rows.items() if row["silent_since"] is not None]
        if quiet:
            Tracks(desk).heard(quiet)
    return Reported(
        kept=kept,
        repeated=len(known) - kept,
        impossible=impossible,
        unknown=tuple(sorted({one.unit for one in sound} - rows.keys())),
    )


def _sound(batch: Sequence[Sighting]) -> tuple[list[Sighting], int]:
    sound, impossible = [], 0
    for one in batch:
        try:
            point = in_store(one.point, "point")
        except Invalid:
            impossible += 1
            continue
        sound.append(one if point is one.point else msgspec.structs.replace(one, point=point))
    return sound, impossible


def find_silent(desk: Desk) -> list[UnitId]:
    """Say of each boat or vehicle on duty, not heard for ten minutes, that it is silent; once."""
    found = Tracks(desk).fallen_silent(desk.now() - SILENT)
    for row in found:
        fact = facts.UnitSilent(unit=row["unit"], seen_at=row["happened_at"])
        desk.tell(fact, about=row["unit"], scope=row["scope"])
    return [UnitId(row["unit"]) for row in found]


def watch(desk: Desk, scope: str) -> None:
    """Look for silence again in two minutes, or when the next shift has begun."""
    starts = Tracks(desk).next_watch()
    if starts is not None:
        at = max(starts + SILENT, desk.now() + AGAIN)
        remind(desk, WATCH, scope, at=at, scope=scope)


def last_seen(desk: Desk, unit_id: UnitId) -> Sighting:
    """Return where a unit was last. Raises `UnitUnknown`."""
    found = Tracks(desk).latest(unit_id)
    if found is None:
        raise UnitUnknown(unit_id)
    return found


def everywhere(desk: Desk, *, since: datetime | None = None) -> list[Whereabouts]:
    """Return where each unit the subject may see was last; `since`: only those seen after it."""
    return Tracks(desk).everywhere(since)


def track_of(
    desk: Desk, unit_id: UnitId, starts: datetime, ends: datetime, *, limit: int = 10_000
) -> list[Sighting]:
    """Return where a unit was between two moments, oldest first."""
    return Tracks(desk).track(unit_id, starts, ends, limit)
