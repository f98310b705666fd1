"""A form without its class: plain, serialisable, hashed with the pack's shape."""

from enum import StrEnum

import msgspec

from zhouqiao.base import Carbon, Count, Distance, Mass, Money, Quantity, Span, Volume


class Kind(StrEnum):
    """What one value of a field is."""

    MASS = "mass"
    VOLUME = "volume"
    DISTANCE = "distance"
    SPAN = "span"
    MONEY = "money"
    CARBON = "carbon"
    COUNT = "count"
    NUMBER = "number"
    WHOLE = "whole"
    TEXT = "text"
    CHOICE = "choice"
    FLAG = "flag"
    DATE = "date"
    TIME = "time"
    POINT = "point"
    FILE = "file"
    REFERENCE = "reference"
    SIGNATURE = "signature"
    RECORD = "record"


QUANTITIES: dict[Kind, type[Quantity]] = {
    Kind.MASS: Mass,
    Kind.VOLUME: Volume,
    Kind.DISTANCE: Distance,
    Kind.SPAN: Span,
    Kind.MONEY: Money,
    Kind.CARBON: Carbon,
    Kind.COUNT: Count,
}


class Field(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing asked.

    `unit`, `step`  of a quantity: what the number counts, the smallest amount told to people
    `least`, `most` bounds of a number, in `unit`, as decimal text
    `shortest`, `longest` characters of a text
    `many`, `fewest`, `often` whether it is a list, and how many items
    `options`       of a choice, in the order declared
    `media`         of a file: what it must be
    `prefix`        of a reference: what it names
    `personal`      grade 1 … 4, or None: not about a person
    `label`         key of its words: `<record>.<field>` in the pack's words files
    `fields`        of a nested record
    `choice`        of a choice: what its options are options of (`[<choice>]` in the words)
    `known`, `places`, `names`, `icons`, `usual`  how a page asks for it (`declare.Hint`); by option
    """

    name: str
    kind: Kind
    label: str
    required: bool = True
    many: bool = False
    fewest: int = 0
    often: int = 100
    unit: str | None = None
    step: str | None = None
    least: str | None = None
    most: str | None = None
    shortest: int = 0
    longest: int = 500
    options: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    prefix: str | None = None
    personal: int | None = None
    fields: tuple["Field", ...] = ()
    choice: str | None = None
    known: str = ""
    places: str = ""
    names: str = ""
    icons: dict[str, str] = {}
    usual: dict[str, str] = {}


class FormSpec(msgspec.Struct, frozen=True, kw_only=True):
    """All that is asked at once: `name` and first sentence of the record, and its fields."""

    name: str
    doc: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field | None:
        """Return the field of that name, or None."""
        return next((f for f in self.fields if f.name == name), None)
