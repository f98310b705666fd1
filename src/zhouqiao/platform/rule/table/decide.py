"""Deciding by a table, with reasons, so that the same can be decided again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

import msgspec

from zhouqiao.base import to_plain
from zhouqiao.platform.rule.errors import NoRowApplies, SeveralRowsApply
from zhouqiao.platform.rule.table.shape import Hit, Row, Spec, Test

I = TypeVar("I", bound=msgspec.Struct)  # noqa: E741  (inputs)
R = TypeVar("R", bound=msgspec.Struct)


@dataclass(frozen=True)
class Table(Generic[I, R]):
    """A checked table with the types of what goes in and what comes out."""

    spec: Spec
    inputs: type[I]
    outcome: type[R]


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """One row that applied: which, with what content, by which provision, asking what."""

    row: str
    mark: str
    basis: str
    assumed: bool
    when: dict[str, Test]


@dataclass(frozen=True, kw_only=True)
class Decision(Generic[R]):
    """What a table says about `inputs` on a day, and why; `version` is the table's content hash."""

    table: str
    version: str
    on: date
    inputs: Mapping[str, Any]
    reasons: tuple[Reason, ...]
    outcomes: tuple[R, ...]

    @property
    def outcome(self) -> R:
        """Return the only or first outcome. Raises `NoRowApplies` when there is none."""
        if not self.outcomes:
            raise NoRowApplies(self.table, on=self.on)
        return self.outcomes[0]


def decide(table: Table[I, R], inputs: I, on: date) -> Decision[R]:
    """Return what the table says on that day. Raises `NoRowApplies`, `SeveralRowsApply`."""
    plain = to_plain(inputs)
    rows = answering(table.spec, plain, on)
    return Decision(
        table=table.spec.name,
        version=table.spec.version,
        on=on,
        inputs=plain,
        reasons=tuple(_reason(row) for row in rows),
        outcomes=tuple(msgspec.convert(row.then, table.outcome) for row in rows),
    )


def answering(spec: Spec, inputs: Mapping[str, Any], on: date) -> tuple[Row, ...]:
    """Return the rows that answer, by the table's own rule. Raises as `decide`."""
    rows = spec.applying(inputs, on)
    if spec.hit is Hit.COLLECT:
        return rows
    if not rows and spec.covers:
        raise NoRowApplies(spec.name, on=on)
    if spec.hit is Hit.UNIQUE and len(rows) > 1:
        raise SeveralRowsApply(spec.name, tuple(row.id for row in rows), on)
    return rows[:1]


def _reason(row: Row) -> Reason:
    return Reason(row=row.id, mark=row.mark, basis=row.basis, assumed=row.assumed, when=row.when)
