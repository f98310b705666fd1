"""Zhejiang as data: divisions, county polygons, made towns and grids, coast, berths.

The files beside this one and their terms are in `NOTICE`. Nothing is read on import; what is
read is kept for the life of the process and never changes.
"""

from zhouqiao.platform.place.atlas.atlas import Atlas, load_atlas
from zhouqiao.platform.place.atlas.shelf import charted_layers, coast, load_sea

__all__ = ["Atlas", "charted_layers", "coast", "load_atlas", "load_sea"]
