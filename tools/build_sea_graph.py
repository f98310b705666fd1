"""Make the sea chart of Taizhou's waters from the coastline kept in the atlas.

    python tools/build_sea_graph.py [--check]

About five seconds. `--check` writes nothing and says whether the kept chart is what would be made.
"""

import argparse
import sys

import numpy as np

from zhouqiao.platform.place.atlas.shelf import CHART, coast, held
from zhouqiao.platform.place.sea import Chart, load_chart, save_chart, survey
from zhouqiao.platform.place.sea.plane import Box

TAIZHOU_WATERS = Box(120.9, 27.9, 122.9, 29.4)


def main() -> int:
    """Make the chart; return 0 when it stands as said."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    asked = parser.parse_args()
    chart = survey(coast(), TAIZHOU_WATERS)
    print(f"{len(chart.rings) - 1} islands, {len(chart.corners)} corners, {len(chart.links)} links")
    kept = held(CHART)
    if asked.check:
        return 0 if _same(load_chart(kept), chart) else 1
    save_chart(chart, kept)
    print(f"{kept.name}: {kept.stat().st_size:,} bytes")
    return 0


def _same(one: Chart, other: Chart) -> bool:
    rings = len(one.rings) == len(other.rings) and all(
        np.allclose(a, b, atol=1e-9) for a, b in zip(one.rings, other.rings, strict=True)
    )
    return rings and np.array_equal(one.links, other.links)


if __name__ == "__main__":
    sys.exit(main())
