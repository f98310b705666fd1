"""What an indicator tells the world."""

from datetime import datetime
from decimal import Decimal

from zhouqiao.store import Fact


class IndicatorMoved(Fact, frozen=True, kw_only=True):
    """A figure moved: what the hour `hour` now reads, in `unit`. Told once a batch and figure.

    `value` is what it reads as a whole (a typical's mean, a total's sum, a tally's count), `count`
    how many readings stand behind it, `added` how many of them are new. `sorted_by` are the
    record's values it is told apart by; `shape` the newest shape that fed it.
    """

    pack: str
    name: str
    shape: str
    hour: datetime
    sorted_by: dict[str, str]
    value: Decimal
    unit: str
    count: int
    added: int
    total: Decimal
    kept: int
