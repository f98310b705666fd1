"""What a pack may say about this stage: records to fill in, papers to issue.

@record
class Handover:
    "What both sides signed for on the water."

    kind: Waste                                        # a StrEnum is a choice
    mass: Annotated[Mass, Bounds("0.01", "2000")]      # in the quantity's own unit
    note: Annotated[str, Length(200)] = ""
    photo: Annotated[File, Media.IMAGE] | None = None  # may be left out
    phone: Annotated[Personal[str], Grade(3)]          # never enters a fact
"""

import types
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal, TypeVar, dataclass_transform

import msgspec

from zhouqiao.base import Id, Quantity

T = TypeVar("T")


class Record(msgspec.Struct, frozen=True):
    """What `@record` makes of a class: ask `isinstance(value, Record)`, never inherit it."""


@dataclass_transform(kw_only_default=True, frozen_default=True)
def record(cls: type[T]) -> type[T]:
    """Make of a typed class a frozen, keyword-only value that a person fills in or shows.

    Its docstring, one sentence, is required: it heads the form. Raises `TypeError` without one.
    """
    if not (cls.__doc__ or "").strip():
        raise TypeError(f"{cls.__name__} says nothing about itself: give it a docstring")
    body = {k: v for k, v in vars(cls).items() if k not in {"__dict__", "__weakref__"}}
    how = {"frozen": True, "kw_only": True, "forbid_unknown_fields": True}
    made: type[T] = types.new_class(cls.__name__, (Record,), how, lambda space: space.update(body))
    return made


class File(Id):
    """Names a kept file by what it holds: `file_` and the SHA-256 of its bytes, 64 hex digits."""

    prefix = "file"
    __slots__ = ()

    @property
    def sha256(self) -> str:
        """The hash of its bytes."""
        return self.removeprefix("file_")


class Media(StrEnum):
    """What a file must be, told from its first bytes and never from its name."""

    IMAGE = "image"
    VIDEO = "video"
    PDF = "pdf"


class Bounds(msgspec.Struct, frozen=True):
    """The least and the most a person may state, in the field's own unit; None is open."""

    least: Quantity | Decimal | int | str | None = None
    most: Quantity | Decimal | int | str | None = None


class Length(msgspec.Struct, frozen=True):
    """How long: characters of a text, or items of a list (`least` 1: not empty)."""

    most: int
    least: int = 0


Icon = StrEnum(
    "Icon",
    "ANCHOR BABY BAG BATTERY BELL BOAT BOTTLE CAMERA CARD COIN CROSS DOC DROP FOAM HELP HOME LAW "
    "NET PHONE PIN PULSE ROUTE SCALE SEAL STAR TALK USER",
)
"""What may be drawn beside a word; never without one."""


class Hint(msgspec.Struct, frozen=True, kw_only=True):
    """How a page asks for a field, beyond what its type says.

    `known`   what is known of whoever asks fills it: confirmed, not typed (`"vessel"`)
    `places`  of a place: the known places offered beside where one is (`"berths"`)
    `names`   the field whose chosen known place fills this text with its name, unasked
    `icons`   of a choice: what is drawn beside an option
    `usual`   of an amount beside a choice: how much of an option is offered at first
    """

    known: str = ""
    places: Literal["", "berths"] = ""
    names: str = ""
    icons: Mapping[Any, Icon] = {}
    usual: Mapping[Any, Quantity] = {}


class Grade(msgspec.Struct, frozen=True):
    """How sensitive a personal field is: 1 least … 4 most (GB/T 35273 sensitive)."""

    level: int


class HandSignature(msgspec.Struct, frozen=True, kw_only=True):
    """A signature written by hand, and what it covers.

    `strokes`    SVG path data inside `width` x `height`
    `covers`     SHA-256 (hex) of the canonical JSON of what was shown while signing
    `signed_at`  said by the device, ISO 8601 with offset
    `key`        the device key that marked it; None: written, but no device vouches for it
    `mark`       that key's signature over `model.signed_words(self)`
    """

    role: str
    person: str
    name: str
    strokes: str
    width: int = 150
    height: int = 52
    signed_at: str
    covers: str
    key: str | None = None
    mark: bytes = b""


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """A link to earlier papers: at least `least` issued papers of `paper` (`<pack>.<name>`)."""

    paper: str
    least: int = 1


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A paper a body issues.

    `name`        unique in the pack
    `says`        the record it is made from
    `template`    typst file in the pack's `templates/`; its `#import "base.typ"` is ours
    `number`      slots `{body}`, `{year}` and `{serial}`; without gaps per body and year
    `signers`     who signs by hand, in the order printed
    `covers`      the fields the hands sign for; () is all of them
    `must_quote`  earlier papers it stands on (接收联单 → 转运及处置联单 → 危废转移联单)
    `shows`       fields a stranger sees on the verification page; personal ones are refused
    `copies`      word keys of the parts (第一联 …), told apart by words
    `keep_years`  how long the law wants it kept
    """

    name: str
    says: type
    template: str
    version: int = 1
    number: str = "{body}-{year}-{serial:06d}"
    signers: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    must_quote: tuple[Quote, ...] = ()
    shows: tuple[str, ...] = ()
    copies: tuple[str, ...] = ("only",)
    keep_years: int

    def faults(self) -> Iterator[str]:
        """Yield, in plain words for its author, what is wrong with this declaration."""
        if not issubclass(self.says, Record):
            yield f"{self.name}: {self.says.__name__} is no record; write @record above it"
        for word in ("{body}", "{year}", "{serial"):
            if word not in self.number:
                yield f"{self.name}: the number scheme {self.number!r} lacks {word}"
        if self.keep_years < 1:
            yield f"{self.name}: say how many years the law wants it kept"
        yield from self._field_faults()

    def _field_faults(self) -> Iterator[str]:
        known: Mapping[str, Any] = getattr(self.says, "__annotations__", {})
        for field in (*self.covers, *self.shows):
            if field not in known:
                yield f"{self.name}: no field {field!r} in {self.says.__name__}"
        for field in self.shows:
            if "Personal[" in str(known.get(field)):
                yield f"{self.name}: {field!r} is personal and may not be shown to strangers"
