"""The outside world lives a day against a node, by HTTP and MQTT, and knows nothing of ours."""

import ast
import json
import subprocess
from pathlib import Path

import pytest

from stories.engines.running import running
from zhouqiao.store.engines import temporary_folder

DAY = Path(__file__).parents[3] / "tools" / "day"


def test_the_outside_world_imports_nothing_of_ours() -> None:
    trees = [ast.parse(file.read_text("utf-8")) for file in DAY.rglob("*.py")]
    named = {
        name
        for tree in trees
        for node in ast.walk(tree)
        for name in (
            [one.name for one in node.names]
            if isinstance(node, ast.Import)
            else [node.module or "."]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert "httpx" in named
    assert not [name for name in named if name.startswith((".", "zhouqiao"))]


@pytest.mark.engine
@pytest.mark.slow
def test_fishers_and_boats_live_a_day_and_the_platform_says_the_same() -> None:
    with temporary_folder() as folder, running(folder) as node:
        line = node.command("demo", "--seconds", "20", "--speed", "60")
        ended = subprocess.run(
            line, env=node.environment, capture_output=True, text=True, timeout=120, check=False
        )

    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout.splitlines()[-1])
    met = sum(told["platform"].get(state, 0) for state in ("handed_over", "landed"))
    assert told["did"]["asked"] == sum(told["platform"].values())
    assert told["did"]["met_to_handed_over"] == met > 0
    assert told["did"]["positions"] > 0
    assert [why for why in told["told"] if not why.startswith("asked to wait")] == []
