"""What this stage hears: its own papers, to add the slower seal; and when files are forgotten."""

from collections.abc import Sequence

from zhouqiao.platform.document.content.service import FORGET, SWEEP, forget_due, sweep_due
from zhouqiao.platform.document.facts import PaperIssued
from zhouqiao.platform.document.service import countersign
from zhouqiao.store import Alarm, Desk, Reaction, Told


def _countersign(desk: Desk, told: Sequence[Told[PaperIssued]]) -> None:
    for one in told:
        countersign(desk, one.fact.id)


REACTIONS = (
    Reaction(
        name="document.countersign", hears=(PaperIssued,), answer=_countersign, lane="document"
    ),
)
ALARMS = (
    Alarm(kind=FORGET, ring=lambda desk, _key, _body: forget_due(desk)),
    Alarm(kind=SWEEP, ring=lambda desk, _key, body: sweep_due(desk, body)),
)
