"""Documents: short, linked to what is there, and saying of the code what it is."""

import re
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def pages() -> list[Path]:
    """Return every page of ours that is kept, not those of libraries."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def prose(path: Path) -> str:
    """Return a page without its code, in which brackets mean something else."""
    return re.sub(r"```.*?```|`[^`]*`", "", path.read_text("utf-8"), flags=re.DOTALL)


def anchors(path: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    heads = re.findall(r"(?m)^#+ (.+)$", path.read_text("utf-8"))
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def is_broken(page: Path, link: str) -> bool:
    """Say whether a link within the house leads nowhere."""
    if "://" in link or link.startswith("mailto:"):
        return False
    name, _, anchor = link.partition("#")
    target = (page.parent / name).resolve() if name else page
    return not target.exists() or (bool(anchor) and anchor not in anchors(target))


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [link for link in LINK.findall(prose(page)) if is_broken(page, link)] == []


def test_the_architecture_quotes_the_import_contract() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    quoted = re.search(r"<!-- contract -->\n```text\n(.*?)```", text, re.DOTALL)

    assert quoted
    assert quoted[1].splitlines() == contract()


def contract() -> list[str]:
    """Return the import contract in the form it is quoted."""
    told = ConfigParser()
    told.read(ROOT / ".importlinter")
    of = {name.rpartition(":")[2]: told[name] for name in told if ":" in name}
    orders = [
        f"{of[name]['containers']}: {' > '.join(of[name]['layers'].split(chr(10))[1:])}"
        for name in ("root", "platform", "flow")
    ]
    packs = (
        f"{of['packs']['guests']} knows of {of['packs']['house']}: {listed(of['packs']['doors'])}"
    )
    known = [
        f"{listed(of[name]['libraries'])} are known to: {listed(of[name]['places'])}"
        for name in ("sql", "web")
    ]
    return [*orders, packs, *known]


def listed(lines: str) -> str:
    return ", ".join(lines.split())


def test_the_architecture_is_short() -> None:
    assert len((ROOT / "ARCHITECTURE.md").read_text("utf-8").splitlines()) <= 200


def test_every_module_has_its_place_in_the_picture() -> None:
    drawn = (ROOT / "docs" / "pictures" / "way.svg").read_text("utf-8")
    there = [
        folder.name
        for container in ("platform", "flow")
        for folder in (ROOT / "src" / "zhouqiao" / container).iterdir()
        if (folder / "__init__.py").exists()
    ]

    assert [name for name in there if not re.search(rf"[> ]{name}<", drawn)] == []


def test_every_change_is_of_a_known_kind_and_says_something() -> None:
    kinds = re.findall(r"(?m)^\| `(\w+)` \|", (ROOT / "changes" / "README.md").read_text("utf-8"))
    fragments = [path for path in (ROOT / "changes").iterdir() if path.name != "README.md"]

    for path in fragments:
        assert re.fullmatch(rf"[a-z_]+(-[a-z_]+)?\.({'|'.join(kinds)})\.md", path.name), path.name
        assert path.read_text("utf-8").rstrip().endswith(".")


def test_the_readme_fits_a_screen_and_names_both_commands() -> None:
    text = (ROOT / "README.md").read_text("utf-8")

    assert len(text.splitlines()) <= 50
    assert {"make run", "make test"} <= set(re.findall(r"(?m)^make \w+", text))


def test_pictures_are_light() -> None:
    heavy = [
        it.name for it in (ROOT / "docs" / "pictures").iterdir() if it.stat().st_size > 300_000
    ]

    assert heavy == []


def test_every_command_is_named_in_the_reference() -> None:
    named = re.findall(
        r"(?m)^## zhouqiao (.+)$", (ROOT / "docs" / "commands.md").read_text("utf-8")
    )

    assert "run" in named
    assert "[commands](docs/commands.md)" in (ROOT / "README.md").read_text("utf-8")
