"""Bodies, posts and certificates. Pure: no clock, no chance, no SQL."""

import re
from datetime import date, datetime, timedelta, timezone
from typing import ClassVar

import msgspec

from zhouqiao.base import Id, Invalid
from zhouqiao.platform.identity.declare import BodyKind, Breadth, KernelRole, Level
from zhouqiao.platform.place import check_code
from zhouqiao.store import Seat

BEIJING = timezone(timedelta(hours=8))
LEVEL_DIGITS = {
    Level.NATION: 0,
    Level.PROVINCE: 2,
    Level.CITY: 4,
    Level.COUNTY: 6,
    Level.TOWN: 9,
    Level.VILLAGE: 12,
}
_KEY = re.compile(r"[a-z][a-z0-9_]{1,31}")
_ROLE = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
_MATTER = re.compile(r"([a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*)?")


class PersonId(Id):
    """Names a person."""

    prefix: ClassVar[str] = "person"
    __slots__ = ()


class BodyId(Id):
    """Names a body."""

    prefix: ClassVar[str] = "body"
    __slots__ = ()


class PostId(Id):
    """Names a post."""

    prefix: ClassVar[str] = "post"
    __slots__ = ()


class CertificateId(Id):
    """Names a certificate."""

    prefix: ClassVar[str] = "cert"
    __slots__ = ()


def area_of(division: str) -> str:
    """Return the prefix a division code covers: 331000 → 3310; "" (the nation) stays.

    Raises `zhouqiao.platform.place.errors.BadCode`.
    """
    return check_code(division) if division else ""


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """A 机关 or other body: `key` begins its scopes; `division` is its jurisdiction's code.

    `id` is given by `register_body`.
    """

    id: BodyId = BodyId("body_new")
    key: str
    name: str
    uscc: str
    level: Level
    division: str
    kind: BodyKind

    def checked(self) -> "Body":
        """Return itself if key, name, level and division fit. Raises `Invalid`."""
        if not _KEY.fullmatch(self.key):
            raise Invalid("key", "shape", value=self.key)
        if not self.name.strip() or len(self.name) > 200:
            raise Invalid("name", "length")
        if len(area_of(self.division)) != LEVEL_DIGITS[self.level]:
            raise Invalid("level", "not_this_division", level=self.level, division=self.division)
        return self


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """Body × role × area × matter prefix: where an officer acts from.

    `area` is a prefix of division codes; `breadth` how far it sees; `matter` a prefix of matters
    that narrows a role of the kernel ("" all; a pack's role is narrowed by its pack already).
    `id` and `key` are given by `open_post`.
    """

    id: PostId = PostId("post_new")
    body: BodyId
    key: str = ""
    role: str
    area: str
    matter: str = ""
    breadth: Breadth = Breadth.AREA
    closed_at: datetime | None = None

    def checked(self) -> "Post":
        """Return itself if role, area and matter are well formed. Raises `Invalid`."""
        if not _ROLE.fullmatch(self.role):
            raise Invalid("role", "shape", value=self.role)
        if area_of(self.area) != self.area:
            raise Invalid("area", "shape", value=self.area)
        if not _MATTER.fullmatch(self.matter):
            raise Invalid("matter", "shape", value=self.matter)
        if self.matter and self.role not in set(KernelRole):
            raise Invalid("matter", "finer_than_role", value=self.matter)
        if self.role in (KernelRole.CITIZEN, KernelRole.VISITOR):
            raise Invalid("role", "not_a_post", value=self.role)
        return self

    @property
    def scope(self) -> str:
        """Where the post itself lies."""
        return f"{self.key}/{self.area}"

    @property
    def covers(self) -> str:
        """The prefix of the scopes its holder acts in."""
        return {Breadth.BODY: f"{self.key}/", Breadth.CELL: ""}.get(self.breadth, self.scope)

    @property
    def reach(self) -> str | None:
        """The prefix of the scopes its holder sees; None: only their own and their unit's."""
        return None if self.breadth is Breadth.OWN else self.covers

    def seat(self, certificates: tuple[str, ...]) -> Seat:
        """Return the seat its holder takes; a matter prefix rides behind the role as `@prefix`."""
        role = f"{self.role}@{self.matter}" if self.matter else self.role
        return Seat(role=role, scope=self.covers, body=self.body, certificates=certificates)


class Holder(Post, frozen=True, kw_only=True):
    """A post, and who holds it now."""

    person: PersonId


class Certificate(msgspec.Struct, frozen=True, kw_only=True):
    """A qualification of a person, in force from one day to another, both included."""

    id: CertificateId = CertificateId("cert_new")
    person: PersonId
    kind: str
    number: str
    issuer: str
    valid_from: date
    valid_to: date
    withdrawn_at: datetime | None = None

    def checked(self) -> "Certificate":
        """Return itself if kind, number and days are such. Raises `Invalid`."""
        if not _KEY.fullmatch(self.kind):
            raise Invalid("kind", "shape", value=self.kind)
        if not self.number.strip():
            raise Invalid("number", "missing")
        if self.valid_to < self.valid_from:
            raise Invalid("valid_to", "before_valid_from")
        return self

    def in_force(self, at: datetime) -> bool:
        """Say whether it holds at that moment (days are days in Beijing)."""
        if self.withdrawn_at is not None and self.withdrawn_at <= at:
            return False
        return self.valid_from <= at.astimezone(BEIJING).date() <= self.valid_to


def tidy_phone(number: str) -> str:
    """Return a telephone number as it is compared: digits only, without +86."""
    digits = re.sub(r"[\s\-()]", "", number)
    return digits.removeprefix("+86").removeprefix("0086")
