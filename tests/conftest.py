"""What every test may ask for: a server, a world of its own."""

from collections.abc import Iterator

import pytest

from zhouqiao.store.engines import Server, temporary_folder
from zhouqiao.testing import Template, World, open_world, template_server
from zhouqiao_systems.government import marine_waste


@pytest.fixture(scope="session")
def template() -> Iterator[Template]:
    """One PostgreSQL a session, with a migrated template."""
    with temporary_folder() as folder, template_server(folder) as found:
        yield found


@pytest.fixture
def server(template: Template) -> Iterator[Server]:
    """A database of one's own."""
    with template.fresh() as fresh:
        yield fresh


@pytest.fixture
def world(server: Server) -> Iterator[World]:
    """A platform with the marine waste pack, on a database of its own."""
    with open_world(server, [marine_waste.pack]) as found:
        yield found
