"""Faults of extensions: whose clock, by whom, by which rule."""

from collections.abc import Iterator
from typing import Any

from zhouqiao.base import Refusal
from zhouqiao.flow.case import APPEAL
from zhouqiao.flow.case.declare import Extend, Procedure, bare
from zhouqiao.platform.rule import LegalClock, clock_of
from zhouqiao.platform.rule.declare import Within
from zhouqiao.sdk.pack import Held, Pack


def clocks_of(procedure: Procedure[Any, Any]) -> dict[str, Within]:
    """Return every time a procedure sets, by the name of its clock."""
    running = (step for step in procedure.steps if step.ahead is None)
    times = {step.name: bare(step.within) for step in running if step.within is not None}
    times |= {clock.name: bare(clock.within) for clock in procedure.clocks}
    remedy = procedure.remedy
    if remedy is not None and remedy.decided_within is not None:
        times[APPEAL] = remedy.decided_within
    return times


def findings(pack: Pack, procedure: Procedure[Any, Any], part: Extend[Any]) -> Iterator[str]:
    """Yield what is wrong with one extension."""
    where, within = f"Extend of {part.clock!r}", clocks_of(procedure).get(part.clock)
    if within is None:
        yield f"{where}: {procedure.name!r} has no such clock; name one it has"
        return
    if part.length < 1 or part.times < 1:
        yield f"{where} lengthens nothing; give it a `length` and `times` of at least one"
    if dict(pack.roles).get(part.by, Held.POST) is not Held.POST:
        yield f"{where} by {part.by.value!r}: only who holds a post grants it; name a post's role"
    if _twice(pack, part):
        yield f"{where} is granted by {part.by.value!r} in two ways; write one, with its `times`"
    try:
        term = clock_of(within)
    except Refusal:
        return
    yield from _law(where, part, term)


def _twice(pack: Pack, part: Extend[Any]) -> bool:
    same = (part.of, part.clock, part.by)
    return sum((one.of, one.clock, one.by) == same for one in pack.all(Extend)) > 1


def _law(where: str, part: Extend[Any], term: LegalClock) -> Iterator[str]:
    if term.backward:
        yield f"{where}: what is counted back from a day cannot be lengthened; leave it out"
    elif term.is_statutory and not part.rule:
        most = max((one.length for one in term.extensions), default=0)
        if not most:
            yield f"{where}: {term.basis} allows none; name the further `rule` that does"
        elif part.length > most or part.times > len(term.extensions):
            yield (
                f"{where}: {term.basis} lets it be lengthened by {most} and "
                f"{len(term.extensions)} times; keep to it, or name the further `rule`"
            )
