"""A world with the scrap yard's pack, and the ways people act in it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from zhouqiao.flow import case as cases
from zhouqiao.flow import evidence, outcome
from zhouqiao.store import Desk, Subject
from zhouqiao.store.engines import Server
from zhouqiao.testing import World, open_world

SCOPE = "yard/331002001"
HOME = Path(__file__).parent / "scrap"


def _scrap() -> ModuleType:
    """Load the pack as the package `scrap_yard`, so that its files are found beside it."""
    spec = spec_from_file_location(
        "scrap_yard", HOME / "__init__.py", submodule_search_locations=[str(HOME)]
    )
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["scrap_yard"] = module
    spec.loader.exec_module(module)
    return module


scrap = _scrap()


@dataclass
class Yard:
    """A world with the pack, and the ways people act in it."""

    world: World

    @contextmanager
    def desk(self, who: Subject | None = None) -> Iterator[Desk]:
        with self.world.desk(who) as desk:
            yield desk

    @property
    def clerk(self) -> Subject:
        return self.world.officer("clerk", "scrap.clerk")

    @property
    def head(self) -> Subject:
        return self.world.officer("head", "scrap.head")

    @property
    def treasurer(self) -> Subject:
        return self.world.officer("treasurer", "scrap.treasurer", scope="yard/331002")

    def sign(self) -> None:
        """Let a person of the yard sign for every batch that waits."""
        with self.desk(self.treasurer) as desk:
            for batch in outcome.to_sign(desk):
                outcome.sign_batch(desk, batch.id)

    @property
    def seller(self) -> Subject:
        return self.world.citizen("jiang")

    def ask(self, key: str = "k", *, who: Subject | None = None) -> cases.Case:
        person = who or self.seller
        with self.desk(person) as desk:
            return cases.open_(
                desk, "scrap.sale", {"name": "old pipes"}, scope=SCOPE, key=key,
                person=person.person,
            )  # fmt: skip

    def weigh(self, case: cases.Case, kg: str, *, said: str | None = None, **more: Any) -> Any:
        load: dict[str, Any] = {"metal": "copper", "mass": {"kg": kg}}
        if said is not None:
            load["said"] = {"kg": said}
        with self.desk(self.clerk) as desk:
            return evidence.show(
                desk, case.id, "asked_to_weighed", load, key=f"w-{case.id}", **more
            )

    def sell(self, kg: str = "10", *, key: str = "k", said: str | None = None) -> cases.Case:
        case = self.ask(key)
        self.weigh(case, kg, said=said)
        self.world.drain()
        return case

    def facts(self, kind: str) -> list[dict[str, Any]]:
        return self.world.fetch("SELECT * FROM journal WHERE kind = %s ORDER BY seq", kind)

    def count(self, table: str, where: str = "true") -> int:
        return int(self.world.fetch(f"SELECT count(*) AS n FROM {table} WHERE {where}")[0]["n"])


@pytest.fixture
def yard_world(server: Server) -> Iterator[Yard]:
    with open_world(server, [scrap.PACK]) as world:
        yield Yard(world)
