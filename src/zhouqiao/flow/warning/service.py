"""What may be asked of a warning. One command, one transaction; nobody here commits."""

from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from zhouqiao.base import to_plain
from zhouqiao.flow import case as cases
from zhouqiao.flow import signal as signals
from zhouqiao.flow.warning import repository
from zhouqiao.flow.warning.errors import NoSuchWarning
from zhouqiao.flow.warning.facts import (
    WarningAcknowledged,
    WarningCleared,
    WarningId,
    WarningRaised,
)
from zhouqiao.flow.warning.model import KeptWarning, may_acknowledge, may_clear, may_open
from zhouqiao.store import Desk

SOURCE = "warning"
CLOSED = "case_closed"
BELOW = "below_again"


def raise_(
    desk: Desk,
    it: KeptWarning,
    *,
    opens: str | None,
    hops: int,
    point: tuple[float, float] | None = None,
) -> bool:
    """Raise a warning, and hand it on as a signal of kind `opens`; False: it stands already.

    `hops` is how far the first cause lies back: too far, and it opens nothing any more.
    """
    if not repository.add(desk, it):
        return False
    signal, stopped = None, None
    if opens is not None and not may_open(hops):
        stopped = "too_many_hops"
    elif opens is not None:
        told = signals.receive(
            desk, source=SOURCE, key=it.id, kind=opens, scope=it.scope, body=_body(it),
            point=point, happened_at=it.raised_at,
        )  # fmt: skip
        signal = str(told.id)
    if opens is not None:
        repository.handed_on(desk, it.id, signal=signal, stopped=stopped)
    _tell(desk, replace(it, signal=signal, stopped=stopped))
    return True


def raise_once(desk: Desk, rule: str, tell: str, scope: str) -> None:
    """Raise a warning about no case, unless one by the same rule stands there still."""
    if not repository.is_open(desk, rule, scope):
        it = KeptWarning(
            id=new(desk), scope=scope, rule=rule, tell=tell, state="raised", raised_at=desk.now()
        )
        raise_(desk, it, opens=None, hops=0)


def _body(it: KeptWarning) -> dict[str, Any]:
    kept = ("rule", "case", "clock", "force", "indicator", "value", "limit", "unit")
    plain: dict[str, Any] = to_plain(it)
    told = {key: plain[key] for key in kept if plain[key] is not None}
    return {"warning": str(it.id), **told}


def _tell(desk: Desk, it: KeptWarning) -> None:
    fact = WarningRaised(
        warning=it.id, rule=it.rule, tell=it.tell, case=it.case, clock=it.clock, force=it.force,
        indicator=it.indicator, value=it.value, limit=it.limit, unit=it.unit, signal=it.signal,
        stopped=it.stopped,
    )  # fmt: skip
    desk.tell(fact, about=it.id, scope=it.scope, person=it.person)


def acknowledge(desk: Desk, warning: str) -> None:
    """Say that one has seen it and looks after it.

    Raises `NoSuchWarning`, `OwnWarning`, `ForAPerson`, `AlreadyAcknowledged`, `AlreadyOver`,
    `NotAllowed`.
    """
    it = _get(desk, warning)
    desk.may("warning.acknowledge", scope=it.scope)
    subject = desk.subject
    may_acknowledge(it, subject.person, _hands(desk, it), is_system=subject.is_system)
    repository.acknowledge(desk, it.id)
    fact = WarningAcknowledged(warning=it.id, by=subject.person)
    desk.tell(fact, about=it.id, scope=it.scope, person=it.person)


def clear(desk: Desk, warning: str, *, reason: str) -> None:
    """Say that it is over. Raises what `acknowledge` does, save `AlreadyAcknowledged`."""
    it = _get(desk, warning)
    desk.may("warning.clear", scope=it.scope)
    subject = desk.subject
    may_clear(it, subject.person, _hands(desk, it), is_system=subject.is_system)
    repository.over(desk, [it.id], reason)
    repository.unwatch(desk, it.id)
    tell_cleared(desk, it, reason)


def tell_cleared(desk: Desk, it: KeptWarning, reason: str, value: Decimal | None = None) -> None:
    """Say that a warning is over, and who or what said so."""
    fact = WarningCleared(warning=it.id, by=desk.subject.person, reason=reason, value=value)
    desk.tell(fact, about=it.id, scope=it.scope, person=it.person)


def get(desk: Desk, warning: str) -> KeptWarning:
    """Return a warning the subject may see. Raises `NoSuchWarning`."""
    found = repository.get(desk, warning)
    if found is None:
        raise NoSuchWarning(warning)
    return found


def still_open(desk: Desk, *, limit: int = 100) -> list[KeptWarning]:
    """Return what is not over yet, newest first, as far as the subject may see."""
    return repository.still_open(desk, limit)


def of_case(desk: Desk, case: str) -> list[KeptWarning]:
    """Return the warnings about a case, oldest first."""
    return repository.of_case(desk, case)


def new(desk: Desk) -> WarningId:
    """Return a name for a new warning."""
    return desk.ids.new(WarningId)


def _get(desk: Desk, warning: str) -> KeptWarning:
    found = repository.get(desk, warning, lock=True)
    if found is None:
        raise NoSuchWarning(warning)
    return found


def _hands(desk: Desk, it: KeptWarning) -> tuple[str, ...]:
    """Return whose own work it is about: whoever had a hand in the case, or crews its unit."""
    if it.case is None:
        return ()
    case = cases.get(desk, it.case)
    own = (desk.subject.person,) if case.unit and desk.subject.unit == case.unit else ()
    return (*own, *(person for hand in case.hands for person in hand.ever))
