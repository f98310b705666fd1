"""A pack's words for people: `words.zh.toml` and `words.en.toml` beside its code."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LANGS = ("zh", "en")
PHRASES: Mapping[str, tuple[str, ...]] = {
    "ask.amount_of": ("kind", "unit"),
    "ask.go": (),
    "ask.here_note": (),
    "ask.need": ("field",),
    "ask.no_place": (),
    "ask.photo_note": (),
    "ask.promise": ("p", "clocks"),
    "elder.arrives": (),
    "elder.call": (),
    "elder.coming": ("unit", "how"),
    "elder.look": (),
    "elder.nothing_said": (),
    "elder.phase.cancelled": (),
    "elder.phase.coming": (),
    "elder.phase.done": (),
    "elder.phase.finding": (),
    "elder.phase.handed": (),
    "elder.phase.met": (),
    "elder.phase.missed": (),
    "elder.sure": (),
    "elder.wait": (),
    "home.arrives": (),
    "home.ask": (),
    "home.nothing_said": (),
    "home.unit": ("unit",),
    "rate.was": ("unit", "n", "p"),
    "rate.who_sees": (),
    "track.again": (),
    "track.cancel": ("step",),
    "track.cancel_do": ("step",),
    "track.cancel_said": ("step",),
    "track.cancel_sure": ("step",),
    "track.keep": ("step",),
    "track.map": ("unit", "km"),
    "track.minutes_to": (),
    "track.no_unit": (),
    "track.phase.cancelled": (),
    "track.phase.coming": (),
    "track.phase.done": (),
    "track.phase.finding": (),
    "track.phase.handed": (),
    "track.phase.met": (),
    "track.phase.missed": (),
    "track.receipt": (),
    "track.schematic": (),
    "track.title": (),
    "track.why": (),
    "why.lack.no_way": (),
    "why.none": (),
    "why.policy.nearest_able": (),
    "why.title": ("unit",),
    "why.title_none": (),
    "why.way": (),
    "why.went": (),
    "why.who": (),
}
"""What the citizen's pages say of an affair that a pack may say in its own words, with the slots.

A pack says it as `page.<procedure>.<phrase>`; what it leaves out is said in words that fit all.
"""


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
