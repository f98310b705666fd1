"""The sea router: shortest ways between two points of water that cross no land.

A chart is made offline (`survey`) from a coastline: water is what lies 80 m off it, and its
graph joins the corners round which a taut string may bend (Lozano-Pérez & Wesley 1979, reduced to
tangents). A query looks once round from each end, then runs A* (Hart, Nilsson & Raphael 1968).
The way found is the shortest there is on the chart; nothing is smoothed afterwards.
"""

from zhouqiao.platform.place.sea.chart import Chart, load_chart, save_chart
from zhouqiao.platform.place.sea.layers import OPEN_SEA, Closed, Fairway, Layers, Shoal
from zhouqiao.platform.place.sea.router import NOT_FOR_NAVIGATION, Sea, SeaRoute, Snap
from zhouqiao.platform.place.sea.survey import survey

__all__ = [
    "NOT_FOR_NAVIGATION",
    "OPEN_SEA",
    "Chart",
    "Closed",
    "Fairway",
    "Layers",
    "Sea",
    "SeaRoute",
    "Shoal",
    "Snap",
    "load_chart",
    "save_chart",
    "survey",
]
