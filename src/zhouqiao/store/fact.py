"""What happened: frozen, versioned, past tense; the only thing the journal holds."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

import msgspec

from zhouqiao.base import Id


class FactId(Id):
    """Names one fact in the journal."""

    prefix = "fact"
    __slots__ = ()


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened, told to the whole way downstream and never changed.

    A subclass is named in the past tense and lives in a module's `facts.py`. `fact_kind` is
    `<module>.<Name>`, which is what the journal stores. When its fields change, `fact_version`
    rises and `upcasts` gains, under the old version's number, a pure function from the old plain
    body to the next one, so that every body ever written can still be read.
    """

    fact_kind: ClassVar[str]
    fact_version: ClassVar[int] = 1
    upcasts: ClassVar[dict[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {}

    def __init_subclass__(cls, **how: Any) -> None:
        """Name the kind after the module folder the fact is declared in."""
        super().__init_subclass__(**how)
        folder = cls.__module__.removesuffix(".facts").rpartition(".")[2]
        cls.fact_kind = f"{folder}.{cls.__name__}"


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """A fact as the journal keeps it.

    `about` is the stream (usually a case id): reactions see one stream in order. `happened_at`
    is said by whoever saw it; `recorded_at` is ours. `cause` is the fact this one answers, `hops`
    how many answers lie between it and the first cause.
    """

    id: FactId
    seq: int
    xid: int
    cell: str
    scope: str
    kind: str
    version: int
    about: str
    person: str | None
    happened_at: datetime
    recorded_at: datetime
    by: str
    cause: FactId | None
    hops: int
    body: msgspec.Raw
