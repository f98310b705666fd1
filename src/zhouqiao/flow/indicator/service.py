"""What may be asked of an indicator, and how it counts a batch."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from zhouqiao.base import Quantity
from zhouqiao.flow.case import apply_rule, shape_of
from zhouqiao.flow.case.facts import CaseOpened, CaseReopened, StepTaken
from zhouqiao.flow.indicator import repository
from zhouqiao.flow.indicator.declare import IndicatorSpec
from zhouqiao.flow.indicator.errors import NoSuchIndicator
from zhouqiao.flow.indicator.facts import IndicatorMoved
from zhouqiao.flow.indicator.model import (
    BOUNDS,
    Count,
    Figure,
    Moment,
    Reading,
    figure,
    value_of,
)
from zhouqiao.flow.indicator.repository import Hour, Reach
from zhouqiao.store import Desk, Told, answering

Heard = CaseOpened | StepTaken | CaseReopened


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """How a figure came about: `code` names the formula's sentence, `slots` fill it.

    `bounds` are the upper ends of `figure.buckets`; `rules` by which rules how many readings were
    made; `readings` the newest of them; `median` and `p95` are exact (nearest rank).
    """

    code: str
    slots: dict[str, str]
    figure: Figure
    bounds: tuple[int, ...]
    median: Decimal | None
    p95: Decimal | None
    rules: tuple[tuple[str, int], ...]
    readings: tuple[Reading, ...]


def take_in(desk: Desk, told: Sequence[Told[Heard]]) -> None:
    """Count a batch: at most four statements, and one fact per figure that moved."""
    moments = [_moment(one) for one in told]
    count = Count(specs_of=_specs_of(desk), value_of=_values(desk))
    count.count(moments, repository.use_up(desk, count.wanted(moments)))
    repository.mark(desk, sorted(count.fresh.values(), key=lambda it: (it.case, it.indicator)))
    repository.read_in(desk, count.readings)
    sums = [count.sums[key] for key in sorted(count.sums)]
    envelopes = {one.envelope.seq: one.envelope for one in told}
    for hour in repository.add(desk, sums):
        key = (hour.indicator, hour.hour, hour.scope, hour.dims)
        last, added = count.last[key], count.sums[key].count
        if added:
            _tell(answering(desk, envelopes[last.seq]), hour, last, added)


def _moment(one: Told[Heard]) -> Moment:
    fact, envelope = one.fact, one.envelope
    record = None if isinstance(fact, CaseReopened) else fact.record
    left = fact if isinstance(fact, StepTaken) else None
    return Moment(
        case=fact.case, pack=fact.pack, shape=fact.shape, scope=envelope.scope,
        state=fact.state if isinstance(fact, CaseOpened) else fact.end,
        step=left.step if left else None,
        at=envelope.happened_at, fact=envelope.id, seq=envelope.seq,
        record=record, start=left.start if left else None,
        entered_at=left.entered_at if left else None,
        closes=left is not None and left.closes,
    )  # fmt: skip


def _specs_of(desk: Desk) -> Any:
    held: dict[str, Sequence[IndicatorSpec]] = {}

    def specs_of(moment: Moment) -> Sequence[IndicatorSpec]:
        if moment.shape not in held:
            shape = shape_of(desk, moment.shape)
            held[moment.shape] = shape.section("indicator", IndicatorSpec)
        return held[moment.shape]

    return specs_of


def _values(desk: Desk) -> Any:
    def value(rule: str, record: Mapping[str, Any]) -> Quantity | None:
        found: Quantity | None = apply_rule(desk, rule, dict(record))
        return found

    return value


def _tell(desk: Desk, hour: Hour, last: Moment, added: int) -> None:
    name = hour.indicator.partition(".")[2]
    specs = shape_of(desk, last.shape).section("indicator", IndicatorSpec)
    spec = next(one for one in specs if one.name == name)
    fact = IndicatorMoved(
        pack=last.pack, name=name, shape=last.shape, hour=hour.hour,
        sorted_by=msgspec.json.decode(hour.dims), unit=spec.unit, count=hour.count, added=added,
        value=value_of(spec.way, hour.count, hour.total) or Decimal(0), total=hour.total,
        kept=hour.kept,
    )  # fmt: skip
    desk.tell(fact, about=hour.indicator, scope=hour.scope)


def specs(desk: Desk) -> dict[str, IndicatorSpec]:
    """Return every indicator declared by the packs as loaded now, by `<pack>.<name>`."""
    return {
        f"{shape.pack}.{spec.name}": spec
        for mark in desk.pinned.current.values()
        for shape in (shape_of(desk, mark),)
        for spec in shape.section("indicator", IndicatorSpec)
    }


def read(
    desk: Desk, pack: str, name: str, *, since: datetime, until: datetime, scope: str = ""
) -> Figure:
    """Return what it reads over whole hours from `since` up to `until`, under `scope`.

    Raises `NoSuchIndicator`.
    """
    reach, spec = _reach(desk, pack, name, since, until, scope)
    sums = repository.totals(desk, reach)
    return figure(reach.indicator, spec, sums, _under_way(desk, spec, reach))


def series(  # noqa: PLR0913 - what is read, and along what
    desk: Desk,
    pack: str,
    name: str,
    *,
    since: datetime,
    until: datetime,
    scope: str = "",
    by: str = "day",
) -> list[tuple[Any, Figure]]:
    """Return what it reads by `hour`, `day`, `scope` or `dims`. Raises `NoSuchIndicator`."""
    reach, spec = _reach(desk, pack, name, since, until, scope)
    return [
        (key, figure(reach.indicator, spec, sums, 0))
        for key, sums in repository.grouped(desk, reach, by)
    ]


def explain(  # noqa: PLR0913 - what is read, and how much of it is shown
    desk: Desk,
    pack: str,
    name: str,
    *,
    since: datetime,
    until: datetime,
    scope: str = "",
    limit: int = 100,
) -> Explanation:
    """Open a figure to its formula, its rules and the readings in it. Raises `NoSuchIndicator`."""
    reach, spec = _reach(desk, pack, name, since, until, scope)
    shown = figure(
        reach.indicator, spec, repository.totals(desk, reach), _under_way(desk, spec, reach)
    )
    median, high = repository.spread(desk, reach)
    return Explanation(
        code=f"indicator.{spec.way}", slots=_slots(spec), figure=shown, bounds=BOUNDS,
        median=median, p95=high, rules=tuple(repository.rules(desk, reach)),
        readings=tuple(repository.readings(desk, reach, limit)),
    )  # fmt: skip


def _slots(spec: IndicatorSpec) -> dict[str, str]:
    since = spec.since and (spec.since.state or spec.since.step)
    slots = {
        "since": since, "until": spec.on.state or spec.on.step, "unit": spec.unit,
        "promise": spec.promise and format(spec.promise, "f"), "rule": spec.rule,
    }  # fmt: skip
    return {key: str(value) for key, value in slots.items() if value is not None}


def _reach(
    desk: Desk, pack: str, name: str, since: datetime, until: datetime, scope: str
) -> tuple[Reach, IndicatorSpec]:
    indicator = f"{pack}.{name}"
    spec = specs(desk).get(indicator)
    if spec is None:
        raise NoSuchIndicator(indicator)
    return Reach(indicator=indicator, since=since, until=until, scope=scope), spec


def _under_way(desk: Desk, spec: IndicatorSpec, reach: Reach) -> int:
    return repository.under_way(desk, reach) if spec.since is not None else 0
