"""Decisions: one page each, and each says at its end by what it is held, which exists."""

import re
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ADRS = sorted((ROOT / "docs" / "adr").glob("*.md"))
PAGE = 60  # lines, tables included


def held_by(path: Path) -> list[str]:
    """Return what the last line names, one by one."""
    last = path.read_text("utf-8").rstrip().splitlines()[-1].strip("*")
    found = re.fullmatch(r"Held by: (.+?)\.?", last)
    assert found, f"{path.name} ends with {last!r}, not with what it is held by"
    return found[1].split(", ")


def exists(holder: str) -> bool:
    """Say whether a test, `contract NAME`, `lint CODE` or `nobody` is there."""
    kind, _, name = holder.partition(" ")
    match kind:
        case "contract":
            contracts = ConfigParser()
            contracts.read(ROOT / ".importlinter")
            return f"importlinter:contract:{name}" in contracts
        case "lint":
            return bool(re.fullmatch(r"[A-Z]+\d*", name))
        case "nobody":
            return not name
    return holder.startswith("tests/") and (ROOT / holder).is_file()


@pytest.mark.parametrize("path", ADRS, ids=lambda path: path.stem)
def test_a_decision_ends_with_what_holds_it(path: Path) -> None:
    assert [holder for holder in held_by(path) if not exists(holder)] == []


@pytest.mark.parametrize("path", ADRS, ids=lambda path: path.stem)
def test_a_decision_is_numbered_and_fits_a_page(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()

    assert lines[0].startswith(f"# {int(path.stem[:4])}. ")
    assert len(lines) <= PAGE


def test_no_two_decisions_have_one_number() -> None:
    numbers = [path.stem[:4] for path in ADRS]

    assert len(numbers) == len(set(numbers))
