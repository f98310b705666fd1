"""The one decision function, grants and masks. Pure: no clock, no chance, no SQL."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import ClassVar

import msgspec

from zhouqiao.base import Id, Invalid, Personal
from zhouqiao.platform.access.declare import (
    EXCEPTED,
    GUARDED,
    HIDDEN_GRADE,
    KERNEL,
    MASKS,
    OPEN_GRADE,
    OWN_REFUSED,
    OWN_TAKEN,
    Mask,
    Right,
    Rights,
    Where,
)
from zhouqiao.platform.access.errors import NoRight, OwnAffair, Separated
from zhouqiao.platform.identity import TECHNICAL, KernelRole
from zhouqiao.store import May, Seat, Subject

LENT = "grant:"  # no role of a post can look like it
LONGEST_GRANT = timedelta(days=92)
APART = frozenset({*TECHNICAL, KernelRole.AUDITOR})
_ACTION = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+(\.\*)?|[a-z][a-z0-9_]*\.\*")
_COUNTY = re.compile(
    r"(X{2,6}?省)?(X{1,6}?[市县](X{1,5}?[区县市])?)?".replace("X", "[^街道镇乡路村]")
)


class GrantId(Id):
    """Names a grant."""

    prefix: ClassVar[str] = "grant"
    __slots__ = ()


def below(action: str, families: Iterable[str]) -> bool:
    """Say whether an action is one of the families or lies below one."""
    return any(action == family or action.startswith(family + ".") for family in families)


def covers(pattern: str, action: str) -> bool:
    """Say whether a row's action (`a.b`, `a.b.*`) is or covers an action."""
    if pattern.endswith(".*"):
        return action.startswith(pattern[:-1])
    return pattern == action


def faults(rights: Rights) -> list[str]:
    """Return, in words for engineers, every row that must not be."""
    found = []
    for row in rights.rows:
        if not _ACTION.fullmatch(row.action):
            found.append(f"{row.role}: {row.action!r} is no action")
        elif row.role in APART and _touches(row.action, GUARDED):
            found.append(f"{row.role} may never be given {row.action!r}")
        elif row.role == KernelRole.VISITOR and row.where is not Where.CELL:
            found.append(f"{row.role} has neither seat nor own affairs: {row.action!r}")
        elif row.where is Where.OWN and row.role != KernelRole.CITIZEN:
            found.append(f"{row.role} acts from a seat, not for themself: {row.action!r}")
    return found


def _touches(pattern: str, families: Iterable[str]) -> bool:
    """Say whether a row's action lies below a family, or a family lies below it."""
    stem = pattern.removesuffix(".*")
    return below(stem, families) or any(covers(pattern, family) for family in families)


class Decider:
    """Rights indexed by role and action; a decision costs a few dictionary lookups a seat."""

    def __init__(self, rows: Iterable[Right]) -> None:
        self._rows: dict[tuple[str, str], set[Where]] = {}
        for row in rows:
            self._rows.setdefault((row.role, row.action), set()).add(row.where)

    def __call__(
        self, subject: Subject, action: str, *, scope: str, person: str | None = None
    ) -> None:
        """Return if `subject` may do `action` there; raise `NotAllowed` otherwise.

        What is forbidden by separation is so whatever else is held; then what is one's own, then
        what a seat gives, unless it would decide one's own affair.
        """
        if subject.is_system:
            return
        _separated(subject, action)
        own = person is not None and person == subject.person
        if self._everyone(subject, action, own=own):
            return
        if not any(self._seated(seat, action, scope) for seat in subject.seats):
            raise NoRight(action, scope)
        if own and below(action, OWN_REFUSED) and action not in OWN_TAKEN:
            raise OwnAffair(action)

    def _everyone(self, subject: Subject, action: str, *, own: bool) -> bool:
        if Where.CELL in self._where(KernelRole.VISITOR, action):
            return True
        is_person = subject.person.startswith("person_")
        given = self._where(KernelRole.CITIZEN, action) if is_person else set()
        return Where.CELL in given or (own and Where.OWN in given)

    def _seated(self, seat: Seat, action: str, scope: str) -> bool:
        if seat.role.startswith(LENT):
            return covers(seat.role.removeprefix(LENT), action) and scope.startswith(seat.scope)
        role, _, matter = seat.role.partition("@")
        given = self._where(role, action)
        if not given or not _of_matter(action, matter):
            return False
        return Where.CELL in given or (Where.SEAT in given and scope.startswith(seat.scope))

    def _where(self, role: str, action: str) -> set[Where]:
        found = set(self._rows.get((role, action), ()))
        stem = action
        while "." in stem:
            stem = stem.rpartition(".")[0]
            found |= self._rows.get((role, stem + ".*"), set())
        return found


def make_decider(rights: Rights) -> May:
    """Return the decision function for the kernel's rows and the packs'.

    Raises `ValueError` with every fault, so that start-up is refused.
    """
    wrong = faults(rights)
    if wrong:
        raise ValueError("; ".join(wrong))
    return Decider((*KERNEL, *rights.rows))


def like(role: str, kernel: KernelRole) -> tuple[Right, ...]:
    """Return the rows that give a pack's role what a role of the kernel may.

    Raises `ValueError` for a role that is kept apart: nobody else may be like an engineer.
    """
    if kernel in APART:
        raise ValueError(f"{role} cannot be like {kernel}, which is kept apart")
    return tuple(
        Right(role=role, action=row.action, where=row.where) for row in KERNEL if row.role == kernel
    )


decide: May = Decider(KERNEL)
"""The decision function before any pack is loaded."""


def _separated(subject: Subject, action: str) -> None:
    if not below(action, GUARDED):
        return
    for seat in subject.seats:
        role = seat.role.partition("@")[0]
        if role in APART and (role, action) not in EXCEPTED:
            raise Separated(action, role)


def _of_matter(action: str, matter: str) -> bool:
    """Say whether `case.<verb>.<procedure>…` is of the matter a post is narrowed to."""
    parts = action.split(".", 2)
    if not matter or parts[0] != "case" or len(parts) < 3:
        return True
    return below(parts[2], (matter,))


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """A right lent to one person: `action` (or `a.b.*`) in `scope`, from `starts` to `ends`."""

    id: GrantId = GrantId("grant_new")
    person: str
    action: str
    scope: str
    starts: datetime
    ends: datetime
    reason: str
    revoked_at: datetime | None = None

    def checked(self) -> "Grant":
        """Return itself if it is one action, for a time and a reason. Raises `Invalid`."""
        if not _ACTION.fullmatch(self.action) or below(self.action, ("access",)):
            raise Invalid("action", "not_to_be_lent", value=self.action)
        if not self.ends > self.starts:
            raise Invalid("ends", "before_start")
        if self.ends - self.starts > LONGEST_GRANT:
            raise Invalid("ends", "lent_too_long", days=LONGEST_GRANT.days)
        if not self.reason.strip():
            raise Invalid("reason", "missing")
        return self

    def in_force(self, at: datetime) -> bool:
        """Say whether it holds at a moment (`ends` excluded)."""
        return self.revoked_at is None and self.starts <= at < self.ends

    @property
    def guarded(self) -> bool:
        """Say whether it may never be lent to who keeps or audits the machine."""
        return _touches(self.action, GUARDED)

    @property
    def seat(self) -> Seat:
        """The seat it gives."""
        return Seat(role=LENT + self.action, scope=self.scope)


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody read fields about a person; `by` is left out when the person themself asks."""

    by: str | None
    role: str
    body: str | None
    at: datetime
    purpose: str
    case: str
    fields: tuple[str, ...]
    clear: tuple[str, ...]


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A field as it may be shown: `text`, masked or not; None with `erased_on` when shredded."""

    text: str | None
    is_masked: bool = False
    erased_on: datetime | None = None

    def __repr__(self) -> str:
        return "‹personal›"


def masked(field: str, value: Personal[str]) -> str:
    """Return a value as somebody sees it who may not see it clear, by its grade and field."""
    if value.grade <= OPEN_GRADE:
        return value.value
    mask = Mask.HIDDEN if value.grade >= HIDDEN_GRADE else MASKS.get(field, Mask.HIDDEN)
    return _MASKERS[mask](value.value)


def mask_name(name: str) -> str:
    """Keep the first and last character of a name: 江示例 → 江*例, 江样 → 江*."""
    name = name.strip()
    if len(name) <= 2:
        return name[:1] + "*"
    return name[0] + "*" * (len(name) - 2) + name[-1]


def mask_number(number: str) -> str:
    """Keep three characters before and four after: 331***0000; shorter ones less."""
    number = number.strip()
    if len(number) < 11:
        return number[:1] + "***"
    return f"{number[:3]}***{number[-4:]}"


def mask_phone(number: str) -> str:
    """Keep three digits before and four after: 138****0000."""
    number = number.strip()
    if len(number) < 11:
        return "****" + number[-2:]
    return f"{number[:-8]}****{number[-4:]}"


def mask_place(address: str) -> str:
    """Keep an address as far as its county or, failing that, its city."""
    found = _COUNTY.match(address.strip())
    return f"{found.group() if found else ''}***"


_MASKERS: dict[Mask, Callable[[str], str]] = {
    Mask.NAME: mask_name,
    Mask.NUMBER: mask_number,
    Mask.PHONE: mask_phone,
    Mask.PLACE: mask_place,
    Mask.HIDDEN: lambda _: "***",
}
