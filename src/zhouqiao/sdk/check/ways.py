"""Which states of a procedure can be reached from which."""

from enum import StrEnum
from typing import Any, NamedTuple

from zhouqiao.flow.case.declare import Clock, Procedure, Step

Edges = set[tuple[StrEnum, StrEnum]]


class Move(NamedTuple):
    """A way onward: a step, or a clock that moves the case by itself (None)."""

    start: StrEnum
    end: StrEnum
    step: Step[Any, Any] | None


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


def moves(procedure: Procedure[Any, Any]) -> list[Move]:
    """Return every way from state to state."""
    taken = [Move(step.start, step.end, step) for step in procedure.steps]
    by_step = {(one.start, one.end) for one in taken}
    return taken + [Move(*edge, None) for edge in sorted(edges_of(procedure) - by_step)]


def surely_shown(procedure: Procedure[Any, Any]) -> dict[StrEnum, set[type]]:
    """Return the records shown by each state, on whichever way a case came there."""
    every = {step.shows for step in procedure.steps if step.shows} | {procedure.begins}
    shown = {state: set(every) for state in procedure.states}
    shown[procedure.initial] = {procedure.begins}
    onward, before = moves(procedure), None
    while before != shown:
        before = {state: set(records) for state, records in shown.items()}
        for start, end, step in onward:
            fresh = {step.shows} if step is not None and step.shows is not None else set()
            shown[end] &= shown[start] | fresh
    return shown
