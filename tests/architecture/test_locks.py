"""What is imported is pinned, what is pinned is locked, and what is locked has its hash."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")


def pinned() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    return {plain(re.sub(r"\[.*?\]", "", it)) for it in wanted}


def plain(requirement: str) -> str:
    return requirement.lower().replace("_", "-")


def locked() -> list[str]:
    text = "".join((ROOT / lock).read_text() for lock in LOCKS)
    return re.findall(r"(?m)^([a-z0-9.-]+==\S+)", text)


def test_every_dependency_is_pinned_to_one_version() -> None:
    assert [it for it in pinned() if not re.fullmatch(r"[a-z0-9.-]+==[0-9][^,;*]*", it)] == []


def test_every_pin_is_locked_as_it_is_pinned() -> None:
    assert sorted(pinned() - set(locked())) == []


def test_nothing_is_locked_twice_and_everything_by_hash() -> None:
    names = [it.partition("==")[0] for it in locked()]

    assert len(names) == len(set(names))
    for lock in LOCKS:
        entries = (ROOT / lock).read_text().replace("\\\n", "").splitlines()[1:]
        assert [it for it in entries if "--hash=sha256:" not in it] == []


def test_no_lock_names_a_registry_or_a_place_of_some_machine() -> None:
    for lock in LOCKS:
        assert not re.search(r"://|index-url|find-links|/home/|/opt/", (ROOT / lock).read_text())
