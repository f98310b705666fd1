"""How facts become readings and readings become figures. Pure: no clock, no database.

A batch of moments is counted against the marks of the cases in it (when each came to where a
typical begins). What comes out are new marks, readings, and what to add to the figure of each
hour: sums that can be added in any order, so that a batch is one upsert whatever its size.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import msgspec

from zhouqiao.base import Quantity, encode
from zhouqiao.flow.indicator.declare import IndicatorSpec

BOUNDS = (2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 240, 480, 1440)
"""Upper ends of the distribution's classes, in the indicator's unit; one more class has none."""

MINUTE = Decimal(60)
KERNEL = {"typical": "kernel.typical@1", "tally": "kernel.tally@1"}


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """A case came into `state` by `step` at `at`, as whoever saw it says.

    `fact` and `seq` name the journal's entry; `start` and `entered_at` where it came from.
    """

    case: str
    pack: str
    shape: str
    scope: str
    state: str
    step: str | None
    at: datetime
    fact: str
    seq: int
    record: dict[str, Any] | None = None
    start: str | None = None
    entered_at: datetime | None = None
    closes: bool = False


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """When a case first came to where an indicator begins, by which fact."""

    case: str
    indicator: str
    scope: str
    at: datetime
    fact: str | None


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One number that went into a figure, and where it came from.

    `rule` cites the function or the kernel's own formula; `from_fact` and `to_fact` the journal.
    """

    indicator: str
    scope: str
    dims: str
    case: str
    at: datetime
    seq: int
    value: Decimal
    rule: str
    from_fact: str | None
    to_fact: str


class Sum(msgspec.Struct, kw_only=True):
    """What to add to the figure of one hour; `kept` are readings within the promise.

    `cancelled` cases were closed without coming to the end; `unsound` readings end before they
    begin (a clock was wrong) and are left out.
    """

    indicator: str
    scope: str
    dims: str
    hour: datetime
    unit: str
    count: int = 0
    total: Decimal = Decimal(0)
    least: Decimal | None = None
    most: Decimal | None = None
    kept: int = 0
    cancelled: int = 0
    unsound: int = 0
    buckets: list[int] = msgspec.field(default_factory=lambda: [0] * (len(BOUNDS) + 1))

    def take(self, value: Decimal, promise: Decimal | None) -> None:
        """Add one reading."""
        self.count += 1
        self.total += value
        self.least = value if self.least is None else min(self.least, value)
        self.most = value if self.most is None else max(self.most, value)
        self.kept += promise is None or value <= promise
        self.buckets[bisect_left(BOUNDS, value)] += 1


Key = tuple[str, str]
SumKey = tuple[str, datetime, str, str]
SpecsOf = Callable[[Moment], Sequence[IndicatorSpec]]
ValueOf = Callable[[str, Mapping[str, Any]], Quantity | None]


@dataclass
class Count:
    """A batch being counted. Ask `wanted` first, hand what is marked to `count`."""

    specs_of: SpecsOf
    value_of: ValueOf
    marks: dict[Key, Mark] = field(default_factory=dict)
    fresh: dict[Key, Mark] = field(default_factory=dict)
    readings: list[Reading] = field(default_factory=list)
    sums: dict[SumKey, Sum] = field(default_factory=dict)
    last: dict[SumKey, Moment] = field(default_factory=dict)

    def wanted(self, moments: Iterable[Moment]) -> list[Key]:
        """Return the (case, indicator) pairs whose marks the batch uses up, sorted."""
        return sorted(
            {
                (moment.case, _name(moment, spec))
                for moment in moments
                for spec in self.specs_of(moment)
                if spec.since is not None and (moment.closes or _ends(spec, moment))
            }
        )

    def count(self, moments: Iterable[Moment], marks: Iterable[Mark]) -> None:
        """Count moments, oldest first, given the marks that were wanted."""
        self.marks = {(mark.case, mark.indicator): mark for mark in marks}
        for moment in moments:
            specs = self.specs_of(moment)
            for spec in specs:
                self._one(moment, spec)
            if moment.closes:
                self._give_up(moment, specs)

    def _one(self, moment: Moment, spec: IndicatorSpec) -> None:
        if spec.since is not None and spec.since.hit(state=moment.state, step=moment.step):
            self._begin(moment, spec)
        if not _ends(spec, moment):
            return
        if spec.since is not None:
            self._end(moment, spec)
        elif spec.rule is None:
            self._read(moment, spec, Decimal(1), None)
        elif moment.record is not None:
            value = self.value_of(spec.rule, moment.record)
            if value is not None:
                self._read(moment, spec, value.amount, None)

    def _begin(self, moment: Moment, spec: IndicatorSpec) -> None:
        key = (moment.case, _name(moment, spec))
        if key not in self.marks:
            self.fresh.setdefault(key, Mark(
                case=moment.case, indicator=key[1], scope=moment.scope, at=moment.at,
                fact=moment.fact,
            ))  # fmt: skip

    def _end(self, moment: Moment, spec: IndicatorSpec) -> None:
        key = (moment.case, _name(moment, spec))
        mark = self.marks.pop(key, None) or self.fresh.pop(key, None)
        began, fact = (mark.at, mark.fact) if mark else (_entered(moment, spec), None)
        if began is None:
            return
        minutes = Decimal(str((moment.at - began).total_seconds())) / MINUTE
        if minutes < 0:
            self._sum(moment, spec).unsound += 1
        else:
            self._read(moment, spec, round(minutes, 4), fact)

    def _read(self, moment: Moment, spec: IndicatorSpec, value: Decimal, begun: str | None) -> None:
        self._sum(moment, spec).take(value, spec.promise)
        self.readings.append(Reading(
            indicator=_name(moment, spec), scope=moment.scope, dims=_dims(moment, spec),
            case=moment.case, at=moment.at, seq=moment.seq, value=value, from_fact=begun,
            to_fact=moment.fact, rule=spec.rule or KERNEL[spec.way],
        ))  # fmt: skip

    def _give_up(self, moment: Moment, specs: Sequence[IndicatorSpec]) -> None:
        for spec in specs:
            key = (moment.case, _name(moment, spec))
            if self.marks.pop(key, None) or self.fresh.pop(key, None):
                self._sum(moment, spec).cancelled += 1

    def _sum(self, moment: Moment, spec: IndicatorSpec) -> Sum:
        name, dims, hour = _name(moment, spec), _dims(moment, spec), hour_of(moment.at)
        key = (name, hour, moment.scope, dims)
        self.last[key] = moment
        if key not in self.sums:
            self.sums[key] = Sum(
                indicator=name, scope=moment.scope, dims=dims, hour=hour, unit=spec.unit
            )
        return self.sums[key]


def _ends(spec: IndicatorSpec, moment: Moment) -> bool:
    return spec.on.hit(state=moment.state, step=moment.step)


def _name(moment: Moment, spec: IndicatorSpec) -> str:
    return f"{moment.pack}.{spec.name}"


def _entered(moment: Moment, spec: IndicatorSpec) -> datetime | None:
    """Return when the state just left was entered, if that is where the indicator begins."""
    begins = spec.since is not None and spec.since.state == moment.start
    return moment.entered_at if begins else None


def _dims(moment: Moment, spec: IndicatorSpec) -> str:
    if not spec.per:
        return "{}"
    record = moment.record or {}
    return encode({name: str(record.get(name, "")) for name in spec.per}).decode()


def hour_of(at: datetime) -> datetime:
    """Return the beginning of the hour, in UTC."""
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """What an indicator reads over a time and place.

    `value` is the mean of a typical, the sum of a total, the count of a tally; None where nothing
    was counted yet. `share` of readings within the promise, 0 … 1. `buckets` counts readings up to
    each of `BOUNDS`, and beyond. Left out: `under_way`, `cancelled`, `unsound`.
    """

    name: str
    way: str
    unit: str
    value: Decimal | None
    count: int
    total: Decimal
    least: Decimal | None
    most: Decimal | None
    promise: Decimal | None
    share: Decimal | None
    buckets: tuple[int, ...]
    under_way: int = 0
    cancelled: int = 0
    unsound: int = 0

    @property
    def left_out(self) -> int:
        """How many cases the figure does not count."""
        return self.under_way + self.cancelled + self.unsound


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """Hours added up, as the store returns them."""

    count: int = 0
    total: Decimal = Decimal(0)
    least: Decimal | None = None
    most: Decimal | None = None
    kept: int = 0
    cancelled: int = 0
    unsound: int = 0
    buckets: tuple[int, ...] = (0,) * (len(BOUNDS) + 1)


def figure(name: str, spec: IndicatorSpec, sums: Totals, under_way: int) -> Figure:
    """Return what the sums read as."""
    promised = spec.promise is not None and sums.count > 0
    return Figure(
        name=name, way=spec.way, unit=spec.unit, count=sums.count, total=sums.total,
        value=value_of(spec.way, sums.count, sums.total), least=sums.least, most=sums.most,
        promise=spec.promise, buckets=sums.buckets, under_way=under_way,
        share=round(Decimal(sums.kept) / sums.count, 4) if promised else None,
        cancelled=sums.cancelled, unsound=sums.unsound,
    )  # fmt: skip


def value_of(way: str, count: int, total: Decimal) -> Decimal | None:
    """Return a typical's mean, a total's sum, a tally's count."""
    if way == "typical":
        return round(total / count, 4) if count else None
    return total if way == "total" else Decimal(count)
