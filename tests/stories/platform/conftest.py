"""A world in which rights hold: the kernel's own decision function."""

from collections.abc import Iterator

import pytest

from zhouqiao.platform.access import decide
from zhouqiao.store.engines import Server
from zhouqiao.testing import World, open_world


@pytest.fixture
def world(server: Server) -> Iterator[World]:
    """A platform without packs, on a database of its own."""
    with open_world(server, [], decide=decide) as found:
        yield found
