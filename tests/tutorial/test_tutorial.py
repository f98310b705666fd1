"""The tutorial, step by step, just as it is written: its files are written, its commands run.

Block by block from the top: a block with a file's name is that file, a diff changes one, and each
`$ command` of a console block must answer with the very lines below it. What `pip install` leaves
behind is written by hand, for a test installs nothing.
"""

import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "tutorial.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BIN = Path(sys.executable).parent
STEPS = range(1, 8)
OURS = "I001,INP001"  # elsewhere the pack is no package of this tree, and imported as another's


@dataclass(frozen=True)
class Block:
    """A fenced block: its kind, the file it names, its text."""

    kind: str
    file: str
    text: str


def blocks(step: int) -> list[Block]:
    """Return the blocks of a step."""
    found = re.search(rf"^## Step {step}\..*?(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert found, f"no step {step}"
    return [Block(*one.groups(default="")) for one in BLOCK.finditer(found[0])]


@pytest.mark.engine
@pytest.mark.parametrize("step", STEPS)
def test_the_step_does_what_it_says(step: int, tmp_path: Path) -> None:
    for before in range(1, step):
        for block in blocks(before):
            follow(block, tmp_path)

    for block in blocks(step):
        follow(block, tmp_path)
        for command, told in commands(block):
            assert answer(command, tmp_path) == told


def follow(block: Block, folder: Path) -> None:
    """Write what a block says is to be written."""
    path = folder / block.file
    if block.kind == "diff":
        path.write_text(patched(path.read_text("utf-8"), block.text), "utf-8")
    elif block.file:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, "utf-8")
    elif "pip install" in block.text:
        install(folder)


def patched(text: str, diff: str) -> str:
    """Put the `+` lines of each hunk in the place of the `-` lines before them."""
    for gone, come in hunks(diff):
        assert text.count(gone) == 1, gone
        text = text.replace(gone, come)
    return text


def hunks(diff: str) -> Iterator[tuple[str, str]]:
    """Yield what goes and what comes instead, in turn."""
    for gone, come in re.findall(r"((?:^-.*\n)+)((?:^\+.*\n)+)", diff, re.MULTILINE):
        yield re.sub(r"(?m)^-", "", gone), re.sub(r"(?m)^\+", "", come)


def install(folder: Path) -> None:
    """Leave what an editable install leaves: the name of the pack's entry point."""
    project = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]
    said = folder / f"{project['name']}-{project['version']}.dist-info"
    said.mkdir()
    (said / "METADATA").write_text(f"Name: {project['name']}\nVersion: {project['version']}\n")
    points = project["entry-points"]["zhouqiao.packs"].items()
    lines = "".join(f"{name} = {where}\n" for name, where in points)
    (said / "entry_points.txt").write_text(f"[zhouqiao.packs]\n{lines}")


def commands(block: Block) -> Iterator[tuple[str, str]]:
    """Yield the commands of a console block with the lines they answer."""
    if block.kind == "console":
        for one in re.split(r"(?m)^\$ ", block.text)[1:]:
            command, _, told = one.partition("\n")
            yield command, told


def answer(command: str, folder: Path) -> str:
    """Run one of our commands in the reader's folder; return what it prints."""
    name, *rest = shlex.split(command)
    paths = os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])  # noqa: TID251  the child's own
    done = subprocess.run(
        [str(BIN / name), *rest],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": paths, "LANG": "en"},  # noqa: TID251  handed on
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr, done.stderr
    told = [line for line in done.stdout.rstrip().splitlines() if not is_timing(line)]
    return "".join(f"{line}\n" for line in told)


def is_timing(line: str) -> bool:
    """Say whether a line is pytest's summary, which tells how long it took."""
    return bool(re.fullmatch(r"\d+ passed in .*", line))


def test_what_the_tutorial_writes_passes_the_linter_of_this_repository(tmp_path: Path) -> None:
    for step in STEPS:
        for block in blocks(step):
            follow(block, tmp_path)

    for path in tmp_path.rglob("*.py"):
        place = "tests/packs" if path.parent.name == "street_lamp" else "tests/stories"
        as_ours = f"{place}/{path.relative_to(tmp_path)}"
        done = subprocess.run(
            [str(BIN / "ruff"), "check", "--ignore", OURS, "--stdin-filename", as_ours, "-"],
            cwd=ROOT,
            input=path.read_bytes(),
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout.decode()


@pytest.mark.slow
def test_what_the_tutorial_writes_is_typed_throughout(tmp_path: Path) -> None:
    for step in STEPS:
        for block in blocks(step):
            follow(block, tmp_path)

    done = subprocess.run(
        [str(BIN / "mypy"), "--strict", "street_lamp", "tests"],
        cwd=tmp_path,
        env=os.environ | {"MYPY_CACHE_DIR": str(ROOT / ".mypy_cache/tutorial")},  # noqa: TID251  handed on
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_tutorial_has_seven_steps() -> None:
    assert re.findall(r"(?m)^## Step (\d)\.", TEXT) == [str(step) for step in STEPS]
