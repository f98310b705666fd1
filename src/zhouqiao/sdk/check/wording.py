"""Faults of a pack's words: what people would read as a bare key, in either language."""

import re
import typing
from collections.abc import Iterator, Mapping
from enum import StrEnum
from importlib.resources import files
from typing import Any

from zhouqiao.flow.case.declare import Procedure
from zhouqiao.flow.indicator.declare import Tally, Total, Typical
from zhouqiao.platform.document.declare import Record
from zhouqiao.sdk.pack import Held, Pack
from zhouqiao.sdk.words import LANGS, PHRASES, pack_words

SLOT = re.compile(r"\{(\w+)")


def findings(pack: Pack) -> Iterator[str]:
    """Yield what has no words, or other slots in one language than in the other.

    A pack that ships no words at all is none for people yet, and shows its keys.
    """
    if not is_worded(pack):
        return
    words = {lang: pack_words(pack.home, lang) for lang in LANGS}
    wanted = list(dict.fromkeys(_keys(pack)))
    for lang, known in words.items():
        for keys in wanted:
            if not any(known.get(key, "").strip() for key in keys):
                yield f"words.{lang}.toml says nothing for {keys[0]!r}; add it"
    yield from _slots(words)
    yield from _phrases(pack, words)


def is_worded(pack: Pack) -> bool:
    """Say whether a pack ships words in any language."""
    return any(files(pack.home).joinpath(f"words.{lang}.toml").is_file() for lang in LANGS)


def _phrases(pack: Pack, words: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Yield what is wrong with what a pack says in its own words where pages speak of it."""
    known = {f"page.{one.name}.{phrase}": phrase for one in pack.procedures for phrase in PHRASES}
    one, other = LANGS
    said = {lang: {key for key in words[lang] if key.startswith("page.")} for lang in LANGS}
    for key in sorted(said[one] ^ said[other]):
        lacking = other if key in said[one] else one
        yield f"words.{lacking}.toml says nothing for {key!r}, as the other language does; add it"
    for key in sorted(said[one] | said[other]):
        if key not in known:
            yield f"no page says {key!r}; it is page.<procedure>.<one of zhouqiao.sdk.PHRASES>"
            continue
        found = {slot for lang in LANGS for slot in SLOT.findall(words[lang].get(key, ""))}
        for name in sorted(found - set(PHRASES[known[key]])):
            yield f"{key!r}: nothing fills {{{name}}}; take it out"


def _slots(words: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    one, other = LANGS
    for key in sorted(words[one].keys() & words[other].keys()):
        slots = [set(SLOT.findall(words[lang][key])) for lang in LANGS]
        for name in sorted(slots[0] ^ slots[1]):
            lacking = other if name in slots[0] else one
            yield (
                f"words.{lacking}.toml: {key!r} lacks the slot {{{name}}} of the other "
                "language; add it"
            )


def _keys(pack: Pack) -> Iterator[tuple[str, ...]]:
    """Yield the keys something may be worded by; the first is the usual one."""
    yield ("name",)
    yield from ((matter.title_key,) for matter in pack.matters)
    yield from ((f"role.{role.value}",) for role in pack.roles)
    for procedure in pack.procedures:
        yield from ((key,) for key in _of_procedure(procedure))
        if pack.roles.get(procedure.opens) is Held.PERSON:
            yield (f"offer.{procedure.name}",)
        for record in (procedure.begins, *(step.shows for step in procedure.steps)):
            if isinstance(record, type) and issubclass(record, Record):
                yield from _of_record(record)
    for part in pack.parts:
        if isinstance(part, Typical | Total | Tally):
            yield (f"indicator.{part.name}",)


def _of_procedure(procedure: Procedure[Any, Any]) -> Iterator[str]:
    name = procedure.name
    yield f"procedure.{name}"
    yield from (f"state.{name}.{state.value}" for state in procedure.states)
    yield from (f"step.{name}.{step.name}" for step in procedure.steps)
    yield from (f"guard.{guard.name}" for step in procedure.steps for guard in step.guards)
    running = (step for step in procedure.steps if step.within and not step.ahead)
    yield from (f"clock.{name}.{step.name}" for step in running)
    yield from (f"clock.{name}.{clock.name}" for clock in procedure.clocks)
    if procedure.remedy is not None and procedure.remedy.decided_within is not None:
        yield f"clock.{name}.appeal"


def _of_record(record: type) -> Iterator[tuple[str, ...]]:
    for field, hint in typing.get_type_hints(record, include_extras=True).items():
        label = f"{_snake(record.__name__)}.{field}"
        yield (label, f"field.{field}")
        for kind in _within(hint):
            if issubclass(kind, StrEnum):
                for option in kind:
                    yield (f"{_snake(kind.__name__)}.{option.value}", f"{label}.{option.value}")
            elif issubclass(kind, Record):
                yield from _of_record(kind)


def _within(hint: Any) -> Iterator[type]:
    if isinstance(hint, type) and not typing.get_args(hint):
        yield hint
    for inner in typing.get_args(hint):
        yield from _within(inner)


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
