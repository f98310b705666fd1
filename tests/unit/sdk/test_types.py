"""What the type checker already tells a pack's author, line by line."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SNIPPETS = Path(__file__).with_name("snippets.py.txt")
ROOT = Path(__file__).parents[3]


@pytest.mark.slow
def test_the_type_checker_finds_the_mistake_on_each_marked_line(tmp_path: Path) -> None:
    there = tmp_path / "snippets.py"
    shutil.copy(SNIPPETS, there)
    lines = there.read_text("utf-8").splitlines()
    marked = {number for number, line in enumerate(lines, 1) if "  # " in line}

    command = [sys.executable, "-m", "mypy", "--follow-imports=silent", "--no-error-summary"]
    env = {"MYPYPATH": "src:tests", "PATH": ""}
    told = subprocess.run(
        [*command, str(there)], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    ).stdout

    found = {int(number) for number in re.findall(r"snippets\.py:(\d+): error", told)}
    assert {number: lines[number - 1] for number in marked ^ found} == {}, told
    assert len(marked) >= 25
