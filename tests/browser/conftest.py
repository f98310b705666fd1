"""What the browser tests stand on: a stage with every page, and one Chromium."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent / "gallery"))

CHROMIUM = Path("/usr/bin/chromium")
ARGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]


@pytest.fixture(scope="session")
def stage_address() -> Iterator[str]:
    """Serve the gallery on loopback."""
    from stage import stage  # noqa: PLC0415 - beside this file, not installed

    with stage() as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Start one Chromium for all browser tests, or skip with a reason."""
    if not CHROMIUM.exists():
        pytest.skip("needs /usr/bin/chromium")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where a browser is

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        yield browser
        browser.close()


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
