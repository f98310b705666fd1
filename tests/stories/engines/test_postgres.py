"""PostgreSQL from the wheel, killed, doubled, cloned and joined from outside."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from zhouqiao.store.engines import (
    Account,
    EmbeddedPostgres,
    EngineFailed,
    Server,
    clone,
    drop,
    make_template,
    server_from_dsn,
    spawn,
    temporary_folder,
)
from zhouqiao.store.engines.folders import home
from zhouqiao.store.engines.process import end, has_ended

pytestmark = pytest.mark.engine
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can change account")


@pytest.fixture
def folder() -> Iterator[Path]:
    with temporary_folder() as lent:
        yield lent / "pg"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One server for the tests that do it no harm."""
    with temporary_folder() as lent:
        engine = EmbeddedPostgres(lent / "pg", durable=False)
        yield engine.start()
        engine.stop()


def ask(dsn: str, statement: str) -> object:
    with psycopg.connect(dsn, autocommit=True) as db:
        cursor = db.execute(statement)
        row = cursor.fetchone() if cursor.description else None
        return row and row[0]


def test_the_application_hides_no_table_behind_one_of_its_own(server: Server) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(server.app_dsn, "CREATE TEMP TABLE cases (a int)")


def test_from_nothing_to_a_row_kept_over_a_restart(folder: Path) -> None:
    engine = EmbeddedPostgres(folder)
    first = engine.start()
    ask(first.owner_dsn, "CREATE TABLE kept AS SELECT 1 AS n")
    engine.stop()

    second = engine.start()

    assert ask(second.owner_dsn, "SELECT n FROM kept") == 1
    assert not os.path.lexists(f"/proc/{first.pid}")
    engine.stop()


def test_killed_it_starts_again_with_every_acknowledged_row(folder: Path) -> None:
    engine = EmbeddedPostgres(folder)
    before = engine.start()
    ask(before.owner_dsn, "CREATE TABLE kept (n int)")
    with psycopg.connect(before.owner_dsn) as busy:
        busy.execute("INSERT INTO kept VALUES (1)")
        busy.commit()
        busy.execute("INSERT INTO kept VALUES (2)")  # never acknowledged

        os.kill(before.pid or 0, signal.SIGKILL)
        assert has_ended(before.pid or 0, 5)
        after = engine.start()
        busy.close()

    assert after.pid != before.pid
    assert after.app_dsn == before.app_dsn
    assert ask(after.owner_dsn, "SELECT array_agg(n) FROM kept") == [1]
    engine.stop()


def test_a_second_start_joins_the_running_server_and_does_not_stop_it(folder: Path) -> None:
    first = EmbeddedPostgres(folder)
    ours = first.start()

    theirs = EmbeddedPostgres(folder).start()
    theirs.stop()

    assert (theirs.pid, theirs.attached, ours.attached) == (ours.pid, True, False)
    assert ask(ours.app_dsn, "SELECT 1") == 1
    first.stop()


def test_one_that_joins_waits_for_the_server_and_never_starts_it(folder: Path) -> None:
    with pytest.raises(EngineFailed, match="not_running"):
        EmbeddedPostgres(folder).join(patience=0.05)
    first = EmbeddedPostgres(folder)
    ours = first.start()

    theirs = EmbeddedPostgres(folder).join()

    assert (theirs.pid, theirs.attached) == (ours.pid, True)
    first.stop()


def test_a_pid_file_that_names_a_stranger_is_no_hindrance(folder: Path) -> None:
    engine = EmbeddedPostgres(folder)
    engine.start()
    end(engine.child, signal.SIGKILL, 5)
    stranger = spawn(["/bin/sleep", "60"], account=Account.for_engines())
    for stale in (folder / "data" / "postmaster.pid", folder / "socket" / ".s.PGSQL.5432.lock"):
        stale.write_text(stale.read_text().replace(str(engine.child.pid), str(stranger.pid), 1))

    again = engine.start()

    assert ask(again.app_dsn, "SELECT 1") == 1
    engine.stop()
    end(stranger, signal.SIGKILL, 5)


def test_it_dies_with_whoever_started_it(folder: Path) -> None:
    script = (
        "import sys, pathlib; from zhouqiao.store.engines import EmbeddedPostgres\n"
        "print(EmbeddedPostgres(pathlib.Path(sys.argv[1])).start().pid, flush=True)\n"
        "sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as starter:
        pid = int(starter.stdout.readline())

        starter.kill()

    assert has_ended(pid, 10)


def test_what_keeps_it_from_starting_is_told_in_its_own_words(folder: Path) -> None:
    engine = EmbeddedPostgres(folder, settings={"work_mem": "a lot"})

    with pytest.raises(EngineFailed, match=r'did_not_start(.|\n)*invalid value .*"work_mem"'):
        engine.start()

    assert engine.child is None


@as_root
def test_as_root_the_server_runs_as_nobody_and_root_alone_enters_its_socket(server: Server) -> None:
    status = Path(f"/proc/{server.pid}/status").read_text()
    socket = Path(psycopg.conninfo.conninfo_to_dict(server.app_dsn)["host"])

    assert f"Uid:\t{Account.for_engines().uid}\t" in status
    assert socket.stat().st_mode & 0o777 == 0o700


@as_root
def test_below_a_closed_folder_the_rows_lie_where_nobody_can_reach_them(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    engine = EmbeddedPostgres(tmp_path / "deep" / "pg", durable=False)

    server = engine.start()

    twin = (tmp_path / "deep" / "pg").resolve()
    assert twin.parent == Path("/var/lib/zhouqiao")
    assert ask(server.app_dsn, "SELECT 1") == 1
    engine.stop()
    assert engine.start().app_dsn == server.app_dsn
    engine.stop()
    shutil.rmtree(twin)


@as_root
def test_a_folder_removed_and_made_again_is_not_given_the_rows_of_the_former(
    tmp_path: Path,
) -> None:
    tmp_path.chmod(0o700)
    folder, account = tmp_path / "pg", Account.for_engines()
    former = home(folder, account)
    assert home(folder, account) == former

    folder.unlink()
    fresh = home(folder, account)

    assert fresh != former
    former.rmdir()
    fresh.rmdir()


@as_root
def test_without_root_it_runs_as_oneself(folder: Path) -> None:
    nobody = Account.for_engines()
    python = next((p for p in (sys.executable, "/usr/bin/python3.11") if runs(p, nobody)), None)
    if python is None:
        pytest.skip("no Python 3.11 that `nobody` may run")
    script = (
        "import sys, pathlib, os; from zhouqiao.store.engines import EmbeddedPostgres\n"
        "engine = EmbeddedPostgres(pathlib.Path(sys.argv[1])); server = engine.start()\n"
        "assert os.stat(f'/proc/{server.pid}').st_uid == os.geteuid() != 0; engine.stop()"
    )
    folder.mkdir()
    nobody.owns(folder)

    child = spawn(
        [python, "-c", script, folder],
        account=nobody,
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "HOME": "/nonexistent"},
    )

    assert child.wait(60) == 0


def runs(python: str, account: Account) -> bool:
    try:
        return spawn([python, "-c", "import ctypes"], account=account).wait(10) == 0
    except PermissionError:
        return False


def test_the_app_stands_under_row_level_security_and_the_engine_above_it(server: Server) -> None:
    for dsn, above in (
        (server.app_dsn, False),
        (server.engine_dsn, True),
        (server.owner_dsn, True),
    ):
        bypasses = "SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user"
        superuser = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"

        assert ask(dsn, bypasses) is above
        assert ask(dsn, superuser) is False


def test_chinese_has_trigrams(server: Server) -> None:
    ask(server.owner_dsn, "CREATE EXTENSION IF NOT EXISTS pg_trgm")

    assert ask(server.owner_dsn, "SELECT cardinality(show_trgm('渔省心'))") == 4


def test_a_clone_has_the_rows_of_its_template_and_keeps_its_own(server: Server) -> None:
    model = clone(server, "template1", "model")
    ask(model.owner_dsn, "CREATE TABLE t AS SELECT 1 AS n")
    make_template(server, "model")

    one, two = clone(server, "model", "one"), clone(server, "model", "two")
    ask(one.owner_dsn, "INSERT INTO t VALUES (2)")

    assert ask(one.owner_dsn, "SELECT count(*) FROM t") == 2
    assert ask(two.owner_dsn, "SELECT count(*) FROM t") == 1
    for name in ("one", "two", "model"):
        drop(server, name)


def test_a_database_is_dropped_from_under_whoever_uses_it(server: Server) -> None:
    there = clone(server, "template1", "used")
    with psycopg.connect(there.app_dsn) as user:
        drop(server, "used")

        with pytest.raises(psycopg.OperationalError):
            user.execute("SELECT 1")


def test_a_server_given_by_dsn_gets_our_roles_with_passwords(server: Server) -> None:
    asked: list[str] = []

    given = server_from_dsn(server.owner_dsn, lambda role: asked.append(role) or f"of {role}")

    assert ask(given.app_dsn, "SELECT current_user") == "zhouqiao_app"
    assert ask(given.engine_dsn, "SELECT current_user") == "zhouqiao_engine"
    assert set(asked) == {"zhouqiao_app", "zhouqiao_engine"}
    assert given.pid is None
    given.stop()
    assert ask(given.app_dsn, "SELECT 1") == 1


@pytest.mark.parametrize(
    ("dsn", "why"),
    [
        ("host=/nowhere dbname=zhouqiao", "unreachable"),
        ("hosts=1", "not_a_dsn"),
    ],
)
def test_a_dsn_that_leads_nowhere_is_told_so(dsn: str, why: str) -> None:
    with pytest.raises(EngineFailed) as told:
        server_from_dsn(dsn, str)

    assert told.value.why == why


def test_an_app_role_above_row_level_security_is_refused(server: Server) -> None:
    with pytest.raises(EngineFailed, match="app_sees_all"):
        server_from_dsn(server.owner_dsn, str, app_dsn=server.owner_dsn)


def test_an_owner_who_may_not_make_roles_is_told_what_to_run(server: Server) -> None:
    ask(server.admin_dsn or "", "CREATE ROLE small LOGIN IN ROLE zhouqiao_app")
    small = psycopg.conninfo.make_conninfo(server.owner_dsn, user="small")

    with pytest.raises(EngineFailed, match="as superuser: ALTER ROLE small CREATEROLE"):
        server_from_dsn(small, str)
