"""Two hundred counties live through crashes, doubles and delays, and every law holds in each."""

from pathlib import Path

import pytest

from simulation.worlds import COMMANDS, live
from zhouqiao.store.engines import Server

FAILED = Path(__file__).with_name("failed_seeds.txt")


def failed_before() -> list[tuple[int, int]]:
    """Return `first count` of every run that has ever failed."""
    lines = [one.partition("#")[0].split() for one in FAILED.read_text("utf-8").splitlines()]
    return [(int(told[0]), int(told[1])) for told in lines if told]


SHARDS = [(first, 25) for first in range(1, 201, 25)]


@pytest.mark.slow
@pytest.mark.parametrize(("first", "count"), SHARDS + failed_before())
def test_no_county_loses_or_doubles_anything(server: Server, first: int, count: int) -> None:
    told = live(server, first, count)

    assert told.wrong == []
    assert told.unreached == set()
    assert told.commands >= count * COMMANDS
