"""Where a point lies, and the way by sea."""

from typing import Any

import msgspec

from zhouqiao.cli.line import Argument, Call, Command, point
from zhouqiao.platform.place import NOT_FOR_NAVIGATION, Located, load_atlas, load_sea


def _place(call: Call) -> int:
    found = load_atlas().locate(point(call.given.point))
    call.answer(msgspec.to_builtins(found, enc_hook=str), _told(call, found))
    return 0


def _told(call: Call, found: Located) -> list[str]:
    def line(key: str, /, **slots: object) -> str:
        return call.words(f"cli.place.{key}", **slots)

    lines = [line("county", name=found.county.name, code=found.county.code)]
    if found.may_be:
        lines.append(line("may_be", names="、".join(one.name for one in found.may_be)))
    if found.town:
        lines.append(line("town", name=found.town.name, code=found.town.code))
    if found.grid:
        lines.append(line("made" if found.grid.made else "grid", code=found.grid.code))
    if found.off_km:
        lines.append(line("off", km=f"{found.off_km:.1f}"))
    return lines + [call.words(f"note.{note}") for note in found.notes]


def _route(call: Call) -> int:
    way = load_sea().route(point(call.given.start), point(call.given.end))
    points = [[leg.lon, leg.lat] for leg in way.legs]
    line: dict[str, Any] = {
        "type": "Feature",
        "geometry": {"type": "LineString", "coordinates": points},
        "properties": {"km": round(way.km, 3), "label": way.label},
    }
    read = [
        f"{way.km:.3f}",
        call.words(f"note.place.{NOT_FOR_NAVIGATION}"),
        *(f"{lon:.5f},{lat:.5f}" for lon, lat in points),
    ]
    call.answer(line, [msgspec.json.encode(line).decode()] if call.given.geojson else read)
    return 0


COMMANDS = (
    Command("place", _place, "zhouqiao place 121.655,28.612", (Argument("point"),)),
    Command(
        "route",
        _route,
        "zhouqiao route 121.45,28.68 121.89,28.46",
        (Argument("start"), Argument("end"), Argument("geojson", flag=True)),
    ),
)
