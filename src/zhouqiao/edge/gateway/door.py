"""The broker's door: who signs in there as which unit, and what they may say and hear.

A broker of ours asks about every device that knocks (NATS auth callout). A device signs in as
`<cell>/<unit>` with the unit's key, under a client name that begins with the unit's; what we
answer lets it publish below `devices/<cell>/<unit>/` and hear `commands/<cell>/<unit>`. Blocking.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from zhouqiao.platform import unit as units
from zhouqiao.platform.unit import KeyHolder
from zhouqiao.store import Store, system
from zhouqiao.store.engines import Issuer, claims_of

ASKED = "$SYS.REQ.USER.AUTH"
USER = re.compile(r"(\d{6})/(unit_[0-9a-z]{1,59})")
MQTT = "MQTT"
WITHIN = "$G"  # the broker's account that platform and devices share
UNLIMITED = -1
Names = tuple[str, str]


class _Server(msgspec.Struct):
    id: str


class _Client(msgspec.Struct):
    mqtt_id: str = ""


class _Shown(msgspec.Struct):
    user: str = ""
    password: str = msgspec.field(default="", name="pass")


class Knock(msgspec.Struct):
    """Somebody at the door: `user_nkey` names the connection, `connect_opts` is what they show."""

    server_id: _Server
    user_nkey: str
    client_info: _Client
    connect_opts: _Shown

    @property
    def names(self) -> Names | None:
        """Cell and unit they say they are; None where that is no unit's way to sign in."""
        found = USER.fullmatch(self.connect_opts.user)
        if found is None:
            return None
        cell, unit = found.groups()
        client, own = self.client_info.mqtt_id, f"{unit}-"
        return (cell, unit) if f"{client}-".startswith(own) else None


class _Claims(msgspec.Struct):
    nats: Knock


_CLAIMS = msgspec.json.Decoder(_Claims)


def user_of(cell: str, unit: str) -> str:
    """Return the name a unit's device signs in by."""
    return f"{cell}/{unit}"


def opened_by(cell: str, unit: str, key_print: str) -> str:
    """Return the name of whatever connection was opened by that key, as the broker has it."""
    return f"{user_of(cell, unit)}#{key_print}"


@dataclass(frozen=True)
class Door:
    """Judges who knocks, for the cells this node hosts."""

    store: Store
    cells: frozenset[str]
    issuer: Issuer

    def judge(self, knocks: Sequence[bytes]) -> list[bytes]:
        """Return what to answer each: a ticket, a refusal, or nothing where it cannot be read.

        Raises `Hindrance`: nobody was judged, and the broker turns them away by itself.
        """
        read = [_read(one) for one in knocks]
        wanted = [one.names for one in read if one is not None and one.names is not None]
        holders = self._holders(wanted)
        return [b"" if one is None else self._answer(one, holders) for one in read]

    def _holders(self, wanted: Sequence[Names]) -> Mapping[Names, KeyHolder]:
        found: dict[Names, KeyHolder] = {}
        for cell in sorted({cell for cell, _ in wanted} & self.cells):
            with self.store.desk(system(cell)) as desk:
                held = units.key_holders(desk, [unit for of, unit in wanted if of == cell])
            found |= {(cell, str(unit)): holder for unit, holder in held.items()}
        return found

    def _answer(self, knock: Knock, holders: Mapping[Names, KeyHolder]) -> bytes:
        names = knock.names
        holder = None if names is None else holders.get(names)
        if names is None or holder is None or not holder.opens(knock.connect_opts.password):
            return self._told(knock, error="not a unit's name and key")
        return self._told(knock, jwt=self._ticket(knock, *names, holder.print))

    def _ticket(self, knock: Knock, cell: str, unit: str, key_print: str) -> str:
        may = {
            "pub": {"allow": [f"devices.{cell}.{unit}.{leaf}" for leaf in SAYS]},
            "sub": {"allow": [f"commands.{cell}.{unit}", *OWN]},
            "subs": UNLIMITED, "data": UNLIMITED, "payload": UNLIMITED,
            "allowed_connection_types": [MQTT],
        }  # fmt: skip
        told = {"type": "user", "version": 2, **may}
        name = opened_by(cell, unit, key_print)
        claims = {"sub": knock.user_nkey, "aud": WITHIN, "name": name, "nats": told}
        return self.issuer.ticket(claims, self._now())

    def _told(self, knock: Knock, **what: str) -> bytes:
        answer: dict[str, Any] = {"type": "authorization_response", "version": 2, **what}
        claims = {"sub": knock.user_nkey, "aud": knock.server_id.id, "nats": answer}
        return self.issuer.ticket(claims, self._now()).encode()

    def _now(self) -> int:
        return int(self.store.clock.now().timestamp())


SAYS = ("position", "ack", "evidence")
OWN = ("$MQTT.sub.>",)
"""Where a broker hands a device what was said to it with QoS 1; nobody may ask for it by name."""


def _read(knock: bytes) -> Knock | None:
    try:
        return _CLAIMS.decode(claims_of(knock)).nats
    except (ValueError, msgspec.DecodeError):
        return None
