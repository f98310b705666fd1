"""What a citizen complains of, and what was done."""

from typing import Annotated

from zhouqiao.sdk import Length, Point, record, rule


@record
class Complaint:
    """Something is wrong somewhere."""

    about: Annotated[str, Length(200, 2)]
    place: Point


@record
class Resolution:
    """What was done."""

    done: Annotated[str, Length(200, 2)]


@rule("headline", 1)
def headline(complaint: Complaint) -> str:
    """Return what a list shows."""
    return complaint.about
