"""What may be asked of each input, by the type the pack gave it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from zhouqiao.base import Quantity, to_plain
from zhouqiao.platform.rule.table.shape import Input, Kind, Test, Value

_FROM = {"from": False, "above": True}
_TO = {"below": False, "up_to": True}


class NoInput(TypeError):
    """A type no table can ask about (a float is not exact; a list is not one value)."""


@dataclass(frozen=True)
class Reader:
    """Reads the tests of one input; `kind` is the pack's own type."""

    given: Input
    kind: Any

    def test(self, asked: Any) -> Test:
        """Return the test that is meant. Raises `ValueError`, `msgspec.ValidationError`."""
        if isinstance(asked, Mapping) and asked and asked.keys() <= _FROM.keys() | _TO.keys():
            return self._range(asked)
        values = asked if isinstance(asked, list) else [asked]
        if not values:
            raise ValueError("nothing_listed")
        return Test(any_of=tuple(self._text(one) for one in values))

    def _range(self, asked: Mapping[str, Any]) -> Test:
        if self.given.kind not in (Kind.NUMBER, Kind.DAY):
            raise ValueError("range_of_what_has_no_order")
        low = [key for key in asked if key in _FROM]
        high = [key for key in asked if key in _TO]
        if len(low) > 1 or len(high) > 1:
            raise ValueError("two_limits_on_one_side")
        test = Test(
            low=self._text(asked[low[0]]) if low else None,
            high=self._text(asked[high[0]]) if high else None,
            above=bool(low) and _FROM[low[0]],
            up_to=bool(high) and _TO[high[0]],
        )
        self._check_holds_any(test)
        return test

    def _check_holds_any(self, test: Test) -> None:
        if test.low is None or test.high is None:
            return
        low: Any = self.given.read(test.low)
        high: Any = self.given.read(test.high)
        if low > high or (low == high and (test.above or not test.up_to)):
            raise ValueError("empty_range")

    def _text(self, one: Any) -> str:
        if isinstance(one, float):
            raise ValueError("float_is_not_exact")  # noqa: TRY004  (told with the others)
        value: Value | None = self.given.value(to_plain(msgspec.convert(one, self.kind)))
        if value is None:
            raise ValueError("no_value")
        if isinstance(value, bool):
            return "true" if value else "false"
        return value.isoformat() if isinstance(value, date) else str(value)


def readers(inputs: type[msgspec.Struct]) -> dict[str, Reader]:
    """Return a reader for each field. Raises `NoInput` for a type no table can ask about."""
    hints = get_type_hints(inputs, include_extras=True)
    return {
        field: Reader(_input(field, hints[field]), hints[field])
        for field in inputs.__struct_fields__
    }


def _input(field: str, kind: Any) -> Input:
    if get_origin(kind) is Annotated:
        inner, *metas = get_args(kind)
        return _bounded(_input(field, inner), metas)
    if get_origin(kind) in (Union, UnionType):
        return _input(field, _only(field, [a for a in get_args(kind) if a is not type(None)]))
    if get_origin(kind) is Literal:
        return Input(kind=Kind.TEXT, members=tuple(str(a) for a in get_args(kind)))
    if isinstance(kind, type) and not issubclass(kind, datetime):
        for known, made in _KINDS.items():
            if issubclass(kind, known):
                return made(kind)
    raise NoInput(f"{field}: no_table_asks_about {kind}")


def _only(field: str, kinds: list[Any]) -> Any:
    if len(kinds) != 1:
        raise NoInput(f"{field}: one_type_at_a_time")
    return kinds[0]


def _bounded(given: Input, metas: list[Any]) -> Input:
    for meta in metas:
        if isinstance(meta, msgspec.Meta):
            low = given.low if meta.ge is None else Decimal(str(meta.ge))
            high = given.high if meta.le is None else Decimal(str(meta.le))
            given = msgspec.structs.replace(given, low=low, high=high)
    return given


_KINDS: dict[type, Callable[[Any], Input]] = {
    Quantity: lambda of: Input(kind=Kind.NUMBER, unit=of.unit, low=Decimal(0)),
    Enum: lambda of: Input(kind=Kind.TEXT, members=tuple(str(m.value) for m in of)),
    bool: lambda _: Input(kind=Kind.FLAG),
    str: lambda _: Input(kind=Kind.TEXT),
    int: lambda _: Input(kind=Kind.NUMBER, whole=True),
    Decimal: lambda _: Input(kind=Kind.NUMBER),
    date: lambda _: Input(kind=Kind.DAY),
}
