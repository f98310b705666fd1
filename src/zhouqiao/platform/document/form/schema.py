"""A form as JSON Schema (2020-12), for the OpenAPI document and the offline desk."""

from typing import Any

from zhouqiao.base import Datum
from zhouqiao.platform.document.form.spec import QUANTITIES, Field, FormSpec, Kind

_NUMBER = r"^[0-9]{1,15}(\.[0-9]{1,6})?$"
_SIGNED = r"^-?[0-9]{1,15}(\.[0-9]{1,6})?$"


def json_schema(spec: FormSpec) -> dict[str, Any]:
    """Return the schema of the canonical body; extra keys `x-…` carry unit, label and grade."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": spec.name,
        "description": spec.doc,
        **_object(spec.fields),
    }


def _object(fields: tuple[Field, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {f.name: _field(f) for f in fields},
        "required": [f.name for f in fields if f.required],
        "additionalProperties": False,
    }


def _field(field: Field) -> dict[str, Any]:
    one = _value(field)
    if field.many:
        fewest = max(field.fewest, 1 if field.required else 0)
        one = {"type": "array", "items": one, "minItems": fewest, "maxItems": field.often}
    told = {
        "x-label": field.label,
        "x-kind": field.kind.value,
        "x-personal": field.personal,
        "x-least": field.least,
        "x-most": field.most,
        "x-step": field.step,
    }
    return one | {k: v for k, v in told.items() if v is not None}


def _value(field: Field) -> dict[str, Any]:
    if field.kind in QUANTITIES:
        unit = field.unit or ""
        return {
            "type": "object",
            "properties": {unit: {"type": "string", "pattern": _NUMBER}},
            "required": [unit],
            "additionalProperties": False,
        }
    if field.kind is Kind.RECORD:
        return _object(field.fields)
    if field.kind is Kind.TEXT:
        return {"type": "string", "minLength": field.shortest, "maxLength": field.longest}
    if field.kind is Kind.CHOICE:
        return {"type": "string", "enum": list(field.options)}
    return _SIMPLE.get(field.kind) or {
        "type": "string",
        "pattern": f"^{field.prefix}_[A-Za-z0-9_-]{{1,59}}$",
    }


_TEXTS = ("role", "person", "name", "strokes", "signed_at", "covers")
_SIMPLE: dict[Kind, dict[str, Any]] = {
    Kind.NUMBER: {"type": "string", "pattern": _SIGNED},
    Kind.WHOLE: {"type": "integer"},
    Kind.FLAG: {"type": "boolean"},
    Kind.FILE: {"type": "string", "pattern": "^file_[0-9a-f]{64}$"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.TIME: {"type": "string", "format": "date-time"},
    Kind.POINT: {
        "type": "object",
        "properties": {
            "lon": {"type": "number", "minimum": -180, "maximum": 180},
            "lat": {"type": "number", "minimum": -90, "maximum": 90},
            "datum": {"type": "string", "enum": [d.value for d in Datum]},
            "accuracy": {"type": "number", "minimum": 0, "exclusiveMaximum": 100_000},
        },
        "required": ["lon", "lat"],
        "additionalProperties": False,
    },
    Kind.SIGNATURE: {
        "type": "object",
        "properties": {
            **{t: {"type": "string"} for t in _TEXTS},
            "width": {"type": "integer"},
            "height": {"type": "integer"},
            "key": {"type": ["string", "null"]},
            "mark": {"type": "string", "contentEncoding": "base64"},
        },
        "required": list(_TEXTS),
        "additionalProperties": False,
    },
}
