"""What every pack is tested for without a line of its own.

class TestPenalty(PackSuite):
    pack = penalty.pack
    drawings = Path(__file__).parent / "diagrams"

It needs the fixture `server` (a database of one's own) and, with it, pytest and hypothesis.
"""

# ruff: noqa: S101 - these are tests

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhouqiao.base import digest
from zhouqiao.sdk import Pack, Tell, check, diagram, load, pack_words
from zhouqiao.store.engines import Server
from zhouqiao.testing.ports import MORNING
from zhouqiao.testing.told import heard
from zhouqiao.testing.walk import Walk
from zhouqiao.testing.world import World, open_world

WALKS, ACTS = 6, 16
LANGS = ("zh", "en")
quietly = settings(
    max_examples=WALKS, deadline=None, database=None, derandomize=True,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


class PackSuite:
    """Soundness, words, shape, drawing and walks at random of one pack.

    `start` is when its walks begin: statutory times may take years, and the calendar must know
    them. `drawings` holds `<pack>.<procedure>.mmd`, as `zhouqiao diagram` draws them.
    """

    pack: ClassVar[Pack]
    drawings: ClassVar[Path]
    start: ClassVar[datetime] = MORNING

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
            assert kept.read_text("utf-8") == drawn, f"{kept} is no longer what is declared"

    def test_whatever_way_a_case_goes_what_must_hold_holds(self, server: Server) -> None:
        """Walk each procedure at random, over the kernel as it is."""
        with self.world(server) as world:
            for procedure in self.pack.procedures:
                self._walks(world, procedure.name)

    def test_every_notice_reaches_whoever_it_is_for(self, server: Server) -> None:
        """Send each to a made-up reader, and find its words whole in both languages."""
        with self.world(server) as world:
            texts = list(heard(world, self.pack))

        assert len(texts) == len(LANGS) * len(self.pack.all(Tell))
        assert not [text for text in texts if "{" in text or not text.strip()]

    @contextmanager
    def world(self, server: Server) -> Iterator[World]:
        """Lend a world with this pack alone."""
        with open_world(server, [self.pack], start=self.start) as found:
            yield found

    def _walks(self, world: World, procedure: str) -> None:
        @quietly
        @given(data=st.data())
        def walk(data: st.DataObject) -> None:
            def choose(options: Any) -> Any:
                return data.draw(st.sampled_from(options))

            walked = Walk(world, self.pack, procedure, choose)
            for _ in range(ACTS):
                if walked.is_over:
                    break
                walked.act()

        walk()
