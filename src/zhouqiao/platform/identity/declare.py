"""What may be said about roles, levels and the policies of sign-in."""

from datetime import timedelta
from enum import StrEnum

import msgspec


class KernelRole(StrEnum):
    """Roles the kernel itself knows; a pack's own are named `<pack>.<role>`."""

    VISITOR = "kernel.visitor"
    CITIZEN = "kernel.citizen"
    OFFICER = "kernel.officer"
    DUTY_OFFICER = "kernel.duty_officer"
    LEADER = "kernel.leader"
    CREW = "kernel.crew"
    DEVICE = "kernel.device"
    STEWARD = "kernel.steward"
    ENGINEER = "kernel.engineer"
    ADMIN = "kernel.admin"
    AUDITOR = "kernel.auditor"


TECHNICAL = frozenset({KernelRole.ENGINEER, KernelRole.ADMIN})
"""Who keeps the machine running, and therefore sees no person and decides no case."""


def apart(one: str, other: str) -> bool:
    """Say whether one person may never hold both roles.

    The auditor is nobody else; whoever keeps the machine or the accounts holds no other office.
    Source: GB/T 22239-2019 8.1.5 (system, audit and security administration are separate).
    """
    if one == other:
        return False
    if KernelRole.AUDITOR in (one, other):
        return True
    return (one in TECHNICAL) != (other in TECHNICAL)


class Level(StrEnum):
    """The administrative level of a body: 国 省 市 县 乡 村."""

    NATION = "nation"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"
    VILLAGE = "village"


class BodyKind(StrEnum):
    """What sort of body it is."""

    PARTY = "party"
    GOVERNMENT = "government"
    DEPARTMENT = "department"
    COURT = "court"
    INSTITUTION = "institution"
    FIRM = "firm"
    COMMUNITY = "community"


class Breadth(StrEnum):
    """How far a post sees: what is given to it, its area of its body, its body, the whole cell."""

    OWN = "own"
    AREA = "area"
    BODY = "body"
    CELL = "cell"


class SessionKind(StrEnum):
    """Where a session lives: a browser, or the desk application on a handset."""

    WEB = "web"
    HANDSET = "handset"


class SessionPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """How long a session lives unused (`idle`) and at all (`absolute`)."""

    idle: timedelta
    absolute: timedelta


SESSIONS: dict[SessionKind, SessionPolicy] = {
    SessionKind.WEB: SessionPolicy(idle=timedelta(minutes=30), absolute=timedelta(hours=12)),
    SessionKind.HANDSET: SessionPolicy(idle=timedelta(hours=24), absolute=timedelta(days=14)),
}


class PasswordPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """What a password must be.

    At least `shortest` characters of `kinds` kinds (lower, upper, digit, other), or a phrase of
    at least `phrase` characters; never longer than `longest`; never holding the sign-in name.
    Source: GB/T 22239-2019 8.1.4.1 a (complexity); NIST SP 800-63B 5.1.1.2 (length, no known ones).
    """

    shortest: int = 10
    longest: int = 128
    phrase: int = 16
    kinds: int = 3
    variety: int = 5


class LockPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """After `free` wrong secrets in a row each further one waits: `first`, doubled, at most `most`.

    The row is forgotten `forget` after the last wrong one.
    """

    free: int = 5
    first: timedelta = timedelta(minutes=1)
    most: timedelta = timedelta(hours=1)
    forget: timedelta = timedelta(hours=24)
