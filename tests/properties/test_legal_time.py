"""Laws of legal time, for any clock, start, pauses and extensions."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zhouqiao.platform.rule import (
    Deadline,
    Extended,
    LegalClock,
    Pause,
    Unit,
    clocks,
    deadline,
    local_day,
    national,
)
from zhouqiao.platform.rule.declare import ANY_PAUSE, Extension, OnRestDay

MOMENTS = st.datetimes(datetime(2005, 1, 1), datetime(2023, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
UNITS = st.sampled_from([u for u in Unit if u is not Unit.YEARS])


@st.composite
def a_clock(draw: st.DrawFn) -> LegalClock:
    return LegalClock(
        name="any",
        length=draw(st.integers(1, 40)),
        unit=draw(UNITS),
        on_rest_day=draw(st.sampled_from(OnRestDay)),
        extensions=(Extension(length=10, by="head"),),
        pauses=(ANY_PAUSE,),
    )


@st.composite
def a_pause(draw: st.DrawFn, start: datetime) -> Pause:
    begun = start + timedelta(minutes=draw(st.integers(-5_000, 90_000)))
    return Pause(
        start=begun, end=begun + timedelta(minutes=draw(st.integers(0, 60_000))), why="any"
    )


@st.composite
def a_run(draw: st.DrawFn) -> tuple[LegalClock, datetime, list[Pause]]:
    start = draw(MOMENTS)
    return draw(a_clock()), start, draw(st.lists(a_pause(start), max_size=4))


def due(found: Deadline) -> datetime:
    assert found.due is not None
    return found.due


@given(a_run(), st.data())
def test_one_more_pause_never_makes_it_earlier(
    run: tuple[LegalClock, datetime, list[Pause]], data: st.DataObject
):
    clock, start, pauses = run
    more = data.draw(a_pause(start))

    before = deadline(clock, start, pauses=pauses)
    after = deadline(clock, start, pauses=[*pauses, more])

    assert due(after) >= due(before)


@given(a_run())
def test_the_order_of_pauses_does_not_matter(run: tuple[LegalClock, datetime, list[Pause]]):
    clock, start, pauses = run

    assert (
        deadline(clock, start, pauses=pauses).due == deadline(clock, start, pauses=pauses[::-1]).due
    )


@given(a_run())
def test_it_ends_after_it_began(run: tuple[LegalClock, datetime, list[Pause]]):
    clock, start, pauses = run

    assert due(deadline(clock, start, pauses=pauses)) > start


@given(a_run(), st.integers(1, 10))
def test_an_extension_makes_it_later_never_earlier(
    run: tuple[LegalClock, datetime, list[Pause]], length: int
):
    clock, start, pauses = run

    plain = deadline(clock, start, pauses=pauses)
    longer = deadline(clock, start, pauses=pauses, extensions=[Extended(by="head", length=length)])

    assert due(longer) >= due(plain)


@given(a_run())
def test_what_is_counted_or_moved_to_working_days_ends_on_one(
    run: tuple[LegalClock, datetime, list[Pause]],
):
    clock, start, pauses = run
    moved = clock.on_rest_day is OnRestDay.NEXT_WORKING_DAY and not clock.unit.is_exact

    found = deadline(clock, start, pauses=pauses)

    if moved or clock.unit in (Unit.WORKING, Unit.WORKING_HOURS):
        assert national().is_working(local_day(due(found)))


@given(a_run())
def test_stopped_for_good_it_is_never_due_unless_it_ran_out_before(
    run: tuple[LegalClock, datetime, list[Pause]],
):
    clock, start, pauses = run
    for_good = Pause(start=start + timedelta(days=9), end=None, why="any")

    plain = deadline(clock, start, pauses=pauses)
    stopped = deadline(clock, start, pauses=[*pauses, for_good])

    assert stopped.is_paused == (stopped.left is not None)
    if not stopped.is_paused:
        assert due(stopped) == due(plain)


@given(st.integers(1, 60), st.dates(date(2005, 1, 1), date(2024, 1, 1)))
def test_counting_forth_and_back_meets(length: int, day: date):
    forth = LegalClock(name="any", length=length, unit=Unit.WORKING)
    back = LegalClock(name="any", length=length, unit=Unit.WORKING, backward=True)
    start = national().from_day(day)

    end = deadline(forth, start).day

    assert end is not None
    assert deadline(back, end).day == start


@given(st.sampled_from(sorted(clocks())), MOMENTS)
def test_every_clock_of_the_register_runs(name: str, start: datetime):
    clock = clocks()[name]

    found = deadline(clock, start)

    assert (due(found) > start) != clock.backward
    assert found == deadline(clock, start)
