"""Faults of what a pack opens day by day."""

from collections.abc import Iterator
from typing import Any

from zhouqiao.flow.case.declare import Daily
from zhouqiao.sdk.pack import Pack


def findings(pack: Pack) -> Iterator[str]:
    """Yield what is wrong with the daily openings of a pack."""
    for part in pack.all(Daily):
        yield from _daily(pack, part)


def _daily(pack: Pack, part: Daily[Any]) -> Iterator[str]:
    known = {one.name: one for one in pack.procedures}
    stands, opened = known.get(part.procedure), known.get(part.opens)
    if opened is None:
        yield f"Daily opens {part.opens!r}, which this pack does not declare; name one it does"
    elif stands is not None and opened.begins is not stands.begins:
        yield (
            f"Daily opens {part.opens!r}, which begins with {opened.begins.__name__}, and stands "
            f"on {stands.begins.__name__}; let both begin with the same record"
        )
    if stands is not None and part.on.state in stands.finals:
        yield f"Daily: nothing leads out of {part.on.state.value!r}, so it never ends; add a step"
