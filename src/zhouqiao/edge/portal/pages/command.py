"""The duty officer's screen, as a whole and pane by pane (each pane is fetched again when told)."""

from datetime import datetime
from decimal import Decimal
from typing import ClassVar, Literal

import msgspec

from zhouqiao.edge.portal.pages.console import Fact
from zhouqiao.edge.portal.pages.parts import (
    Drill,
    Figure,
    Moment,
    Scene,
    Status,
    Step,
    TimeLeft,
    View,
)
from zhouqiao.edge.portal.pages.person import Handset


class Queued(msgspec.Struct, frozen=True, kw_only=True):
    """A case in the queue."""

    id: str
    what: str
    who: str
    status: Status
    left: TimeLeft
    code: str = ""
    chosen: bool = False


class Queue(View, frozen=True, kw_only=True):
    """`/command/queue`: open cases by time left, statutory breaches first."""

    template: ClassVar[str] = "command/queue.html"

    queued: tuple[Queued, ...] = ()


class Figures(View, frozen=True, kw_only=True):
    """`/command/figures`: the six figures of the day."""

    template: ClassVar[str] = "command/figures.html"

    figures: tuple[Figure, ...] = ()


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the strip."""

    at: datetime
    who: str
    said: str
    case: str = ""
    code: str = ""


class Events(View, frozen=True, kw_only=True):
    """`/command/events`: what just happened, newest first."""

    template: ClassVar[str] = "command/events.html"

    events: tuple[Happened, ...] = ()


class Case(View, frozen=True, kw_only=True):
    """`/command/cases/<id>`: one case's whole way.

    `phone` is where the number is asked for (a read that is written down); `acts` what the reader
    may do: reassign, return, suspend, resume.
    """

    template: ClassVar[str] = "command/case.html"

    id: str
    title: str
    about: str
    status: Status
    steps: tuple[Step, ...]
    moments: tuple[Moment, ...]
    minutes: int | None = None
    eta: datetime | None = None
    promised: datetime | None = None
    spare: TimeLeft | None = None
    matter: str = ""
    version: str = ""
    promise: str = ""
    sources: str = ""
    reads: Drill | None = None
    phone: str = ""
    code: str = ""
    acts: tuple[str, ...] = ()


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """One bar of a distribution."""

    label: str
    count: int
    past: bool = False


class DrillDown(View, frozen=True, kw_only=True):
    """`/command/figures/<name>`: how a figure is worked out.

    `formula` in words, `worked` with its numbers; `limit_word` stands before the first bar that
    is `past`; `left_out` what was not counted and why.
    """

    template: ClassVar[str] = "command/drill.html"

    name: str
    title: str
    formula: str
    worked: str
    bars: tuple[Bar, ...] = ()
    bars_title: str = ""
    limit_word: str = ""
    left_out: str = ""
    rule: str = ""
    at: datetime | None = None
    rows: Drill | None = None


class Command(View, frozen=True, kw_only=True):
    """`/command`: all panes at once."""

    template: ClassVar[str] = "command/page.html"

    area: str
    on_duty: str
    post: str = ""
    now: datetime
    figures: Figures
    queue: Queue
    events: Events
    scene: Scene
    case: Case | None = None
    drill: DrillDown | None = None
    why: "Why | None" = None


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row a figure was made of."""

    id: str
    what: str
    value: str
    at: datetime
    counted: bool = True
    why_not: str = ""
    code: str = ""
    past: bool = False


class Rows(View, frozen=True, kw_only=True):
    """`/command/figures/<name>/rows`: every row behind a figure."""

    template: ClassVar[str] = "command/rows.html"

    name: str
    title: str
    value_word: str
    rows: tuple[Row, ...] = ()
    total: Decimal | None = None
    kind: Literal["seconds", "plain"] = "plain"


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """A unit that was weighed up: `lacks` in words (nothing: it was able)."""

    name: str
    km: float
    minutes: float
    went: bool = False
    lacks: tuple[str, ...] = ()


class Why(View, frozen=True, kw_only=True):
    """`/command/cases/<id>/why`: who was weighed up, nearest first, and why each did not go."""

    template: ClassVar[str] = "command/why.html"

    id: str
    title: str
    tried: tuple[Tried, ...] = ()
    at: datetime | None = None


class Longer(msgspec.Struct, frozen=True, kw_only=True):
    """A time that may be lengthened, by `most` of its unit."""

    clock: str
    said: str
    most: int


class Act(View, frozen=True, kw_only=True):
    """`/command/cases/<id>/<act>`: asks for the reason.

    `states` are those it may go back to, `times` those it may lengthen.
    """

    template: ClassVar[str] = "command/act.html"

    id: str
    code: str
    title: str
    about: str
    act: Literal["reassign", "return", "suspend", "resume", "extend", "call"]
    states: tuple[tuple[str, str], ...] = ()
    times: tuple[Longer, ...] = ()
    reason: str = ""
    refused: str = ""
    found: tuple[tuple[str, str], ...] = ()


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """One read of personal data: which role, when, what, masked or clear."""

    at: datetime
    by: str
    fields: str
    purpose: str


class Reads(View, frozen=True, kw_only=True):
    """`/command/cases/<id>/reads`: who read personal data for a case."""

    template: ClassVar[str] = "command/reads.html"

    id: str
    code: str
    reads: tuple[Read, ...] = ()


class Story(View, frozen=True, kw_only=True):
    """`/command/cases/<id>/story`: every record of a case, oldest first."""

    template: ClassVar[str] = "command/story.html"

    id: str
    code: str
    title: str
    facts: tuple[Fact, ...] = ()


class Devices(View, frozen=True, kw_only=True):
    """`/command/devices`: what units and crews speak with; posts to `/command/devices/…`."""

    template: ClassVar[str] = "command/devices.html"

    units: tuple["UnitDevices", ...]


class UnitDevices(msgspec.Struct, frozen=True, kw_only=True):
    """A unit, since when its device holds its key (None: it holds none), and its crew."""

    unit: str
    name: str
    since: datetime | None
    crew: tuple["CrewDevices", ...] = ()


class CrewDevices(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody of a crew, by number, for names are not shown; `code` was just made for them."""

    person: str
    nth: int
    handsets: tuple[Handset, ...] = ()
    code: str = ""
