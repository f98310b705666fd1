"""Where somebody begins, and which pages of the console are theirs: by what they may do."""

from collections.abc import Mapping

from zhouqiao.base import NotAllowed
from zhouqiao.store import Desk, Subject

WATCH = ("warning.read", "case.read")
"""What whoever keeps watch may do, as far as they reach."""
CONSOLE: Mapping[str, tuple[str, ...]] = {
    **{page: (f"console.{page}",) for page in ("packs", "matters", "rules", "journal", "parked")},
    "seal": ("console.seal",),
    "accounts": ("console.accounts", "account.reset", "session.revoke"),
    "health": ("console.health",),
}
"""The pages of the console, in the order they are listed, and what one must be allowed for each."""


def front_of(desk: Desk, who: Subject) -> str:
    """Return where somebody begins: console, boat's desk, watch, payments to sign for, or home."""
    if console_of(desk, who):
        return "/console"
    if who.unit is not None:
        return "/desk/"
    reach = "-" if who.reach is None else who.reach
    if all(_may(desk, who, action, reach) for action in WATCH):
        return "/command"
    return "/payments" if _may(desk, who, "outcome.pay", reach) else "/"


def console_of(desk: Desk, who: Subject) -> tuple[str, ...]:
    """Return the pages of the console that somebody may open."""
    return tuple(
        page for page, rights in CONSOLE.items() if all(_may(desk, who, one, "") for one in rights)
    )


def _may(desk: Desk, who: Subject, action: str, scope: str) -> bool:
    try:
        desk.decide(who, action, scope=scope)
    except NotAllowed:
        return False
    return True
