"""When a legal time runs out, and why; which years it can be counted in."""

from datetime import date, datetime
from pathlib import Path

import msgspec

from zhouqiao.app import settings as told
from zhouqiao.app.node import open_node
from zhouqiao.cli.line import Argument, Call, Command, Misunderstood
from zhouqiao.platform.rule import (
    Deadline,
    LegalClock,
    Unit,
    calendar,
    clock_named,
    clocks,
    deadline,
    enter_year,
)  # fmt: skip
from zhouqiao.platform.rule import told as sentences
from zhouqiao.store import system

LONGEST = 36_500  # a century of days: no legal time is longer, and no count runs out of calendar


def _deadline(call: Call) -> int:
    if call.given.list:
        return _list(call)
    clock, start = _asked(call)
    found = deadline(clock, start)
    first = _first(found, clock, start)
    why = sentences(found, call.words, call.words.__contains__)
    call.answer({"due": first, "why": msgspec.to_builtins(found.why), "said": why}, [first, *why])
    return 0


def _first(found: Deadline, clock: LegalClock, start: date | datetime) -> str:
    """Return the day, or where the clock is exact the moment, in the zone it was asked in."""
    if clock.unit.is_exact and found.due and isinstance(start, datetime):
        return found.due.astimezone(start.tzinfo).isoformat()
    return str(found.day)


def _list(call: Call) -> int:
    named = clocks()
    call.answer(
        {name: {"zh": one.zh, "en": one.en, "basis": one.basis} for name, one in named.items()},
        (
            f"{name:<32} {one.basis:<24} {one.zh if call.words.lang == 'zh' else one.en}"
            for name, one in named.items()
        ),
    )
    return 0


def _asked(call: Call) -> tuple[LegalClock, date | datetime]:
    words, length, unit = call.given.words, call.given.length, call.given.unit
    by_length = length is not None and unit is not None
    if len(words) != (1 if by_length else 2) or (length is None) != (unit is None):
        raise Misunderstood("CLOCK START", " ".join(words) or "-")
    if by_length:
        if not 0 < length <= LONGEST:
            raise Misunderstood("N", str(length))
        clock = LegalClock(name="asked", length=length, unit=Unit(unit))
        return clock, _moment(words[0])
    return clock_named(words[0]), _moment(words[1])


def _moment(text: str) -> date | datetime:
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Misunderstood("START", text) from None
    return moment if moment.tzinfo else moment.astimezone()


def _calendar(call: Call) -> int:
    node = open_node(told.read(), size=2)
    try:
        with node.platform.store.desk(system(str(node.settings.cell))) as desk:
            if call.given.file is not None:
                return _entered(call, enter_year(desk, _text(call.given.file)))
            book = calendar(desk)
    finally:
        node.platform.close()
    known = {"first": min(book.years), "last": max(book.years), "version": book.version}
    call.answer(known, [call.words("cli.calendar.known", **known | {"version": book.version[:12]})])
    return 0


def _text(file: str) -> str:
    try:
        return Path(file).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise Misunderstood("FILE", file) from None


def _entered(call: Call, year: int) -> int:
    call.answer({"year": year}, [call.words("cli.calendar.entered", year=year)])
    return 0


COMMANDS = (
    Command(
        "calendar",
        _calendar,
        "zhouqiao calendar 2027.toml",
        (Argument("file", how={"nargs": "?", "metavar": "FILE"}),),
    ),
    Command(
        "deadline",
        _deadline,
        "zhouqiao deadline penalty_decision 2022-10-18",
        (
            Argument("words", how={"nargs": "*", "metavar": "CLOCK START"}),
            Argument("length", dashed=True, how={"type": int, "metavar": "N"}),
            Argument("unit", dashed=True, how={"choices": ["working", "calendar", "hours"]}),
            Argument("list", flag=True),
        ),
    ),
)
