"""What lies over a chart: closed areas, shoals, fairways. Outlines in degrees, WGS 84."""

from dataclasses import dataclass

Corner = tuple[float, float]

UNDER_KEEL_M = 0.5  # assumed


@dataclass(frozen=True)
class Closed:
    """An area no boat may enter: a closed season, an exercise, a farm."""

    name: str
    outline: tuple[Corner, ...]


@dataclass(frozen=True)
class Shoal:
    """An area with its least depth in metres at low water, `assumed` unless surveyed."""

    name: str
    outline: tuple[Corner, ...]
    depth_m: float
    assumed: bool = True


@dataclass(frozen=True)
class Fairway:
    """A line boats are asked to keep to, by counting its kilometres `weight` times (0.5–1)."""

    name: str
    line: tuple[Corner, ...]
    weight: float = 0.85
    assumed: bool = True

    def __post_init__(self) -> None:
        if not 0.5 <= self.weight <= 1.0:
            raise ValueError(f"a fairway's weight is 0.5 to 1, not {self.weight}")


@dataclass(frozen=True)
class Layers:
    """What a route must heed. Without `draught_m` shoals are not asked about."""

    closed: tuple[Closed, ...] = ()
    shoals: tuple[Shoal, ...] = ()
    fairways: tuple[Fairway, ...] = ()
    draught_m: float | None = None

    def shut(self) -> tuple[Closed, ...]:
        """Return the areas this boat may not enter or would run aground in."""
        draught = -UNDER_KEEL_M if self.draught_m is None else self.draught_m
        shallow = [s for s in self.shoals if s.depth_m < draught + UNDER_KEEL_M]
        return (*self.closed, *(Closed(s.name, s.outline) for s in shallow))


OPEN_SEA = Layers()
