"""The sea as the duty officer sees it: units, affairs, quays, the ways between them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

import msgspec

from zhouqiao.edge.portal.live import position
from zhouqiao.edge.portal.pages.parts import (
    MapCase,
    MapPlace,
    MapRoute,
    MapUnit,
    Scene,
    Spot,
)
from zhouqiao.edge.portal.show.command import Spoken, open_cases
from zhouqiao.edge.portal.show.parts import around
from zhouqiao.edge.portal.show.timing import RANK, Time, eta, time_of
from zhouqiao.edge.portal.show.title import titles
from zhouqiao.flow import case as cases
from zhouqiao.flow import dispatch
from zhouqiao.flow.case import Case
from zhouqiao.flow.dispatch import Plan
from zhouqiao.platform import rule
from zhouqiao.platform import unit as units
from zhouqiao.platform.place import load_atlas
from zhouqiao.platform.unit import UnitId, Whereabouts
from zhouqiao.store import Desk

ROUTES = 12
NEAR = 0.03**2  # square degrees within which two names would run into each other
MARGIN = 0.06  # degrees around what the map shows


def scene(desk: Desk, spoken: Spoken, *, chosen: str = "") -> Scene:
    """Return the sea as it is: units, open cases, the ways of those under way."""
    now, held, book = desk.now(), open_cases(desk), rule.calendar(desk)
    where = [one for one in units.everywhere(desk) if one.on_duty or not one.never]
    placed = [case for case in held if case.point is not None]
    said = titles(desk, spoken.pack, placed)
    marks = [
        _map_case(
            spoken, case, time_of(case, cases.shape_of(desk, case.shape), now, book),
            name=said[case.id], chosen=chosen,
        )
        for case in placed
    ]  # fmt: skip
    spots = [case.point for case in placed if case.point]
    return Scene(
        now=now,
        box=around([one.at for one in where] + spots, desk.cell, MARGIN),
        units=tuple(msgspec.convert(position(one, now), MapUnit) for one in where),
        cases=tuple(gathered(marks)),
        places=tuple(_quays(desk, spoken, [one.at for one in where], spots)),
        routes=tuple(_routes(desk, held, {one.unit: one for one in where}, chosen)),
    )


def gathered(marks: Sequence[MapCase]) -> Iterator[MapCase]:
    """Yield one mark a spot: the chosen or else the worst of those there, with how many more."""
    spots: dict[Spot, list[MapCase]] = {}
    for one in marks:
        spots.setdefault((round(one.at[0], 3), round(one.at[1], 3)), []).append(one)
    for here in spots.values():
        first = min(here, key=lambda one: (not one.chosen, RANK[one.status]))
        more = len(here) - 1
        yield msgspec.structs.replace(first, name=f"{first.name} +{more}") if more else first


def _quays(desk: Desk, spoken: Spoken, *taken: Sequence[Spot]) -> Iterator[MapPlace]:
    """Yield the quays of the county that no other mark would hide."""
    spots = [spot for some in taken for spot in some]
    for one in load_atlas().berths:
        at = (one.at.lon, one.at.lat)
        if one.town.startswith(desk.cell) and all(_apart(at, spot) > NEAR for spot in spots):
            spots.append(at)
            yield MapPlace(name=spoken.berth(one), at=at, kind="quay")


def _map_case(spoken: Spoken, case: Case, time: Time, *, name: str, chosen: str) -> MapCase:
    left = spoken.format.left(time.left.minutes, time.left.working_days) if time.due else ""
    assert case.point is not None  # noqa: S101 - only placed ones are asked for
    return MapCase(
        id=case.id,
        name=name.partition(" ")[0].rstrip(":"),
        at=case.point,
        status=time.status,
        left=left,
        chosen=case.id == chosen,
    )


def _routes(
    desk: Desk, held: Iterable[Case], where: Mapping[str, Whereabouts], chosen: str
) -> Iterator[MapRoute]:
    going = [case for case in held if (case.unit or "") in where]
    going.sort(key=lambda case: case.id != chosen)
    for case in going[:ROUTES]:
        plan = dispatch.explain(desk, case.id)
        if plan is None or plan.unit is None or plan.unit != case.unit or not plan.points:
            continue
        if eta(case, cases.shape_of(desk, case.shape), plan) is not None:
            yield _route(desk, case, plan, where[plan.unit], chosen)


def _route(desk: Desk, case: Case, plan: Plan, unit: Whereabouts, chosen: str) -> MapRoute:
    track = units.track_of(desk, UnitId(unit.unit), plan.made_at, desk.now() + timedelta(seconds=1))
    sailed = tuple((one.point.lon, one.point.lat) for one in track)
    return MapRoute(
        id=case.id, sailed=sailed, ahead=_ahead(plan.points, unit.at), chosen=case.id == chosen
    )


def _ahead(points: Sequence[Spot], at: Spot) -> tuple[Spot, ...]:
    """Return the rest of a way from where the unit is: onward from the nearest leg."""
    near = min(range(len(points)), key=lambda n: _apart(points[n], at))
    onward = near
    if near + 1 < len(points) and _apart(points[near + 1], at) <= _apart(
        points[near + 1], points[near]
    ):
        onward = near + 1
    return (at, *points[onward:])


def _apart(one: Spot, other: Spot) -> float:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2
