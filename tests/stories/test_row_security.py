"""What stands under every list, whatever the code above it forgets: looked at in the database.

Each exception is named here with its reason; a new table is guarded or named.
"""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.rows import tuple_row

from zhouqiao.store import Subject
from zhouqiao.store.engines import Server
from zhouqiao.testing import World
from zhouqiao.testing.web import Web, open_web
from zhouqiao_systems.government import marine_waste

CELL = "331002"
BOOKKEEPING = {"migration", "reaction_cursor", "seal_cursor"}
"""Of the engine and of migrations; the application's role may not even read them."""

SEEN = {
    "body": "the register of bodies is public",
    "due": "times that come due, without a value; asked for by name alone",
    "keyring": "keys wrapped under the master, which is not in the database",
    "matter_version": "the register of matters is public",
    "paper_print": "hashes of prints, by which anybody verifies a file",
    "paper_register": "number, digest and standing of papers, for verification",
    "paper_seal": "seals of papers, for verification",
    "paper_serial": "the last number given",
    "paper_shape": "how papers of packs look",
    "personal": "ciphers; who may have them opened is decided by purpose",
    "personal_key": "keys wrapped under the master",
    "post": "posts are public",
    "post_holder": "who holds a post, by id; names lie in `personal`",
    "public_key": "public halves of keys",
    "rule_factor": "factors have their source printed beside them",
    "rule_row": "rows of tables of law",
    "rule_table": "tables of law",
    "seal": "roots of the journal, which anybody may check",
    "shape": "procedures of packs",
}
CHANGED = {"due", "keyring", "paper_print", "paper_register", "paper_seal", "paper_serial",
           "personal", "personal_key", "public_key"}  # fmt: skip
"""What a desk of anybody may write, because commands do it on their behalf."""

Tables = dict[str, int]


@pytest.fixture
def web(server: Server) -> Iterator[Web]:
    """A portal with an affair under way, so that most tables hold rows."""
    with open_web(server, [marine_waste.pack]) as found:
        boat = found.boat("蓝样03", 121.575, 28.645)
        found.member("marine_waste.crew", unit=boat)
        place = {"lon": 121.655, "lat": 28.612}
        kinds = [{"kind": "gear", "mass": {"kg": "30"}}]
        record = {"vessel": "浙椒渔00000", "place": place, "kinds": kinds}
        body = {"procedure": "marine_waste.pickup", "key": "k", "record": record, "place": place}
        fisher = found.member()
        fisher.client.post("/api/cases", json=body, headers=fisher.bearer)
        found.world.drain()
        yield found


def tables(world: World, where: str = "true") -> set[str]:
    rows = world.fetch(
        "SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        f"WHERE n.nspname = 'zhouqiao' AND c.relkind IN ('r', 'p') AND {where}"
    )
    return {row["name"] for row in rows}


def counted(world: World, who: Subject, ask: str, privilege: str) -> Tables:
    """Return of each table how many rows a desk of somebody touches by `ask`; none are left out."""
    found: Tables = {}
    for name in sorted(tables(world) - BOOKKEEPING):
        may = (
            f"SELECT has_table_privilege('zhouqiao.{name}', '{privilege}') AS may, (SELECT "
            f"attname FROM pg_attribute WHERE attrelid = 'zhouqiao.{name}'::regclass "
            "AND attnum > 0 AND attidentity = '' LIMIT 1) AS column"
        )
        with world.desk(who) as desk:
            told = desk.rows.one(may) or {}
            if told["may"]:
                ready = ask.format(table=name, column=f'"{told["column"]}"')
                found[name] = desk.rows.run(ready)
    return {name: count for name, count in found.items() if count}


def test_every_table_is_guarded_even_against_its_owner(web: Web) -> None:
    assert tables(web.world, "NOT (c.relrowsecurity AND c.relforcerowsecurity)") == BOOKKEEPING


@pytest.mark.parametrize("privilege", ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"])
def test_the_bookkeeping_is_out_of_the_applications_reach(web: Web, privilege: str) -> None:
    named = f"has_table_privilege('zhouqiao_app', c.oid, '{privilege}')"

    open_to_it = tables(web.world, named)

    assert not open_to_it & BOOKKEEPING
    assert open_to_it == set() or privilege != "TRUNCATE"


def test_the_journal_and_who_looked_are_only_ever_added_to(web: Web) -> None:
    changed = tables(web.world, "has_table_privilege('zhouqiao_app', c.oid, 'UPDATE, DELETE')")

    assert not changed & {"journal", "personal_read", "evidence", "ledger_line", "seal"}


def test_one_function_alone_runs_with_its_owners_rights(web: Web) -> None:
    rows = web.world.fetch(
        "SELECT p.proname AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        "WHERE n.nspname = 'zhouqiao' AND p.prosecdef "
        "AND has_function_privilege('zhouqiao_app', p.oid, 'EXECUTE')"
    )

    assert [row["name"] for row in rows] == ["search_find"]


def test_a_stranger_of_the_county_sees_what_is_public_or_locked_and_no_more(web: Web) -> None:
    stranger = web.subject(web.member(name="王样例"))
    own = {"account", "person", "session", "search_entry", "journal"}

    seen = counted(web.world, stranger, "SELECT 1 FROM {table}", "SELECT")

    assert set(seen) - set(SEEN) <= own
    assert not {"cases", "task", "evidence", "plan", "unit_track", "notice", "signal"} & set(seen)


def test_a_stranger_of_the_county_changes_nothing_of_others(web: Web) -> None:
    stranger = web.subject(web.member(name="王样例"))

    changed = counted(web.world, stranger, "UPDATE {table} SET {column} = {column}", "UPDATE")

    assert set(changed) - CHANGED <= {"account", "person", "session", "search_entry"}


def test_another_county_sees_nothing_at_all(web: Web) -> None:
    other = Subject(person="person_x", cell="331003", reach="")
    everywhere = {name for name in SEEN if name in {"paper_shape", "shape"} or "rule" in name}

    assert set(counted(web.world, other, "SELECT 1 FROM {table}", "SELECT")) <= everywhere


def test_a_clerk_of_another_town_or_body_sees_no_case(web: Web) -> None:
    for reach in ("marine/331002999", "marines/", "marin", "fisheries/331002", "\U0010ffff"):
        clerk = Subject(person="person_x", cell=CELL, reach=reach)

        seen = counted(web.world, clerk, "SELECT 1 FROM {table}", "SELECT")

        assert (reach, "cases" in seen) == (reach, "marine/331002".startswith(reach))


@pytest.mark.parametrize("role", ["zhouqiao_owner", "zhouqiao_engine", "postgres"])
def test_the_application_becomes_nobody_else(server: Server, role: str) -> None:
    with (
        psycopg.connect(server.app_dsn, row_factory=tuple_row) as line,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        line.execute(f"SET ROLE {role}")


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE zhouqiao.journal DISABLE ROW LEVEL SECURITY",
        "CREATE TABLE zhouqiao.mine (a int)",
        "CREATE TABLE public.mine (a int)",
        "COPY (SELECT 1) TO PROGRAM 'id'",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT lo_import('/etc/passwd')",
        "SELECT rolpassword FROM pg_authid",
        "CREATE EXTENSION dblink",
    ],
)
def test_the_application_makes_nothing_and_reads_no_file(server: Server, statement: str) -> None:
    with (
        psycopg.connect(server.app_dsn) as line,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        line.execute(statement)


def test_without_a_subject_there_is_not_a_row(server: Server) -> None:
    with psycopg.connect(server.app_dsn) as line, pytest.raises(psycopg.Error):
        line.execute("SELECT * FROM zhouqiao.cases")
