"""Words for people: one flat table a language, read from the words files.

Each `words/<name>.<lang>.toml` is flattened to dotted keys (`[home] title` is `home.title`) and
all files of a language make one table; a key said twice is a fault. `{slot}` stands for a value,
`{slot|one|many}` chooses by it (English number), and nothing else is special.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")
FOLDER = Path(__file__).parent / "words"

_SLOT = re.compile(r"\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}")


class Missing(LookupError):
    """A key or slot that nobody gave words for: a fault of ours, caught by the gallery."""


class Words:
    """The words of one language: `words("home.title")`, `words("home.reads", n=3)`."""

    def __init__(self, lang: Lang, table: Mapping[str, str]) -> None:
        self.lang = lang
        self._table = table

    def __call__(self, key: str, /, **slots: object) -> str:
        """Return the sentence of `key` with its slots filled. Raises `Missing`."""
        try:
            return _SLOT.sub(lambda hole: _fill(hole, slots), self._table[key])
        except KeyError as gap:
            raise Missing(f"{self.lang}: {key} {gap}") from gap

    def __contains__(self, key: str) -> bool:
        """Say whether the key has words."""
        return key in self._table

    def over(self, phrases: Mapping[str, str]) -> "Words":
        """Return these words with some sentences said otherwise."""
        return Words(self.lang, {**self._table, **phrases}) if phrases else self

    def under(self, prefix: str) -> dict[str, str]:
        """Return the raw sentences below `prefix.`, for a page's own script."""
        cut = len(prefix) + 1
        return {k[cut:]: v for k, v in self._table.items() if k.startswith(prefix + ".")}


@cache
def words(lang: Lang, folder: Path = FOLDER) -> Words:
    """Read the words of one language. Raises `ValueError` when a key is said twice."""
    table: dict[str, str] = {}
    for file in sorted(folder.glob(f"*.{lang}.toml")):
        for key, sentence in flat(tomllib.loads(file.read_text("utf-8"))):
            if key in table:
                raise ValueError(f"{file.name}: {key} is said twice")
            table[key] = sentence
    return Words(lang, table)


def flat(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Return the leaves of a TOML tree as dotted keys. A list leaf is joined line by line."""
    for name, value in tree.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, "\n".join(value) if isinstance(value, list) else str(value)


def slots_of(sentence: str) -> frozenset[str]:
    """Return the names of the slots in a sentence."""
    return frozenset(hole[1] for hole in _SLOT.finditer(sentence))


def _fill(hole: re.Match[str], slots: Mapping[str, object]) -> str:
    value = slots[hole[1]]
    if hole[2] is None:
        return str(value)
    return hole[2] if str(value) == "1" else hole[3]
