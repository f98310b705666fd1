"""Where things are, and how far it is from one to another.

is          divisions to village, made towns and grids, berths, datums, land and sea travel
hears       nothing
is asked    `load_atlas` for divisions and `locate`; `load_sea` for `route` and `matrix`; `convert`;
            to close an area to boats and to reopen it
says        AreaClosed, AreaReopened
always true no leg crosses charted land; no two berths are 0 km apart; no way is shorter than the
            great circle; what is assumed or made is marked so; nothing here is for navigation
"""

from zhouqiao.platform.place.atlas import Atlas, charted_layers, load_atlas, load_sea
from zhouqiao.platform.place.earth import LAND_FACTOR, convert, great_circle_km, land_km
from zhouqiao.platform.place.model import (
    Address,
    AreaId,
    Berth,
    BerthId,
    ClosedArea,
    Division,
    Grid,
    Level,
    Located,
    check_code,
)
from zhouqiao.platform.place.sea import NOT_FOR_NAVIGATION, OPEN_SEA, Layers, Sea, SeaRoute, Snap
from zhouqiao.platform.place.service import areas, close_area, layers_now, reopen_area

__all__ = [
    "LAND_FACTOR",
    "NOT_FOR_NAVIGATION",
    "OPEN_SEA",
    "Address",
    "AreaId",
    "Atlas",
    "Berth",
    "BerthId",
    "ClosedArea",
    "Division",
    "Grid",
    "Layers",
    "Level",
    "Located",
    "Sea",
    "SeaRoute",
    "Snap",
    "areas",
    "charted_layers",
    "check_code",
    "close_area",
    "convert",
    "great_circle_km",
    "land_km",
    "layers_now",
    "load_atlas",
    "load_sea",
    "reopen_area",
]
