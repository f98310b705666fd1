"""A plain body held against its form; every fault is told at once, at its field."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from zhouqiao.base import Datum, to_plain
from zhouqiao.platform.document.declare import HandSignature
from zhouqiao.platform.document.errors import FormFaults
from zhouqiao.platform.document.form.spec import QUANTITIES, Field, FormSpec, Kind

_TOLD = 50  # faults listed; a body with more was not filled in by hand
_FINEST = -6  # decimal places kept; finer than any scale on a quay
_BIDI = {chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
_FILE = re.compile(r"file_[0-9a-f]{64}")
_PATH = set("MmLlHhVvCcSsQqTtAaZz0123456789 ,.-+e\n")

Plain = Mapping[str, Any]


class _Fault(Exception):
    def __init__(self, why: str, **slots: object) -> None:
        super().__init__(why)
        self.why = why
        self.slots = slots


def check_form(spec: FormSpec, body: object) -> dict[str, Any]:
    """Return the clean body: known fields only, each in its one canonical spelling.

    Quantities may come bare (`"12.4"`) or by unit (`{"kg": "12.4"}`) and leave by unit. Text is
    inert: nothing in it is read as SQL or markup. Raises `FormFaults` with all faults.
    """
    check = _Check()
    clean = check.record(spec.fields, body, "")
    if check.faults:
        raise FormFaults(spec.name, check.faults[:_TOLD])
    return clean


class _Check:
    """One walk over a body, collecting faults."""

    def __init__(self) -> None:
        self.faults: list[dict[str, Any]] = []

    def record(self, fields: tuple[Field, ...], body: object, at: str) -> dict[str, Any]:
        if not isinstance(body, Mapping):
            self._note(at or "body", "wrong_type", wants="record")
            return {}
        known = {f.name for f in fields}
        for name in [str(n) for n in body if n not in known][:_TOLD]:
            self._note(at + name[:64], "unknown_field")
        said = ((f, self._field(f, body.get(f.name), at + f.name)) for f in fields)
        return {f.name: value for f, value in said if value is not None}

    def _field(self, field: Field, raw: object, at: str) -> Any:
        if raw is None or raw == "" or (isinstance(raw, str) and not raw.strip()):
            if field.required:
                self._note(at, "missing")
            return None
        return self._list(field, raw, at) if field.many else self._value(field, raw, at)

    def _list(self, field: Field, raw: object, at: str) -> Any:
        if not isinstance(raw, list | tuple):
            return self._note(at, "wrong_type", wants="list")
        if len(raw) > field.often:
            return self._note(at, "too_many", limit=field.often)
        if len(raw) < max(field.fewest, 1 if field.required else 0):
            return self._note(at, "too_few", limit=max(field.fewest, 1))
        return [self._value(field, item, f"{at}[{i}]") for i, item in enumerate(raw)]

    def _value(self, field: Field, raw: object, at: str) -> Any:
        if field.kind is Kind.RECORD:
            return self.record(field.fields, raw, at + ".")
        try:
            return _READ[field.kind](field, raw)
        except _Fault as fault:
            return self._note(at, fault.why, **fault.slots)

    def _note(self, at: str, why: str, **slots: object) -> Any:
        self.faults.append({"field": at.rstrip("."), "why": why, **slots})
        return None


def _quantity(field: Field, raw: object) -> dict[str, str]:
    unit = field.unit or ""
    if isinstance(raw, Mapping):
        if set(raw) != {unit}:
            raise _Fault("wrong_unit", unit=unit)
        raw = raw[unit]
    number = _decimal(raw)
    limit = Decimal(field.most) if field.most else QUANTITIES[field.kind].limit
    return {unit: _spelt(_bounded(field, number, Decimal(field.least or 0), limit))}


def _number(field: Field, raw: object) -> str:
    least = Decimal(field.least) if field.least else None
    most = Decimal(field.most) if field.most else Decimal(10) ** 12
    return _spelt(_bounded(field, _decimal(raw), least, most))


def _whole(field: Field, raw: object) -> int:
    number = Decimal(_number(field, raw))
    if number != number.to_integral_value():
        raise _Fault("not_whole")
    return int(number)


def _decimal(raw: object) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        raise _Fault("wrong_type", wants="number")
    text = unicodedata.normalize("NFKC", str(raw)).strip()
    if len(text) > 40 or "_" in text:
        raise _Fault("not_a_number")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise _Fault("not_a_number") from None
    if not number.is_finite():
        raise _Fault("not_a_number")
    return number


def _bounded(field: Field, number: Decimal, least: Decimal | None, most: Decimal) -> Decimal:
    unit = field.unit or ""
    if number < 0 and (least is None or least >= 0) and (field.unit or least is not None):
        raise _Fault("negative", unit=unit)
    if abs(number) > most:
        raise _Fault("too_large", limit=_spelt(most), unit=unit)
    if least is not None and number < least:
        raise _Fault("too_small", limit=_spelt(least), unit=unit)
    if number.normalize().as_tuple().exponent < _FINEST:  # type: ignore[operator]
        raise _Fault("too_fine", places=-_FINEST)
    return number


def _spelt(number: Decimal) -> str:
    return format(number + 0, "f")


def _text(field: Field, raw: object) -> str:
    if not isinstance(raw, str):
        raise _Fault("wrong_type", wants="text")
    text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n")).strip()
    if len(text) > field.longest:
        raise _Fault("too_long", limit=field.longest)
    if len(text) < field.shortest:
        raise _Fault("too_short", limit=field.shortest)
    if not printable(text):
        raise _Fault("control_character")
    return text


def printable(text: str) -> bool:
    """Say whether text is free of control characters, lone surrogates and direction overrides."""
    return not any(_unprintable(c) for c in text)


def is_drawing(strokes: str) -> bool:
    """Say whether text is SVG path data and nothing else, of at most 20,000 characters."""
    return bool(strokes.strip()) and len(strokes) <= 20_000 and set(strokes) <= _PATH


def _unprintable(char: str) -> bool:
    return char in _BIDI or (char not in "\n\t" and unicodedata.category(char) in {"Cc", "Cs"})


def _choice(field: Field, raw: object) -> str:
    if not isinstance(raw, str) or raw not in field.options:
        raise _Fault("not_a_choice", options=list(field.options))
    return str(raw)


def _flag(_: Field, raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    if raw in ("true", "false"):
        return raw == "true"
    raise _Fault("wrong_type", wants="flag")


def _date(_: Field, raw: object) -> str:
    try:
        return date.fromisoformat(str(raw)).isoformat()
    except ValueError:
        raise _Fault("not_a_date") from None


def _time(_: Field, raw: object) -> str:
    try:
        moment = datetime.fromisoformat(str(raw))
    except ValueError:
        raise _Fault("not_a_time") from None
    if moment.tzinfo is None:
        raise _Fault("no_time_zone")
    return moment.isoformat().replace("+00:00", "Z")  # as the wire and devices write it


def _point(_: Field, raw: object) -> dict[str, Any]:
    if not isinstance(raw, Mapping) or not {"lon", "lat"} <= set(raw):
        raise _Fault("wrong_type", wants="point")
    if not set(raw) <= {"lon", "lat", "datum", "accuracy"}:
        raise _Fault("unknown_field")
    lon, lat = _decimal(raw["lon"]), _decimal(raw["lat"])
    if abs(lon) > 180 or abs(lat) > 90:
        raise _Fault("not_on_earth")
    datum = raw.get("datum", Datum.WGS84)
    if datum not in {d.value for d in Datum}:
        raise _Fault("not_a_choice", options=[d.value for d in Datum])
    clean = {"lon": float(lon), "lat": float(lat), "datum": str(datum)}
    if raw.get("accuracy") is None:
        return clean
    accuracy = _decimal(raw["accuracy"])
    if not 0 <= accuracy < 100_000:
        raise _Fault("accuracy")
    return {**clean, "accuracy": float(accuracy)}


def _reference(field: Field, raw: object) -> str:
    prefix = field.prefix or ""
    if not isinstance(raw, str) or not raw.startswith(prefix + "_") or len(raw) > 64:
        raise _Fault("not_a_reference", wants=prefix)
    if not raw.isascii() or not raw.replace("_", "").replace("-", "").isalnum():
        raise _Fault("not_a_reference", wants=prefix)
    return raw


def _file(_: Field, raw: object) -> str:
    if not isinstance(raw, str) or not _FILE.fullmatch(raw):
        raise _Fault("not_a_file")
    return raw


def _signature(_: Field, raw: object) -> Any:
    if isinstance(raw, Mapping) and not set(raw) <= set(HandSignature.__struct_fields__):
        raise _Fault("unknown_field")
    try:
        hand = msgspec.convert(raw, HandSignature)
    except msgspec.ValidationError:
        raise _Fault("wrong_type", wants="signature") from None
    if not is_drawing(hand.strokes) or not (0 < hand.width < 10_000 and 0 < hand.height < 10_000):
        raise _Fault("not_a_drawing")
    texts = (hand.role, hand.person, hand.name, hand.signed_at, hand.covers, hand.key or "")
    if not all(printable(text) and len(text) <= 200 for text in texts):
        raise _Fault("control_character")
    return to_plain(hand)


_READ: dict[Kind, Callable[[Field, object], Any]] = {
    **dict.fromkeys(QUANTITIES, _quantity),
    Kind.NUMBER: _number,
    Kind.WHOLE: _whole,
    Kind.TEXT: _text,
    Kind.CHOICE: _choice,
    Kind.FLAG: _flag,
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.POINT: _point,
    Kind.FILE: _file,
    Kind.REFERENCE: _reference,
    Kind.SIGNATURE: _signature,
}
