"""Who is acting, for whom the rows are shown and the facts are signed."""

from typing import Protocol

import msgspec


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    """A role somebody holds: `role` is `<pack>.<role>`, `scope` a prefix of what it covers.

    `<pack>.<role>@<matter>` is the same role for one matter only.
    """

    role: str
    scope: str
    body: str | None = None
    certificates: tuple[str, ...] = ()


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """The acting person at the post they act from.

    `cell`    the county (6-digit division code) whose rows exist for them
    `reach`   prefix of the scopes they may see ("" all of the cell; None only their own)
    `person`  `person_…`; the platform itself is `system`
    `unit`    the unit (boat, squad) they crew, whose assignments they may see
    `seats`   the roles they hold
    `purpose` why personal data is read now, if it is
    """

    person: str
    cell: str
    reach: str | None = None
    unit: str | None = None
    seats: tuple[Seat, ...] = ()
    purpose: str | None = None

    def holds(self, role: str, scope: str) -> bool:
        """Say whether a held seat covers `scope` with `role`."""
        return any(
            s.role.partition("@")[0] == role and scope.startswith(s.scope) for s in self.seats
        )

    @property
    def is_system(self) -> bool:
        """Say whether this is the platform acting by rule."""
        return self.person == "system"


def system(cell: str) -> Subject:
    """Return the platform itself, acting in one cell."""
    return Subject(person="system", cell=cell, reach="")


class May(Protocol):
    """The one decision function (it lives in `platform.access`)."""

    def __call__(
        self, subject: Subject, action: str, *, scope: str, person: str | None = None
    ) -> None:
        """Return if `subject` may do `action` there; raise `NotAllowed` otherwise."""
        ...
