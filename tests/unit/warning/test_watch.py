"""When a figure rings, and when it falls silent."""

from decimal import Decimal
from enum import StrEnum

import pytest

from zhouqiao.base import Mass, Span
from zhouqiao.flow.case.declare import Entering
from zhouqiao.flow.indicator.declare import Typical
from zhouqiao.flow.warning.declare import WarnAbove, WarnSpec
from zhouqiao.flow.warning.facts import WarningId
from zhouqiao.flow.warning.model import HOPS, Turn, Watch, may_open

SPEC = WarnSpec(
    name="slow", tell="duty", indicator="wait", unit="minutes", above=Decimal(20),
    clear_below=Decimal(15), count=2,
)  # fmt: skip


class Role(StrEnum):
    DUTY = "duty"


class State(StrEnum):
    ASKED = "asked"
    MET = "met"


def turns(*values: int) -> list[str]:
    watch, told = Watch(rule="p.slow", scope="b/1", dims="{}"), []
    for value in values:
        watch, turn = watch.after(SPEC, Decimal(value))
        if turn is Turn.RAISE:
            watch = Watch(rule="p.slow", scope="b/1", dims="{}", warning=WarningId("warning_1"))
        told.append(turn.value)
    return told


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ((21, 21), ["nothing", "raise"]),
        ((21, 20, 21), ["nothing", "nothing", "nothing"]),
        ((21, 21, 30, 16, 21), ["nothing", "raise", "nothing", "nothing", "nothing"]),
        ((21, 21, 14, 21, 21), ["nothing", "raise", "clear", "nothing", "raise"]),
        ((21, 21, 15), ["nothing", "raise", "nothing"]),
    ],
)
def test_it_rings_after_so_many_and_is_over_well_below(
    values: tuple[int, ...], told: list[str]
) -> None:
    assert turns(*values) == told


def test_a_long_chain_of_causes_opens_nothing_more() -> None:
    assert may_open(HOPS - 1)
    assert not may_open(HOPS)


def wait() -> Typical:
    asked, met = Entering("sale", State.ASKED), Entering("sale", State.MET)
    return Typical(name="wait", since=asked, until=met)


def test_a_limit_in_another_unit_is_found_before_anything_starts() -> None:
    wrong = WarnAbove(indicator=wait(), above=Mass.of(20), tell=Role.DUTY)
    (finding, *_) = wrong.faults()
    assert "kg" in finding


def test_a_warning_that_is_over_while_it_rings_is_found() -> None:
    wrong = WarnAbove(indicator=wait(), above=Span.of(20), clear_below=Span.of(25), tell=Role.DUTY)
    assert any("clear_below" in finding for finding in wrong.faults())
