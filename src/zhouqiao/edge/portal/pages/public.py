"""Pages anybody may open: sign in, verify a paper, and what is said when something is refused."""

from datetime import datetime
from decimal import Decimal
from typing import ClassVar, Literal

import msgspec

from zhouqiao.edge.portal.pages.parts import Line, View


class DemoAccount(msgspec.Struct, frozen=True, kw_only=True):
    """A made-up person one may be, in a demonstration only."""

    handle: str
    name: str
    role: str
    surface: Literal["citizen", "desk", "command", "console"]


class SignIn(View, frozen=True, kw_only=True):
    """`/sign-in`: posts `handle`, `password`, `next`; a demo account posts `demo=<handle>`.

    `providers` are accounts elsewhere to sign in by: what each is called, and where to go.
    """

    template: ClassVar[str] = "public/sign_in.html"

    next: str = "/"
    handle: str = ""
    refused: str = ""
    demo_accounts: tuple[DemoAccount, ...] = ()
    providers: tuple[tuple[str, str], ...] = ()


class NotLinked(View, frozen=True, kw_only=True):
    """An account at `provider` that stands for nobody here yet: how to link it."""

    template: ClassVar[str] = "public/not_linked.html"

    provider: str


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was checked of a paper, and how it came out; a `note` is only to be known."""

    said: str
    good: bool | None
    note: bool = False


class Verify(View, frozen=True, kw_only=True):
    """`/verify/<id>`: is this paper real and in force? Shows what proves it and nothing more.

    `verdict`: good; not_current (revoked or replaced); forged (does not match); unknown (no such).
    """

    template: ClassVar[str] = "public/verify.html"

    id: str
    verdict: Literal["good", "not_current", "forged", "unknown", "ask"]
    title: str = ""
    issuer: str = ""
    made_at: datetime | None = None
    lines: tuple[Line, ...] = ()
    total: Decimal | None = None
    digest: str = ""
    checks: tuple[Check, ...] = ()
    said: str = ""
    checked_at: datetime | None = None


class Trouble(View, frozen=True, kw_only=True):
    """A refusal or a fault. `said` in words; `why` the rule; `ways` what can be done now."""

    template: ClassVar[str] = "public/trouble.html"

    kind: Literal["refusal", "not_found", "hindrance", "fault"]
    said: str
    why: str = ""
    code: str = ""
    ways: tuple["Way", ...] = ()
    phone: str = ""


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """A way on: the first is the one we would take."""

    word: str
    href: str
