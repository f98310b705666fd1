"""The anatomy of a module: what its front door says of it, and how long its files may grow."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
KERNEL, SYSTEMS = ROOT / "src" / "zhouqiao", ROOT / "src" / "zhouqiao_systems"

HEADINGS = ["is", "hears", "is asked", "says", "always true"]
CAPS = {
    "__init__": 60,
    "declare": 200,
    "facts": 200,
    "errors": 150,
    "model": 400,
    "repository": 300,
    "service": 400,
    "react": 120,
}
LONGEST = 400
PACK = 150  # a pack's `__init__.py`


def modules() -> Iterator[Path]:
    """Every folder that is a module of the design: it has a front door of its own."""
    yield from (KERNEL / name for name in ("base", "store", "store/engines", "sdk", "app"))
    yield KERNEL / "testing"
    for container in ("platform", "flow", "edge"):
        yield from (it for it in (KERNEL / container).iterdir() if (it / "__init__.py").exists())


def sources() -> list[Path]:
    return sorted(path for path in KERNEL.rglob("*.py"))


def packs() -> list[Path]:
    """Every pack's front door; its tests are not counted."""
    return sorted(SYSTEMS.glob("*/*/__init__.py"))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_bytes())


def short(path: Path) -> str:
    return str(path.relative_to(ROOT / "src"))


def test_no_file_outgrows_its_cap() -> None:
    caps = {path: CAPS.get(path.stem, LONGEST) for path in sources()}
    caps |= dict.fromkeys(packs(), PACK)

    lengths = {path: len(path.read_text().splitlines()) for path in caps}
    outgrown = [
        f"{short(path)}: {lengths[path]} > {cap}"
        for path, cap in caps.items()
        if lengths[path] > cap
    ]

    assert not outgrown, "\n".join(outgrown)


def test_every_front_door_says_what_the_module_is() -> None:
    silent = []
    for folder in modules():
        told = ast.get_docstring(tree(folder / "__init__.py")) or ""
        found = re.findall(r"(?m)^(is asked|is|hears|says|always true)\s+\S", told)
        if found != HEADINGS:
            silent.append(f"{short(folder)}: wants {HEADINGS}, has {found}")

    assert not silent, "\n".join(silent)


def test_every_front_door_of_a_stage_lists_what_it_offers() -> None:
    unlisted = [
        short(folder)
        for folder in modules()
        if folder.parent.name in {"platform", "flow"}
        and not re.search(r"(?m)^__all__ = ", (folder / "__init__.py").read_text())
    ]

    assert not unlisted, "\n".join(unlisted)


def test_every_file_says_what_it_is() -> None:
    silent = [
        short(path)
        for path in sources()
        if path.stem != "__init__" and not ast.get_docstring(tree(path))
    ]

    assert not silent, "\n".join(silent)


def test_the_modules_are_those_of_the_design() -> None:
    allowed = {"__init__.py", "py.typed", "base", "store", "platform", "flow", "sdk", "edge"}
    allowed |= {"testing", "app", "app.py", "cli", "cli.py", "__main__.py", "__pycache__"}

    assert {path.name for path in KERNEL.iterdir()} <= allowed
