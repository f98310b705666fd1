"""From a record class to its specification."""

import types
import typing
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec

from zhouqiao.base import Id, Personal, Point, Quantity
from zhouqiao.platform.document.declare import (
    Bounds,
    File,
    Grade,
    HandSignature,
    Hint,
    Length,
    Media,
    Record,
)
from zhouqiao.platform.document.form.spec import QUANTITIES, Field, FormSpec, Kind

_PLAIN: dict[type, Kind] = {
    **{kind: name for name, kind in QUANTITIES.items()},
    str: Kind.TEXT,
    bool: Kind.FLAG,
    int: Kind.WHOLE,
    Decimal: Kind.NUMBER,
    date: Kind.DATE,
    datetime: Kind.TIME,
    Point: Kind.POINT,
    File: Kind.FILE,
    HandSignature: Kind.SIGNATURE,
}


def form_of(record: type) -> FormSpec:
    """Return the plain form of a `@record` class.

    Raises `TypeError`, in words for the pack's author, for a type no form can ask for or a bound
    in the wrong unit.
    """
    if not issubclass(record, Record):
        raise TypeError(f"{record.__name__} is no record; write @record above it")
    doc = (record.__doc__ or "").strip().split("\n", 1)[0]
    return FormSpec(name=_snake(record.__name__), doc=doc, fields=_fields(record))


def _fields(record: type) -> tuple[Field, ...]:
    hints = typing.get_type_hints(record, include_extras=True)
    names: Iterable[str] = record.__struct_fields__  # type: ignore[attr-defined]
    optional = _with_default(record)
    return tuple(
        _Reading(f"{record.__name__}.{name}").field(name, hints[name], name not in optional)
        for name in names
    )


def _with_default(record: type) -> set[str]:
    return {f.name for f in msgspec.structs.fields(record) if not f.required}


def _snake(name: str) -> str:
    return "".join("_" + c.lower() if c.isupper() and i else c.lower() for i, c in enumerate(name))


class _Reading:
    """The reading of one annotation; wrappers are peeled from the outside in."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.meta: list[object] = []
        self.required = True
        self.many = False
        self.personal: int | None = None

    def field(self, name: str, hint: Any, required: bool) -> Field:  # noqa: FBT001
        """Return the field that `hint` asks for."""
        bare = self._peel(hint)
        kind = self._kind(bare)
        owner, _, _ = self.where.partition(".")
        return Field(
            name=name,
            kind=kind,
            label=f"{_snake(owner)}.{name}",
            required=required and self.required,
            many=self.many,
            personal=self.personal,
            **self._limits(bare, kind),
            **self._nature(bare, kind),
            **self._hints(bare, kind),
        )

    def _peel(self, hint: Any) -> type:
        origin, args = get_origin(hint), get_args(hint)
        if origin is Annotated:
            self.meta += args[1:]
            return self._peel(args[0])
        if origin in (Union, types.UnionType):
            return self._peel_optional(args)
        if origin is Personal:
            self.personal = next((m.level for m in self.meta if isinstance(m, Grade)), 3)
            return self._peel(args[0])
        if origin in (tuple, list) and not self.many:
            self.many = True
            return self._peel(args[0])
        if isinstance(hint, type) and origin is None:
            return hint
        raise TypeError(f"{self.where}: no form can ask for {hint}")

    def _peel_optional(self, args: tuple[Any, ...]) -> type:
        rest = [a for a in args if a is not type(None)]
        if len(rest) != 1 or len(rest) == len(args):
            raise TypeError(f"{self.where}: ask for one type, or for `X | None`")
        self.required = False
        return self._peel(rest[0])

    def _kind(self, bare: type) -> Kind:
        if bare in _PLAIN:
            return _PLAIN[bare]
        for base, kind in (
            (StrEnum, Kind.CHOICE),
            (Record, Kind.RECORD),
            (Id, Kind.REFERENCE),
        ):
            if issubclass(bare, base):
                return kind
        raise TypeError(f"{self.where}: no form can ask for {bare.__name__}")

    def _limits(self, bare: type, kind: Kind) -> dict[str, Any]:
        told: dict[str, Any] = {}
        for meta in self.meta:
            if isinstance(meta, Bounds):
                told |= {
                    "least": self._bound(meta.least, bare),
                    "most": self._bound(meta.most, bare),
                }
            elif isinstance(meta, Length) and kind is Kind.TEXT and not self.many:
                told |= {"shortest": meta.least, "longest": meta.most}
            elif isinstance(meta, Length):
                told |= {"fewest": meta.least, "often": meta.most}
        return told

    def _bound(self, bound: object, bare: type) -> str | None:
        if bound is None:
            return None
        if isinstance(bound, Quantity):
            if type(bound) is not bare:
                raise TypeError(f"{self.where}: bounds in {bound.unit} on a {bare.__name__}")
            return str(bound.amount)
        if not (issubclass(bare, Quantity) or bare in (int, Decimal)):
            raise TypeError(f"{self.where}: a {bare.__name__} has no bounds")
        return str(Decimal(str(bound)))

    def _nature(self, bare: type, kind: Kind) -> dict[str, Any]:
        if kind is Kind.RECORD:
            return {"fields": _fields(bare)}
        if issubclass(bare, Quantity):
            return {"unit": bare.unit, "step": str(bare.step)}
        if issubclass(bare, StrEnum):
            return {
                "options": tuple(option.value for option in bare),
                "choice": _snake(bare.__name__),
            }
        if kind is Kind.FILE:
            media = tuple(m.value for m in self.meta if isinstance(m, Media))
            return {"prefix": File.prefix, "media": media}
        return {"prefix": bare.prefix} if issubclass(bare, Id) else {}

    def _hints(self, bare: type, kind: Kind) -> dict[str, Any]:
        hint = next((meta for meta in self.meta if isinstance(meta, Hint)), Hint())
        if hint.places and kind is not Kind.POINT:
            raise TypeError(f"{self.where}: known places are offered for a Point only")
        if (hint.known or hint.names) and (kind is not Kind.TEXT or self.many):
            raise TypeError(f"{self.where}: what is known fills a text only")
        if wrong := [str(one) for one in hint.icons if one not in self._options(bare)]:
            raise TypeError(f"{self.where}: {wrong[0]!r} is no option an icon could stand beside")
        if wrong := [str(q) for q in hint.usual.values() if type(q) is not bare]:
            raise TypeError(f"{self.where}: {wrong[0]} is usual of another quantity")
        return {
            "known": hint.known,
            "places": hint.places,
            "names": hint.names,
            "icons": {str(option): icon.value for option, icon in hint.icons.items()},
            "usual": {str(option): str(one.amount) for option, one in hint.usual.items()},
        }

    def _options(self, bare: type) -> tuple[str, ...]:
        return tuple(bare) if issubclass(bare, StrEnum) else ()
