"""What a command is handed: one transaction, and everything it may touch."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar

from zhouqiao.base import Clock, Dice, Ids, NotFound
from zhouqiao.store.fact import Fact, FactId
from zhouqiao.store.subject import May, Subject
from zhouqiao.store.vault import Vault

T = TypeVar("T")
Params = Sequence[object] | Mapping[str, object]
Row = dict[str, Any]


class Rows(Protocol):
    """SQL in the running transaction, under the subject's row-level security.

    Only repositories speak it. Placeholders are psycopg's (`%s`, `%(name)s`).
    """

    def one(self, sql: str, params: Params = ()) -> Row | None:
        """Return the only row, or None."""
        ...

    def all(self, sql: str, params: Params = ()) -> list[Row]:
        """Return every row."""
        ...

    def run(self, sql: str, params: Params = ()) -> int:
        """Execute now; return the number of rows touched."""
        ...

    def add(self, table: str, **values: object) -> bool:
        """Insert a row of the cell acted in, now; say whether nothing stood in its way."""
        ...

    def later(self, sql: str, params: Params = ()) -> None:
        """Execute before the next read or the commit, in order, without waiting for it."""
        ...


@dataclass(frozen=True)
class Pinned:
    """What never changes once it has a name: pack functions and values by content hash.

    `functions` maps `<pack>.<name>@<version>` to the function; `kept` remembers immutable rows
    already read in this process; `current` names the shape (by hash) new cases of a procedure get.
    """

    functions: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    current: Mapping[str, str] = field(default_factory=dict)
    kept: dict[tuple[str, str], Any] = field(default_factory=dict)

    def function(self, key: str) -> Callable[..., Any]:
        """Return the function of that name and version. Raises `NotFound`."""
        try:
            return self.functions[key]
        except KeyError:
            raise NotFound("function", key) from None

    def value(self, kind: str, key: str, read: Callable[[str], T]) -> T:
        """Return the immutable value of that hash, read at most once per process."""
        if (kind, key) not in self.kept:
            self.kept[kind, key] = read(key)
        found: T = self.kept[kind, key]
        return found


class Tell(Protocol):
    """How a command says what happened."""

    def __call__(
        self,
        fact: Fact,
        *,
        about: str,
        scope: str,
        person: str | None = None,
        happened_at: datetime | None = None,
    ) -> FactId:
        """Write the fact into the journal of this transaction; return its name."""
        ...


@dataclass(frozen=True)
class Desk:
    """One command's desk: a transaction, and the world as far as the command may know it.

    Commands are functions that take a desk first and never commit: whoever opened the desk does
    (`Store.desk`). Nothing outlives it.
    """

    rows: Rows
    clock: Clock
    dice: Dice
    ids: Ids
    subject: Subject
    tell: Tell
    pinned: Pinned
    decide: May
    vault: Vault = field(default_factory=Vault)

    @property
    def cell(self) -> str:
        """The county whose rows this desk sees."""
        return self.subject.cell

    def now(self) -> datetime:
        """Return the present, in UTC."""
        return self.clock.now()

    def may(self, action: str, *, scope: str, person: str | None = None) -> None:
        """Return if the acting subject may do `action` there. Raises `NotAllowed`."""
        self.decide(self.subject, action, scope=scope, person=person)
