"""What this stage hears: its own papers, to add the seals that are too slow for the moment."""

from collections.abc import Sequence

from zhouqiao.platform.document.facts import PaperIssued
from zhouqiao.platform.document.service import countersign
from zhouqiao.store import Desk, Reaction, Told


def _countersign(desk: Desk, told: Sequence[Told[PaperIssued]]) -> None:
    for one in told:
        countersign(desk, one.fact.id)


REACTIONS = (
    Reaction(
        name="document.countersign", hears=(PaperIssued,), answer=_countersign, lane="document"
    ),
)
