"""Whether the conditions on steps hold, over what the case has shown."""

from typing import Any

from zhouqiao.flow.case.errors import NotNow
from zhouqiao.flow.case.model import Case, GuardSpec, ShapeSpec, StepSpec, is_stayed
from zhouqiao.flow.case.service.shapes import apply_rule, as_parameter
from zhouqiao.platform.rule import Spec, answering, local_day
from zhouqiao.store import Desk


def pass_guards(
    desk: Desk, case: Case, shape: ShapeSpec, step: StepSpec, record: dict[str, Any] | None
) -> None:
    """Refuse a step whose condition does not hold; `record` is shown with it. Raises `NotNow`."""
    for guard, wanted in step.guards:
        known = record if step.form == guard.of else case.last(guard.of, shape.begins)
        if not _passes(desk, shape, guard, known, wanted=wanted):
            why = "only_if" if wanted else "unless"
            raise NotNow(case.id, step.name, f"{shape.pack}.guard.{guard.name}", why)


def shut(desk: Desk, case: Case, shape: ShapeSpec) -> frozenset[str]:
    """Return the steps from here that are closed, whatever is shown with them.

    What was shown so far closes them, or an appeal that is pending.
    """
    return _stayed(case, shape) | frozenset(
        step.name
        for step in shape.open_steps(case.state)
        for guard, wanted in step.guards
        if step.form != guard.of
        and not _passes(desk, shape, guard, case.last(guard.of, shape.begins), wanted=wanted)
    )


def _stayed(case: Case, shape: ShapeSpec) -> frozenset[str]:
    ends = ((one.name, one.end) for one in shape.open_steps(case.state))
    return frozenset(name for name, end in ends if is_stayed(case, shape, end))


def _passes(
    desk: Desk, shape: ShapeSpec, guard: GuardSpec, record: dict[str, Any] | None, *, wanted: bool
) -> bool:
    """Say whether a condition is as wanted; what was never shown passes none."""
    if record is None:
        return False
    more = () if guard.rates is None else (_row(desk, shape, guard, guard.rates),)
    return bool(apply_rule(desk, guard.holds, record, *more)) is wanted


def _row(desk: Desk, shape: ShapeSpec, guard: GuardSpec, rates: str) -> object:
    """Return the row in force today as the rule's second parameter. Raises `NoRowApplies`."""
    table: Spec = desk.pinned.function(f"{shape.pack}.table.{rates}")()
    row = answering(table, {}, local_day(desk.now()))[0]
    return as_parameter(desk, guard.holds, 1, row.then)
