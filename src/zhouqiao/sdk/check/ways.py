"""Which states of a procedure can be reached from which."""

from enum import StrEnum
from typing import Any

from zhouqiao.flow.case.declare import Clock, Procedure

Edges = set[tuple[StrEnum, StrEnum]]


def closure(start: StrEnum, edges: Edges) -> set[StrEnum]:
    """Return every state that can be reached from `start`, itself among them."""
    seen, todo = {start}, [start]
    while todo:
        at = todo.pop()
        fresh = {end for begin, end in edges if begin == at} - seen
        seen |= fresh
        todo += fresh
    return seen


def edges_of(procedure: Procedure[Any, Any]) -> Edges:
    """Return every way from state to state: steps, and clocks that move the case when over."""
    edges = {(step.start, step.end) for step in procedure.steps}
    for clock in procedure.clocks:
        if clock.lapses is not None:
            states = under(procedure, clock)
            edges |= {(state, clock.lapses) for state in states if state != clock.lapses}
    return edges


def under(procedure: Procedure[Any, Any], clock: Clock[Any]) -> set[StrEnum]:
    """Return the states in which a clock runs, or stands still."""
    edges = {(s.start, s.end) for s in procedure.steps if s.end not in clock.until}
    return closure(clock.since, edges)
