"""What the linters say of the tree: nothing; and every silence asked of them has its reason."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*argv: str) -> str:
    tool = Path(sys.executable).with_name(argv[0])
    done = subprocess.run([tool, *argv[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_ruff_finds_nothing() -> None:
    told = run("ruff", "check", "--output-format", "concise")

    assert not told, told


def test_ruff_would_format_nothing_otherwise() -> None:
    told = run("ruff", "format", "--check", "--output-format", "concise")

    assert not told, told


def test_mypy_finds_nothing() -> None:
    told = run("mypy")

    assert not told, told


def settings() -> str:
    return (ROOT / "pyproject.toml").read_text()


def test_every_rule_that_is_off_says_why() -> None:
    block = re.search(r"(?ms)^ignore = \[\n(.*?)^\]", settings())
    assert block
    lines = block[1].splitlines()

    assert [line for line in lines if not re.fullmatch(r'  "[A-Z0-9]+", +# \S.{9,}', line)] == []


def test_every_file_that_is_let_off_a_rule_says_why() -> None:
    block = re.search(r"(?ms)^\[tool.ruff.lint.per-file-ignores\]\n(.*?)^\n?\[", settings())
    assert block
    lines = [line for line in block[1].splitlines() if line.strip()]

    assert [line for line in lines if not re.search(r"\] +# \S.{7,}", line)] == []


def test_every_ban_says_what_to_do_instead() -> None:
    ruff = tomllib.loads(settings())["tool"]["ruff"]["lint"]
    bans = ruff["flake8-tidy-imports"]["banned-api"]

    assert {"datetime.datetime.now", "random", "uuid.uuid4", "time.sleep", "os.environ"} <= set(
        bans
    )
    assert [name for name, ban in bans.items() if len(ban["msg"]) < 20] == []


@pytest.mark.parametrize("mark", ["# noqa", "# type: ignore"])
def test_every_silenced_line_names_its_rule(mark: str) -> None:
    bare = re.compile(re.escape(mark) + r"(?![:\[] ?\w)")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for folder in ("src", "tools")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if bare.search(line)
    ]

    assert found == []
