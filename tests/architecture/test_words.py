"""Words for people: whole in both languages, with the same slots, and one for each refusal."""

import importlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from zhouqiao.base import Refusal
from zhouqiao.edge.portal.words import FOLDER, flat

SRC = Path(__file__).parents[2] / "src"
PAIRS = sorted(
    [*FOLDER.glob("*.zh.toml"), *(SRC / "zhouqiao_systems").rglob("words.zh.toml")],
    key=str,
)


def words(path: Path) -> dict[str, str]:
    return dict(flat(tomllib.loads(path.read_text("utf-8"))))


def slots(sentence: str) -> set[str]:
    """Return the slots of a sentence; `{n|one|many}` is English grammar, not a slot of its own."""
    return set(re.findall(r"\{(\w+)\}", sentence))


def english(path: Path) -> Path:
    return path.with_name(path.name.replace(".zh.", ".en."))


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: str(path.relative_to(SRC)))
def test_both_languages_say_the_same_things_with_the_same_slots(path: Path) -> None:
    zh, en = words(path), words(english(path))

    assert sorted(zh.keys() ^ en.keys()) == []
    assert [key for key in zh if slots(zh[key]) != slots(en[key])] == []
    assert [key for key in zh if not zh[key].strip() or not en[key].strip()] == []


def test_no_english_file_stands_alone() -> None:
    files = [*FOLDER.glob("*.en.toml"), *(SRC / "zhouqiao_systems").rglob("words.en.toml")]

    assert sorted(map(str, files)) == sorted(str(english(path)) for path in PAIRS)


def test_every_refusal_has_a_sentence() -> None:
    said = {key for path in PAIRS for key in words(path)}
    unsaid = sorted(code for code in codes() if f"refusal.{code}" not in said)

    assert not unsaid, "\n".join(unsaid)


def codes() -> Iterator[str]:
    """Every code a refusal of ours can have."""
    for path in (SRC / "zhouqiao").rglob("*.py"):
        if "(Refusal)" in path.read_text() or path.stem == "errors":
            dotted = ".".join(path.relative_to(SRC).with_suffix("").parts)
            importlib.import_module(dotted.removesuffix(".__init__"))
    yield from {kind.code for kind in below(Refusal) if kind.__module__.startswith("zhouqiao.")}


def below(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for child in kind.__subclasses__():
        yield child
        yield from below(child)
