"""Names of things: a prefix that says what is named, then a time-ordered UUIDv7."""

from typing import ClassVar, Protocol, Self, TypeVar

import uuid_utils

from zhouqiao.base.refusal import Invalid


class Id(str):
    """A name that says what it names: `case_0193f2…`. Raises `Invalid` for a foreign prefix."""

    prefix: ClassVar[str] = ""
    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """Check the prefix; the rest is free, so that fixtures may have short names."""
        if not text.startswith(cls.prefix + "_") or len(text) > 72:
            raise Invalid("id", "wrong_kind", expected=cls.prefix)
        return super().__new__(cls, text)


I = TypeVar("I", bound=Id)


class Ids(Protocol):
    """Where new names come from; handed in, so that a test can foresee them."""

    def new(self, kind: type[I], /) -> I:
        """Return a name never given before."""
        ...


class Uuid7Ids:
    """Names from the system's clock and entropy (RFC 9562, version 7)."""

    def new(self, kind: type[I], /) -> I:
        """Return `prefix_` and 32 hex digits, ordered by time of birth."""
        return kind(f"{kind.prefix}_{uuid_utils.uuid7().hex}")
