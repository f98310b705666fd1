"""What just happened, to everybody who is looking: one reader a process, any number of listeners.

Once a second one task reads the settled tail of the journal and the positions that moved, turns
them into a few small signals, and puts each before every listener whose own scope it falls into.
A listener who does not keep up, whose session has ended or who acts from another post by now is
let go; browsers come again.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from zhouqiao.base import Hindrance, Refusal, encode
from zhouqiao.flow import case as cases
from zhouqiao.flow import dispatch
from zhouqiao.platform import access, identity
from zhouqiao.platform import unit as units
from zhouqiao.store import Desk, Envelope, Store, Subject, reading, system

PACE = 1.0  # seconds between two readings
HEARTBEAT = 15  # readings between two signs of life, and between two looks at the sessions
PAGE, PAGES = 200, 100  # open cases known at the beginning, at most
ROOM = 256  # signals a listener may lag behind
STREAMS, ALL_STREAMS = 8, 2_000  # that one session may hold open, and that this process holds
RECENT = timedelta(minutes=10)  # a position told later than that moves no map
KNOT = 1.852  # km/h
LOST = 180  # seconds after which a position is old
FIGURES = ("indicator.", "ledger.", "unit.")
STRIP = ("case.", "dispatch.", "warning.", "ledger.Difference", "unit.UnitSilent")
BEAT = b": still here\n\n"


@dataclass(frozen=True)
class Signal:
    """One small event, and whom it concerns: a scope, a unit, the persons whose affair it is."""

    topic: str
    data: bytes
    scope: str
    unit: str | None = None
    persons: frozenset[str] = frozenset()
    inner: bool = False

    @property
    def wire(self) -> bytes:
        """The event as it goes over the stream."""
        return b"event: " + self.topic.encode() + b"\ndata: " + self.data + b"\n\n"


@dataclass(eq=False)
class Listener:
    """One open stream: who listens, as what, until when."""

    subject: Subject
    session: identity.SessionId
    watches: bool
    queue: asyncio.Queue[bytes | None] = field(default_factory=lambda: asyncio.Queue(ROOM))

    def hears(self, signal: Signal) -> bool:
        """Say whether a signal is for them: within reach, of their unit, or their own affair."""
        subject = self.subject
        if self.watches and subject.reach is not None and signal.scope.startswith(subject.reach):
            return True
        if signal.inner:
            return False
        own_unit = signal.unit is not None and signal.unit == subject.unit
        return own_unit or subject.person in signal.persons


@dataclass
class Errands:
    """Which unit is on its way for whom, of the open cases: who may see where it is."""

    _by_case: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    _by_unit: dict[str, set[str]] = field(default_factory=dict)

    def learn(self, case: str, unit: str | None, person: str | None, *, closed: bool) -> None:
        """Keep where a case stands now."""
        old, _ = self._by_case.pop(case, (None, None))
        if old is not None:
            self._by_unit.get(old, set()).discard(case)
        if not closed:
            self._by_case[case] = (unit, person)
            if unit is not None:
                self._by_unit.setdefault(unit, set()).add(case)

    def waiting_for(self, unit: str) -> frozenset[str]:
        """Return the persons a unit is on its way for."""
        own = (self._by_case[case][1] for case in self._by_unit.get(unit, ()))
        return frozenset(person for person in own if person is not None)


@dataclass
class Reader:
    """Turns what is new into signals; one reading is a few statements however many listen."""

    store: Store
    cell: str
    place: reading.Place | None = None
    where: dict[str, tuple[datetime, tuple[float, float]]] = field(default_factory=dict)
    errands: Errands = field(default_factory=Errands)

    def read(self) -> list[Signal]:
        """Return what is new since the last reading; the first one only learns where to begin."""
        with self.store.desk(system(self.cell)) as desk:
            if self.place is None:
                return self._begin(desk)
            self.place, told = reading.tail(desk, self.place)
            return [*self._told(desk, told), *self._moved(desk)]

    def living(self, sessions: Iterable[identity.SessionId]) -> dict[identity.SessionId, Subject]:
        """Return those of the sessions that still live, with whom each makes its person now."""
        with self.store.desk(system(self.cell)) as desk:
            found = identity.living(desk, list(sessions))
            return {one.id: access.subject_for(desk, one) for one in found}

    def _begin(self, desk: Desk) -> list[Signal]:
        self.place, _ = reading.tail(desk, None)
        self.where = {one.unit: (one.seen_at, one.at) for one in units.everywhere(desk)}
        self.errands, before = Errands(), None
        for _ in range(PAGES):
            lines = cases.find(desk, cases.Asked(open_only=True, limit=PAGE, before=before))
            for line in lines:
                self.errands.learn(line.id, line.unit, line.person, closed=False)
            if len(lines) < PAGE:
                break
            before = lines[-1].opened_at
        return []

    def _told(self, desk: Desk, told: list[Envelope]) -> Iterator[Signal]:
        moved = {one.about for one in told if one.kind.startswith("case.")}
        found = {str(case.id): case for case in cases.get_many(desk, sorted(moved))}
        for case in found.values():
            self.errands.learn(case.id, case.unit, case.person, closed=case.is_closed)
        panes: dict[tuple[str, str], None] = {}
        for one in told:
            panes |= dict.fromkeys((topic, one.scope) for topic in _panes(one.kind))
        yield from (Signal(topic, b"{}", scope, inner=True) for topic, scope in panes)
        for case in found.values():
            persons = frozenset((case.person,) if case.person else ())
            data = encode({"id": case.id})
            yield Signal("case", data, case.scope, case.unit, persons)
            if case.is_closed:
                yield Signal(
                    "route", encode({"id": case.id, "gone": True}), case.scope, case.unit, persons
                )
        planned = {one.about for one in told if one.kind == "dispatch.PlanMade"}
        yield from self._routes(desk, planned & found.keys(), found)

    def _routes(self, desk: Desk, planned: set[str], found: dict[str, Any]) -> Iterator[Signal]:
        for name in sorted(planned):
            plan, case = dispatch.explain(desk, name), found[name]
            if plan is not None and plan.points:
                told = {"id": name, "sailed": [], "ahead": plan.points, "chosen": False}
                persons = frozenset((case.person,) if case.person else ())
                yield Signal("route", encode(told), case.scope, case.unit, persons)

    def _moved(self, desk: Desk) -> Iterator[Signal]:
        for one in units.everywhere(desk, since=desk.now() - RECENT):
            if self.where.get(one.unit) == (one.seen_at, one.at):
                continue
            self.where[one.unit] = (one.seen_at, one.at)
            data = encode(position(one, desk.now()))
            yield Signal("unit", data, one.scope, one.unit, self.errands.waiting_for(one.unit))


@dataclass
class Hub:
    """The listeners of this process, and the one task that reads for them while there are any."""

    reader: Reader
    pace: float = PACE
    listeners: set[Listener] = field(default_factory=set)
    _task: asyncio.Task[None] | None = None

    def has_room(self, session: identity.SessionId) -> bool:
        """Say whether one more stream of a session may be opened here."""
        own = sum(1 for one in self.listeners if one.session == session)
        return own < STREAMS and len(self.listeners) < ALL_STREAMS

    async def listen(self, listener: Listener) -> AsyncIterator[bytes]:
        """Yield what a listener may hear, until their session ends."""
        if self.reader.place is None:
            await asyncio.to_thread(self.reader.read)  # what comes after this is heard
        self.listeners.add(listener)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        try:
            yield b"retry: 3000\n\n"
            while (wire := await listener.queue.get()) is not None:
                yield wire
        finally:
            self.listeners.discard(listener)

    async def _run(self) -> None:
        turn = 0
        while self.listeners:
            turn += 1
            try:
                self.tell(await asyncio.to_thread(self.reader.read))
                if turn % HEARTBEAT == 0:
                    await self.look_round()
            except (Hindrance, Refusal):
                pass  # the database is away: listeners see silence, and the next turn tries again
            await asyncio.sleep(self.pace)
        self.reader.place = None

    def tell(self, signals: Iterable[Signal]) -> None:
        """Put signals before everybody they concern; whoever has no room left is let go."""
        for signal in signals:
            wire = signal.wire
            for one in [one for one in self.listeners if one.hears(signal)]:
                self._put(one, wire)

    async def look_round(self) -> None:
        """Say that we are here; let those go whose session has ended or whose post is another."""
        asked = {one.session for one in self.listeners}
        living = await asyncio.to_thread(self.reader.living, asked)
        for one in list(self.listeners):
            self._put(one, BEAT if living.get(one.session) == one.subject else None)

    def _put(self, one: Listener, wire: bytes | None) -> None:
        if wire is None or one.queue.full():
            self.listeners.discard(one)
            while one.queue.full():
                one.queue.get_nowait()
            one.queue.put_nowait(None)
        else:
            one.queue.put_nowait(wire)


def position(one: units.Whereabouts, now: datetime) -> dict[str, Any]:
    """Return a position as maps take it (`pages.parts.MapUnit`)."""
    return {
        "id": one.unit,
        "name": one.name,
        "at": one.at,
        "heading": one.course or 0.0,
        "seen_at": one.seen_at,
        "lost": one.never or (now - one.seen_at).total_seconds() > LOST,
        "knots": None if one.speed_kmh is None else round(one.speed_kmh / KNOT, 1),
    }


def _panes(kind: str) -> Iterator[str]:
    """Yield the panes of the duty screen that a kind of fact changes."""
    if kind.startswith(("case.", "dispatch.")):
        yield "queue"
    if kind.startswith(FIGURES):
        yield "figures"
    if kind.startswith(STRIP):
        yield "events"
