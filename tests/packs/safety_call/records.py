"""What is asked and told about an old person living alone; nearly all of it is theirs alone."""

from enum import StrEnum, auto
from typing import Annotated

from zhouqiao.sdk import Grade, Length, Personal, record

Text = Annotated[str, Length(200, 2)]


class Mood(StrEnum):
    """What one may answer with one key."""

    FINE = auto()
    CALL_BACK = auto()


class Seen(StrEnum):
    """What was found at the door."""

    WELL = auto()
    UNWELL = auto()
    AWAY = auto()


@record
class Arrangement:
    """Whom to call, and where they live; agreed with them beforehand."""

    phone: Annotated[Personal[str], Grade(3)]
    address: Annotated[Personal[str], Grade(3)]


@record
class Answer:
    """How they are."""

    mood: Mood


@record
class Doubt:
    """Why the answer is not believed."""

    reason: Text


@record
class Visit:
    """What both saw at the door."""

    seen: Seen
    health: Annotated[Personal[str], Grade(4)]


@record
class Measure:
    """What is done about it."""

    what: Text
    diagnosis: Annotated[Personal[str], Grade(4)] | None = None
