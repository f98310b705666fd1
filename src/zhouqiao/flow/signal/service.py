"""Taking in what comes."""

from datetime import datetime
from typing import Any

import msgspec

from zhouqiao.base import Invalid, stated_moment
from zhouqiao.flow.signal import repository
from zhouqiao.flow.signal.facts import SignalId, SignalReceived
from zhouqiao.store import Desk

LONGEST_KEY = 200


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """A signal's name, and whether it was new."""

    id: SignalId
    fresh: bool


def receive(  # noqa: PLR0913 - what a signal is
    desk: Desk,
    *,
    source: str,
    key: str,
    kind: str,
    scope: str,
    body: dict[str, Any],
    point: tuple[float, float] | None = None,
    person: str | None = None,
    happened_at: datetime | None = None,
    understood: bool = False,
) -> Received:
    """Take in a signal, once per `source` and `key`.

    `point` is (lon, lat) on WGS 84; `person` whom it concerns. `understood` keeps the classifying
    reaction from looking at it again. A key said by two different persons names two signals.
    """
    if not key or len(key) > LONGEST_KEY:
        raise Invalid("key", "length", longest=LONGEST_KEY)
    own_key = f"{person or '-'}/{key}"
    name, when = desk.ids.new(SignalId), stated_moment(happened_at, desk.now())
    fresh = repository.add(
        desk, name=name, source=source, key=own_key, kind=kind, scope=scope, person=person,
        happened_at=when,
    )  # fmt: skip
    if not fresh:
        return Received(id=repository.find(desk, source, own_key) or name, fresh=False)
    fact = SignalReceived(
        signal=name, source=source, key=own_key, kind=kind, body=body, point=point,
        understood=understood,
    )  # fmt: skip
    desk.tell(fact, about=name, scope=scope, person=person, happened_at=when)
    return Received(id=name, fresh=True)
