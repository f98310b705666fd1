"""Degrees to kilometres and back, on a plane that keeps straight lines straight."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from zhouqiao.platform.place.earth.distance import EARTH_KM

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

KM_A_DEGREE = EARTH_KM * np.pi / 180.0


@dataclass(frozen=True)
class Box:
    """A rectangle of longitudes and latitudes in degrees, WGS 84."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lon: float, lat: float) -> bool:
        """Say whether a point lies within or on the edge."""
        return self.west <= lon <= self.east and self.south <= lat <= self.north

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        return (self.west, self.south, self.east, self.north)


@dataclass(frozen=True)
class Plane:
    """Kilometres east and north of the middle of a box.

    An affine picture of longitude and latitude: what is straight on the one is straight on the
    other, so a leg seen clear here is clear on the chart. Lengths are not read from it (they
    are 0.7 % off at its rim) but from the ball.
    """

    box: Box

    def km(self, degrees: Any) -> Floats:
        """Return (…, 2) km from (…, 2) degrees."""
        return (np.asarray(degrees, float) - self._middle) * self._scale

    def degrees(self, km: Any) -> Floats:
        """Return (…, 2) degrees from (…, 2) km."""
        return np.asarray(km, float) / self._scale + self._middle

    @property
    def _middle(self) -> Floats:
        box = self.box
        return np.array([(box.west + box.east) / 2.0, (box.south + box.north) / 2.0])

    @property
    def _scale(self) -> Floats:
        return np.array([KM_A_DEGREE * np.cos(np.radians(self._middle[1])), KM_A_DEGREE])


def ball_km(a: Any, b: Any) -> Floats:
    """Return great-circle km between (…, 2) degrees `a` and `b`, broadcast (haversine)."""
    a, b = np.radians(np.asarray(a, float)), np.radians(np.asarray(b, float))
    up = np.sin((b[..., 1] - a[..., 1]) / 2.0) ** 2
    across = np.sin((b[..., 0] - a[..., 0]) / 2.0) ** 2
    chord = up + np.cos(a[..., 1]) * np.cos(b[..., 1]) * across
    km: Floats = 2.0 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(1.0, chord)))
    return km
