"""How a place can refuse.

Refusal
├── Invalid                  422
│   ├── BadCode              what is written is no division code
│   └── BadOutline           an area's outline is no simple polygon in the chart
├── NotFound                 404   no such division, berth or area
├── OutsideAtlas             409   the atlas holds Zhejiang only
├── OutsideChart             409   the sea chart does not reach there
├── OnLand                   409   further from navigable water than a berth can be
├── NoOpenWater              409   charted as water, but nothing a boat can leave by
├── InClosedArea             409   one end lies in an area closed to boats
├── NoWayThere               409   closed areas leave no way
└── AreaAlreadyOpen          409
"""

from typing import ClassVar

from zhouqiao.base import Invalid, Point, Refusal


class BadCode(Invalid):
    """What is written is no division code: 2, 4, 6, 9 or 12 digits."""

    code: ClassVar[str] = "place.bad_code"

    def __init__(self, given: str) -> None:
        super().__init__("division", "format", given=given)


class BadOutline(Invalid):
    """An outline must be a simple polygon of 3 to 500 corners, on the chart."""

    code: ClassVar[str] = "place.bad_outline"

    def __init__(self, why: str) -> None:
        super().__init__("outline", why)


class _AtPoint(Refusal):
    """A refusal about one point, told as it was given."""

    def __init__(self, point: Point) -> None:
        super().__init__()
        self.lon = round(point.lon, 5)
        self.lat = round(point.lat, 5)


class OutsideAtlas(_AtPoint):
    """The atlas holds Zhejiang and the sea before it, and nothing else."""

    code: ClassVar[str] = "place.outside_atlas"


class OutsideChart(_AtPoint):
    """The sea chart does not reach there."""

    code: ClassVar[str] = "place.outside_chart"


class OnLand(_AtPoint):
    """On land, further from navigable water than a new quay can be (`limit_km`)."""

    code: ClassVar[str] = "place.on_land"

    def __init__(self, point: Point, *, inland_km: float, limit_km: float) -> None:
        super().__init__(point)
        self.inland_km = round(inland_km, 1)
        self.limit_km = limit_km


class NoOpenWater(OnLand):
    """Charted as water, but a pond or creek no boat of ours can leave."""

    code: ClassVar[str] = "place.no_open_water"


class InClosedArea(_AtPoint):
    """One end lies in an area closed to boats (`area`)."""

    code: ClassVar[str] = "place.in_closed_area"

    def __init__(self, point: Point, area: str) -> None:
        super().__init__(point)
        self.area = area


class NoWayThere(Refusal):
    """Closed or shallow areas leave no way between the two."""

    code: ClassVar[str] = "place.no_way_there"


class AreaAlreadyOpen(Refusal):
    """The area has been reopened before."""

    code: ClassVar[str] = "place.area_already_open"

    def __init__(self, area: str) -> None:
        super().__init__()
        self.area = area
