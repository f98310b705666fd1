"""What signals mean: one event for one thing, however many told of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from zhouqiao.flow.event import repository
from zhouqiao.flow.event.errors import NoSuchEvent, NotMergeable
from zhouqiao.flow.event.facts import (
    EventClassified,
    EventEstablished,
    EventId,
    EventMerged,
    EventRerouted,
    EventSplit,
)
from zhouqiao.flow.signal import SignalId
from zhouqiao.store import Desk, Row


def establish(  # noqa: PLR0913 - what an event is
    desk: Desk,
    *,
    signal: SignalId,
    kind: str,
    scope: str,
    body: dict[str, Any],
    point: tuple[float, float] | None = None,
    person: str | None = None,
    happened_at: datetime | None = None,
    understood: bool = False,
) -> EventId:
    """Say what a signal means. `point` is (lon, lat) on WGS 84."""
    name, when = desk.ids.new(EventId), happened_at or desk.now()
    repository.add(desk, name=name, kind=kind, scope=scope, person=person, point=point, since=when)
    repository.link(desk, name, signal, scope, person)
    fact = EventEstablished(
        event=name, signal=signal, kind=kind, body=body, point=point, understood=understood
    )
    desk.tell(fact, about=name, scope=scope, person=person, happened_at=when)
    return name


def event_of(desk: Desk, signal: SignalId) -> EventId | None:
    """Return the event a signal told of, if it has been understood."""
    return repository.of_signal(desk, signal)


def classify(desk: Desk, event: EventId, kind: str) -> None:
    """Say that an event is of another kind. Raises `NoSuchEvent`."""
    row = _get(desk, event)
    desk.may("event.classify", scope=row["scope"])
    repository.change(desk, event, kind=kind, scope=row["scope"], merged=row["merged"])
    desk.tell(
        EventClassified(event=event, kind=kind, was=row["kind"]), about=event, scope=row["scope"]
    )


def merge(desk: Desk, event: EventId, other: EventId, reason: str) -> None:
    """Make two events one; everybody who told of either stays linked. Raises `NotMergeable`."""
    if event == other:
        raise NotMergeable(event, other, "same")
    row, gone = _get(desk, event), _get(desk, other)
    desk.may("event.merge", scope=row["scope"])
    if row["merged"] or gone["merged"]:
        raise NotMergeable(event, other, "merged")
    repository.change(desk, other, kind=gone["kind"], scope=gone["scope"], merged=event)
    repository.move_signals(desk, other, event)
    desk.tell(EventMerged(event=event, other=other, reason=reason), about=event, scope=row["scope"])


def split(
    desk: Desk, event: EventId, kinds: Sequence[str], reason: str, *, signal: SignalId
) -> tuple[EventId, ...]:
    """Make several events of one, each of its own kind, in the same place."""
    row = _get(desk, event)
    desk.may("event.split", scope=row["scope"])
    point = None if row["lon"] is None else (row["lon"], row["lat"])
    parts = tuple(
        establish(desk, signal=signal, kind=kind, scope=row["scope"], body={}, point=point)
        for kind in kinds
    )
    desk.tell(EventSplit(event=event, parts=parts, reason=reason), about=event, scope=row["scope"])
    return parts


def reroute(desk: Desk, event: EventId, scope: str, reason: str) -> None:
    """Give an event to another body or place; the case follows by its own objection."""
    row = _get(desk, event)
    desk.may("event.reroute", scope=row["scope"])
    repository.change(desk, event, kind=row["kind"], scope=scope, merged=row["merged"])
    fact = EventRerouted(event=event, was=row["scope"], now=scope, reason=reason)
    desk.tell(fact, about=event, scope=scope)


def _get(desk: Desk, event: EventId) -> Row:
    row = repository.get(desk, event)
    if row is None:
        raise NoSuchEvent(event)
    return row
