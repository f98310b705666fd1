"""What a pack's own tests may ask pytest for: `pytest_plugins = ["zhouqiao.testing.fixtures"]`."""

from collections.abc import Iterator

import pytest

from zhouqiao.store.engines import Server, temporary_folder
from zhouqiao.testing.servers import Template, template_server


@pytest.fixture(scope="session")
def template() -> Iterator[Template]:
    """Start one PostgreSQL a session, with a migrated template."""
    with temporary_folder(fleeting=True) as folder, template_server(folder) as found:
        yield found


@pytest.fixture
def server(template: Template) -> Iterator[Server]:
    """Lend a database of one's own, gone after the test."""
    with template.fresh() as fresh:
        yield fresh
