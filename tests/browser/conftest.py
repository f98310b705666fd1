"""What the browser tests stand on: a stage with every page, and one Chromium."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from zhouqiao.app.compose import World, put_together
from zhouqiao.app.demo import DEMO_ACCOUNTS, seed
from zhouqiao.edge.portal.door import Portal
from zhouqiao.edge.portal.site import site
from zhouqiao.store import Engine, Vault
from zhouqiao.testing import Template
from zhouqiao.testing.web import PASSWORD, served
from zhouqiao_systems.government import marine_waste

sys.path[:0] = [str(Path(__file__).parent / "gallery"), str(Path(__file__).parents[2] / "tools")]


@pytest.fixture(scope="session")
def stage_address() -> Iterator[str]:
    """Serve the gallery on loopback."""
    from stage import stage  # noqa: PLC0415 - beside this file, not installed

    with stage() as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Start one Chromium for all browser tests, or skip with a reason."""
    pytest.importorskip("playwright.sync_api", reason="needs Playwright to drive a browser")
    import camera  # noqa: PLC0415 - of tools/, not installed

    if camera.CHROMIUM is None:
        pytest.skip("needs a Chromium on the PATH")
    with camera.chromium() as browser:
        yield browser


@pytest.fixture
def platform(stage_address: str) -> Iterator[Any]:
    """A made-up platform the desk talks to, on the stage."""
    assert stage_address
    from aboard import Platform  # noqa: PLC0415 - beside this file, not installed
    from stage import Stage  # noqa: PLC0415 - beside this file, not installed

    made = Platform()
    Stage.answers = made.answers()
    yield made
    Stage.answers = {}


@pytest.fixture(scope="session")
def node(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Lend the address of a demonstration that runs: portal, worker, made-up people and boats."""
    cell, folder = "331002", tmp_path_factory.mktemp("node")
    with template.fresh() as server:
        platform = put_together(
            server, [marine_waste.pack], world=World(), cell=cell,
            vault=Vault(b"made up for tests only, 32 bytes"), folder=folder,
        )  # fmt: skip
        seed(platform, cell, PASSWORD)
        portal = Portal(
            store=platform.store, packs=platform.packs, cell=cell, address="http://127.0.0.1",
            engine=platform.engine, folder=str(folder), demo=DEMO_ACCOUNTS, demo_password=PASSWORD,
        )  # fmt: skip
        with _working(platform.engine), served(site(portal)) as address:
            yield address
        platform.close()


@contextmanager
def _working(engine: Engine) -> Iterator[None]:
    """Let reactions and due times be answered beside, as a worker does."""
    stop = threading.Event()

    def work() -> None:
        while not stop.wait(0.1):
            engine.drain()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=20)
