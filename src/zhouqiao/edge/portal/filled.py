"""What a browser sends of a form, read into the record its fields declare; with no script at all.

A field is sent under its path, as faults name it: `lamp`, `place.lon`, `owner.name`,
`parts[0].size`. Amounts beside a choice ("tiles") are sent as the chosen options under the
field's path, and each amount under `<path>.<option>`. Nothing is judged here: `check_form` does.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from zhouqiao.edge.portal.format import SHANGHAI
from zhouqiao.platform.document.form import Field, Kind

HERE = "here"
BLOCKS = 3  # empty places for items of a list, where a page has no script to add one
UNSAID: tuple[Any, ...] = (None, "", [], {})
Sent = Mapping[str, Sequence[str]]


class Spot(NamedTuple):
    """A known place: its name for people, and where it is."""

    name: str
    lon: float
    lat: float


class About(NamedTuple):
    """What need not be sent: what is known of whoever asks, and the known places by id."""

    known: Mapping[str, str]
    spots: Mapping[str, Spot]


def record_of(fields: Sequence[Field], sent: Sent, about: About, at: str = "") -> dict[str, Any]:
    """Return the record a browser filled in; what was left empty is left out."""
    found = {one.name: _value(one, sent, about, at) for one in fields}
    return {name: value for name, value in found.items() if value not in UNSAID}


def tiles(field: Field) -> tuple[Field, Field] | None:
    """Return the choice and the amount of a list that is a choice with an amount each."""
    if field.kind is not Kind.RECORD or not field.many:
        return None
    choices = [one for one in field.fields if one.kind is Kind.CHOICE and not one.many]
    amounts = [one for one in field.fields if one.unit and not one.many]
    rest = [one for one in field.fields if one.required and one not in (*choices, *amounts)]
    return (choices[0], amounts[0]) if len(choices) == len(amounts) == 1 and not rest else None


def blocks(field: Field, sent: Sent, at: str) -> Iterator[str]:
    """Yield the paths of the items a list of records is asked by: those filled, and empty ones."""
    filled = [n for n in range(field.often) if any(k.startswith(f"{at}[{n}].") for k in sent)]
    for n in range(min(field.often, max(BLOCKS, field.fewest, len(filled)))):
        yield f"{at}[{n}]"


def last(sent: Sent, path: str) -> str:
    """Return what was sent under a path: the last of it, as it may stand there twice."""
    return sent[path][-1].strip() if sent.get(path) else ""


def _value(field: Field, sent: Sent, about: About, at: str) -> Any:
    path = at + field.name
    if field.kind in (Kind.RECORD, Kind.POINT):
        read = _records if field.kind is Kind.RECORD else _point
        return read(field, sent, about, path)
    if field.names:
        spot = about.spots.get(last(sent, at + field.names))
        return spot.name[: field.longest] if spot else ""
    if field.many:
        return _several(field, sent, path)
    return about.known.get(field.known) or _plain(field, last(sent, path))


def _records(field: Field, sent: Sent, about: About, path: str) -> Any:
    if both := tiles(field):
        choice, amount = both
        return [
            {choice.name: one, amount.name: last(sent, f"{path}.{one}") or amount.usual.get(one)}
            for one in dict.fromkeys(sent.get(path, ()))
        ]
    if field.many:
        items = (_said(field, sent, about, at) for at in blocks(field, sent, path))
        return [one for one in items if one]
    return _said(field, sent, about, path)


def _said(field: Field, sent: Sent, about: About, at: str) -> dict[str, Any]:
    """Return one record, empty where nothing of it was said but boxes left unticked."""
    found = record_of(field.fields, sent, about, f"{at}.")
    return found if any(value is not False for value in found.values()) else {}


def _point(_: Field, sent: Sent, about: About, path: str) -> dict[str, Any]:
    spot = about.spots.get(last(sent, path))
    if spot is not None:
        return {"lon": spot.lon, "lat": spot.lat}
    said = {name: last(sent, f"{path}.{name}") for name in ("lon", "lat", "accuracy")}
    return {name: value for name, value in said.items() if value}


def _several(field: Field, sent: Sent, path: str) -> list[Any]:
    """Return a list: an option or file each, or one a line."""
    lines = (line for one in sent.get(path, ()) for line in one.splitlines())
    return [_plain(field, line.strip()) for line in lines if line.strip()]


def _plain(field: Field, said: str) -> Any:
    if field.kind is Kind.FLAG:
        return said in ("on", "true")
    if field.kind is Kind.TIME and said:
        return _local(said)
    return said


def _local(said: str) -> str:
    """Return a moment on the wall clock with its time zone; what is no moment as it is."""
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return said
    return moment.isoformat() if moment.tzinfo else moment.replace(tzinfo=SHANGHAI).isoformat()
