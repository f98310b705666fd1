"""The atlas files, read when first asked for and once a process."""

import csv
import gzip
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import shapely

from zhouqiao.platform.place.sea import (
    Closed,
    Fairway,
    Layers,
    Sea,
    Shoal,
    load_chart,
)

CHART = "sea_chart.npz"


def held(name: str) -> Path:
    """Return where an atlas file lies."""
    return Path(str(files("zhouqiao.platform.place.atlas"))) / name


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of a csv file of the atlas, plain or gzipped."""
    return list(csv.DictReader(_text(name).decode().splitlines()))


@cache
def features(name: str) -> list[dict[str, Any]]:
    """Return the features of a GeoJSON file of the atlas, plain or gzipped."""
    found: list[dict[str, Any]] = msgspec.json.decode(_text(name))["features"]
    return found


@cache
def coast() -> Sequence[shapely.Polygon]:
    """Return the charted land, in degrees, WGS 84: 1,301 polygons of GSHHG 2.3."""
    rings = [one["geometry"]["coordinates"][0] for one in features("coast.geojson.gz")]
    return tuple(shapely.Polygon(ring) for ring in rings)


@cache
def load_sea() -> Sea:
    """Return the waters off Taizhou, 120.9–122.9 E, 27.9–29.4 N."""
    return Sea(load_chart(held(CHART)), coast)


@cache
def charted_layers(*, closed: tuple[Closed, ...] = (), draught_m: float | None = None) -> Layers:
    """Return the assumed fairways and shoals of the atlas, with areas closed today."""
    shapes = [(one["properties"], _line(one["geometry"])) for one in features("sea_layers.geojson")]
    return Layers(
        closed=closed,
        shoals=tuple(
            Shoal(said["name"], line[:-1], said["depth_m"], said["assumed"])
            for said, line in shapes
            if said["layer"] == "shoal"
        ),
        fairways=tuple(
            Fairway(said["name"], line, said["weight"], said["assumed"])
            for said, line in shapes
            if said["layer"] == "fairway"
        ),
        draught_m=draught_m,
    )


def _line(geometry: dict[str, Any]) -> tuple[tuple[float, float], ...]:
    at = geometry["coordinates"]
    return tuple((lon, lat) for lon, lat in (at[0] if geometry["type"] == "Polygon" else at))


def _text(name: str) -> bytes:
    raw = held(name).read_bytes()
    return gzip.decompress(raw) if name.endswith(".gz") else raw
