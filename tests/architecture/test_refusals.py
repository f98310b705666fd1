"""Refusals in words: a sentence for each reason, and in each only slots its refusal fills."""

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

from architecture.test_words import below, codes
from zhouqiao.base import Refusal
from zhouqiao.edge.portal.words import words

KERNEL = Path(__file__).parents[2] / "src" / "zhouqiao"


def reasons() -> Iterator[str]:
    """Every `why` that some `Invalid` is raised with, where it is written out."""
    for path in KERNEL.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            match node:
                case ast.Call(func=ast.Name(id="Invalid"), args=[_, why, *_]):
                    yield from (it.value for it in ast.walk(why) if isinstance(it, ast.Constant))


def slots_of(kind: type[Refusal]) -> set[str]:
    """Return the names a refusal of this kind may carry, read off its making."""
    return {name for base in kind.__mro__ if issubclass(base, Refusal) for name in _set_in(base)}


def _set_in(kind: type) -> Iterator[str]:
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(kind)))):
        match node:
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                yield name
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case ast.Call(func=ast.Attribute(attr="__init__"), keywords=keywords):
                yield from (it.arg for it in keywords if it.arg)


def test_every_reason_of_an_invalid_has_a_sentence() -> None:
    table = words("zh")

    assert sorted({why for why in reasons() if f"refusal.invalid.{why}" not in table}) == []


def test_no_sentence_asks_a_slot_its_refusal_does_not_fill() -> None:
    list(codes())  # every module that can refuse is imported
    table = words("zh").under("refusal")

    empty = [
        f"{kind.code}: {slot}"
        for kind in below(Refusal)
        if kind.__module__.startswith("zhouqiao.") and kind.code in table
        for slot in re.findall(r"\{(\w+)", table[kind.code])
        if slot not in slots_of(kind)
    ]

    assert sorted(set(empty)) == []
