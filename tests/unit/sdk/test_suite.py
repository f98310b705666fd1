"""What the suite of every pack decides before it walks: from when, and what a drawing lost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from packs import old_tree, penalty, underpass
from zhouqiao.platform.rule import national
from zhouqiao.sdk import Pack, Promise
from zhouqiao.testing.ports import MORNING
from zhouqiao.testing.suite import ACTS, differing, start_of_walks


@pytest.mark.parametrize(
    ("pack", "longest"),
    [(old_tree.pack, timedelta(days=60)), (penalty.pack, timedelta(days=186))],
    ids=("old_tree", "penalty"),
)
def test_a_walk_that_always_waits_for_the_longest_time_ends_in_a_published_year(
    pack: Pack, longest: timedelta
) -> None:
    start = start_of_walks(pack)
    years = national().years

    assert min(years) < start.year
    assert (start + ACTS * longest).year in years
    assert (start + timedelta(weeks=1) + ACTS * longest).year not in years
    assert (start.weekday(), start.hour) == (MORNING.weekday(), MORNING.hour)


def test_a_pack_of_short_times_is_walked_on_the_usual_morning() -> None:
    assert start_of_walks(underpass.pack) == MORNING
    assert start_of_walks(replace(underpass.pack, procedures=(), parts=())) == MORNING


def test_a_walk_never_begins_before_the_calendar_does() -> None:
    flood = underpass.pack.procedures[0]
    ever = replace(flood.clocks[0], within=Promise(days=9999))
    begins = start_of_walks(
        replace(underpass.pack, procedures=(replace(flood, clocks=(ever,)),), parts=())
    )

    assert begins.year == min(national().years) + 1


def test_what_changed_in_a_drawing_is_told_line_by_line_but_for_its_last_newline() -> None:
    assert differing("a\nb\n", "a\nb") == ""
    assert differing("a\nb", "a\nc").splitlines()[3:] == [" a", "-b", "+c"]
