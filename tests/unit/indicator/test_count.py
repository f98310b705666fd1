"""How a batch of moments is counted."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhouqiao.base import Mass
from zhouqiao.flow.case.declare import On
from zhouqiao.flow.indicator.declare import IndicatorSpec
from zhouqiao.flow.indicator.model import BOUNDS, Count, Mark, Moment, Sum, value_of

NINE = datetime(2026, 10, 14, 1, 0, tzinfo=UTC)
WAIT = IndicatorSpec(
    name="wait", way="typical", since=On(state="asked"), on=On(state="met"), unit="minutes",
    promise=Decimal(20),
)  # fmt: skip
MASS = IndicatorSpec(
    name="mass", way="total", on=On(step="meet"), unit="kg", rule="p.mass@1", per=("kind",)
)
ASKED = IndicatorSpec(name="asked", way="tally", on=On(state="asked"), unit="pieces")


def moment(case: str, state: str, minute: float = 0, **more: Any) -> Moment:
    said: dict[str, Any] = {
        "pack": "p", "shape": "s", "scope": "b/1", "step": None, "seq": 1,
        "at": NINE + timedelta(minutes=minute), "fact": f"{case}-{state}", **more,
    }  # fmt: skip
    return Moment(case=case, state=state, **said)


def counted(*moments: Moment, marks: tuple[Mark, ...] = ()) -> Count:
    count = Count(
        specs_of=lambda _: (WAIT, MASS, ASKED),
        value_of=lambda _, record: Mass.of(record["kg"]) if "kg" in record else None,
    )
    count.count(moments, marks)
    return count


def waits(count: Count) -> list[Decimal]:
    return [one.value for one in count.readings if one.indicator == "p.wait"]


def test_a_wait_within_one_batch_needs_no_mark() -> None:
    count = counted(moment("a", "asked"), moment("a", "met", 12))

    assert waits(count) == [12]
    assert count.fresh == {}


def test_a_wait_that_goes_on_leaves_a_mark() -> None:
    (mark,) = counted(moment("a", "asked", 3)).fresh.values()
    assert (mark.case, mark.indicator, mark.fact) == ("a", "p.wait", "a-asked")


def test_a_wait_is_counted_from_the_first_time() -> None:
    count = counted(moment("a", "asked"), moment("a", "asked", 5), moment("a", "met", 12))
    assert waits(count) == [12]


def test_an_old_mark_is_asked_for_and_used() -> None:
    met = moment("a", "met", 30)
    mark = Mark(case="a", indicator="p.wait", scope="b/1", at=NINE, fact="f")

    assert Count(lambda _: (WAIT, MASS, ASKED), lambda *_: None).wanted([met]) == [("a", "p.wait")]
    assert waits(counted(met, marks=(mark,))) == [30]


def test_without_a_mark_the_state_just_left_says_since_when() -> None:
    met = moment("a", "met", 30, start="asked", entered_at=NINE)
    assert waits(counted(met)) == [30]


def test_a_case_that_ends_elsewhere_is_cancelled() -> None:
    count = counted(moment("a", "asked"), moment("a", "dropped", 4, closes=True))

    (told,) = [one for one in count.sums.values() if one.indicator == "p.wait"]
    assert (told.count, told.cancelled) == (0, 1)


def test_a_total_is_told_apart_by_fields_of_the_record() -> None:
    count = counted(
        moment("a", "met", step="meet", record={"kg": "2", "kind": "oil"}),
        moment("b", "met", step="meet", record={"kg": "3", "kind": "gear"}),
        moment("c", "met", step="meet", record={"kind": "none"}),
    )

    told = {one.dims: one.total for one in count.sums.values() if one.indicator == "p.mass"}
    assert told == {'{"kind":"oil"}': 2, '{"kind":"gear"}': 3}


@pytest.mark.parametrize(
    ("way", "count", "total", "value"),
    [
        ("typical", 0, 0, None),
        ("typical", 4, 10, "2.5"),
        ("total", 2, 7, "7"),
        ("tally", 3, 3, "3"),
    ],
)
def test_what_a_figure_reads(way: str, count: int, total: int, value: str | None) -> None:
    expected = None if value is None else Decimal(value)
    assert value_of(way, count, Decimal(total)) == expected


@given(st.lists(st.decimals("0", "3000", places=2), min_size=1))
def test_the_distribution_counts_every_reading_once(values: list[Decimal]) -> None:
    told = Sum(indicator="p.wait", scope="", dims="{}", hour=NINE, unit="minutes")
    for value in values:
        told.take(value, Decimal(20))

    assert sum(told.buckets) == told.count == len(values)
    assert told.kept == sum(value <= 20 for value in values)
    assert told.buckets[-1] == sum(value > BOUNDS[-1] for value in values)
    assert told.total == sum(values)
