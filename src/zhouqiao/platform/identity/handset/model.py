"""What a handset is, and the code that lets one be set up. Pure."""

from datetime import datetime, timedelta
from typing import ClassVar

import msgspec

from zhouqiao.base import Id
from zhouqiao.platform.identity.model import PersonId

CODE_LASTS = timedelta(minutes=10)
DIGITS = 8
TRIES = 5  # wrong codes after which the right one counts no more


class HandsetId(Id):
    """Names a phone or tablet on which the desk application was set up."""

    prefix: ClassVar[str] = "handset"
    __slots__ = ()


class Handset(msgspec.Struct, frozen=True, kw_only=True):
    """A handset: whose it is, what they call it, since when, and when it was last heard of.

    `key` names the key its browser made (None: it was set up without one). With `revoked_at` it
    is no longer in use: what it signed before stays.
    """

    id: HandsetId
    person: PersonId
    label: str
    enrolled_at: datetime
    key: str | None = None
    seen_at: datetime | None = None
    revoked_at: datetime | None = None


class Code(msgspec.Struct, frozen=True, kw_only=True):
    """A one-time code of a person: `mark` is its keyed hash, `wrong` counts wrong ones."""

    mark: str
    expires_at: datetime
    wrong: int

    def fits(self, mark: str, at: datetime) -> bool:
        """Say whether that is the code, in time and not tried too often."""
        return mark == self.mark and at < self.expires_at and self.wrong < TRIES
