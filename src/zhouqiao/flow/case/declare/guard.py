"""Conditions on steps, over what a case has shown and what holds on the day."""

from collections.abc import Callable
from dataclasses import dataclass

from zhouqiao.flow.case.declare.part import key_of
from zhouqiao.platform.rule.declare import mark_of


@dataclass(frozen=True)
class Guard:
    """What must hold (`only_if`) or not hold (`unless`) for a step to be taken.

    `holds(record)` reads the record last shown of that kind, the one shown with the step itself
    first of all. With `rates` it is `holds(record, row)`: the row of that dated table of the pack
    in force on the day (处罚法 §63: 较大数额, which each province sets and changes). Whoever is
    refused reads the pack's words for it: `guard.<name of the rule>`.
    """

    holds: Callable[..., bool]
    rates: str | None = None

    @property
    def name(self) -> str:
        """Return the name of its rule; "" where it has none."""
        mark = mark_of(self.holds)
        return mark.name if mark else ""

    def key(self, pack: str) -> str:
        """Return `<pack>.<name>@<version>` of its rule."""
        return key_of(self.holds, pack)
