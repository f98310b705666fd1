"""The atlas as GeoJSON for map surfaces: land, and the borders between counties."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import shapely

from zhouqiao.platform.place.atlas.land import County
from zhouqiao.platform.place.model import AS_OF_POLYGONS

GeoJson = dict[str, Any]
Bounds = tuple[float, float, float, float]


def land_within(coast: Sequence[shapely.Polygon], bbox: Bounds, simplify: float) -> GeoJson:
    """Return the charted land of a box as polygons. Islands smaller than `simplify`² go."""
    frame = shapely.box(*bbox)
    near = [shapely.make_valid(p) for p in coast if p.intersects(frame)]
    cut = [shapely.intersection(shapely.simplify(p, simplify), frame) for p in near]
    parts = [part for shape in cut for part in shapely.get_parts(shape)]
    kept = [p for p in parts if p.geom_type == "Polygon" and p.area > simplify * simplify]
    return collection([feature(shape, {"kind": "land"}) for shape in kept])


def borders_within(
    counties: Sequence[County], names: Mapping[str, str], bbox: Bounds, simplify: float
) -> GeoJson:
    """Return the lines between counties of a box, and a point with the name of each."""
    frame = shapely.box(*bbox)
    near = [county for county in counties if county.shape.intersects(frame)]
    shapes = shapely.coverage_simplify([county.shape for county in near], simplify)
    drawn = []
    for one, county in enumerate(near):
        for other in range(one):
            said = {"kind": "border", "between": [near[other].code, county.code]}
            line = shapely.intersection(_shared(shapes[other], shapes[one]), frame)
            drawn += [feature(line, said | {"as_of": AS_OF_POLYGONS})] if line.length else []
        seat = shapely.Point(county.seat)
        said = {"kind": "county", "code": county.code, "name": names[county.code]}
        drawn += [feature(seat, said | {"was": county.was})] if seat.within(frame) else []
    return collection(drawn)


def _shared(one: shapely.Geometry, other: shapely.Geometry) -> shapely.Geometry:
    both = shapely.get_parts(shapely.intersection(one.boundary, other.boundary))
    return shapely.line_merge(
        shapely.MultiLineString(
            [part for part in both if part.geom_type == "LineString" and part.length]
        )
    )


def feature(shape: shapely.Geometry, said: Mapping[str, object]) -> GeoJson:
    """Return a shape as a GeoJSON feature, to 0.00001 degrees."""
    neat = shapely.transform(shape, lambda at: at.round(5))
    return {
        "type": "Feature",
        "properties": dict(said),
        "geometry": msgspec.json.decode(shapely.to_geojson(neat)),
    }


def collection(features: list[GeoJson]) -> GeoJson:
    """Return features as a GeoJSON collection."""
    return {"type": "FeatureCollection", "features": features}
