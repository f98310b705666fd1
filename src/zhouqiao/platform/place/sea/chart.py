"""A sea chart: where the water is, its corners, and which corners see each other."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import shapely

from zhouqiao.platform.place.sea.plane import Box, Floats, Ints, Plane, ball_km
from zhouqiao.platform.place.sea.sight import STAND_OFF_KM, Corners, Walls

GRAIN = 1e6  # kept as millionths of a degree (0.1 m)


@dataclass(frozen=True)
class Chart:
    """One connected stretch of water and its graph.

    `rings`  (k, 2) degrees each, WGS 84, water to the left: first the rim, then each island
    `links`  (n, 2) numbers of corners between which a taut string may run
    """

    box: Box
    rings: tuple[Floats, ...]
    links: Ints

    @cached_property
    def plane(self) -> Plane:
        """The plane its geometry is reckoned on."""
        return Plane(self.box)

    @cached_property
    def walls(self) -> Walls:
        """Every edge of the water."""
        return walls_of([self.plane.km(ring) for ring in self.rings])

    @cached_property
    def corners(self) -> Corners:
        """Every corner that sticks out into the water, in the order `links` numbers them."""
        return corners_of([self.plane.km(ring) for ring in self.rings])

    @cached_property
    def corner_degrees(self) -> Floats:
        """The corners in degrees."""
        return self.plane.degrees(self.corners.at)

    @cached_property
    def link_km(self) -> Floats:
        """The great-circle length of each link in km."""
        ends = self.corner_degrees[self.links]
        return ball_km(ends[:, 0], ends[:, 1])

    @cached_property
    def water(self) -> shapely.Polygon:
        """The water as a polygon on the plane, prepared for asking."""
        rim, *islands = [self.plane.km(ring) for ring in self.rings]
        water = shapely.Polygon(rim, islands)
        shapely.prepare(water)
        return water


def walls_of(rings: list[Floats]) -> Walls:
    """Return the edges of closed rings given without their last point."""
    return Walls(np.vstack(rings), np.vstack([np.roll(ring, -1, 0) for ring in rings]))


def corners_of(rings: list[Floats]) -> Corners:
    """Return the corners of rings that stick out to the left, a little off the walls."""
    here = np.vstack(rings)
    back = np.vstack([np.roll(ring, 1, 0) for ring in rings]) - here
    ahead = np.vstack([np.roll(ring, -1, 0) for ring in rings]) - here
    back /= np.linalg.norm(back, axis=1, keepdims=True)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    out = back[:, 0] * ahead[:, 1] - back[:, 1] * ahead[:, 0] > 1e-9
    here, back, ahead = here[out], back[out], ahead[out]
    off = -(back + ahead)
    off /= np.linalg.norm(off, axis=1, keepdims=True)
    return Corners(here + off * STAND_OFF_KM, back, ahead)


def save_chart(chart: Chart, path: Path) -> None:
    """Write the chart as a compressed npz, the same bytes' worth for the same chart."""
    np.savez_compressed(
        path,
        box=np.array(chart.box.bounds),
        points=np.rint(np.vstack(chart.rings) * GRAIN).astype(np.int32),
        sizes=np.array([len(ring) for ring in chart.rings], np.int32),
        links=chart.links.astype(np.uint16),
    )


def load_chart(path: Path) -> Chart:
    """Read what `save_chart` wrote."""
    with np.load(path) as kept:
        box = Box(*(float(edge) for edge in kept["box"]))
        points = kept["points"].astype(np.float64) / GRAIN
        rings = np.split(points, np.cumsum(kept["sizes"])[:-1])
        return Chart(box, tuple(rings), kept["links"].astype(np.int64))
