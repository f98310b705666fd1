"""Why a clock runs out when it does, as codes and slots; the words are the edge's business.

`told` fills sentences from any table of words: a slot whose value has words of its own
(`rule.unit.working`, `holiday.national_day`, `pause.hearing` …) is told by them.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from zhouqiao.platform.rule.clock.calendar import DAY, Calendar, local_day
from zhouqiao.platform.rule.declare import PROMISE, LegalClock, OnRestDay
from zhouqiao.platform.rule.errors import CalendarYearUnknown
from zhouqiao.platform.rule.model import Deadline, Left, Pause, Step

Slots = dict[str, str | int]


def opening(clock: LegalClock, start: date) -> Step:
    """Say what is counted, from when, by which provision."""
    code = "counted_back" if clock.backward else "counted"
    if clock.unit.is_exact:
        code = "counted_exactly"
    elif not clock.start_excluded:
        code = "counted_from_start"
    slots: Slots = {"length": clock.length, "unit": clock.unit.value, "start": start.isoformat()}
    if not clock.basis:
        code += "_by_promise" if clock.name == PROMISE else "_as_stated"
    return Step(code, slots | _basis(clock))


def extension(clock: LegalClock, by: str, length: int) -> Step:
    """Say by how much it was lengthened and who granted it."""
    return Step("extended", {"length": length, "unit": clock.unit.value, "approver": by})


def pauses(clock: LegalClock, given: Sequence[Pause]) -> tuple[Step, ...]:
    """Say of each pause whether the rule knows it."""
    return tuple(_pause(clock, p) for p in given)


def rest(book: Calendar, start: date, end: date) -> tuple[Step, ...]:
    """Say which holidays between the two were skipped and which make-up days were counted."""
    first, last = (start + DAY, end) if start <= end else (end, start - DAY)
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    off = [d for d in days if not book.is_working(d)]
    weekend = sum(d not in book.rest for d in off)
    made_up = [d.isoformat() for d in days if d in book.work]
    runs = [list(run) for _, run in groupby(off, book.rest.get)]
    steps = [_holiday(book, run) for run in runs if run[0] in book.rest]
    if weekend:
        steps.append(Step("weekends", {"count": weekend}))
    if made_up:
        steps.append(Step("make_up_days", {"count": len(made_up), "days": ", ".join(made_up)}))
    return tuple(steps)


def close(
    clock: LegalClock, end: date | None, left: Left | None, book: Calendar
) -> tuple[Step, ...]:
    """Say how it ends: paused or on which day, what the law then holds, what is assumed."""
    steps = []
    if left is not None:
        amount = f"{left.amount.normalize():f}"
        steps.append(Step("paused", {"amount": amount, "unit": left.unit.value}))
    if end is not None and _stays_on_rest_day(clock, end, book):
        steps.append(Step("stays_on_rest_day", {"day": end.isoformat()}))
    if clock.deemed:
        steps.append(Step("deemed", {"effect": clock.deemed}))
    steps += [Step("assumed", {"part": part}) for part in clock.assumed]
    return tuple(steps)


def told(deadline: Deadline, words: Callable[..., str], known: Callable[[str], bool]) -> list[str]:
    """Return the sentences of `deadline.why`.

    `words(key, **slots)` tells a sentence and `known(key)` says whether there is one, as the
    portal's `Words` do; keys are `rule.why.<code>` and, for coded slots, `rule.<slot>.<value>`.
    """
    return [
        words(
            f"rule.why.{step.code}",
            **{k: _worded(k, v, words, known) for k, v in step.slots.items()},
        )
        for step in deadline.why
    ]


def _worded(
    slot: str, value: str | int, words: Callable[..., str], known: Callable[[str], bool]
) -> str | int:
    key = f"rule.{slot}.{value}"
    return words(key) if known(key) else value


def _basis(clock: LegalClock) -> Slots:
    return {"basis": "; ".join((clock.basis, *clock.also))} if clock.basis else {}


def _pause(clock: LegalClock, pause: Pause) -> Step:
    code = "pause" if clock.stops_for(pause.why) else "pause_not_counted"
    slots: Slots = {"pause": pause.why, "start": _day(pause.start)}
    if pause.end is None:
        return Step(f"{code}_open", slots)
    return Step(code, slots | {"end": _day(pause.end)})


def _day(stated: date | datetime) -> str:
    return (local_day(stated) if isinstance(stated, datetime) else stated).isoformat()


def _holiday(book: Calendar, run: list[date]) -> Step:
    slots: Slots = {"holiday": book.rest[run[0]], "count": len(run)}
    return Step("holiday", slots | {"first": run[0].isoformat(), "last": run[-1].isoformat()})


def _stays_on_rest_day(clock: LegalClock, end: date, book: Calendar) -> bool:
    if clock.on_rest_day is not OnRestDay.STAYS or clock.unit.is_exact:
        return False
    try:
        return not book.is_working(end)
    except CalendarYearUnknown:
        return False
