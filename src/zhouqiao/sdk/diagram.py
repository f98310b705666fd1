"""A procedure drawn from its declaration (Mermaid state diagram)."""

from collections.abc import Iterator, Sequence
from typing import Any

from zhouqiao.flow.case import APPEAL
from zhouqiao.flow.case.declare import Dated, Extend, Part, Procedure, Step


def diagram(procedure: Procedure[Any, Any], parts: Sequence[Part] = ()) -> str:
    """Return the procedure as a Mermaid state diagram; `parts` are what hangs on it."""
    lines = ["stateDiagram-v2", f"  [*] --> {procedure.initial.value}"]
    lines += [f"  {s.start.value} --> {s.end.value}: {_label(s)}" for s in procedure.steps]
    lines += _kernel_ways(procedure)
    lines += [f"  {state.value} --> [*]" for state in procedure.finals]
    lines += (_longer(procedure, part) for part in parts if isinstance(part, Extend))
    return "\n".join(lines) + "\n"


def _kernel_ways(procedure: Procedure[Any, Any]) -> Iterator[str]:
    """Yield the ways no step declares: clocks that move the case, appeals, reopening."""
    for clock in procedure.clocks:
        if clock.lapses is not None:
            yield f"  {clock.since.value} --> {clock.lapses.value}: {clock.name} (deemed)"
    if (remedy := procedure.remedy) is not None:
        for state in remedy.after:
            yield f"  {state.value} --> {remedy.back.value}: {remedy.decides.value} on appeal"
    if procedure.reopens is not None:
        for state in procedure.finals:
            yield f"  {state.value} --> {procedure.reopens.value}: reopened"


def _longer(procedure: Procedure[Any, Any], part: Extend[Any]) -> str:
    """Return a note of who may lengthen a clock, where it begins."""
    begins = {step.name: step.start.value for step in procedure.steps}
    begins |= {clock.name: clock.since.value for clock in procedure.clocks}
    if procedure.remedy is not None:
        begins[APPEAL] = procedure.remedy.after[0].value
    often = f"{part.times} × " if part.times > 1 else ""
    told = f"{part.clock} + {often}{part.length} by {part.by.value}"
    return f"  note right of {begins[part.clock]}: {told}"


def _label(step: Step[Any, Any]) -> str:
    return " ".join(_words(step))


def _words(step: Step[Any, Any]) -> Iterator[str]:
    chairs = step.party.chairs
    yield (
        " + ".join(
            chair.role.value if chair.count == 1 else f"{chair.count} × {chair.role.value}"
            for chair in chairs
        )
        or "platform"
    )
    if step.shows is not None:
        yield f"shows {step.shows.__name__}"
    if step.lapses:
        yield "(deemed)"
    if isinstance(step.within, Dated):
        yield f"{'ahead of' if step.ahead else 'from'} {step.within.day.__name__}"
    if step.only_if is not None:
        yield f"[{step.only_if.name}]"
    if step.unless is not None:
        yield f"[not {step.unless.name}]"
