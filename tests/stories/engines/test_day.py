"""The outside world lives a day against a node, by HTTP and MQTT, and knows nothing of ours."""

import ast
import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from stories.engines.running import Running, running
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


@pytest.mark.parametrize(("lang", "said"), [("zh", "没有节点应答"), ("en", "No node answers")])
def test_where_no_node_runs_it_is_said_in_words(lang: str, said: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    line = [sys.executable, str(DAY), f"http://127.0.0.1:{port}", "--password", "x"]

    ended = subprocess.run(
        [*line, "--lang", lang, "--json"], capture_output=True, text=True, timeout=60, check=False
    )

    assert ended.returncode == 1
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
    assert json.loads(ended.stdout)["code"] == "day.nobody_there"


@pytest.mark.engine
@pytest.mark.slow
def test_fishers_and_boats_live_a_day_and_the_platform_says_the_same() -> None:
    with temporary_folder() as folder, running(folder) as node:
        line = node.command("demo", "--seconds", "20", "--speed", "60", "--json")
        ended = lived(node, line)
        short = lived(node, node.command("demo", "--seconds", "3", "--speed", "1", "--lang", "zh"))

    told = json.loads(ended.stdout)
    met = sum(told["platform"].get(state, 0) for state in ("handed_over", "landed"))
    assert told["did"]["asked"] == sum(told["platform"].values())
    assert told["did"]["met_to_handed_over"] == met > 0
    assert told["did"]["positions"] > 0
    assert [why for why in told["told"] if not why.startswith("asked to wait")] == []
    assert len(told["boats"]) == 12
    assert all(121 < lon < 123 and 28 < lat < 29 for lon, lat in told["boats"].values())
    assert "12 条船都停了，报了最后的位置" in short.stdout
    assert "平台说：" in short.stdout


def lived(node: Running, line: list[str]) -> subprocess.CompletedProcess[str]:
    """Let a day happen; it ends at its time, with the seconds for signing in and what was begun."""
    ended = subprocess.run(
        line, env=node.environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return ended
