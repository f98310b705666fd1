"""A pack: everything one application says, as values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from zhouqiao.flow.case.declare import Guard, Part, Procedure
from zhouqiao.platform.matter.declare import Matter

P = TypeVar("P", bound=Part)


class Held(StrEnum):
    """How a role comes to be somebody's."""

    PERSON = "person"  # whom the case is about
    UNIT = "unit"  # the crew of the unit the case was given to
    POST = "post"  # whoever holds a post with that role over that place
    PLATFORM = "platform"  # the platform itself, by rule


@dataclass(frozen=True, kw_only=True)
class Pack:
    """An application: its procedures, what hangs on them, its matters and who holds its roles.

    `body` is the short name of whoever answers for it (the first part of every scope); `version`
    rises with every release. `watch` names the post roles that watch over all of it (duty
    officers); other posts act on what stands before them. `former` keeps the functions,
    conditions and parts of former versions that open cases still call upon. Tables, words and
    templates lie as files in the package `home`.
    """

    name: str
    home: str
    version: str
    body: str
    roles: Mapping[Any, Held]
    watch: tuple[Any, ...] = ()
    matters: tuple[Matter, ...] = ()
    procedures: tuple[Procedure[Any, Any], ...]
    parts: tuple[Part, ...] = ()
    former: tuple[Part | Guard | Callable[..., Any], ...] = ()

    def all(self, kind: type[P]) -> list[P]:
        """Return the parts of one kind."""
        return [part for part in self.parts if isinstance(part, kind)]

    def ever(self, kind: type[P]) -> list[P]:
        """Return the parts of one kind, those of former versions too: these are overruled."""
        return [part for part in (*self.former, *self.parts) if isinstance(part, kind)]

    def of(self, procedure: str) -> list[Part]:
        """Return what hangs on one procedure."""
        return [part for part in self.parts if part.procedure == procedure]
