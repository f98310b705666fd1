"""Keys of devices: made for one unit, shown once, replaced or revoked."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from zhouqiao.platform.unit import facts
from zhouqiao.platform.unit.errors import UnitUnknown
from zhouqiao.platform.unit.key.repository import Keys
from zhouqiao.platform.unit.model import Unit, UnitId
from zhouqiao.platform.unit.repository import Units
from zhouqiao.store import Desk

SIZE = 24  # bytes of chance in a key
PRINT = 16  # hexadecimal digits of a key's mark that name it; the key cannot be told from them


@dataclass(frozen=True, kw_only=True)
class KeyHolder:
    """A unit that holds a key `since` then; its messages are judged by `mark`, its SHA-256."""

    unit: UnitId
    scope: str
    mark: str
    since: datetime

    @property
    def print(self) -> str:
        """What names the key where it must not be known."""
        return self.mark[:PRINT]

    def opens(self, key: str) -> bool:
        """Say whether that is the key."""
        return hmac.compare_digest(self.mark, _mark(key))


def issue_key(desk: Desk, unit_id: UnitId) -> str:
    """Return a new key for a unit's device; the one before opens nothing any more.

    The crew may do so for its own unit. Raises `UnitUnknown`, `NotAllowed`.
    """
    unit = _may(desk, unit_id)
    former = _former(desk, unit.id)
    key = desk.dice.key(SIZE).hex()
    Keys(desk).put(unit, _mark(key))
    fact = facts.KeyIssued(unit=unit.id, former=former)
    desk.tell(fact, about=unit.id, scope=unit.scope)
    return key


def revoke_key(desk: Desk, unit_id: UnitId, why: str) -> None:
    """Let a unit's device be heard no more. Raises `UnitUnknown`, `NotAllowed`."""
    unit = _may(desk, unit_id)
    former = _former(desk, unit.id)
    if Keys(desk).drop(unit.id):
        fact = facts.KeyRevoked(unit=unit.id, why=why[:200], former=former)
        desk.tell(fact, about=unit.id, scope=unit.scope)


def key_holders(desk: Desk, units: Sequence[str]) -> dict[str, KeyHolder]:
    """Return those of the units that hold a key, in one question."""
    return {
        row["unit"]: KeyHolder(
            unit=UnitId(row["unit"]), scope=row["scope"], mark=row["mark"], since=row["issued_at"]
        )
        for row in Keys(desk).of(units)
    }


def _former(desk: Desk, unit: UnitId) -> str:
    holder = key_holders(desk, [unit]).get(unit)
    return "" if holder is None else holder.print


def _may(desk: Desk, unit_id: UnitId) -> Unit:
    unit = Units(desk).unit(unit_id)
    if unit is None:
        raise UnitUnknown(unit_id)
    if desk.subject.unit != unit.id:
        desk.may("unit.key", scope=unit.scope)
    return unit


def _mark(key: str) -> str:
    return sha256(key.encode()).hexdigest()
