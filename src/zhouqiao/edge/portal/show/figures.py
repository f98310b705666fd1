"""The six figures of the duty officer's day, each open to its making and its rows."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

import msgspec

from zhouqiao.base import NotFound
from zhouqiao.edge.portal.format import local
from zhouqiao.edge.portal.pages import command
from zhouqiao.edge.portal.pages.parts import Drill, Figure, Status
from zhouqiao.edge.portal.show.command import Spoken
from zhouqiao.edge.portal.show.parts import lines, word
from zhouqiao.flow import indicator, ledger
from zhouqiao.flow.indicator import Explanation
from zhouqiao.flow.indicator.declare import IndicatorSpec
from zhouqiao.platform import unit as units
from zhouqiao.platform.unit import Whereabouts
from zhouqiao.store import Desk, reading

NAMES = ("asked", "typical", "share", "total", "differences", "units")
WAYS: Mapping[str, str] = {
    "asked": "tally",
    "typical": "typical",
    "share": "typical",
    "total": "total",
}
DAY, FRESH, ROWS, TONNE = timedelta(days=1), timedelta(minutes=3), 200, 1000
JUST_NOW = timedelta(seconds=1)
KEPT_WELL = Decimal("0.9")  # below it the share of promises kept is shown as late


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """An indicator chosen for a figure: of which pack, and what it says of itself."""

    pack: str
    spec: IndicatorSpec


def figures(desk: Desk, spoken: Spoken, *, on: str = "") -> command.Figures:
    """Return the six figures of today; `on` is the one whose making is shown."""
    shown = (_MAKERS[name](desk, spoken) for name in NAMES)
    return command.Figures(
        figures=tuple(msgspec.structs.replace(one, on=one.name == on) for one in shown if one)
    )


def today(desk: Desk) -> datetime:
    """Return the beginning of the day in Shanghai."""
    return local(desk.now()).replace(hour=0, minute=0, second=0, microsecond=0)


def named(desk: Desk, way: str) -> Named | None:
    """Return the first indicator of a way, of the packs the subject keeps watch over."""
    own = {seat.role.partition(".")[0] for seat in desk.subject.seats}
    found = sorted(
        indicator.specs(desk).items(), key=lambda pair: pair[0].partition(".")[0] not in own
    )
    for name, spec in found:
        if spec.way == way:
            return Named(pack=name.partition(".")[0], spec=spec)
    return None


def explained(desk: Desk, one: Named, *, back: timedelta = timedelta()) -> Explanation:
    """Return today's reading of an indicator, opened; `back`: of that long before."""
    return indicator.explain(
        desk,
        one.pack,
        one.spec.name,
        since=today(desk) - back,
        until=desk.now() + JUST_NOW - back,
        scope=desk.subject.reach or "",
        limit=ROWS,
    )


def _read(desk: Desk, one: Named, *, back: timedelta = timedelta()) -> indicator.Figure:
    return indicator.read(
        desk,
        one.pack,
        one.spec.name,
        since=today(desk) - back,
        until=desk.now() + JUST_NOW - back,
        scope=desk.subject.reach or "",
    )


def _asked(desk: Desk, spoken: Spoken) -> Figure | None:
    one = named(desk, "tally")
    if one is None:
        return None
    now, then = _read(desk, one), _read(desk, one, back=DAY)
    return _figure(
        spoken,
        "asked",
        f"{now.count:,}",
        spoken.page("command.figure.pieces"),
        spoken.page("command.figure.yesterday", n=then.count),
    )


def _typical(desk: Desk, spoken: Spoken) -> Figure | None:
    one = named(desk, "typical")
    if one is None:
        return None
    now = _read(desk, one)
    seconds = None if now.value is None else round(now.value * 60)
    late = now.value is not None and now.promise is not None and now.value > now.promise
    return _figure(
        spoken,
        "typical",
        spoken.format.stopwatch(seconds),
        spoken.page("command.figure.clock"),
        _promised(spoken, now),
        label=word(spoken.pack, f"{one.pack}.indicator.{one.spec.name}"),
        status="late" if late else None,
    )


def _promised(spoken: Spoken, now: indicator.Figure) -> str:
    if now.promise is None:
        return spoken.page("command.figure.no_promise")
    return spoken.page(
        "command.figure.promise", clock=spoken.format.stopwatch(round(now.promise * 60))
    )


def _share(desk: Desk, spoken: Spoken) -> Figure | None:
    one = named(desk, "typical")
    if one is None or one.spec.promise is None:
        return None
    now = _read(desk, one)
    kept = 0 if now.share is None else round(now.share * now.count)
    value = spoken.format.number(None if now.share is None else now.share * 100, 1)
    poor = now.share is not None and now.share < KEPT_WELL
    return _figure(
        spoken,
        "share",
        value,
        "%",
        spoken.page("command.figure.kept", n=kept, of=now.count),
        label=spoken.page("command.figure.share", n=round(one.spec.promise)),
        word_=spoken.page("command.figure.see_past", n=now.count - kept)
        if poor or now.count > kept
        else "",
        status="late" if poor else None,
    )


def _total(desk: Desk, spoken: Spoken) -> Figure | None:
    one = named(desk, "total")
    if one is None:
        return None
    now = _read(desk, one)
    weighs = one.spec.unit == "kg"
    value = spoken.format.number(now.total / TONNE if weighs else now.total, 3 if weighs else 2)
    kinds = kinds_of(desk, spoken, one)
    first = max(kinds, key=lambda kind: kinds[kind], default=None)
    beside = spoken.page("command.figure.nothing")
    if first is not None and now.total:
        share = spoken.format.number(kinds[first] / sum(kinds.values()) * 100, 1)
        beside = spoken.page("command.figure.most", kind=first, n=share)
    return _figure(
        spoken,
        "total",
        value,
        spoken.page("command.figure.tonnes") if weighs else one.spec.unit,
        beside,
        label=word(spoken.pack, f"{one.pack}.indicator.{one.spec.name}"),
    )


def kinds_of(desk: Desk, spoken: Spoken, one: Named) -> dict[str, Decimal]:
    """Return how much of each kind today's newest readings of a total hold, most first."""
    readings = explained(desk, one).readings
    told = {r.to_fact for r in readings}
    found: dict[str, Decimal] = {}
    for fact in reading.stories(desk, sorted({r.case for r in readings}), "case.StepTaken"):
        record = msgspec.json.decode(fact.body).get("record") if fact.id in told else None
        for line in lines(spoken.pack, one.pack, record or {}):
            found[line.kind] = found.get(line.kind, Decimal(0)) + line.kg
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def _differences(desk: Desk, spoken: Spoken) -> Figure:
    found = ledger.differences(desk)
    waits = sum((abs(one.stated - one.found) for one in found if one.unit == "kg"), Decimal(0))
    return _figure(
        spoken,
        "differences",
        str(len(found)),
        spoken.page("command.figure.slips"),
        spoken.page("command.figure.unpaid" if found else "command.figure.agree"),
        status="due" if found else None,
        status_word=spoken.page("command.figure.waits", kg=spoken.format.mass(waits))
        if found
        else "",
    )


def _units(desk: Desk, spoken: Spoken) -> Figure:
    duty, heard = on_duty(desk)
    lost = [one for one in duty if one not in heard]
    beside = spoken.page("command.figure.all_heard")
    if lost:
        last = max(lost, key=lambda one: one.seen_at)
        age = spoken.format.age(int((desk.now() - last.seen_at).total_seconds()))
        never = last.never
        beside = spoken.page(
            "command.figure.never" if never else "command.figure.last", unit=last.name, age=age
        )
    return _figure(
        spoken,
        "units",
        str(len(heard)),
        spoken.page("command.figure.of_units", n=len(duty)),
        beside,
        status="unknown" if lost else None,
        status_word=spoken.page("command.figure.lost", n=len(lost)) if lost else "",
    )


def on_duty(desk: Desk) -> tuple[list[Whereabouts], list[Whereabouts]]:
    """Return the units on duty now, and those of them heard within three minutes."""
    duty = [one for one in units.everywhere(desk) if one.on_duty]
    heard = [one for one in duty if not one.never and desk.now() - one.seen_at <= FRESH]
    return duty, heard


def _figure(  # noqa: PLR0913 - a figure, whole
    spoken: Spoken,
    name: str,
    value: str,
    unit: str,
    beside: str,
    *,
    label: str = "",
    word_: str = "",
    status: Status | None = None,
    status_word: str = "",
) -> Figure:
    said = word_ or spoken.page(f"command.figure.open.{name}")
    return Figure(
        name=name,
        label=label or spoken.page(f"command.figure.label.{name}"),
        value=value,
        unit=unit,
        beside=beside,
        drill=Drill(href=f"/command/figures/{name}", word=said),
        status=status,
        status_word=status_word,
    )


_MAKERS: Mapping[str, Callable[[Desk, Spoken], Figure | None]] = {
    "asked": _asked,
    "typical": _typical,
    "share": _share,
    "total": _total,
    "differences": _differences,
    "units": _units,
}


def drill(desk: Desk, spoken: Spoken, name: str) -> command.DrillDown:
    """Return how a figure is worked out. Raises `NotFound`."""
    if name in WAYS:
        return _opened(desk, spoken, name)
    if name not in NAMES:
        raise NotFound("figure", name)
    figure = _MAKERS[name](desk, spoken)
    assert figure is not None  # noqa: S101 - these two are always there
    return command.DrillDown(
        name=name,
        title=spoken.page("command.drill.title", label=figure.label, value=figure.value),
        formula=spoken.page(f"command.drill.formula.{name}"),
        worked=f"{figure.value} {figure.unit}{spoken.page('portal.comma')}{figure.beside}",
        at=desk.now(),
        rule=spoken.page("command.drill.kernel"),
        rows=_rows_drill(spoken, name, figure.value),
    )


def _opened(desk: Desk, spoken: Spoken, name: str) -> command.DrillDown:
    one = named(desk, WAYS[name])
    if one is None:
        raise NotFound("figure", name)
    told = explained(desk, one)
    label = word(spoken.pack, f"{one.pack}.indicator.{one.spec.name}")
    bars, word_ = _bars(desk, spoken, one, told)
    return command.DrillDown(
        name=name,
        title=spoken.page("command.drill.title", label=label, value=_value(spoken, told)),
        formula=spoken.page(f"command.drill.formula.{name}"),
        worked=_worked(spoken, told),
        bars=bars,
        bars_title=label,
        limit_word=word_,
        left_out=_left_out(spoken, told),
        rule=_rule(spoken, told),
        at=desk.now(),
        rows=_rows_drill(spoken, name, told.figure.count),
    )


def _rows_drill(spoken: Spoken, name: str, n: object) -> Drill:
    return Drill(href=f"/command/figures/{name}/rows", word=spoken.page("command.drill.rows", n=n))


def _value(spoken: Spoken, told: Explanation) -> str:
    figure = told.figure
    if figure.way == "typical":
        return spoken.format.stopwatch(None if figure.value is None else round(figure.value * 60))
    if figure.way == "total":
        return spoken.format.mass(figure.total) if figure.unit == "kg" else str(figure.total)
    return f"{figure.count:,}"


def _worked(spoken: Spoken, told: Explanation) -> str:
    figure = told.figure
    if figure.way == "typical" and figure.count:
        total = spoken.format.stopwatch(round(figure.total * 60))
        return spoken.page(
            "command.drill.worked.typical", total=total, n=figure.count, mean=_value(spoken, told)
        )
    if figure.way == "total":
        return spoken.page("command.drill.worked.total", n=figure.count, total=_value(spoken, told))
    return spoken.page("command.drill.worked.tally", n=figure.count)


def _bars(
    desk: Desk, spoken: Spoken, one: Named, told: Explanation
) -> tuple[tuple[command.Bar, ...], str]:
    if told.figure.way == "total":
        kinds = kinds_of(desk, spoken, one)
        return tuple(
            command.Bar(label=kind, count=round(kg)) for kind, kg in list(kinds.items())[:6]
        ), ""
    if told.figure.way != "typical":
        return (), ""
    promise = told.figure.promise
    limit = "" if promise is None else spoken.page("command.drill.limit", n=round(promise))
    return tuple(spread(spoken, told.figure.buckets, told.bounds, promise)), limit


def spread(
    spoken: Spoken, buckets: Sequence[int], bounds: Sequence[int], promise: Decimal | None
) -> list[command.Bar]:
    """Return a distribution up to its last class that holds anything, at least past the promise."""
    last = max((n for n, count in enumerate(buckets) if count), default=0)
    end = (
        max(
            [last] + [n for n, high in enumerate(bounds) if promise is not None and high <= promise]
        )
        + 1
    )
    bars, low = [], 0
    for n, count in enumerate(buckets[: end + 1]):
        high = bounds[n] if n < len(bounds) else None
        label = f"{low}–{high}" if high is not None else spoken.page("command.drill.over", n=low)
        bars.append(
            command.Bar(label=label, count=count, past=promise is not None and low >= promise)
        )
        low = high if high is not None else low
    return bars


def _left_out(spoken: Spoken, told: Explanation) -> str:
    figure = told.figure
    if not figure.left_out:
        return spoken.page("command.drill.none_left_out")
    parts = [
        spoken.page(f"command.drill.left.{kind}", n=n)
        for kind, n in (
            ("under_way", figure.under_way),
            ("cancelled", figure.cancelled),
            ("unsound", figure.unsound),
        )
        if n
    ]
    return spoken.page(
        "command.drill.left_out", n=figure.left_out, why=spoken.page("portal.comma").join(parts)
    )


def _rule(spoken: Spoken, told: Explanation) -> str:
    names = [name for name, _ in told.rules]
    return spoken.page("portal.and").join(names) or spoken.page("command.drill.kernel")
