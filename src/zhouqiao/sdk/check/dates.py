"""Faults of times counted from a day in a record."""

import inspect
from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from zhouqiao.base import Refusal
from zhouqiao.flow.case.declare import Dated, Procedure
from zhouqiao.platform.rule import clock_of
from zhouqiao.sdk.check.signature import asks, makes
from zhouqiao.sdk.check.ways import surely_shown


class _Use(NamedTuple):
    """A time counted from a day: of what, begun in which state; `own`: its own record names it."""

    where: str
    time: Dated
    since: StrEnum
    own: bool = False


def findings(procedure: Procedure[Any, Any]) -> Iterator[str]:
    """Yield what is wrong with the times of a procedure counted from days in records."""
    for use in _uses(procedure):
        yield from _reading(procedure, use)
        yield from _counting(use)


def _uses(procedure: Procedure[Any, Any]) -> Iterator[_Use]:
    name = procedure.name
    for step in procedure.steps:
        if isinstance(step.within, Dated):
            own = step.ahead is not None
            yield _Use(f"{name}: step {step.name!r}", step.within, step.start, own)
    for clock in procedure.clocks:
        if isinstance(clock.within, Dated):
            yield _Use(f"{name}: clock {clock.name!r}", clock.within, clock.since)
    remedy = procedure.remedy
    if remedy is not None and isinstance(remedy.within, Dated):
        for state in (remedy.since,) if remedy.since else remedy.after:
            yield _Use(f"{name}: remedy", remedy.within, state)


def _reading(procedure: Procedure[Any, Any], use: _Use) -> Iterator[str]:
    if asks(use.time.day) != 1 or inspect.isclass(use.time.day):
        yield f"{use.where}: its day is read of one record; write a rule with that parameter"
        return
    if makes(use.time.day) not in {date, datetime}:
        yield f"{use.where}: its day must be a date or datetime; annotate what the rule returns so"
    if not use.own and use.time.reads not in surely_shown(procedure)[use.since]:
        name = getattr(use.time.reads, "__name__", use.time.reads)
        yield f"{use.where}: its day stands in {name}, which need not be shown by then; mend it"


def _counting(use: _Use) -> Iterator[str]:
    try:
        term = clock_of(use.time.within)
    except Refusal:
        return
    if use.own and not term.backward:
        yield (
            f"{use.where} names the day its time runs from, and is over with it; put the time on "
            "a step that follows"
        )
    if term.unit.is_exact and makes(use.time.day) is date:
        yield f"{use.where} counts {term.unit.value} from a day; let its rule return a datetime"
