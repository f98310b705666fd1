"""What every test may ask for: what a pack's own tests may, and the world of marine waste."""

from collections.abc import Iterator

import pytest

from zhouqiao.store.engines import Server
from zhouqiao.testing import World, open_world
from zhouqiao_systems.government import marine_waste

pytest_plugins = ["zhouqiao.testing.fixtures"]

WALKS = "test_whatever_way_a_case_goes_what_must_hold_holds"
"""Of every pack's suite, which a pack elsewhere has too; so the mark is given here."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark whatever serves the web application anew, and the walks of packs, wherever they lie."""
    for item in items:
        if item.name == WALKS:
            item.add_marker(pytest.mark.slow)
        if "web" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.portal)


@pytest.fixture
def world(server: Server) -> Iterator[World]:
    """A platform with the marine waste pack, on a database of its own."""
    with open_world(server, [marine_waste.pack]) as found:
        yield found
