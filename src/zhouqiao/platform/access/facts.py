"""What access tells the world: who looked, and who was lent a right. Never a value."""

from datetime import datetime

from zhouqiao.store import Fact


class PersonalRead(Fact, frozen=True, kw_only=True):
    """Somebody read fields about a person, for a purpose, in a case; `clear` ones unmasked."""

    person: str
    fields: tuple[str, ...]
    clear: tuple[str, ...]
    purpose: str
    case: str


class Granted(Fact, frozen=True, kw_only=True):
    """A person may do an action in a scope for a while, for a reason."""

    grant: str
    person: str
    action: str
    granted_scope: str
    starts: datetime
    ends: datetime
    reason: str


class GrantRevoked(Fact, frozen=True, kw_only=True):
    """A lent right was taken back before its time."""

    grant: str
    person: str
    reason: str
