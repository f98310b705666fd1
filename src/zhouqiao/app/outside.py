"""What stands beside the platform in its source tree: the outside world, and the benchmarks.

Neither is part of an installed platform; both are found beside the sources it runs from.
"""

import importlib
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from zhouqiao.app.node import demo_password
from zhouqiao.app.settings import Settings
from zhouqiao.base import Refusal

ROOT = Path(__file__).resolve().parents[3]
NOT_BENCHES = frozenset({"__init__", "boats", "client", "node", "processor"})


class NotBeside(Refusal):
    """What was asked for is not beside the sources (or the platform does not run from any)."""

    code: ClassVar[str] = "cli.not_beside"
    status: ClassVar[int] = 404

    def __init__(self, what: str, known: str) -> None:
        super().__init__()
        self.what = what
        self.known = known


def benches() -> list[str]:
    """Return the names of the benchmarks."""
    return sorted({it.stem for it in (ROOT / "benchmarks").glob("*.py")} - NOT_BENCHES)


def bench(name: str, *, quick: bool) -> dict[str, Any]:
    """Run a benchmark; return its figure beside what it is measured against. Raises `NotBeside`."""
    if name not in benches():
        raise NotBeside(name, ", ".join(benches()) or "-")
    sys.path.insert(0, str(ROOT))
    found: dict[str, Any] = importlib.import_module(f"benchmarks.{name}").run(quick)
    return found


def demo(settings: Settings, more: list[str], environment: Mapping[str, str]) -> int:
    """Let the outside world live against the running node; return its exit status.

    It is a program of its own that knows the node by HTTP and MQTT only.
    """
    world = ROOT / "tools" / "day"
    if not world.is_dir():
        raise NotBeside("tools/day", "-")
    secret = ["--password", demo_password(settings)]
    argv = [sys.executable, str(world), settings.address, *secret, *more]
    return subprocess.run(argv, env=dict(environment), check=False).returncode  # noqa: S603 - our own program
