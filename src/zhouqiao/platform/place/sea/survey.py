"""Make a chart from a coastline. Offline: about five seconds for Taizhou's waters."""

from collections.abc import Sequence

import numpy as np
import shapely

from zhouqiao.platform.place.sea.chart import GRAIN, Chart, corners_of, walls_of
from zhouqiao.platform.place.sea.plane import Box, Floats, Ints, Plane
from zhouqiao.platform.place.sea.sight import Corners, Walls, leaves_taut, seen, tangent

OFFING_KM = 0.08  # a boat keeps so far off the charted coast
DETAIL_KM = 0.05  # what is smaller is smoothed away, never by more than the offing


def survey(land: Sequence[shapely.Polygon], box: Box) -> Chart:
    """Return the chart of the largest connected water of `box`.

    `land` in degrees, WGS 84. Lakes and creeks that a boat cannot leave count as land.
    """
    plane = Plane(box)
    water = _water([shapely.transform(polygon, plane.km) for polygon in land], plane)
    rings = [_grained(ring, plane) for ring in _rings(water)]
    on_plane = [plane.km(ring) for ring in rings]
    links = _links(corners_of(on_plane), walls_of(on_plane))
    chart = Chart(box, tuple(rings), links)
    return Chart(box, tuple(rings), links[_afloat(chart)])


def _water(land: list[shapely.Polygon], plane: Plane) -> shapely.Polygon:
    west, south, east, north = plane.box.bounds
    frame = shapely.transform(shapely.box(west, south, east, north), plane.km)
    shapely.prepare(frame)
    near = [shapely.make_valid(p) for p in land if shapely.dwithin(frame, p, 1.0)]
    off_limits = shapely.union_all(near).buffer(OFFING_KM, quad_segs=2).simplify(DETAIL_KM)
    parts = shapely.get_parts(frame.difference(off_limits))
    return shapely.orient_polygons(parts[int(np.argmax(shapely.area(parts)))])


def _rings(water: shapely.Polygon) -> list[Floats]:
    return [shapely.get_coordinates(ring)[:-1] for ring in (water.exterior, *water.interiors)]


def _grained(ring: Floats, plane: Plane) -> Floats:
    """Round as the file rounds, so that the links hold on what is read back."""
    rounded: Floats = np.rint(plane.degrees(ring) * GRAIN) / GRAIN
    return rounded[np.any(rounded != np.roll(rounded, 1, 0), axis=1)]


def _links(corners: Corners, walls: Walls) -> Ints:
    found = []
    for one in range(len(corners)):
        later = Corners(corners.at[one + 1 :], corners.back[one + 1 :], corners.ahead[one + 1 :])
        taut = tangent(corners.at[one], later) & leaves_taut(corners, one, later.at)
        others = np.nonzero(taut)[0]
        clear = others[seen(corners.at[one], later.at[others], walls)]
        found.append(np.stack([np.full(len(clear), one), clear + one + 1], axis=1))
    return np.vstack(found)


def _afloat(chart: Chart) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Say which links lie wholly in the water, by another library's reckoning."""
    legs = shapely.linestrings(chart.corners.at[chart.links])
    wet: np.ndarray[tuple[int], np.dtype[np.bool_]] = shapely.covers(chart.water, legs)
    return wet
