"""What the engineer and the auditor look at: the journal, what was set aside, seals, health.

Nobody is shown here by name, and no record of a case: values that belong to persons stay hidden
from whoever may not read the case itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec

from zhouqiao.base import Hindrance, NotAllowed, NotFound
from zhouqiao.edge.portal.door import Portal
from zhouqiao.edge.portal.pages import console
from zhouqiao.edge.portal.pages.parts import Drill
from zhouqiao.edge.portal.show.files import addresses
from zhouqiao.edge.portal.words import Words
from zhouqiao.flow import outcome
from zhouqiao.flow.outcome import State
from zhouqiao.store import Desk, Engine, Envelope, FactBook, reading

PAGE, LONG = 50, 60
HIDDEN = "‹…›"
HIDES = frozenset({"record", "reason", "values", "fields", "headline", "body", "note"})
HOUR = timedelta(hours=1)
PAYING = {
    "waiting": (State.ACCEPTED, State.REQUESTED),
    "sent": (State.SENT,),
    "returned": (State.RETURNED,),
}


def line_of(page: Words, told: Envelope) -> console.Fact:
    """Return a fact as lists show it; persons are told apart, never named."""
    return console.Fact(
        position=told.seq,
        at=told.recorded_at,
        name=told.kind,
        about=_apart(told.about),
        by=page("console.platform") if told.by == "system" else _apart(told.by),
        said="",
        scope=told.scope,
        version=told.version,
    )


def _apart(name: str) -> str:
    """Shorten a person's name in the store to what tells two of them apart."""
    return f"person…{name[-4:]}" if name.startswith("person_") else name


def journal(
    desk: Desk, page: Words, *, q: str = "", name: str = "", before: int | None = None
) -> console.Journal:
    """Return facts, newest first; `q` is what they are about, `name` their kind."""
    about = "" if q.startswith("person") else q.strip()
    told = reading.listed(desk, about=about, kind=name, before=before, limit=PAGE)
    sealed = _sealed(desk)
    older = f"/console/journal?q={q}&name={name}&before={told[-1].seq}" if len(told) == PAGE else ""
    return console.Journal(
        facts=tuple(_told(page, one, sealed) for one in told),
        q=q,
        name=name,
        names=kinds(),
        older=older,
        total=reading.newest(desk) if not (q or name) else None,
    )


def kinds() -> tuple[str, ...]:
    """Return every kind of fact this process knows."""
    return tuple(sorted(FactBook().kinds))


def _told(page: Words, told: Envelope, sealed: Sequence[tuple[int, int, int]]) -> console.Fact:
    body = msgspec.json.decode(told.body)
    said = " · ".join(_short(body)) if isinstance(body, dict) else ""
    number = next((n for n, first, last in sealed if first <= told.seq <= last), None)
    return msgspec.structs.replace(line_of(page, told), said=said[:LONG], sealed=number)


def _short(body: Mapping[str, Any]) -> Iterator[str]:
    """Yield what of a fact is plain and small enough for a line, without what may be personal."""
    for key, value in body.items():
        if key in {
            "step",
            "state",
            "clock",
            "unit",
            "reaction",
            "indicator",
            "name",
            "rule",
            "why",
        }:
            yield f"{key} {_apart(str(value))}" if value is not None else key


def _sealed(desk: Desk) -> list[tuple[int, int, int]]:
    return [(one.number, one.first, one.last) for one in reading.seals_known(desk, limit=500)]


def one_fact(desk: Desk, page: Words, seq: int) -> console.FactPage:
    """Return one fact whole, and what led to it and from it. Raises `NotFound`."""
    told = reading.fact_at(desk, seq)
    if told is None:
        raise NotFound("fact", str(seq))
    before, after = reading.chain(desk, told)
    body = msgspec.json.decode(told.body)
    shown = body if _may_read(desk, told) else veiled(body)
    return console.FactPage(
        fact=_told(page, told, _sealed(desk)),
        body=msgspec.json.format(msgspec.json.encode(shown), indent=2).decode(),
        causes=tuple(line_of(page, one) for one in before),
        effects=tuple(line_of(page, one) for one in after),
        files=addresses(told.about, shown.get("record")) if shown is body else (),
    )


def _may_read(desk: Desk, told: Envelope) -> bool:
    try:
        desk.may("case.read", scope=told.scope)
    except NotAllowed:
        return False
    return True


def veiled(body: Any) -> Any:
    """Return a body without what may be personal: records, reasons, and who it is about."""
    match body:
        case dict():
            return {
                key: HIDDEN if key in HIDES and value else veiled(value)
                for key, value in body.items()
            }
        case list():
            return [veiled(one) for one in body]
        case str():
            return _apart(body)
    return body


def parked(desk: Desk) -> console.Parked:
    """Return what was set aside; the id of an item is `<reaction>@<seq>`."""
    return console.Parked(
        parked=tuple(
            console.ParkedItem(
                id=f"{one.reaction}@{one.seq}",
                reaction=one.reaction,
                fact=one.kind,
                position=one.seq,
                about=_apart(one.about),
                tries=one.attempts,
                said=one.why if one.behind is None else f"behind {one.behind}",
                first_at=one.recorded_at,
                last_at=one.parked_at,
            )
            for one in reading.parked(desk)
        )
    )


def seals(desk: Desk, portal: Portal, page: Words) -> console.Seal:
    """Return the sealed ranges of the journal, and which of them lie in the second place too."""
    sent = 0 if portal.seal_place is None else portal.seal_place.last(desk.cell)
    return console.Seal(
        ranges=tuple(
            console.Sealed(
                number=one.number,
                first=one.first,
                last=one.last,
                root=one.root,
                at=one.sealed_at,
                key=f"{one.key[:8]}…",
                elsewhere=page("seal.sent") if one.number <= sent else "",
            )
            for one in reading.seals_known(desk)
        ),
        unsealed=reading.unsealed(desk),
        said="" if portal.seal_keys else page("seal.own_keys"),
    )


def health(desk: Desk, page: Words, engine: Engine | None, version: str) -> console.Health:
    """Return how the parts run: the store, each lane of reactions, what was recorded lately."""
    parts = [console.Part(name=page("health.part.store"), state="ok", said=page("health.answers"))]
    parts += list(_lanes(page, engine))
    now = desk.now()
    minutes = reading.per_minute(desk, now - HOUR)
    return console.Health(
        parts=tuple(parts),
        version=version,
        counts=(
            console.Count(
                label=page("health.facts"), n=reading.newest(desk), unit=page("health.lines")
            ),
            console.Count(
                label=page("console.nav.parked"),
                n=len(reading.parked(desk)),
                unit=page("health.lines"),
                drill=Drill(href="/console/parked", word=page("portal.look")),
            ),
            *_payments(desk, page),
            console.Count(
                label=page("health.unsealed"),
                n=reading.unsealed(desk),
                unit=page("health.lines"),
                drill=Drill(href="/console/seal", word=page("portal.look")),
            ),
        ),
        series={page("health.recorded"): tuple(_series(minutes, now))},
        series_until=now,
    )


def _payments(desk: Desk, page: Words) -> Iterator[console.Count]:
    """Return how many grants wait for payment, are with the bank, were sent back."""
    standing = outcome.tally(desk)
    for name, states in PAYING.items():
        n = sum(standing.get(state, 0) for state in states)
        yield console.Count(
            label=page(f"health.paying.{name}"), n=n, unit=page("health.paying.unit")
        )


def _lanes(page: Words, engine: Engine | None) -> Iterator[console.Part]:
    if engine is None:
        yield console.Part(
            name=page("health.part.engine"), state="unknown", said=page("health.elsewhere")
        )
        return
    try:
        lanes = reading.lanes_of(engine.store)
    except Hindrance:
        yield console.Part(
            name=page("health.part.engine"), state="unknown", said=page("health.silent")
        )
        return
    for lane in lanes:
        said = page("health.behind", n=lane.behind) if lane.behind else page("health.caught_up")
        yield console.Part(
            name=page("health.part.lane", lane=_lane(page, lane.lane)),
            said=said,
            state="ok" if lane.behind < LATE else "late",
        )


def _lane(page: Words, name: str) -> str:
    return page(f"health.lane.{name}") if f"health.lane.{name}" in page else name


LATE = 500  # facts a lane may be behind


def _series(minutes: Mapping[datetime, int], now: datetime) -> Iterator[float | None]:
    first = min(minutes, default=None)
    last = now.replace(second=0, microsecond=0)
    for n in range(59, -1, -1):
        minute = last - timedelta(minutes=n)
        yield None if first is None or minute < first else float(minutes.get(minute, 0))
