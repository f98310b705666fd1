"""The page on which something is asked for: its inputs, drawn from a declared form."""

from collections.abc import Mapping
from typing import ClassVar, Literal

import msgspec

from zhouqiao.edge.portal.pages.parts import View

__all__ = ["Ask", "FieldError", "Input", "Opening", "Option"]

Shape = Literal[
    "tiles", "choice", "choices", "place", "file", "known", "number", "text", "long", "flag",
    "date", "time", "group",
]  # fmt: skip


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """What may be asked for: its title, one line about it, and the page to ask."""

    title: str
    said: str
    icon: str
    href: str
    body: str = ""


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """One of several to choose from: `amount` of it in steps of `step`; `mark` warns of it."""

    name: str
    word: str
    note: str = ""
    icon: str = ""
    mark: str = ""
    amount: str = ""
    step: str = "1"
    chosen: bool = False


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """One thing asked for, sent under `name`; `shape` is how it is drawn.

    `tiles`: options with an amount each in `unit`; `place`: known places as options, or where one
    is (`at`, as `lon`, `lat`, `accuracy`); `file`: `kept` names those that are here already;
    `known`: `value` from `source`, not asked; `group`: `inputs` of one thing together.
    """

    name: str
    shape: Shape
    label: str
    hint: str = ""
    required: bool = True
    many: bool = False
    value: str = ""
    unit: str = ""
    least: str = ""
    most: str = ""
    shortest: int = 0
    longest: int = 0
    source: str = ""
    options: tuple[Option, ...] = ()
    at: tuple[str, str, str] = ("", "", "")
    kept: tuple[str, ...] = ()
    media: str = ""
    inputs: tuple["Input", ...] = ()


class FieldError(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with a field ("": with all of it) and how to mend it."""

    field: str
    said: str


class Ask(View, frozen=True, kw_only=True):
    """`/ask/<pack>.<procedure>`: what is asked, and go.

    `phrases` are the pack's own; `promise` says by when; `box` is what a map to
    tap shows at first; `step` is the one input the elder layout
    asks now ("": make sure), `before` and `after` the steps around it ("-": none), `kept` what it
    keeps of the others, `sure` what was answered, as question and answer.
    """

    template: ClassVar[str] = "citizen/ask.html"
    elder: ClassVar[str | None] = "elder/ask.html"

    matter: str
    title: str
    said: str
    inputs: tuple[Input, ...]
    once: str
    promise: str = ""
    box: tuple[float, float, float, float]
    errors: tuple[FieldError, ...] = ()
    phrases: Mapping[str, str] = {}
    step: str = ""
    before: str = "-"
    after: str = "-"
    kept: tuple[tuple[str, str], ...] = ()
    sure: tuple[tuple[str, str], ...] = ()
