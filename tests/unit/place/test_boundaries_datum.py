"""The measure of ADR 10, on the polygons as kept."""

import json

import numpy as np
import shapely

from zhouqiao.platform.place.atlas.shelf import coast, features

TAIZHOU = shapely.box(121.2, 28.0, 122.0, 29.2)


def sea_border() -> np.ndarray:
    kept = [
        one for one in features("counties.geojson.gz") if one["properties"]["code"][:4] == "3310"
    ]
    counties = [shapely.from_geojson(json.dumps(one["geometry"])) for one in kept]
    outside = shapely.union_all([county.buffer(0.0003) for county in counties]).boundary
    return shapely.get_coordinates(shapely.intersection(outside, TAIZHOU))[::5]


def median_km(points: np.ndarray) -> float:
    shores = shapely.STRtree([land.exterior for land in coast() if land.intersects(TAIZHOU)])
    _, degrees = shores.query_nearest(
        shapely.points(points), return_distance=True, all_matches=False
    )
    return float(np.median(degrees)) * 105.0


def test_the_polygons_fit_the_coast_as_converted_and_no_other_way() -> None:
    border = sea_border()

    as_kept = median_km(border)
    as_if_never_converted = median_km(border + np.array([0.0044, -0.0030]))
    as_if_baidu = median_km(border - np.array([0.0065, 0.006]))

    assert as_kept < 0.2
    assert as_if_never_converted > 1.5 * as_kept
    assert as_if_baidu > 1.5 * as_kept
