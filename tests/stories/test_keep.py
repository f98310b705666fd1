"""A node copied while it runs comes back whole: rows, seals, keys."""

import os
from pathlib import Path

import pytest

from zhouqiao.app import keep
from zhouqiao.app.node import make_ready, open_node, sealer_of
from zhouqiao.app.settings import Settings, Url
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


def open_to_others(folder: Path) -> list[str]:
    """Return what of a node or a copy other accounts of the machine may list or read."""
    found = [folder / name for name in (*keep.BESIDE, "outbox", keep.SECRETS, "data")]
    kept = [path for path in found if path.exists() and path.stat().st_mode & 0o044]
    return [path.name for path in kept if folder.stat().st_mode & 0o011 or path.is_file()]


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
            assert open_to_others(there.folder) == open_to_others(folder / "copy") == []
        finally:
            other.stop()
            server.stop()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "node" / "postgres" / "data").mkdir(parents=True)

    with pytest.raises(keep.CannotKeep) as refused:
        keep.restore(Settings(folder=tmp_path / "node"), tmp_path)

    assert refused.value.why == "has_data"


@pytest.mark.parametrize("what", ["a link", "a pipe"])
def test_a_copy_with_anything_but_files_in_it_is_not_brought_back(
    tmp_path: Path, what: str
) -> None:
    copy = tmp_path / "copy"
    (copy / "data").mkdir(parents=True)
    (copy / "secrets.json").write_text("{}")
    (tmp_path / "of root").write_text("secret")
    if what == "a link":
        (copy / "data" / "odd").symlink_to(tmp_path / "of root")
    else:
        os.mkfifo(copy / "data" / "odd")

    with pytest.raises(keep.CannotKeep) as refused:
        keep.restore(Settings(folder=tmp_path / "node"), copy)

    assert refused.value.why == "not_a_file"
    assert not (tmp_path / "node").exists()


def test_secrets_brought_back_are_closed_however_open_the_copy_was(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    (copy / "data").mkdir(parents=True)
    (copy / "secrets.json").write_text("{}")
    (copy / "secrets.json").chmod(0o644)

    keep.restore(Settings(folder=tmp_path / "node"), copy)

    assert (tmp_path / "node" / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_no_refusal_tells_how_to_reach_the_database(tmp_path: Path) -> None:
    url = "postgresql://county:very-secret@db.example/zhouqiao"
    settings = Settings(folder=tmp_path, database_url=Url(url))

    with pytest.raises(keep.CannotKeep) as refused:
        keep.backup(settings, tmp_path / "copy")

    assert "very-secret" not in str(refused.value.slots())
