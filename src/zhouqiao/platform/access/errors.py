"""How access can refuse.

Refusal
├── NotAllowed
│   ├── NoRight          403  no seat of theirs gives this action there
│   ├── OwnAffair        403  nobody decides their own affair from a post
│   ├── Separated        403  whoever keeps the machine or audits sees no person, decides no case
│   └── CaseNotTheirs    403  the case named does not concern that person, or is not to be seen
├── PurposeMissing       422  say for which case, and what for
└── GrantEnded           409  revoked or run out
"""

from typing import ClassVar

from zhouqiao.base import Invalid, NotAllowed, Refusal


class NoRight(NotAllowed):
    """No seat of the acting person gives `action` in `scope`."""

    code: ClassVar[str] = "access.no_right"

    def __init__(self, action: str, scope: str) -> None:
        super().__init__(action, scope=scope)


class OwnAffair(NotAllowed):
    """Nobody decides, or looks up from a post, what concerns themself: a colleague must."""

    code: ClassVar[str] = "access.own_affair"


class Separated(NotAllowed):
    """Whoever keeps the machine or audits it neither sees persons nor decides cases."""

    code: ClassVar[str] = "access.separated"

    def __init__(self, action: str, role: str) -> None:
        super().__init__(action, role=role)


class CaseNotTheirs(NotAllowed):
    """The case that was named does not concern the person whose data is asked for."""

    code: ClassVar[str] = "access.case_not_theirs"

    def __init__(self, case: str) -> None:
        super().__init__("personal.read", case=case)


class PurposeMissing(Invalid):
    """Personal data is read for a named purpose in a named case only."""

    code: ClassVar[str] = "access.purpose_missing"

    def __init__(self, field: str) -> None:
        super().__init__(field, "missing")


class GrantEnded(Refusal):
    """The grant was revoked, has run out or has not begun."""

    code: ClassVar[str] = "access.grant_ended"

    def __init__(self, grant: str) -> None:
        super().__init__()
        self.grant = grant
