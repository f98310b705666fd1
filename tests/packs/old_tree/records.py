"""What is reported of an old tree, found on it, planned, done and accepted."""

from enum import StrEnum, auto
from typing import Annotated

from zhouqiao.sdk import Bounds, Grade, Length, Personal, Point, record

Text = Annotated[str, Length(400, 2)]


class Harm(StrEnum):
    """What was done to a tree, or befell it."""

    CUT = auto()
    BUILT_OVER = auto()
    PESTS = auto()
    STORM = auto()


@record
class Report:
    """Which listed tree it is, and what has happened to it."""

    tree: Annotated[str, Length(20, 2)]
    place: Point
    harm: Harm
    phone: Annotated[Personal[str], Grade(2)]


@record
class Reason:
    """Why it is not as it was asked for."""

    reason: Text


@record
class Inspection:
    """What a ranger found standing before the tree."""

    found: Text
    girth: Annotated[int, Bounds(20, 3000)]
    urgent: bool
    note: Text | None = None


@record
class Plan:
    """How the tree is to be saved, and by what."""

    measures: Text


@record
class Care:
    """What was done for the tree."""

    done: Text
