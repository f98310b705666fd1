"""A citizen's own pages: who looked, who I am here, matters, messages, why this one."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

import msgspec

from zhouqiao.edge.portal.pages.asking import Opening
from zhouqiao.edge.portal.pages.parts import Drill, View


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """Readings of personal data by one post for one affair: `times` from `since` to `at`."""

    at: datetime
    since: datetime | None = None
    times: int = 1
    body: str
    post: str
    fields: str
    purpose: str
    case: str = ""
    code: str = ""


class Reads(View, frozen=True, kw_only=True):
    """`/me/reads`: who looked at my data, when, what for.

    `month` is any day of it, `total` the readings in it.
    """

    template: ClassVar[str] = "citizen/reads.html"

    month: date
    reads: tuple[Looked, ...] = ()
    total: int = 0


class Me(View, frozen=True, kw_only=True):
    """`/me`: who I am here, what is known of me and from whom, and how the pages speak to me.

    `outside` says whether there are accounts elsewhere to sign in by.
    """

    template: ClassVar[str] = "citizen/me.html"

    name: str
    facts: tuple["Known", ...] = ()
    looked: int = 0
    outside: bool = False


class Accounts(View, frozen=True, kw_only=True):
    """`/me/accounts`: by what I sign in; changed only where `proved` a moment ago that it is I.

    `password` says whether I have one; posts to `/me/accounts/…`.
    """

    template: ClassVar[str] = "citizen/accounts.html"

    accounts: tuple["Outside", ...]
    password: bool
    proved: bool
    refused: str = ""
    back: str = "/me"


class Password(View, frozen=True, kw_only=True):
    """`/me/password`: posts `old`, `new`, `again`, `next`.

    `first`: others gave it, so it is changed before anything else. `held`: there is one at all.
    `shortest`, `kinds`, `phrase`: what a new one must be. `done`: it was changed just now.
    """

    template: ClassVar[str] = "citizen/password.html"

    shortest: int
    kinds: int
    phrase: int
    first: bool = False
    held: bool = True
    done: bool = False
    refused: str = ""
    next: str = "/"
    back: str = "/me"


class Sessions(View, frozen=True, kw_only=True):
    """`/me/sessions`: where I am signed in; posts to `/me/sessions/…`."""

    template: ClassVar[str] = "citizen/sessions.html"

    sessions: tuple["SignedIn", ...]
    back: str = "/me"


class Notices(View, frozen=True, kw_only=True):
    """`/me/notices`: by which ways I am told, and whether legal papers are served in the inbox.

    `served` since when they are (None: they are not); `refused` what was said to the last form.
    """

    template: ClassVar[str] = "citizen/notices.html"

    ways: tuple["TellingWay", ...]
    served: datetime | None = None
    refused: str = ""
    back: str = "/me"


class TellingWay(msgspec.Struct, frozen=True, kw_only=True):
    """One way I may be told: to `address` since a day (None: not); `new` waits for its code."""

    way: str
    address: str = ""
    since: datetime | None = None
    new: str = ""


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """A session of mine. `kind`: web, handset; `label` of the handset; `here`: this one."""

    kind: str
    since: datetime
    seen: datetime
    label: str = ""
    here: bool = False


class Devices(View, frozen=True, kw_only=True):
    """`/me/devices`: my phones and tablets; posts to `/me/devices/…`. `code` was just made."""

    template: ClassVar[str] = "citizen/devices.html"

    devices: tuple["Handset", ...]
    code: str = ""
    back: str = "/me"


class Handset(msgspec.Struct, frozen=True, kw_only=True):
    """A phone in use since a day, last `seen` then; `key` names the key it made ("": none)."""

    id: str
    label: str
    since: datetime
    seen: datetime | None = None
    key: str = ""


class Outside(msgspec.Struct, frozen=True, kw_only=True):
    """An account elsewhere: linked `on` a moment (None: not linked).

    `provider` is how it is named here; empty where this node is no longer set up for it.
    """

    label: str
    issuer: str
    provider: str = ""
    on: datetime | None = None


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A fact known of a person: whose it is and, where that is known, since when."""

    label: str
    value: str
    source: str
    on: date | None = None


class Find(View, frozen=True, kw_only=True):
    """`/matters`: find what may be done. `q` what was asked; `found` in order of likeness."""

    template: ClassVar[str] = "citizen/find.html"

    q: str = ""
    total: int = 0
    found: tuple[Opening, ...] = ()


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One message in the inbox."""

    id: str
    said: str
    at: datetime
    href: str
    seen: bool = False


class Inbox(View, frozen=True, kw_only=True):
    """`/messages`: what was told to the person."""

    template: ClassVar[str] = "citizen/inbox.html"

    messages: tuple[Message, ...] = ()


class WhyUnit(View, frozen=True, kw_only=True):
    """`/cases/<id>/why`: why this one. `tried` in the order they were looked at."""

    template: ClassVar[str] = "citizen/why.html"

    id: str
    unit: str
    said: str
    rule: str
    phrases: Mapping[str, str] = {}
    tried: tuple["Tried", ...] = ()
    drill: Drill | None = None


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """A unit that was weighed up: `why_not` is empty for the one that went."""

    unit: str
    km: Decimal | None
    minutes: int | None
    why_not: str = ""
