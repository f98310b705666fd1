"""What is seen of the water, why something is not done, what was pumped; and what follows."""

from datetime import datetime
from typing import Annotated, Any

from zhouqiao.sdk import Bounds, Errand, Length, Point, Span, record, rule

Name = Annotated[str, Length(40, 2)]
DEEPEST = 600
Centimetres = Annotated[int, Bounds(0, DEEPEST)]


@record
class Water:
    """Which underpass it is, and how deep the water stands."""

    underpass: Name
    place: Point
    depth: Centimetres


@record
class Why:
    """Why the underpass stays open, or why the team cannot do it."""

    why: Annotated[str, Length(200, 2)]


@record
class StillWet:
    """How deep the water still stands."""

    depth: Centimetres


@record
class Pumped:
    """How deep the water stood, how long was pumped, and when it was over."""

    depth_before: Centimetres
    depth_after: Centimetres
    pumped: Annotated[Span, Bounds(1, 2880)]
    ended: datetime


@rule("headline", 1)
def headline(water: Water) -> str:
    """The underpass and the depth, as lists show them."""
    return f"{water.underpass} {water.depth} cm"


@rule("errand", 1)
def errand(water: Water) -> Errand:
    """A team with a pump, for three hours, at the underpass."""
    return Errand(capability="pump", minutes=180, at=water.place)


@rule("from_sensor", 1)
def from_sensor(said: dict[str, Any]) -> Water:
    """As a resident would say it; deeper than the form knows is as deep as it knows, never lost."""
    place = Point(lon=said["lon"], lat=said["lat"])
    return Water(underpass=said["underpass"], place=place, depth=min(said["depth"], DEEPEST))


@rule("as_shown", 1)
def as_shown(it: Pumped) -> Pumped:
    """The record of the pumping says what the lead showed, and bears their hand."""
    return it
