"""What every pack is tested for without a line of its own.

class TestPenalty(PackSuite):
    pack = penalty.pack
    drawings = Path(__file__).parent / "diagrams"

It needs the fixture `server` (a database of one's own) and, with it, pytest.
"""

# ruff: noqa: S101 - these are tests

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from difflib import unified_diff
from itertools import count
from pathlib import Path
from typing import ClassVar

from zhouqiao.base import digest
from zhouqiao.platform.rule import LegalClock, Unit, national
from zhouqiao.sdk import Pack, Tell, check, diagram, load, pack_words
from zhouqiao.store.engines import Server
from zhouqiao.testing.ports import MORNING, SeededDice
from zhouqiao.testing.told import heard
from zhouqiao.testing.walk import Walk
from zhouqiao.testing.world import World, open_world

WALKS, ACTS = 6, 16
LANGS = ("zh", "en")
DAYS: dict[Unit, float] = {
    Unit.WORKING: 2, Unit.CALENDAR: 1, Unit.WORKING_HOURS: 0.3, Unit.HOURS: 1 / 24,
    Unit.MINUTES: 1 / 1440, Unit.MONTHS: 31, Unit.YEARS: 366,
}  # fmt: skip
"""How many days one of each takes at most, holidays by and large."""


class PackSuite:
    """Soundness, words, shape, drawing and walks at random of one pack.

    `start` is when its walks begin; left out, the latest morning from which the longest walk stays
    within the years whose working days are published. `drawings` holds `<pack>.<procedure>.mmd`,
    as `zhouqiao diagram` draws them.
    """

    pack: ClassVar[Pack]
    drawings: ClassVar[Path]
    start: ClassVar[datetime | None] = None

    def test_the_pack_is_sound(self) -> None:
        """Nothing is found in it."""
        assert check(self.pack) == []

    def test_the_pack_speaks_to_people(self) -> None:
        """It ships words; `check` has held them to be whole."""
        home = self.pack.home
        assert pack_words(home, "zh"), f"write words.zh.toml and words.en.toml in {home}"

    def test_the_pack_loads_to_the_same_shapes_every_time(self) -> None:
        """Else a case could not name what it runs by."""
        once, again = load(self.pack), load(self.pack)

        assert digest(once.current) == digest(again.current)

    def test_every_procedure_is_drawn_as_declared(self) -> None:
        """A drawing kept beside the tests shows in review what a change does to the way."""
        for procedure in self.pack.procedures:
            kept = self.drawings / f"{self.pack.name}.{procedure.name}.mmd"
            drawn = diagram(procedure, self.pack.of(procedure.name))
            assert kept.is_file(), f"keep this as {kept}:\n{drawn}"
            told = differing(kept.read_text("utf-8"), drawn)
            assert not told, f"{kept} is no longer what is declared:\n{told}"

    def test_whatever_way_a_case_goes_what_must_hold_holds(self, server: Server) -> None:
        """Walk each procedure at random, over the kernel as it is."""
        seeds = count(1)
        for procedure in self.pack.procedures:
            for _ in range(WALKS):
                seed = next(seeds)
                with self.world(server, seed) as world:
                    self._walk(world, procedure.name, SeededDice(seed))

    def test_every_notice_reaches_whoever_it_is_for(self, server: Server) -> None:
        """Send each to a made-up reader, and find its words whole in both languages."""
        with self.world(server) as world:
            texts = list(heard(world, self.pack))

        assert len(texts) == len(LANGS) * len(self.pack.all(Tell))
        assert not [text for text in texts if "{" in text or not text.strip()]

    @contextmanager
    def world(self, server: Server, seed: int = 0) -> Iterator[World]:
        """Lend a world with this pack alone."""
        start = self.start or start_of_walks(self.pack)
        with open_world(server, [self.pack], seed=seed, start=start) as found:
            yield found

    def _walk(self, world: World, procedure: str, dice: SeededDice) -> None:
        walk = Walk(world, self.pack, procedure, lambda options: options[dice.below(len(options))])
        try:
            for _ in range(ACTS):
                if walk.is_over:
                    break
                walk.act()
        except Exception as cause:
            cause.add_note("the way there: " + "; ".join(walk.told))
            raise


def start_of_walks(pack: Pack) -> datetime:
    """Return the latest morning from which every act of a walk may wait for the longest time."""
    shapes = load(pack).shapes.values()
    terms = [clock.term for shape in shapes for clock in shape.clocks]
    terms += [shape.remedy.term for shape in shapes if shape.remedy and shape.remedy.term]
    years = national().years
    last = datetime(max(years) + 1, 1, 1, tzinfo=UTC)
    over = MORNING + timedelta(days=ACTS * max(map(_days, terms), default=0)) - last
    weeks = max(0, -(-over // timedelta(weeks=1)))
    return max(MORNING - timedelta(weeks=weeks), MORNING.replace(year=min(years) + 1))


def _days(term: LegalClock) -> float:
    return term.length * DAYS[term.unit]


def differing(kept: str, drawn: str) -> str:
    """Return what differs, line by line (`-` kept, `+` declared), a newline at the end aside."""
    lines = unified_diff(
        kept.rstrip("\n").splitlines(), drawn.rstrip("\n").splitlines(),
        "kept", "declared", lineterm="",
    )  # fmt: skip
    return "\n".join(lines)
