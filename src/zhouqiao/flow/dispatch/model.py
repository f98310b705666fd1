"""Choosing who goes: the nearest that is able, by the way that is really there. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from zhouqiao.base import Point, Refusal
from zhouqiao.platform.unit import Candidate

NO_WAY = "no_way"


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """How far it is, and over which points (lon, lat)."""

    km: float
    points: tuple[tuple[float, float], ...] = ()


class Travel(Protocol):
    """The way from one place to another, over sea or land."""

    def __call__(self, over: str, start: Point, end: Point) -> Way:
        """Return the way. Raises a `Refusal` where there is none."""
        ...


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """A unit that was weighed up: how far it is, and what it `lacks` (nothing: it is able).

    `km` and `minutes` are by the real way for those able, by great circle for the others.
    """

    unit: str
    name: str
    km: float
    minutes: float
    lacks: tuple[str, ...] = ()


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """Who goes, and everybody who was weighed up, nearest first."""

    case: str
    unit: str | None
    policy: str
    made_at: datetime
    tried: tuple[Tried, ...]
    points: tuple[tuple[float, float], ...] = ()

    @property
    def passed_over(self) -> tuple[Tried, ...]:
        """Return those that were nearer and did not go."""
        chosen = next((one for one in self.tried if one.unit == self.unit), None)
        if chosen is None:
            return ()
        return tuple(one for one in self.tried if one.minutes < chosen.minutes)


def nearest_able(
    case: str,
    candidates: Sequence[Candidate],
    end: Point,
    *,
    over: str,
    travel: Travel,
    at: datetime,
) -> Plan:
    """Choose the able unit that is there first; say of every other why not.

    Ways are worked out for able ones only, nearest by air first, and no further than a way by
    air could still win: the great circle is never longer than the way.
    """
    near = sorted(candidates, key=_by_air)
    tried: list[Tried] = []
    best: tuple[Tried, Way] | None = None
    for one in near:
        if not one.is_able:
            tried.append(_tried(one, one.km, one.lacks))
        elif best is not None and _by_air(one) >= best[0].minutes:
            tried.append(_tried(one, one.km, ()))
        else:
            found = _with_way(one, end, over, travel)
            tried.append(found[0])
            if found[1] is not None and (best is None or found[0].minutes < best[0].minutes):
                best = (found[0], found[1])
    return Plan(
        case=case, unit=best and best[0].unit, policy="nearest_able", made_at=at,
        tried=tuple(sorted(tried, key=lambda one: one.minutes)),
        points=best[1].points if best else (),
    )  # fmt: skip


def _with_way(one: Candidate, end: Point, over: str, travel: Travel) -> tuple[Tried, Way | None]:
    try:
        way = travel(over, one.at, end)
    except Refusal:
        return _tried(one, one.km, (NO_WAY,)), None
    return _tried(one, way.km, ()), way


def _tried(one: Candidate, km: float, lacks: Iterable[str]) -> Tried:
    minutes = km / float(one.unit.speed_kmh) * 60
    return Tried(
        unit=one.unit.id, name=one.unit.name, km=round(km, 2), minutes=round(minutes, 1),
        lacks=tuple(lacks),
    )  # fmt: skip


def _by_air(one: Candidate) -> float:
    return one.km / float(one.unit.speed_kmh) * 60
