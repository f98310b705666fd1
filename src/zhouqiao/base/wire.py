"""How values travel: one JSON, in which equal values have equal bytes."""

import hashlib
from typing import Any, TypeVar

import msgspec

from zhouqiao.base.ids import Id
from zhouqiao.base.refusal import Invalid

T = TypeVar("T")


def _plain(value: object) -> object:
    if isinstance(value, str):  # an Id: msgspec wants the bare string
        return str(value)
    raise NotImplementedError(f"{type(value).__name__} does not travel")


def _typed(kind: type, raw: object) -> object:
    if issubclass(kind, Id) and isinstance(raw, str):
        return kind(raw)
    raise NotImplementedError(f"{kind.__name__} does not travel")


_encoder = msgspec.json.Encoder(enc_hook=_plain, order="deterministic", decimal_format="string")


def encode(value: object) -> bytes:
    """Return canonical JSON: keys sorted, decimals as strings, times in ISO 8601 UTC."""
    return _encoder.encode(value)


def decode(raw: bytes | str, kind: type[T]) -> T:
    """Read JSON as `kind`. Raises `Invalid` naming the field that does not fit."""
    try:
        return msgspec.json.decode(raw, type=kind, dec_hook=_typed)
    except msgspec.ValidationError as wrong:
        said, _, where = str(wrong).partition(" - at ")
        raise Invalid(where.strip("`$.") or "body", "shape", said=said) from wrong
    except msgspec.DecodeError as wrong:
        raise Invalid("body", "not_json", said=str(wrong)) from wrong


def to_plain(value: object) -> Any:
    """Return the same value as dicts, lists, strings and numbers."""
    return msgspec.to_builtins(value, enc_hook=_plain, order="deterministic")


def digest(value: object) -> str:
    """Return the SHA-256 of the canonical JSON, in hex."""
    return hashlib.sha256(encode(value)).hexdigest()
