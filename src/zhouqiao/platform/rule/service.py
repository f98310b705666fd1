"""What may be asked of the rules. One command, one transaction; nobody here commits."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from zhouqiao.base import decode, encode
from zhouqiao.platform.rule import errors, facts
from zhouqiao.platform.rule.clock.calendar import Calendar, year_read
from zhouqiao.platform.rule.clock.count import asks, deadline
from zhouqiao.platform.rule.clock.register import clock_of
from zhouqiao.platform.rule.declare import FactorRow, Within
from zhouqiao.platform.rule.model import (
    Deadline,
    DecisionId,
    Extended,
    Factor,
    FactorId,
    Kept,
    Pause,
)  # fmt: skip
from zhouqiao.platform.rule.repository import Rules
from zhouqiao.platform.rule.table.decide import Decision, I, R, Table, answering
from zhouqiao.store import Desk

NATIONWIDE = "rule"
"""The scope of facts about what is the same for every body and place."""


def calendar(desk: Desk) -> Calendar:
    """Return the working calendar: what was shipped, and the years entered on this node."""
    return Rules(desk).calendar()


def enter_year(desk: Desk, text: str) -> int:
    """Enter the next year of the calendar, in the form of `days.toml`; return which it is.

    A known year is never entered again: times were counted by it. Raises `CalendarFaulty`; acts
    as the platform.
    """
    rules, year = Rules(desk), year_read(text)
    before = rules.calendar()
    if year.year != (awaited := max(before.years) + 1):
        raise errors.CalendarFaulty(str(year.year), (f"not_next: {awaited}",))
    rules.add_year(year)
    told = facts.CalendarYearEntered(
        year=year.year, notices=year.notices, version=before.with_year(year).version
    )
    desk.tell(told, about=str(year.year), scope=NATIONWIDE)
    return year.year


def due(
    desk: Desk,
    within: Within,
    start: date | datetime,
    *,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extended] = (),
) -> Deadline:
    """Return when `within` runs out by the calendar known here. Raises as `deadline` does."""
    book = Rules(desk).calendar() if asks(clock_of(within)) else None
    return deadline(within, start, pauses=pauses, extensions=extensions, calendar=book)


def pin(desk: Desk, table: Table[I, R]) -> str:
    """Keep a table by its content hash, and return the hash; twice is once.

    A row that stands in the store must be as it was. Raises `RowEdited`; acts as the platform.
    """
    rules, spec = Rules(desk), table.spec
    known = rules.marks(spec.name)
    marks = {row.id: row.mark for row in spec.rows}
    edited = tuple(row for row, mark in known.items() if marks.get(row) != mark)
    if edited:
        raise errors.RowEdited(spec.name, edited)
    new = {row: mark for row, mark in marks.items() if row not in known}
    if rules.add_table(spec, new):
        told = facts.TablePinned(table=spec.name, version=spec.version, added=tuple(new))
        desk.tell(told, about=spec.name, scope=NATIONWIDE)
    return spec.version


def keep(
    desk: Desk, decision: Decision[R], *, about: str, scope: str, person: str | None = None
) -> DecisionId:
    """Keep what a pinned table decided about a case or anything else that has an id."""
    rules = Rules(desk)
    rules.table(decision.table, decision.version)
    rows = tuple(reason.row for reason in decision.reasons)
    kept = Kept(
        id=desk.ids.new(DecisionId),
        table=decision.table,
        version=decision.version,
        on=decision.on,
        about=about,
        scope=scope,
        rows=rows,
        inputs=msgspec.Raw(encode(decision.inputs)),
        outcomes=msgspec.Raw(encode(decision.outcomes)),
        decided_at=desk.now(),
    )
    rules.add_decision(kept, person)
    told = facts.Decided(
        decision=kept.id, table=kept.table, version=kept.version, on=kept.on, rows=rows
    )
    desk.tell(told, about=about, scope=scope, person=person)
    return kept.id


def replay(desk: Desk, id: DecisionId) -> Kept:
    """Decide a kept decision again by the table of then, and return it.

    Raises `NotFound`, `ReplayDiffers` when it does not come out the same.
    """
    rules = Rules(desk)
    kept = rules.decision(id)
    spec = rules.table(kept.table, kept.version)
    rows = answering(spec, decode(bytes(kept.inputs), dict[str, Any]), kept.on)
    same = tuple(row.id for row in rows) == kept.rows
    if not same or encode([row.then for row in rows]) != bytes(kept.outcomes):
        raise errors.ReplayDiffers(kept.table, kept.rows, kept.on)
    return kept


def decisions_about(desk: Desk, about: str) -> list[Kept]:
    """Return what was decided about a case, oldest first."""
    return Rules(desk).decisions_about(about)


def factor(desk: Desk, name: str, on: date, scope: str) -> Factor:
    """Return the factor that holds there on that day, the nearest scope before wider ones.

    Raises `FactorUnknown`.
    """
    found = Rules(desk).factor(name, on, scope)
    if found is None:
        raise errors.FactorUnknown(name, on, scope)
    return found


def factor_by_id(desk: Desk, id: FactorId) -> Factor:
    """Return the very value a figure cites. Raises `NotFound`."""
    return Rules(desk).factor_by_id(id)


def factors(desk: Desk) -> list[Factor]:
    """Return every value ever set, by name, scope and day."""
    return Rules(desk).factors()


def set_factor(desk: Desk, row: FactorRow, *, corrects: FactorId | None = None) -> FactorId:
    """Give a factor a new value from a day on; the same again changes nothing.

    The day must be later than that of the last value for exactly this scope, unless the new value
    `corrects` a wrong one. Raises `FactorNotAfter`, `NotAllowed`, `NotFound`.
    """
    desk.may("rule.set_factor", scope=row.scope)
    rules = Rules(desk)
    latest = rules.latest(row.name, row.scope)
    if latest is not None and latest.row == row:
        return latest.id
    _check_follows(rules, latest, row, corrects)
    stated = {field: getattr(row, field) for field in FactorRow.__struct_fields__}
    new = Factor(**stated, id=desk.ids.new(FactorId), recorded_at=desk.now(), corrects=corrects)
    rules.add_factor(new)
    told = facts.FactorSet(factor=new.id, corrects=corrects, reaches=row.scope, **_public(stated))
    desk.tell(told, about=new.id, scope=row.scope or NATIONWIDE)
    return new.id


def _public(stated: dict[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in stated.items() if field != "scope"}


def _check_follows(
    rules: Rules, latest: Factor | None, row: FactorRow, corrects: FactorId | None
) -> None:
    if corrects is not None:
        wrong = rules.factor_by_id(corrects)
        if (wrong.name, wrong.scope, wrong.valid_from) == (row.name, row.scope, row.valid_from):
            return
    elif latest is None or row.valid_from > latest.valid_from:
        return
    raise errors.FactorNotAfter(row.name, latest.valid_from if latest else row.valid_from)
