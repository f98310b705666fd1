"""The portal over a world, for stories of its pages."""

from collections.abc import Iterator

import pytest

from zhouqiao.store.engines import Server
from zhouqiao.testing.web import Web, open_web
from zhouqiao_systems.government import marine_waste


@pytest.fixture
def web(server: Server) -> Iterator[Web]:
    """A portal over a world with the marine waste pack, under the kernel's own decisions."""
    with open_web(server, [marine_waste.pack]) as found:
        yield found
