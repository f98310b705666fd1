"""One world: a database of its own, packs, and people to act in it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhouqiao.app.compose import Platform, put_together
from zhouqiao.app.compose import World as Ports
from zhouqiao.sdk import Pack
from zhouqiao.store import Desk, Seat, Subject, Vault, system
from zhouqiao.store.engines import Server
from zhouqiao.store.subject import May
from zhouqiao.testing.ports import MORNING, SeededDice, SeededIds, TurningClock

CELL = "331002"


def anything_goes(
    _subject: Subject, _action: str, *, scope: str, person: str | None = None
) -> None:
    """Allow everything: for stories that are not about rights (the case's own rules still hold)."""


@dataclass
class World:
    """A platform on its own database, with a clock to turn."""

    platform: Platform
    clock: TurningClock
    cell: str = CELL

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
    try:
        yield World(platform, clock)
    finally:
        platform.close()
