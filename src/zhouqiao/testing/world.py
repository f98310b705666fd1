"""One world: a database of its own, packs, and people to act in it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from typing import Any, NamedTuple

from zhouqiao.app.compose import Platform, put_together
from zhouqiao.app.compose import World as Ports
from zhouqiao.base import Point
from zhouqiao.flow import case as cases
from zhouqiao.flow import evidence, indicator, outcome, signal, task, warning
from zhouqiao.platform import notice
from zhouqiao.platform import unit as units
from zhouqiao.platform.document.content import FILES, FilesInMemory
from zhouqiao.sdk import Pack, UnitKind
from zhouqiao.store import Desk, May, Seat, Subject, Vault, system
from zhouqiao.store.engines import Server
from zhouqiao.testing.ports import MORNING, SeededDice, SeededIds, TurningClock

CELL = "331002"


def anything_goes(subject: Subject, action: str, *, scope: str, person: str | None = None) -> None:
    """Allow everything: for stories that are not about rights (the case's own rules still hold)."""
    del subject, action, scope, person


class Heard(NamedTuple):
    """A notice somebody has: its `code` (`<pack>.<words>`), and how each other way out went.

    `ways`: way → what came of the last attempt (`{"sms": "no_consent"}`); the inbox always has it.
    """

    code: str
    ways: dict[str, str]


@dataclass
class World:
    """A platform on its own database, with a clock to turn."""

    platform: Platform
    clock: TurningClock
    cell: str = CELL
    _keys: Iterator[int] = field(default_factory=lambda: count(1))

    @contextmanager
    def desk(self, subject: Subject | None = None) -> Iterator[Desk]:
        """Lay out a desk for somebody (None: the platform itself)."""
        with self.platform.store.desk(subject or system(self.cell)) as desk:
            yield desk

    def drain(self) -> int:
        """Let every reaction and every due time be answered."""
        return self.platform.engine.drain()

    def later(self, **by: float) -> None:
        """Let time pass, and what is due then be answered."""
        self.clock.turn(**by)
        self.drain()

    def citizen(self, name: str = "jiang") -> Subject:
        """Return a made-up citizen, who sees only what is about them."""
        return Subject(person=f"person_{name}", cell=self.cell)

    def crew(self, unit: str, name: str = "lin", *, role: str = "marine_waste.crew") -> Subject:
        """Return a made-up crew member of a unit."""
        seat = Seat(role=role, scope="")
        return Subject(person=f"person_{name}", cell=self.cell, unit=unit, seats=(seat,))

    def officer(
        self,
        name: str,
        *roles: str,
        scope: str = "",
        certificates: Sequence[str] = (),
    ) -> Subject:
        """Return a made-up officer holding roles (`<pack>.<role>`) over a scope."""
        seats = tuple(
            Seat(role=role, scope=scope, certificates=tuple(certificates)) for role in roles
        )
        return Subject(person=f"person_{name}", cell=self.cell, reach=scope, seats=seats)

    def open(
        self, who: Subject, procedure: str, record: dict[str, Any], *, scope: str
    ) -> cases.Case:
        """Let somebody open a case of `<pack>.<procedure>`; without a post, about themselves."""
        about = None if who.seats else who.person
        with self.desk(who) as desk:
            return cases.open_(desk, procedure, record, scope=scope, key=self._key(), person=about)

    def take(
        self,
        who: Subject,
        case: cases.Case,
        step: str,
        record: dict[str, Any] | None = None,
        *,
        hands: Sequence[Subject] = (),
    ) -> cases.Case:
        """Let somebody take a step, showing `record` where it asks for one.

        `hands` are those who sign it by hand on the same device. As at every door, a step whose
        paper lacks a hand is refused (`SignatureFault`).
        """
        signed = [it for one in hands for it in self.signs(one, case, step, record or {})]
        with self.desk(who) as desk:
            if record is None:
                return cases.take_step(desk, case.id, step)
            key = self._key()
            shown = evidence.show(desk, case.id, step, record, key=key, signatures=signed)
            outcome.foresee(desk, shown)
            return cases.get(desk, case.id)

    def signs(
        self, who: Subject, case: cases.Case, step: str, record: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Return what somebody writes by hand under a record, as the papers of the step need."""
        case = self.stands(case)
        with self.desk(who) as desk:
            roles = {one.role for one in cases.actors(desk, case, cases.shape_of(desk, case.shape))}
            wanted = outcome.hands_for(desk, case, step, record)
        now = self.clock.now().isoformat()
        return [
            {
                "role": role, "person": who.person, "name": "林样本", "strokes": "M1 1L9 9",
                "signed_at": now, "covers": covers,
            }
            for role, covers in wanted.items() if role in roles
        ]  # fmt: skip

    def appeal(self, who: Subject, case: cases.Case, reason: str) -> cases.Case:
        """Let somebody use the remedy of a case."""
        with self.desk(who) as desk:
            return cases.appeal(desk, case.id, reason)

    def answer(self, who: Subject, case: cases.Case, reason: str, *, upheld: bool) -> cases.Case:
        """Let somebody decide on an appeal; `upheld`: the first decision stands."""
        with self.desk(who) as desk:
            return cases.decide_appeal(desk, case.id, upheld=upheld, reason=reason)

    def signal(self, kind: str, body: dict[str, Any], *, scope: str, key: str = "") -> None:
        """Take in what a sensor says, as of that `kind`; the same `key` again is the same one."""
        with self.desk() as desk:
            signal.receive(
                desk, source="sensor", key=key or self._key(), kind=kind, scope=scope, body=body
            )
        self.drain()

    def on_duty(
        self,
        name: str,
        kind: UnitKind,
        *capabilities: str,
        scope: str,
        berth: Point,
    ) -> str:
        """Register a unit on duty for two days, from an hour ago, in shifts of twelve hours.

        Returns its id, by which `crew` makes somebody of it.
        """
        half, start = timedelta(hours=12), self.clock.now() - timedelta(hours=1)
        shifts = [
            units.Shift(starts=start + n * half, ends=start + (n + 1) * half) for n in range(4)
        ]
        one = units.Unit(kind=kind, name=name, scope=scope, berth=berth, capabilities=capabilities)
        with self.desk() as desk:
            kept = units.register_unit(desk, one)
            span = units.Shift(starts=start, ends=shifts[-1].ends)
            units.change_shift(desk, kept.id, span, shifts)
        return str(kept.id)

    def stands(self, case: cases.Case) -> cases.Case:
        """Return a case as it stands now."""
        with self.desk() as desk:
            return cases.get(desk, case.id)

    def todo(self, who: Subject) -> list[str]:
        """Return the steps somebody may take now, most urgent first."""
        self.drain()
        with self.desk(who) as desk:
            return [step for one in task.todo(desk) for step in one.options]

    def warnings(self, who: Subject) -> list[str]:
        """Return the names of the rules that warn somebody now."""
        self.drain()
        with self.desk(who) as desk:
            return [one.rule for one in warning.still_open(desk)]

    def told(self, who: Subject) -> list[Heard]:
        """Return what somebody was told, oldest first, and by which ways."""
        self.drain()
        with self.desk(who) as desk:
            return [
                Heard(one.code, {at.way: at.outcome for at in notice.attempts(desk, one.id)})
                for one in reversed(notice.inbox(desk, who.person))
            ]

    def papers(self, case: cases.Case) -> list[str]:
        """Return the names of the papers issued in a case, oldest first."""
        self.drain()
        with self.desk() as desk:
            return [one.name for one in outcome.papers_of(desk, case.id)]

    def reads(self, pack: str, name: str) -> indicator.Figure:
        """Return what an indicator of a pack reads over the last 90 days, to the hour.

        Its `value` is in the unit of what it counts: minutes for `Typical` (their mean), times for
        `Tally`, and for `Total` the base unit of `unit_of` (kg, yuan, km).
        """
        self.drain()
        until = self.clock.now() + timedelta(hours=1)
        with self.desk() as desk:
            return indicator.read(desk, pack, name, since=until - timedelta(days=90), until=until)

    def _key(self) -> str:
        return f"world-{next(self._keys)}"

    def fetch(self, sql: str, *params: Any) -> list[dict[str, Any]]:
        """Read rows as the platform itself, to look behind the scenes."""
        with self.desk() as desk:
            return desk.rows.all(sql, params)


@contextmanager
def open_world(
    server: Server,
    packs: Sequence[Pack],
    *,
    seed: int = 0,
    decide: May = anything_goes,
    start: datetime = MORNING,
) -> Iterator[World]:
    """Put a platform together on a prepared database; take it down at the end."""
    clock = TurningClock(start)
    ports = Ports(clock=clock, dice=SeededDice(seed), ids=SeededIds(seed))
    platform = put_together(
        server, packs, decide=decide, world=ports, vault=Vault(b"made up for tests only, 32 bytes"),
        cell=CELL, size=4,
    )  # fmt: skip
    functions = platform.store.pinned.functions
    assert isinstance(functions, dict)  # noqa: S101 - as `put_together` makes it
    functions[FILES] = cache(lambda _cell: FilesInMemory())
    try:
        yield World(platform, clock)
    finally:
        platform.close()
