"""Between a clean body and what may be told: personal values apart, records whole."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, get_args, get_origin

import msgspec

from zhouqiao.base import Id, Personal
from zhouqiao.platform.document.form.spec import Field, FormSpec, Kind

R = TypeVar("R")

WITHHELD = "‹personal›"
"""What a rule reads where a record holds only the commitment to a personal value."""


def split_personal(
    spec: FormSpec, clean: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a fact may hold, and the personal values by their path (`crew[0].phone`).

    In the first the personal fields are left out: their commitment is the store's to put there.
    """
    personal: dict[str, Any] = {}
    return _without(spec.fields, clean, "", personal), personal


def _without(
    fields: tuple[Field, ...], clean: Mapping[str, Any], at: str, personal: dict[str, Any]
) -> dict[str, Any]:
    public: dict[str, Any] = {}
    for field in (f for f in fields if f.name in clean):
        value = clean[field.name]
        if field.personal is not None:
            personal[at + field.name] = value
        elif field.kind is Kind.RECORD:
            parts = [_without(field.fields, v, p, personal) for v, p in _each(field, value, at)]
            public[field.name] = parts if field.many else parts[0]
        else:
            public[field.name] = value
    return public


def _each(field: Field, value: Any, at: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    if not field.many:
        yield value, f"{at}{field.name}."
        return
    for i, item in enumerate(value):
        yield item, f"{at}{field.name}[{i}]."


def files_in(spec: FormSpec, clean: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each file a clean body names, and what it must be."""
    yield from _files(spec.fields, clean)


def _files(
    fields: tuple[Field, ...], clean: Mapping[str, Any]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for field in (f for f in fields if f.name in clean):
        values = clean[field.name] if field.many else [clean[field.name]]
        for value in values:
            if field.kind is Kind.FILE:
                yield value, field.media
            elif field.kind is Kind.RECORD:
                yield from _files(field.fields, value)


def as_record(kind: type[R], clean: Mapping[str, Any]) -> R:
    """Return the clean body as the record class it was declared by."""
    return msgspec.convert(clean, kind, dec_hook=_typed)


def _typed(kind: Any, raw: object) -> object:
    if get_origin(kind) is Personal or kind is Personal:
        if isinstance(raw, Mapping):  # a commitment: the value lies elsewhere
            return Personal(WITHHELD)
        inner = get_args(kind)[0] if get_args(kind) else object
        return Personal(msgspec.convert(raw, inner, dec_hook=_typed))
    if isinstance(kind, type) and issubclass(kind, Id) and isinstance(raw, str):
        return kind(raw)
    raise NotImplementedError(f"{kind} is not asked for by any form")
