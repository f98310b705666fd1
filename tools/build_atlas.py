"""Make the atlas files from their sources: `python tools/build_atlas.py SOURCES [divisions …]`.

SOURCES holds `admin-divisions/`, `boundaries/` and `coastline/`, described in the NOTICE beside
the atlas files. Run only when a source changes: what it makes is kept. About a minute.
"""

import argparse
import csv
import gzip
import io
import json
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from zhouqiao.platform.place.earth.datum import wgs_from_gcj

ATLAS = Path(str(files("zhouqiao.platform.place.atlas")))
TOLERANCE = 0.0004  # degrees, about 40 m
RAILS = 0.01  # degrees between the points a county is sampled at
Floats = npt.NDArray[np.float64]


def main() -> None:
    """Make what was asked, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", type=Path)
    parser.add_argument("what", nargs="*", choices=[*MAKERS, []], default=[])
    asked = parser.parse_args()
    for what in asked.what or MAKERS:
        print(what, MAKERS[what](asked.sources))


def divisions(sources: Path) -> str:
    """Write codes and names, province to village, of Zhejiang."""
    folder = sources / "admin-divisions"
    names = ("provinces", "cities", "areas", "streets_zhejiang", "villages_zhejiang")
    rows = [(row[0], row[1]) for name in names for row in _rows(folder / f"{name}.csv")]
    ours = sorted(row for row in rows if row[0].startswith("33"))
    return _write("divisions.csv.gz", _table(["code", "name"], ours))


def coast(sources: Path) -> str:
    """Write the coastline as it is given."""
    text = (sources / "coastline" / "east_china_coast_gshhg.geojson").read_text()
    return _write("coast.geojson.gz", json.dumps(json.loads(text), separators=(",", ":")))


def counties(sources: Path) -> str:
    """Write the county polygons, on WGS 84, mended, simplified together, with today's codes."""
    given = [
        feature
        for path in sorted((sources / "boundaries").glob("*.geojson"))
        for feature in json.loads(path.read_text())["features"]
    ]
    shapes = [_mended(shapely.from_geojson(json.dumps(one["geometry"]))) for one in given]
    plain = shapely.set_precision(shapely.coverage_simplify(shapes, TOLERANCE), 0.00001)
    features = [_county(one, shape) for one, shape in zip(given, plain, strict=True)]
    whole = {"type": "FeatureCollection", "features": features}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    return _write("counties.geojson.gz", text)


def _mended(shape: shapely.Geometry) -> shapely.MultiPolygon:
    moved = shapely.transform(shape, lambda at: np.array([wgs_from_gcj(tuple(p)) for p in at]))
    parts = shapely.get_parts(shapely.make_valid(moved, method="structure"))
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])


def _county(given: dict[str, Any], shape: shapely.Geometry) -> dict[str, Any]:
    name = given["properties"]["name"]
    seat = wgs_from_gcj(tuple(given["properties"]["cp"]))
    code, may_be = _codes()[name]
    properties = {"was": name, "code": code, "may_be": may_be, "seat": [round(x, 4) for x in seat]}
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": json.loads(shapely.to_geojson(shape)),
    }


def _codes() -> dict[str, tuple[str, list[str]]]:
    with gzip.open(ATLAS / "divisions.csv.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if len(row["code"]) == 6]
    codes: dict[str, tuple[str, list[str]]] = {row["name"]: (row["code"], []) for row in rows}
    with (ATLAS / "successors.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            codes[row["was"]] = (row["now"], row["may_be"].split())
    return codes


def towns(_sources: Path) -> str:
    """Spread each county's towns evenly over it, those with an anchor first, and say which."""
    made = [row for code, regions in sorted(_regions().items()) for row in _spread(code, regions)]
    return _write("towns.csv", _table(["town", "lon", "lat", "basis"], made))


def _regions() -> dict[str, list[dict[str, Any]]]:
    with gzip.open(ATLAS / "counties.geojson.gz", "rt", encoding="utf-8") as text:
        features = json.load(text)["features"]
    regions: dict[str, list[dict[str, Any]]] = {}
    for feature in features:
        regions.setdefault(feature["properties"]["code"], []).append(feature)
    return regions


def _spread(county: str, features: list[dict[str, Any]]) -> Iterator[tuple[str, str, str, str]]:
    land = _main_parts([shapely.from_geojson(json.dumps(f["geometry"])) for f in features])
    codes = [row[0] for row in _held("divisions.csv.gz") if _is_town_of(row[0], county)]
    anchors = {r[0]: (float(r[2]), float(r[3])) for r in _held("town_anchors.csv") if r[0] in codes}
    free = [code for code in codes if code not in anchors]
    seats = _even(_sampled(land), np.array(list(anchors.values())).reshape(-1, 2), len(free))
    middle = np.array(features[0]["properties"]["seat"])
    near_first = seats[np.argsort(((seats - middle) ** 2).sum(1), kind="stable")]
    placed = dict(zip(free, near_first.tolist(), strict=True))
    for code in codes:
        lon, lat = anchors.get(code) or placed[code]
        yield code, f"{lon:.4f}", f"{lat:.4f}", "anchor" if code in anchors else "made"


def _is_town_of(code: str, county: str) -> bool:
    """Say whether it is one, and none of the zones and farms counted as one (4xx, 5xx)."""
    return len(code) == 9 and code.startswith(county) and code[6] in "012"


def _main_parts(shapes: list[shapely.Geometry]) -> shapely.Geometry:
    """Return the land without islets: what is at least a tenth of its largest part."""
    parts = shapely.get_parts(shapely.union_all(shapes))
    area = shapely.area(parts)
    return shapely.MultiPolygon(list(parts[area >= area.max() / 10.0]))


def _sampled(land: shapely.Geometry) -> Floats:
    west, south, east, north = land.bounds
    step = RAILS / 4 if land.area < 0.02 else RAILS
    grid = np.meshgrid(np.arange(west, east, step), np.arange(south, north, step))
    points: Floats = np.stack(grid, axis=-1).reshape(-1, 2)
    shapely.prepare(land)
    within: Floats = points[shapely.contains_xy(land, points)]
    return within


def _even(points: Floats, fixed: Floats, count: int) -> Floats:
    """Lloyd's algorithm (1982) from farthest-first seeds; the fixed ones do not move."""
    seeds = [*fixed] or [points.mean(axis=0)]
    while len(seeds) < len(fixed) + count:
        gap = ((points[:, None] - np.array(seeds)[None]) ** 2).sum(2).min(1)
        seeds.append(points[int(np.argmax(gap))])
    at = np.array(seeds[: len(fixed) + count]).reshape(-1, 2)
    for _ in range(20):
        owner = ((points[:, None] - at[None]) ** 2).sum(2).argmin(1)
        for number in range(len(fixed), len(at)):
            if np.any(owner == number):
                at[number] = points[owner == number].mean(axis=0)
    return at[len(fixed) :]


def _held(name: str) -> list[list[str]]:
    opened = gzip.open if name.endswith(".gz") else open
    with opened(ATLAS / name, "rt", encoding="utf-8") as lines:
        return list(csv.reader(lines))[1:]


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8") as lines:
        return list(csv.reader(lines))[1:]


def _table(head: list[str], rows: Sequence[tuple[str, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([head, *rows])
    return text.getvalue()


def _write(name: str, text: str) -> str:
    raw = text.encode()
    (ATLAS / name).write_bytes(gzip.compress(raw, 9, mtime=0) if name.endswith(".gz") else raw)
    return f"{name}: {(ATLAS / name).stat().st_size:,} bytes"


MAKERS: dict[str, Callable[[Path], str]] = {
    "divisions": divisions,
    "coast": coast,
    "counties": counties,
    "towns": towns,
}

if __name__ == "__main__":
    main()
