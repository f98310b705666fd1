"""Make the map layers of the pages from the public coast and county polygons.

    python tools/map_layers.py east_china_coast_gshhg.geojson zhe4_jiang1_tai2_zhou1.geojson

writes `static/map/{depth,flats,land,borders,labels}.geojson`, WGS 84, to four decimals (11 m).
Depth bands and flats are **schematic**: distances from the shore, not soundings; the legend says
so. County lines are of before 2021 in an unstated datum taken for BD-09 and are drawn on land
only. Not for navigation.
"""

import json
import math
import sys
from pathlib import Path
from typing import Any

from shapely import affinity
from shapely.geometry import MultiPolygon, Polygon, box, mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import linemerge, unary_union

OUT = Path(__file__).parents[1] / "src/zhouqiao/edge/portal/static/map"
VIEW = box(120.70, 27.95, 122.60, 29.25)
SQUASH = math.cos(math.radians(28.6))
KM = 1 / 111.2
BANDS = ((3, 26.0, 9.0), (2, 15.0, 4.5), (1, 7.5, 1.6))
FLAT_KM = 2.4

LABELS = (
    ("台州湾", "Taizhou Bay", 121.640, 28.660, "sea", 8),
    ("东海", "East China Sea", 121.960, 28.560, "sea", 7),
    ("椒江区", "Jiaojiang", 121.390, 28.640, "land", 8),
    ("路桥区", "Luqiao", 121.400, 28.555, "land", 8),
    ("温岭市", "Wenling", 121.380, 28.400, "land", 8),
    ("临海市", "Linhai", 121.400, 28.830, "land", 8),
    ("大陈岛", "Dachen", 121.945, 28.500, "land", 9),
    ("一江山岛", "Yijiangshan", 121.810, 28.588, "land", 9),
    ("头门岛", "Toumen", 121.780, 28.700, "land", 10),
)


def main(coast: str, counties: str) -> None:
    """Write the five layers."""
    land = _land(coast)
    shores = [part for part in land if part.area > 0.05]
    isles = [part for part in land if part.area <= 0.05]
    _write("land", [(part, {"island": part in isles}) for part in land])
    _write("depth", [(_band(shores, isles, far, near), {"band": b}) for b, far, near in BANDS])
    _write("flats", [(_flats(shores), {})])
    _write("borders", [(_borders(counties, shores), {})])
    _write(
        "labels",
        [
            (_spot(*row), {"zh": row[0], "en": row[1], "kind": row[4], "from": row[5]})
            for row in LABELS
        ],
    )


def _land(path: str) -> list[Polygon]:
    found = [shape(f["geometry"]) for f in json.loads(Path(path).read_text())["features"]]
    near = unary_union([g.buffer(0) for g in found if g.intersects(VIEW)]).intersection(VIEW)
    slim = near.simplify(0.0006)
    return [part for part in _parts(slim) if part.area > 2e-6]


def _band(shores: list[Polygon], isles: list[Polygon], far: float, near: float) -> BaseGeometry:
    """Return all sea within `far` km of the shore or `near` km of an island, rounded."""
    grown = unary_union([_grow(s, far) for s in shores] + [_grow(i, near) for i in isles])
    round_off = _grow(_grow(grown, 2.5), -2.5)
    return round_off.simplify(0.004).intersection(VIEW)


def _flats(shores: list[Polygon]) -> BaseGeometry:
    """Return a strip along the mainland; the land is drawn over its inner side."""
    muddy = unary_union([_grow(_grow(_grow(s, 5.0), -5.0), FLAT_KM) for s in shores])
    return muddy.simplify(0.004).intersection(VIEW)


def _grow(what: BaseGeometry, km: float) -> BaseGeometry:
    flat = affinity.scale(what, xfact=SQUASH, yfact=1, origin=(0, 0))
    return affinity.scale(flat.buffer(km * KM, quad_segs=6), 1 / SQUASH, 1, origin=(0, 0))


def _borders(path: str, shores: list[Polygon]) -> BaseGeometry:
    counties = json.loads(Path(path).read_text())["features"]
    edges = [_moved(shape(f["geometry"]).buffer(0)).boundary for f in counties]
    inland = unary_union([_grow(s, -0.8) for s in shores])
    lines = unary_union([edge.simplify(0.002) for edge in edges]).intersection(inland)
    return linemerge([g for g in getattr(lines, "geoms", [lines]) if g.length > 0.01])


def _moved(what: BaseGeometry) -> BaseGeometry:
    """Move BD-09 to WGS 84 by its mean offset here: some tens of metres, a hairline on a map."""
    return affinity.translate(what, xoff=-0.0110, yoff=-0.0034)


def _spot(_zh: str, _en: str, lon: float, lat: float, *_: object) -> BaseGeometry:
    return shape({"type": "Point", "coordinates": (lon, lat)})


def _parts(what: BaseGeometry) -> list[Polygon]:
    return list(what.geoms) if isinstance(what, MultiPolygon) else [what]


def _write(name: str, found: list[tuple[BaseGeometry, dict[str, Any]]]) -> None:
    features = [
        {"type": "Feature", "properties": about, "geometry": _round(mapping(what))}
        for what, about in found
    ]
    text = json.dumps(
        {"type": "FeatureCollection", "features": features},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / f"{name}.geojson").write_text(text + "\n", "utf-8")
    print(f"{name}: {len(features)} features, {len(text) // 1024} KiB")


def _round(tree: Any) -> Any:
    if isinstance(tree, float):
        return round(tree, 4)
    if isinstance(tree, dict):
        return {k: _round(v) for k, v in tree.items()}
    return [_round(v) for v in tree] if isinstance(tree, (list, tuple)) else tree


if __name__ == "__main__":
    main(*sys.argv[1:])
