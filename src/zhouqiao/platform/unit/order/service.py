"""Commands to units: sent, then acknowledged or expired."""

from collections.abc import Mapping
from datetime import timedelta

from zhouqiao.base import Invalid, NotFound, encode
from zhouqiao.platform.unit import facts
from zhouqiao.platform.unit.declare import CommandState
from zhouqiao.platform.unit.errors import UnitUnknown
from zhouqiao.platform.unit.model import Command, CommandId, UnitId
from zhouqiao.platform.unit.order.repository import Commands
from zhouqiao.platform.unit.repository import Units
from zhouqiao.store import Desk, forget, remind

EXPIRY = "unit.command_expiry"


def command(
    desk: Desk, unit_id: UnitId, kind: str, body: Mapping[str, object], *, within: timedelta
) -> Command:
    """Tell a unit to do something, to be acknowledged `within` a time. Raises `UnitUnknown`."""
    unit = Units(desk).unit(unit_id)
    if unit is None:
        raise UnitUnknown(unit_id)
    desk.may("unit.command", scope=unit.scope)
    if within <= timedelta(0):
        raise Invalid("within", "not_positive")
    sent = Command(
        id=desk.ids.new(CommandId),
        unit=unit_id,
        kind=kind,
        body=encode(body).decode(),
        scope=unit.scope,
        state=CommandState.SENT,
        sent_at=desk.now(),
        expires_at=desk.now() + within,
    )
    Commands(desk).add_command(sent)
    remind(desk, EXPIRY, sent.id, at=sent.expires_at, scope=sent.scope)
    fact = facts.CommandSent(command=sent.id, unit=unit_id, kind=kind, expires_at=sent.expires_at)
    desk.tell(fact, about=unit_id, scope=sent.scope)
    return sent


def acknowledge(desk: Desk, command_id: str) -> CommandState:
    """Keep that a unit got a command; twice is once. Raises `NotFound`.

    After the time was up the command stays expired; that it was heard late is kept and told.
    """
    found = _known(desk, command_id)
    desk.may("unit.acknowledge", scope=found.scope)
    if found.acknowledged_at is not None:
        return found.state
    late = found.state is CommandState.EXPIRED or desk.now() > found.expires_at
    state = CommandState.EXPIRED if late else CommandState.ACKNOWLEDGED
    Commands(desk).settle(found.id, state, desk.now())
    forget(desk, EXPIRY, found.id)
    fact = facts.CommandAcknowledged(command=found.id, unit=found.unit, late=late)
    desk.tell(fact, about=found.unit, scope=found.scope)
    return state


def expire(desk: Desk, command_id: str) -> None:
    """Say that a command was not acknowledged in time, unless it was."""
    found = _known(desk, command_id)
    if found.state is not CommandState.SENT:
        return
    Commands(desk).settle(found.id, CommandState.EXPIRED, None)
    fact = facts.CommandExpired(command=found.id, unit=found.unit)
    desk.tell(fact, about=found.unit, scope=found.scope)


def open_commands(desk: Desk, unit_id: UnitId) -> list[Command]:
    """Return the commands a unit has not answered yet, oldest first."""
    return Commands(desk).open_commands(unit_id)


def _known(desk: Desk, command_id: str) -> Command:
    found = Commands(desk).command(command_id)
    if found is None:
        raise NotFound("command", command_id)
    return found
