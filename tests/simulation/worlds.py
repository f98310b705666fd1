"""Many counties in one database, driven by one seed: crashes, doubles, delays, late clocks."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from simulation.county import County, Intent, plainly, refused
from simulation.laws import broken
from zhouqiao.base import Refusal
from zhouqiao.platform import document
from zhouqiao.platform.document.seal import KeyRing, ready_keys
from zhouqiao.store import Desk, Subject, system
from zhouqiao.store.engines import Server
from zhouqiao.testing import SeededDice, World, open_world
from zhouqiao_systems.government import marine_waste

COMMANDS = 50  # a county, at least
SEAMS = {  # how often in a hundred passings the machine dies there
    "command: before commit": 4,
    "command: after commit": 4,
    "engine: before commit": 15,
    "engine: after commit": 15,
    "due: before commit": 20,
}


class Crash(Exception):
    """The machine died here."""


@dataclass
class Told:
    """What a run has to tell: which laws were broken, how often it died where, what was heard."""

    wrong: list[str] = field(default_factory=list)
    crashes: Counter[str] = field(default_factory=Counter)
    commands: int = 0
    heard: Counter[str] = field(default_factory=Counter)

    @property
    def unreached(self) -> set[str]:
        """The seams at which nothing ever died."""
        return set(SEAMS) - set(self.crashes)


@dataclass
class Run:
    """`count` counties from `first` on: the same two numbers, the same run."""

    world: World
    first: int
    count: int
    told: Told = field(default_factory=Told)
    calm: bool = False

    def __post_init__(self) -> None:
        self.dice = SeededDice(self.first)
        self.store, self.engine = self.world.platform.store, self.world.platform.engine
        self.engine.seam = self.seam
        self.counties = [
            County(f"{100_000 + seed % 900_000}", SeededDice(seed), self.world.clock.now)
            for seed in range(self.first, self.first + self.count)
        ]

    def seam(self, name: str) -> None:
        """A place where the machine may die."""
        if not self.calm and self.dice.below(100) < SEAMS[name]:
            self.told.crashes[name] += 1
            raise Crash(name)

    def go(self) -> Told:
        """Live through it all, let the dust settle, and look at the laws."""
        self.fit_out()
        for _ in range(COMMANDS):
            for county in self.counties:
                self.command(county)
            self.meanwhile()
        self.settle()
        for county in self.counties:
            with self.store.desk(system(county.cell)) as desk:
                self.told.wrong += [f"county {county.cell}: {one}" for one in broken(desk, county)]
        return self.told

    def fit_out(self) -> None:
        """Give every county its boats, and the keys its papers are sealed with."""
        master, kept = self.store.vault.master, []
        for county in self.counties:
            with self.store.desk(system(county.cell)) as desk:
                county.fit_out(desk)
                kept += ready_keys(desk, master)
        ring = KeyRing(master, kept)
        functions = dict(self.store.pinned.functions) | {document.SIGNER: lambda: ring}
        object.__setattr__(self.store.pinned, "functions", functions)

    def command(self, county: County) -> None:
        """Deliver one thing somebody has in mind; think of new ones until there is one."""
        for _ in range(3):
            if len(county.pending) < 4:
                county.wish(self.peek)
        while not county.pending:
            county.ask()
        intent = county.draw()
        if intent is not None:
            self.deliver(county, intent)

    def peek(self, who: Subject, look: Callable[[Desk], object]) -> None:
        """Let somebody look at something."""
        with self.store.desk(who) as desk:
            look(desk)

    def deliver(self, county: County, intent: Intent) -> None:
        """Bring an intent to the platform; if no answer comes back it is sent again, later."""
        self.told.commands += 1
        try:
            with self.store.desk(intent.who) as desk:
                answer = plainly(intent.do(desk))
                self.seam("command: before commit")
            self.seam("command: after commit")
        except Crash:
            county.pending.append(intent)
            return
        except Refusal as refusal:
            answer = refused(refusal)
        self.told.heard[answer.partition("_")[0][:24]] += 1
        county.hear(intent, answer)

    def meanwhile(self) -> None:
        """Let the engine work a little, or not, and time pass."""
        for _ in range(self.dice.below(4)):
            lanes = self.engine.lanes()
            self.survive(lambda lanes=lanes: self.engine.turn(lanes[self.dice.below(len(lanes))]))
        if self.dice.below(2):
            self.survive(self.engine.ring)
        if self.dice.below(4) == 0:
            self.world.clock.turn(seconds=1 + self.dice.below(400))

    def survive(self, work: Callable[[], object]) -> None:
        """Let a worker do something; if it dies, another will come."""
        try:
            work()
        except Crash:
            return

    def settle(self) -> None:
        """Deliver all that still lies on devices, and answer everything, with no more deaths."""
        self.calm = True
        self.engine.drain()
        for county in self.counties:
            while (intent := county.draw()) is not None:
                self.deliver(county, intent)
        self.engine.drain()
        self.world.clock.turn(minutes=1)
        self.engine.drain()


def live(server: Server, first: int, count: int) -> Told:
    """Live through `count` counties from seed `first` on a prepared, empty database."""
    with open_world(server, [marine_waste.pack], seed=first) as world:
        return Run(world, first, count).go()
