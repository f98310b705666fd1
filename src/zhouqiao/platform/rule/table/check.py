"""What is wrong with a table: every fault, found by asking each corner of what may be asked."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise, product
from math import prod

from zhouqiao.platform.rule.table.shape import Hit, Input, Kind, Row, Spec, Value

OTHER = "…"
MOST_CORNERS = 50_000
DAY = timedelta(days=1)


def faults_of(spec: Spec) -> tuple[str, ...]:
    """Return every fault of a table, each as `row: fault` or `day: fault`."""
    found = [*_doubled(spec.rows), *_wrong_dates(spec), *_wrong_following(spec.rows)]
    if not found:
        found += [fault for day in _turns(spec) for fault in _at(spec, day)]
    return tuple(dict.fromkeys(found))


def _doubled(rows: Sequence[Row]) -> Iterator[str]:
    ids = [row.id for row in rows]
    return (f"{one}: id_doubled" for one in dict.fromkeys(ids) if ids.count(one) > 1)


def _wrong_dates(spec: Spec) -> Iterator[str]:
    for row in spec.rows:
        if not row.basis.strip():
            yield f"{row.id}: basis_missing"
        if row.valid_to is not None and row.valid_to < row.valid_from:
            yield f"{row.id}: ends_before_it_begins"


def _wrong_following(rows: Sequence[Row]) -> Iterator[str]:
    known = {row.id: row for row in rows}
    for row in rows:
        if row.follows is None:
            continue
        before = known.get(row.follows)
        if before is None:
            yield f"{row.id}: follows_unknown_row {row.follows}"
        elif row.valid_from <= before.valid_from:
            yield f"{row.id}: does_not_begin_after {row.follows}"
        elif before.valid_to is not None and row.valid_from > before.valid_to + DAY:
            yield f"{row.id}: leaves_days_after {row.follows}"


def _turns(spec: Spec) -> list[date]:
    """Return the days on which other rows begin to hold, while any does."""
    begun = {row.valid_from for row in spec.rows}
    ended = {end + DAY for end in spec.ends.values() if end is not None and end < date.max}
    return [day for day in sorted(begun | ended) if spec.at(day)]


def _at(spec: Spec, day: date) -> Iterator[str]:
    rows = spec.at(day)
    asked = [name for name in spec.inputs if any(name in row.when for row in rows)]
    samples = {name: _samples(spec.inputs[name], _tested(rows, name)) for name in asked}
    if prod(len(s) for s in samples.values()) > MOST_CORNERS:
        yield f"{day}: too_many_corners_to_check"
        return
    for corner in product(*samples.values()):
        values: dict[str, Value | None] = dict(zip(asked, corner, strict=True))
        hit = [row.id for row in rows if spec.passes(row, values)]
        yield from _corner(spec, day, hit, values)


def _corner(
    spec: Spec, day: date, hit: Sequence[str], values: dict[str, Value | None]
) -> Iterator[str]:
    if spec.hit is Hit.UNIQUE:
        yield from (f"{one}: overlaps {other}" for one, other in combinations(hit, 2))
    if not hit and spec.covers and spec.hit is not Hit.COLLECT:
        told = ", ".join(f"{name}={value}" for name, value in values.items())
        yield f"{day}: nothing_for {told or 'anything'}"


def _tested(rows: Iterable[Row], name: str) -> set[str]:
    tests = [row.when[name] for row in rows if name in row.when]
    limits = {limit for t in tests for limit in (t.low, t.high) if limit is not None}
    return limits | {one for t in tests for one in t.any_of}


def _samples(given: Input, texts: set[str]) -> list[Value]:
    if given.kind is Kind.FLAG:
        return [True, False]
    if given.kind is Kind.TEXT:
        return [*(given.members or (*sorted(texts), OTHER))]
    points = sorted(v for t in texts if isinstance(v := given.read(t), Decimal | date))
    spread = _spread(given, points)
    if given.kind is Kind.DAY:
        return [date.fromordinal(int(one)) for one in spread]
    return [*spread]


def _spread(given: Input, points: Sequence[Decimal | date]) -> list[Decimal]:
    """Return the points, one between each two, and one beyond each end that is not a bound."""
    exact = [Decimal(p.toordinal()) if isinstance(p, date) else p for p in points]
    exact = sorted({*exact, *(b for b in (given.low, given.high) if b is not None)})
    between = [(a + b) / 2 for a, b in pairwise(exact)]
    if given.whole or given.kind is Kind.DAY:
        between = [Decimal(int(b)) for b in between]
    beyond = [] if given.low is not None else [exact[0] - 1]
    beyond += [] if given.high is not None else [exact[-1] + 1]
    return sorted({*exact, *between, *beyond})
