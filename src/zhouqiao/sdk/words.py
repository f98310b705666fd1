"""A pack's words for people: `words.zh.toml` and `words.en.toml` beside its code."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LANGS = ("zh", "en")


@cache
def pack_words(home: str, lang: str) -> Mapping[str, str]:
    """Return the sentences of the pack in package `home`, by dotted key; empty without a file."""
    file = files(home).joinpath(f"words.{lang}.toml")
    return dict(flat(tomllib.loads(file.read_text("utf-8")))) if file.is_file() else {}


def flat(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield the leaves of a TOML tree as dotted keys."""
    for name, value in tree.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, str(value)
