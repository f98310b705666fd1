"""A node copied while it runs comes back whole: rows, seals, keys."""

from pathlib import Path

import pytest

from zhouqiao.app import keep
from zhouqiao.app.node import make_ready, open_node, sealer_of
from zhouqiao.app.settings import Settings
from zhouqiao.platform import identity
from zhouqiao.store import seal, system, verify
from zhouqiao.store.engines import EmbeddedPostgres, temporary_folder

pytestmark = [pytest.mark.engine, pytest.mark.slow]


def seals_and_people(settings: Settings) -> tuple[int, int, list[str]]:
    node = open_node(settings, size=2)
    signer, place = sealer_of(settings)
    found = verify(node.platform.engine.store, [signer.public], place)
    with node.platform.store.desk(system("331002")) as desk:
        bodies = [body.key for body in identity.bodies(desk)]
    node.platform.close()
    return found.seals, len(found.findings), sorted(bodies)


def test_a_restored_node_has_every_row_and_verifies() -> None:
    with temporary_folder() as folder:
        here, there = Settings(folder=folder / "here"), Settings(folder=folder / "there")
        first = EmbeddedPostgres(here.folder / "postgres")
        server = first.start()
        make_ready(here, demo=True)
        signer, place = sealer_of(here)
        node = open_node(here, size=2)
        seal.seal_new(node.platform.engine.store, signer, place)
        node.platform.close()

        keep.backup(here, folder / "copy")
        keep.restore(there, folder / "copy")
        second = EmbeddedPostgres(there.folder / "postgres")
        other = second.start()
        try:
            assert seals_and_people(there) == seals_and_people(here)
            assert seals_and_people(there)[:2] == (1, 0)
        finally:
            other.stop()
            server.stop()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "node" / "postgres" / "data").mkdir(parents=True)

    with pytest.raises(keep.CannotKeep) as refused:
        keep.restore(Settings(folder=tmp_path / "node"), tmp_path)

    assert refused.value.why == "has_data"
