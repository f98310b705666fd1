"""A point on the earth, with its datum and accuracy.

Chinese phones and maps speak three datums that differ by hundreds of metres: WGS 84 (satellite
receivers), GCJ-02 (the mandatory offset of published maps) and BD-09 (Baidu's offset of that).
CGCS2000 agrees with WGS 84 to centimetres and is treated as equal. The store holds WGS 84 only;
`zhouqiao.platform.place` converts at the edge.
"""

from enum import StrEnum

import msgspec

from zhouqiao.base.refusal import Invalid


class Datum(StrEnum):
    """Which earth a pair of degrees is measured on."""

    WGS84 = "WGS84"
    CGCS2000 = "CGCS2000"
    GCJ02 = "GCJ02"
    BD09 = "BD09"


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """Longitude and latitude in degrees on `datum`; `accuracy` in metres (None: not stated)."""

    lon: float
    lat: float
    datum: Datum = Datum.WGS84
    accuracy: float | None = None

    def stated(self, field: str) -> "Point":
        """Return itself if it lies on the earth. Raises `Invalid`."""
        if not (-180.0 <= self.lon <= 180.0 and -90.0 <= self.lat <= 90.0):
            raise Invalid(field, "not_on_earth", lon=str(self.lon), lat=str(self.lat))
        if self.accuracy is not None and not 0 <= self.accuracy < 100_000:
            raise Invalid(field, "accuracy", value=str(self.accuracy))
        return self
