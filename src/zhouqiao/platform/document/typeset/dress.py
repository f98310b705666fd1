"""Plain values dressed for print: local time, steps, 大写, positions with their datum."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from html import escape
from typing import Any

from zhouqiao.platform.document.form import Field, Kind
from zhouqiao.platform.document.form.spec import QUANTITIES
from zhouqiao.platform.document.typeset.numerals import upper_case, upper_money

CHINA = timezone(timedelta(hours=8))  # GB/T 7408: one legal time, without summer time
_DATUMS = {"WGS84": "WGS 84", "GCJ02": "GCJ-02", "BD09": "BD-09"}


def local(moment: datetime | str) -> dict[str, str]:
    """Return a moment in China's legal time: `date`, `time`, `clock` (08:46), `day` (in words)."""
    at = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(CHINA)
    return {
        "date": f"{at:%Y-%m-%d}",
        "time": f"{at:%H:%M:%S}",
        "clock": f"{at:%H:%M}",
        "zh": f"{at.year} 年 {at.month} 月 {at.day} 日",
        "en": f"{at.day} {at:%B} {at.year}",
    }


def dress(fields: tuple[Field, ...], clean: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body as a template reads it; what was left out is left out."""
    return {f.name: _field(f, clean[f.name]) for f in fields if f.name in clean}


def _field(field: Field, value: Any) -> Any:
    return [_value(field, v) for v in value] if field.many else _value(field, value)


def _value(field: Field, value: Any) -> Any:
    if field.kind in QUANTITIES:
        return _quantity(field, value)
    if field.kind is Kind.RECORD:
        return dress(field.fields, value)
    if field.kind is Kind.TIME:
        return local(value)
    return _position(value) if field.kind is Kind.POINT else value


def _quantity(field: Field, value: Mapping[str, str]) -> dict[str, str]:
    exact = Decimal(value[field.unit or ""])
    number = exact.quantize(Decimal(field.step or 1), ROUND_HALF_UP)
    upper = upper_money(number) if field.kind is Kind.MONEY else upper_case(number)
    return {"shown": f"{number:,f}", "upper": upper, "unit": field.unit or ""}


def _position(point: Mapping[str, Any]) -> dict[str, str]:
    lon, lat = float(point["lon"]), float(point["lat"])
    datum = str(point.get("datum", "WGS84"))
    within = f"±{point['accuracy']:g} m" if point.get("accuracy") is not None else ""
    said = _DATUMS.get(datum, datum)
    ns, ew = ("北纬" if lat >= 0 else "南纬"), ("东经" if lon >= 0 else "西经")
    n, e = ("N" if lat >= 0 else "S"), ("E" if lon >= 0 else "W")
    zh = f"{ns} {abs(lat):.4f}°，{ew} {abs(lon):.4f}°（{said}{'，' if within else ''}{within}）"
    en = f"{abs(lat):.4f}° {n}, {abs(lon):.4f}° {e} ({said}{', ' if within else ''}{within})"
    return {"zh": zh, "en": en}


def drawing(strokes: str, width: int, height: int) -> str:
    """Return hand-drawn strokes as one SVG of black lines."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {int(width)} {int(height)}">'
        '<path fill="none" stroke="#111" stroke-width="1.35" stroke-linecap="round" '
        f'stroke-linejoin="round" d="{escape(strokes, quote=True)}"/></svg>'
    )
