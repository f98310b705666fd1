"""Keep what a database of this version looks like: `tools/keep_filled.py first-span`.

Two affairs are lived through, one to its subsidy and one left under way, the journal is sealed, and
the whole is written to tests/upgrade/<name>.sql.gz. Every later version must bring it forward and
end the open affair (tests/upgrade). Run once, on the commit that is to be remembered.
"""

import argparse
import gzip
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from zhouqiao.store import seal, system
from zhouqiao.store.engines import EmbeddedPostgres, Server, temporary_folder
from zhouqiao.testing import open_world, template_server
from zhouqiao_systems.government import marine_waste

TESTS = Path(__file__).resolve().parent.parent / "tests"
SIGNER = seal.Signer.of(bytes([7] * 32))


def main() -> None:
    """Fill, seal and write one database."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("name")
    name = options.parse_args().name
    with temporary_folder() as folder, template_server(folder) as template, template.fresh() as one:
        live(one)
        dump = written(EmbeddedPostgres(folder), one)
    file = TESTS / "upgrade" / f"{name}.sql.gz"
    file.write_bytes(gzip.compress(dump, mtime=0))
    print(f"{file.name}: {file.stat().st_size:,} bytes")


def live(server: Server) -> None:
    """Let one affair end and one begin."""
    sys.path.insert(0, str(TESTS / "stories"))
    story = import_module("test_one_affair")
    with open_world(server, [marine_waste.pack], seed=1) as world:
        crew = world.crew(story.BOAT)
        story.hand_over(world, world.citizen("jiang"), crew)
        case = story.ask(world, world.citizen("wang"), key="left under way")
        story.send(world, case)
        with world.desk(crew) as desk:
            story.cases.take_step(desk, case.id, "sent_to_under_way")
        world.drain()
        seal.seal_new(world.platform.engine.store, SIGNER)
        with world.desk(system(world.cell)) as desk:
            print(desk.rows.all("SELECT code, state FROM cases ORDER BY code"))


def written(engine: EmbeddedPostgres, server: Server) -> bytes:
    """Return a database as SQL that needs no program of PostgreSQL to be read again."""
    engine.join()
    dump: list[str | Path] = [
        engine.program("pg_dump"),
        "--inserts",
        "--rows-per-insert=200",
        server.owner_dsn,
    ]
    told = subprocess.run(dump, check=True, capture_output=True).stdout  # noqa: S603 - our own program
    return b"\n".join(line for line in told.splitlines() if not line.startswith(b"\\"))


if __name__ == "__main__":
    main()
