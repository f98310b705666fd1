"""Every row behind a figure of the duty officer's day."""

from collections.abc import Mapping

from zhouqiao.base import NotFound
from zhouqiao.edge.portal.pages import command
from zhouqiao.edge.portal.show.command import Spoken
from zhouqiao.edge.portal.show.figures import NAMES, ROWS, WAYS, explained, named, on_duty
from zhouqiao.edge.portal.show.parts import word
from zhouqiao.edge.portal.show.title import titles
from zhouqiao.flow import case as cases
from zhouqiao.flow import ledger
from zhouqiao.flow.indicator import Explanation, Reading
from zhouqiao.store import Desk


def rows(desk: Desk, spoken: Spoken, name: str) -> command.Rows:
    """Return every row behind a figure. Raises `NotFound`."""
    if name not in NAMES:
        raise NotFound("figure", name)
    label = spoken.page(f"command.figure.label.{name}")
    if name == "units":
        return command.Rows(
            name=name,
            title=label,
            value_word=spoken.page("command.row.seen"),
            rows=_unit_rows(desk, spoken),
        )
    if name == "differences":
        return command.Rows(
            name=name, title=label, value_word="kg", rows=_difference_rows(desk, spoken)
        )
    one = named(desk, WAYS[name])
    if one is None:
        raise NotFound("figure", name)
    told = explained(desk, one)
    word_ = spoken.page(f"command.row.value.{told.figure.way}")
    found = tuple(_reading_rows(desk, spoken, told, only_past=name == "share"))
    return command.Rows(
        name=name,
        title=word(spoken.pack, f"{one.pack}.indicator.{one.spec.name}"),
        value_word=word_,
        rows=found,
    )


def _reading_rows(
    desk: Desk, spoken: Spoken, told: Explanation, *, only_past: bool
) -> list[command.Row]:
    found = {str(c.id): c for c in cases.get_many(desk, sorted({r.case for r in told.readings}))}
    said = titles(desk, spoken.pack, found.values())
    promise = told.figure.promise
    return [
        command.Row(
            id=r.case,
            code=found[r.case].code,
            what=said[r.case],
            at=r.at,
            value=_reading(spoken, told, r),
            past=promise is not None and r.value > promise,
        )
        for r in told.readings
        if r.case in found and not (only_past and promise is not None and r.value <= promise)
    ]


def _reading(spoken: Spoken, told: Explanation, one: Reading) -> str:
    if told.figure.way == "typical":
        return spoken.format.stopwatch(round(one.value * 60))
    return spoken.format.number(one.value, 2 if told.figure.way == "total" else 0)


def _unit_rows(desk: Desk, spoken: Spoken) -> tuple[command.Row, ...]:
    duty, heard = on_duty(desk)
    return tuple(
        command.Row(
            id="",
            code=one.name,
            what=spoken.format.position(*one.at),
            at=one.seen_at,
            value=spoken.format.age(int((desk.now() - one.seen_at).total_seconds())),
            counted=one in heard,
            why_not=""
            if one in heard
            else spoken.page(f"command.row.{'never' if one.never else 'silent'}"),
        )
        for one in duty
    )


def _difference_rows(desk: Desk, spoken: Spoken) -> tuple[command.Row, ...]:
    found = ledger.differences(desk, limit=ROWS)
    held = {
        str(c.id): c for c in cases.get_many(desk, sorted({one.case for one in found if one.case}))
    }
    listed = titles(desk, spoken.pack, held.values())
    return tuple(
        command.Row(
            id=one.case or "",
            code=held[one.case].code if one.case in held else one.id,
            what=_said(spoken, held.get(one.case or ""), listed, one),
            at=one.found_at,
            value=spoken.page(
                "command.row.stated",
                a=spoken.format.number(one.stated, 2),
                b=spoken.format.number(one.found, 2),
            ),
        )
        for one in found
    )


def _said(
    spoken: Spoken, case: cases.Case | None, listed: Mapping[str, str], one: ledger.Difference
) -> str:
    pack = one.book.partition(".")[0] if "." in one.book else (case.pack if case else "")
    said = word(spoken.pack, f"{pack}.option.{one.kind}")
    return said if case is None else f"{listed[case.id]} · {said}"
