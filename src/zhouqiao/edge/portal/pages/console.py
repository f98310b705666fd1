"""The steward's and engineer's pages: journal, packs, matters, rules, parked, seal, health."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar, Literal

import msgspec

from zhouqiao.edge.portal.pages.parts import Drill, View
from zhouqiao.edge.portal.pages.person import SignedIn

State = Literal["done", "todo", "exempt"]


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the journal; `sealed` is the number of its sealed range, if it has one."""

    position: int
    at: datetime
    name: str
    about: str
    by: str
    said: str
    scope: str = ""
    sealed: int | None = None
    version: int = 1


class Journal(View, frozen=True, kw_only=True):
    """`/console/journal?q=&name=&before=`: facts, newest first. `names` are the choice."""

    template: ClassVar[str] = "console/journal.html"

    facts: tuple[Fact, ...] = ()
    q: str = ""
    name: str = ""
    names: tuple[str, ...] = ()
    older: str = ""
    total: int | None = None


class FactPage(View, frozen=True, kw_only=True):
    """`/console/journal/<position>`: one fact whole. `body` is its JSON, personal values hidden.

    `files` are the photos of a case's fact, for whoever may read the case.
    """

    template: ClassVar[str] = "console/fact.html"

    fact: Fact
    body: str
    causes: tuple[Fact, ...] = ()
    effects: tuple[Fact, ...] = ()
    files: tuple[str, ...] = ()


class PackLine(msgspec.Struct, frozen=True, kw_only=True):
    """A pack in the list."""

    name: str
    title: str
    system: str
    version: int
    level: Literal["bronze", "silver", "gold"]
    findings: int
    open: int


class Packs(View, frozen=True, kw_only=True):
    """`/console/packs`."""

    template: ClassVar[str] = "console/packs.html"

    packs: tuple[PackLine, ...] = ()


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """A clock of a procedure, or of the law."""

    from_: str
    to: str
    by: str
    limit: str
    statutory: bool
    basis: str
    since: date | None = None
    assumed: str = ""


class Quality(msgspec.Struct, frozen=True, kw_only=True):
    """One rule of the quality scale."""

    said: str
    state: State
    note: str = ""


class Tab(msgspec.Struct, frozen=True, kw_only=True):
    """A side of a pack: how many, and where."""

    word: str
    href: str
    count: str = ""
    on: bool = False


class Pack(View, frozen=True, kw_only=True):
    """`/console/packs/<name>`: what a pack declares. `diagram` is trusted SVG of our own making."""

    template: ClassVar[str] = "console/pack.html"

    name: str
    title: str
    system: str
    procedure: str
    version: int
    shape: str
    level: Literal["bronze", "silver", "gold"]
    findings: tuple[str, ...]
    pinned: tuple[tuple[int, int], ...]
    body: str
    diagram: str
    clocks: tuple[Clock, ...]
    quality: tuple[Quality, ...]
    now: tuple["Count", ...]
    uses: tuple[tuple[str, str], ...]
    tabs: tuple[Tab, ...] = ()


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """A small figure with its unit and where it opens."""

    label: str
    n: int
    unit: str
    drill: Drill | None = None


class MatterLine(msgspec.Struct, frozen=True, kw_only=True):
    """A matter of the register."""

    code: str
    name: str
    kind: str
    body: str
    level: str
    basis: str
    promise: str
    statutory: str
    version: int
    since: date
    assumed: str = ""


class Matters(View, frozen=True, kw_only=True):
    """`/console/matters?q=&after=`."""

    template: ClassVar[str] = "console/matters.html"

    matters: tuple[MatterLine, ...] = ()
    q: str = ""
    total: int = 0
    more: str = ""


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A dated decision table or factor as it stands: rows of text under their heads."""

    name: str
    title: str
    version: int
    since: date
    until: date | None
    source: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    assumed: str = ""


class Rules(View, frozen=True, kw_only=True):
    """`/console/rules`: legal clocks, decision tables and factors in force on `on`."""

    template: ClassVar[str] = "console/rules.html"

    on: date
    clocks: tuple[Clock, ...] = ()
    tables: tuple[Table, ...] = ()
    calendar: str = ""


class ParkedItem(msgspec.Struct, frozen=True, kw_only=True):
    """A reaction that failed until it was set aside; `id` is what a retry posts."""

    id: str
    reaction: str
    fact: str
    position: int
    about: str
    said: str
    tries: int
    first_at: datetime
    last_at: datetime


class Parked(View, frozen=True, kw_only=True):
    """`/console/parked`: posts to `/console/parked/<id>/retry`."""

    template: ClassVar[str] = "console/parked.html"

    parked: tuple[ParkedItem, ...] = ()


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """A sealed range of the journal; `elsewhere` where its root was sent, if it was."""

    number: int
    first: int
    last: int
    root: str
    at: datetime
    key: str
    elsewhere: str = ""


class Seal(View, frozen=True, kw_only=True):
    """`/console/seal`: posts to `/console/seal/verify`. `verdict` is None until verified."""

    template: ClassVar[str] = "console/seal.html"

    ranges: tuple[Sealed, ...] = ()
    unsealed: int = 0
    verdict: Literal["good", "broken"] | None = None
    verified_at: datetime | None = None
    said: str = ""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A running part: web, worker, solver, store, bus."""

    name: str
    state: Literal["ok", "late", "unknown"]
    said: str


class Health(View, frozen=True, kw_only=True):
    """`/console/health`. `series` maps a line's word to one value a minute, None where unknown."""

    template: ClassVar[str] = "console/health.html"

    parts: tuple[Part, ...]
    counts: tuple[Count, ...]
    series: Mapping[str, tuple[float | None, ...]] = {}
    series_until: datetime | None = None
    version: str = ""


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """An account as whoever keeps it sees it: no name, no number; `mine`: their own."""

    posts: tuple[str, ...] = ()
    sessions: tuple[SignedIn, ...] = ()
    mine: bool = False


class Accounts(View, frozen=True, kw_only=True):
    """`/console/accounts`: find an account by its sign-in name, give it a password, end sessions.

    `first` is the password just given, shown this once; `ended`: its sessions were ended now.
    """

    template: ClassVar[str] = "console/accounts.html"

    login: str = ""
    found: Account | None = None
    first: str = ""
    ended: bool = False
