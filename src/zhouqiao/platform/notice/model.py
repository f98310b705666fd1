"""Messages, pure: words frozen at sending, patience in sending, and when service counts.

Service: a document counts as served when it arrives at an address the person confirmed for that;
at any other address, when they answer or open it; handed over, when they sign for it. Where more
than one holds, the earliest counts (人民法院在线诉讼规则 §31; 民事诉讼法 §§87-95).
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from zhouqiao.base import Id, Invalid
from zhouqiao.platform.notice.declare import Proof, Way

WAITS = (  # before the second, third … attempt; then a person must look
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
_SLOT = re.compile(r"\{([a-z_]+)\}")


class NoticeId(Id):
    """Names a message to one person."""

    prefix = "notice"
    __slots__ = ()


class Outcome(StrEnum):
    """How one attempt went."""

    SENT = "sent"
    ARRIVED = "arrived"
    HINDERED = "hindered"
    NO_CONSENT = "no_consent"
    NO_CHANNEL = "no_channel"
    NO_ADDRESS = "no_address"


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """That a document counts as served, since when and by what."""

    at: datetime
    proof: Proof

    def earlier(self, other: "Service | None") -> bool:
        """Say whether this one counts instead of the other."""
        return other is None or self.at < other.at


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """A message to one person. `words` by language, as they were when it was sent."""

    id: NoticeId
    person: str
    code: str
    slots: dict[str, str]
    words: dict[str, str]
    about: str
    scope: str
    serves: bool
    sent_at: datetime
    read_at: datetime | None = None
    service: Service | None = None


class Consent(msgspec.Struct, frozen=True, kw_only=True):
    """A way a person takes messages. `field` names the personal field that holds the address.

    `confirmed_at`: since when it is an address for service (送达地址确认); None: it is not.
    """

    person: str
    way: Way
    field: str
    since: datetime
    confirmed_at: datetime | None = None


class AskingId(Id):
    """Names one code that was sent."""

    prefix = "code"
    __slots__ = ()


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """A code somebody asked for, to confirm an address; `wrong` counts wrong answers."""

    id: AskingId
    person: str
    way: Way
    words: dict[str, str]
    asked_at: datetime
    wrong: int = 0
    ended_at: datetime | None = None

    def stands(self, now: datetime, valid: timedelta) -> bool:
        """Say whether it may still be answered."""
        return self.ended_at is None and now < self.asked_at + valid


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One try at one way. `reference` is the channel's own name for it."""

    way: Way
    nth: int
    at: datetime
    outcome: Outcome
    reference: str = ""


def frozen_words(
    templates: Mapping[str, str], slots: Mapping[str, object], known: tuple[str, ...]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the words by language with slots filled, and the slots as text.

    A slot is text or a number; a personal value prints as ‹personal› and is refused. Raises
    `Invalid` for a slot missing, foreign, personal or too long.
    """
    for name in (*slots, *known):
        if name not in known or name not in slots:
            raise Invalid(f"slots.{name}", "foreign" if name in slots else "missing")
    told = {name: _plain(name, value) for name, value in slots.items()}
    return {tongue: _filled(text, told) for tongue, text in templates.items()}, told


def _plain(name: str, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Invalid(f"slots.{name}", "wrong_type")
    if len(str(value)) > 500:
        raise Invalid(f"slots.{name}", "too_long", limit=500)
    return str(value)


def _filled(text: str, told: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda found: told.get(found.group(1), found.group(0)), text)


def next_try(nth: int, at: datetime) -> datetime | None:
    """Return when to try again after the `nth` attempt (from 1) failed at `at`; None: never."""
    return at + WAITS[nth - 1] if nth <= len(WAITS) else None


def service_by(proof: Proof, at: datetime, *, confirmed: bool) -> Service | None:
    """Return the service a proof makes; arrival counts at a confirmed address only."""
    if proof is Proof.ARRIVED and not confirmed:
        return None
    return Service(at=at, proof=proof)
