"""What the places of a county tell the world."""

from datetime import datetime

from zhouqiao.store import Fact


class AreaClosed(Fact, frozen=True, kw_only=True):
    """Boats must keep out of an area from `starts_at` until `ends_at` (None: until reopened)."""

    area: str
    name: str
    outline: tuple[tuple[float, float], ...]
    basis: str
    starts_at: datetime
    ends_at: datetime | None


class AreaReopened(Fact, frozen=True, kw_only=True):
    """Boats may enter an area again."""

    area: str
    name: str
    reopened_at: datetime
