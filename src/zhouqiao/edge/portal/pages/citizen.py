"""The citizen's pages: home, track, sign, papers, subsidy, rate, who looked."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar, Literal

import msgspec

from zhouqiao.edge.portal.pages.asking import Ask, FieldError, Input, Opening, Option
from zhouqiao.edge.portal.pages.parts import (
    Line,
    Mark,
    Moment,
    Scene,
    Spot,
    Status,
    Step,
    View,
)
from zhouqiao.edge.portal.pages.person import (
    Find,
    Inbox,
    Known,
    Looked,
    Me,
    Message,
    Reads,
    Tried,
    WhyUnit,
)

__all__ = [
    "Ask",
    "Closed",
    "FieldError",
    "Find",
    "First",
    "Help",
    "Home",
    "Inbox",
    "Input",
    "Known",
    "Looked",
    "Me",
    "Message",
    "Opening",
    "Option",
    "Papers",
    "Rate",
    "Reads",
    "Receipt",
    "ReceiptLine",
    "Sign",
    "Subsidy",
    "Sure",
    "Tell",
    "Track",
    "Tried",
    "UnderWay",
    "UnderWayList",
    "Waiting",
    "WhyUnit",
    "Worked",
]


class UnderWay(msgspec.Struct, frozen=True, kw_only=True):
    """One affair on its way: `minutes` until somebody is there (None: not known yet).

    `far`: it is promised for another day than today.
    """

    id: str
    title: str
    status: Status
    steps: tuple[Step, ...]
    minutes: int | None = None
    unit: str = ""
    km: Decimal | None = None
    promised: datetime | None = None
    far: bool = False
    late_by: int = 0
    said: str = ""
    to_sign: bool = False
    phrases: Mapping[str, str] = {}


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A grant that waits for the person's word."""

    id: str
    title: str
    yuan: Decimal
    receipt: str
    signed_on: date
    paid_within: int


class First(msgspec.Struct, frozen=True, kw_only=True):
    """What a page with nothing on it leads to: `act` at `href`; what is said, in each layout."""

    href: str
    act: str
    said: str
    elder: str


class Home(View, frozen=True, kw_only=True):
    """`/`: what is under way, what waits for a word, what may be asked for."""

    template: ClassVar[str] = "citizen/home.html"
    elder: ClassVar[str | None] = "elder/home.html"

    called: str
    under_way: tuple[UnderWay, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    often: tuple[Opening, ...] = ()
    matters: int = 0
    looked: int = 0
    first: First


class UnderWayList(View, frozen=True, kw_only=True):
    """`/cases`: all that is under way, and what was lately finished."""

    template: ClassVar[str] = "citizen/cases.html"

    open: tuple[UnderWay, ...] = ()
    closed: tuple["Closed", ...] = ()
    first: First


class Closed(msgspec.Struct, frozen=True, kw_only=True):
    """A finished affair."""

    id: str
    title: str
    closed_at: datetime
    outcome: str


class Track(View, frozen=True, kw_only=True):
    """`/cases/<id>`: how far it is; `phase`: what it is about now; `late_by`: minutes late.

    `said` says the phase, `awaits` what comes next; `cancel` is the pack's word for calling it off,
    `again` where the like may be asked for; without a `scene` there is no map.
    """

    template: ClassVar[str] = "citizen/track.html"
    elder: ClassVar[str | None] = "elder/track.html"

    id: str
    title: str
    phase: Literal["finding", "coming", "met", "handed", "done", "cancelled", "missed"]
    status: Status
    steps: tuple[Step, ...]
    moments: tuple[Moment, ...]
    said: str
    awaits: str = ""
    scene: Scene | None
    phrases: Mapping[str, str] = {}
    minutes: int | None = None
    eta: datetime | None = None
    promised: datetime | None = None
    far: bool = False
    late_by: int = 0
    unit: str = ""
    takes: str = ""
    phone: str = ""
    knots: float | None = None
    km: Decimal | None = None
    position_age: int | None = None
    icon: str = "i-doc"
    cancel: str = ""
    again: str = ""
    to_sign: bool = False
    to_rate: bool = False
    receipt: str = ""


class Sign(View, frozen=True, kw_only=True):
    """`/cases/<id>/sign`: what is signed, who signed already, and the pad.

    `digest` is of what is signed; `person` and `role` are said under the signature.
    """

    template: ClassVar[str] = "citizen/sign.html"

    id: str
    vessel: str
    met_at: datetime
    place: str
    lines: tuple[Line, ...]
    total: Decimal
    against_forecast: str
    theirs: Mark
    mine: Mark
    digest: str
    once: str
    code: str = ""
    step: str = ""
    person: str = ""
    role: str = ""


class ReceiptLine(msgspec.Struct, frozen=True, kw_only=True):
    """One receipt in the list of papers."""

    id: str
    title: str
    on: date
    said: str
    status: Literal["good", "revoked", "open"]


class Papers(View, frozen=True, kw_only=True):
    """`/papers`: every paper the person holds."""

    template: ClassVar[str] = "citizen/papers.html"

    papers: tuple[ReceiptLine, ...] = ()


class Receipt(View, frozen=True, kw_only=True):
    """`/papers/<id>`: the receipt as on paper. `qr` is the path of a QR, `qr_size` its side.

    `id` is its number, `file` what the address of its PDF names it by.
    """

    template: ClassVar[str] = "citizen/receipt.html"

    id: str
    copy: str
    on: date
    vessel: str
    owner: str
    receiver: str
    boat: str
    begun: datetime
    ended: datetime
    place: str
    at: Spot
    accuracy: float | None
    lines: tuple[Line, ...]
    total: Decimal
    total_words: str
    giver_mark: Mark
    taker_mark: Mark
    address: str
    qr: str
    qr_size: int
    digest: str
    rule: str
    made_at: datetime
    revoked: str = ""
    file: str = ""


class Subsidy(View, frozen=True, kw_only=True):
    """`/grants/<id>`: how a grant is worked out, and the word that accepts it."""

    template: ClassVar[str] = "citizen/subsidy.html"

    id: str
    title: str
    yuan: Decimal
    receipt: str
    signed_on: date
    lines: tuple["Worked", ...]
    rule: str
    account: str
    account_source: str
    paid_within: int
    steps: tuple[Step, ...]
    moments: tuple[Moment, ...] = ()
    assumed: str = ""
    once: str = ""
    may_accept: bool = False
    left_out: str = ""
    number: str = ""
    said: str = ""


class Worked(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a sum: kg × rate = yuan, with the factor's own name and version."""

    kind: str
    kg: Decimal
    rate: Decimal
    yuan: Decimal
    factor: str


class Rate(View, frozen=True, kw_only=True):
    """`/cases/<id>/rate`: three answers, and room for words. Posts `score`, `words`."""

    template: ClassVar[str] = "citizen/rate.html"

    id: str
    title: str
    unit: str
    came_minutes: int
    promise_minutes: int
    once: str
    phrases: Mapping[str, str] = {}


class Sure(View, frozen=True, kw_only=True):
    """`GET /cases/<id>/cancel` and the like: one question before what cannot be undone.

    `do` and `keep` are the words of the two ways; `back` is where the second leads.
    """

    template: ClassVar[str] = "citizen/sure.html"
    elder: ClassVar[str | None] = "elder/sure.html"

    question: str
    said: str
    action: str
    do: str
    keep: str
    back: str
    once: str = ""


class Tell(View, frozen=True, kw_only=True):
    """What stands behind "not right, let me explain": an objection, a correction, a question.

    Posts `words` to `action`.

    `about` what it is about, as label and value; `answer_within` working days.
    """

    template: ClassVar[str] = "citizen/tell.html"

    title: str
    said: str
    action: str
    back: str
    answer_within: int
    about: tuple[tuple[str, str], ...] = ()
    words: str = ""
    once: str = ""


class Help(View, frozen=True, kw_only=True):
    """`/help`: a person to ask. `places` are windows where somebody sits, with their address."""

    template: ClassVar[str] = "citizen/help.html"
    elder: ClassVar[str | None] = "elder/help.html"

    phone: str
    hours: str
    places: tuple[tuple[str, str], ...] = ()
