"""Any form, filled in: plain values that fit it, visibly made up."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from zhouqiao.platform.document.form import Field, FormSpec, Kind

T = TypeVar("T")
SOON = timedelta(days=20)
Choose = Callable[[Sequence[Any]], Any]
"""Picks one of several: a seeded die, or hypothesis, which can find the shortest way to a fault."""


def filled(form: FormSpec, choose: Choose, now: datetime) -> dict[str, Any]:
    """Return a body that fits the form; what may be left out is so half of the time.

    A file always is: it would have to be brought first.
    """
    return _record(form.fields, choose, now)


def _record(fields: tuple[Field, ...], choose: Choose, now: datetime) -> dict[str, Any]:
    return {
        field.name: _field(field, choose, now)
        for field in fields
        if field.required or (field.kind is not Kind.FILE and choose([False, True]))
    }


def _field(field: Field, choose: Choose, now: datetime) -> Any:
    if not field.many:
        return _value(field, choose, now)
    least = max(field.fewest, 1)
    often = choose(list(range(least, min(field.often, least + 1) + 1)))
    return [_value(field, choose, now) for _ in range(often)]


def _value(field: Field, choose: Choose, now: datetime) -> Any:
    if field.unit is not None:
        return {field.unit: _number(field, choose)}
    if field.kind is Kind.RECORD:
        return _record(field.fields, choose, now)
    ways: dict[Kind, Callable[[], Any]] = {
        Kind.NUMBER: lambda: _number(field, choose),
        Kind.WHOLE: lambda: int(Decimal(_number(field, choose))),
        Kind.TEXT: lambda: "样" * choose([max(field.shortest, 1), field.longest]),
        Kind.CHOICE: lambda: choose(list(field.options)),
        Kind.FLAG: lambda: choose([False, True]),
    }
    if field.kind in (Kind.DATE, Kind.TIME):
        now = choose([now, now + SOON])
    return ways[field.kind]() if field.kind in ways else _simple(field, now)


def _number(field: Field, choose: Choose) -> str:
    least = Decimal(field.least or "0")
    most = Decimal(field.most) if field.most is not None else least + 100
    step = Decimal(field.step or "1")
    return str(choose([least, most, min(least + step, most)]))


def _simple(field: Field, now: datetime) -> Any:
    match field.kind:
        case Kind.DATE:
            return now.date().isoformat()
        case Kind.TIME:
            return now.isoformat()
        case Kind.POINT:
            return {"lon": 121.655, "lat": 28.612}
        case Kind.SIGNATURE:
            return {
                "role": "sample", "person": "person_sample", "name": "江示例",
                "strokes": "M0 0L9 9", "signed_at": now.isoformat(), "covers": "0" * 64,
            }  # fmt: skip
    return f"{field.prefix}_{'0' * 64 if field.kind is Kind.FILE else 'sample'}"
