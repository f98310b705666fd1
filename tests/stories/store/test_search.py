"""Search: found by two characters, newest first, and never by those who may not see."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

import zhouqiao.store
from zhouqiao.base import Invalid, Personal
from zhouqiao.store import Migration, Store, Subject, Vault, migrate, search, system
from zhouqiao.store.engines import Server, clone, drop

CELL, TOWN, OTHER = "331002", "marine/331002001", "marine/331002002"

pytestmark = pytest.mark.engine


def put(kept: Any, key: str, *texts: str | Personal[str], scope: str = TOWN, **more: Any) -> None:
    kept.clock.turn(seconds=1)
    with kept.store.desk(system(CELL)) as desk:
        search.index(desk, more.pop("kind", "case"), key, scope=scope, texts=texts, **more)


def keys(kept: Any, query: str, subject: Subject | None = None, **more: Any) -> list[str]:
    with kept.store.desk(subject or system(CELL)) as desk:
        return [one.key for one in search.find(desk, query, more.pop("kinds", ["case"]), **more)]


def officer(reach: str) -> Subject:
    return Subject(person="person_wang", cell=CELL, reach=reach)


def test_a_name_of_two_characters_is_found(kept: Any) -> None:
    put(kept, "case_1", "江示 报修", "浙椒渔01234")

    assert keys(kept, "江示") == ["case_1"]


@pytest.mark.parametrize(
    "query",
    ["江示例", "示例", "椒渔", "渔01", "01234", "234", "ABC", "ａｂｃ", "海门 示例", "江", "ab"],
)
def test_parts_of_a_text_find_it(kept: Any, query: str) -> None:
    put(kept, "case_1", "江示例，浙椒渔01234", "海门港 abcd")

    assert keys(kept, query) == ["case_1"]


@pytest.mark.parametrize(
    "query", ["示江", "江例", "01243", "海门 样本", "港abc", "%", "' OR 1=1 --", ""]
)
def test_what_does_not_stand_there_is_not_found(kept: Any, query: str) -> None:
    put(kept, "case_1", "江示例，浙椒渔01234", "海门港 abcd")

    assert keys(kept, query) == []


def test_a_personal_name_is_found_and_only_its_keyed_hash_is_kept(kept: Any) -> None:
    put(kept, "case_1", "报修", Personal("江示例"), person="person_jiang")

    assert keys(kept, "示例 报修") == ["case_1"]
    with closing(kept.opened(Vault())) as unkeyed, unkeyed.desk(system(CELL)) as desk:
        assert search.find(desk, "示例", ["case"]) == []
        assert len(search.find(desk, "报修", ["case"])) == 1


def test_the_newest_come_first_and_pages_neither_skip_nor_double(kept: Any) -> None:
    for n in range(9):
        put(kept, f"case_{n}", "海门", at=kept.clock.now() if n % 3 else None)
    seen, place = [], None
    while True:
        with kept.store.desk(system(CELL)) as desk:
            page = search.find(desk, "海门", ["case"], limit=2, before=place)
        if not page:
            break
        seen += [one.key for one in page]
        place = page[-1].place

    assert sorted(seen) == [f"case_{n}" for n in range(9)]
    assert seen[0] == "case_8"


def test_entries_of_one_moment_are_all_paged_through(kept: Any) -> None:
    at = kept.clock.now()
    for n in range(5):
        put(kept, f"case_{n}", "海门", at=at)
    with kept.store.desk(system(CELL)) as desk:
        first = search.find(desk, "海门", ["case"], limit=3)
        rest = search.find(desk, "海门", ["case"], limit=3, before=first[-1].place)

    assert [one.key for one in first + rest] == [f"case_{n}" for n in (4, 3, 2, 1, 0)]


def test_only_the_kinds_asked_for_are_found_together_newest_first(kept: Any) -> None:
    put(kept, "case_1", "海门")
    put(kept, "unit_1", "海门", kind="unit")
    put(kept, "paper_1", "海门", kind="paper")

    assert keys(kept, "海门", kinds=["case", "unit"]) == ["unit_1", "case_1"]


def test_indexing_again_replaces_and_unindexing_removes(kept: Any) -> None:
    put(kept, "case_1", "海门")
    put(kept, "case_1", "大陈")
    assert keys(kept, "海门") == []
    assert keys(kept, "大陈") == ["case_1"]

    with kept.store.desk(system(CELL)) as desk:
        search.unindex(desk, "case", "case_1")
    assert keys(kept, "大陈") == []


def test_what_lies_beyond_the_walk_is_found_through_the_index(
    kept: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "WALK", 2)
    for n in range(6):
        put(kept, f"case_{n}", "海门" if n < 2 else "大陈", scope=TOWN if n else OTHER)

    assert keys(kept, "海门") == ["case_1", "case_0"]
    assert keys(kept, "海门", officer(TOWN)) == ["case_1"]
    assert keys(kept, "海门", officer("marine/33100200")) == ["case_1", "case_0"]


def test_what_was_common_long_ago_is_found_newest_first_month_by_month(
    kept: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "WALK", 2)
    monkeypatch.setattr(search, "CAP", 1)
    now = kept.clock.now()
    for n, days in enumerate((800, 430, 429, 400, 399, 399, 60)):
        put(kept, f"case_{n}", "台风", at=now - timedelta(days=days), scope=TOWN if n else OTHER)
    for n in (7, 8):
        put(kept, f"case_{n}", "海门")

    assert keys(kept, "台风") == [f"case_{n}" for n in (6, 5, 4, 3, 2, 1, 0)]
    assert keys(kept, "台风", limit=3) == ["case_6", "case_5", "case_4"]
    assert keys(kept, "台风", officer(TOWN), before=(now - timedelta(days=399), "case_5")) == [
        "case_4", "case_3", "case_2", "case_1",
    ]  # fmt: skip


def test_a_query_too_long_is_refused(kept: Any) -> None:
    with pytest.raises(Invalid):
        keys(kept, "海" * 65)


# Who sees what.


def seed(kept: Any) -> None:
    put(kept, "case_mine", "海门", scope=TOWN, person="person_jiang")
    put(kept, "case_boat", "海门", scope=OTHER, unit="unit_1")
    put(kept, "case_else", "海门", scope=OTHER, person="person_lin")
    with kept.store.desk(system("330106")) as desk:
        search.index(desk, "case", "case_far", scope="marine/330106001", texts=["海门"])


VIEWS = [
    (system(CELL), ["case_else", "case_boat", "case_mine"]),
    (officer(""), ["case_else", "case_boat", "case_mine"]),
    (officer("marine"), ["case_else", "case_boat", "case_mine"]),
    (officer(TOWN), ["case_mine"]),
    (officer("health"), []),
    (Subject(person="person_jiang", cell=CELL), ["case_mine"]),
    (Subject(person="person_jiang", cell=CELL, reach=TOWN), ["case_mine"]),
    (Subject(person="person_crew", cell=CELL, unit="unit_1"), ["case_boat"]),
    (Subject(person="person_lin", cell=CELL, unit="unit_1"), ["case_else", "case_boat"]),
    (Subject(person="person_nobody", cell=CELL), []),
    (system("330106"), ["case_far"]),
    (system("000000"), []),
]


@pytest.mark.parametrize(("subject", "expected"), VIEWS)
def test_each_finds_exactly_what_row_level_security_shows_them(
    kept: Any, subject: Subject, expected: list[str]
) -> None:
    seed(kept)

    assert keys(kept, "海门", subject) == expected
    with kept.store.desk(subject) as desk:
        shown = desk.rows.all("SELECT key FROM search_entry ORDER BY at DESC")
    assert [row["key"] for row in shown] == expected


# An attacker who can run SQL of their own as the application's role, inside somebody's desk.

CALL = (
    "SELECT key FROM search_find(ARRAY['case'], ARRAY[[%s::text]], ARRAY[%s::text], "
    "ARRAY['x'], 'infinity', chr(1114111), 200, 1, 2000)"
)
ANY = "!zzzzzzzz"  # a query every entry matches


def attack(kept: Any, subject: Subject, *statements: str) -> list[str]:
    with kept.store.desk(subject) as desk:
        for statement in statements:
            desk.rows.run(statement)
        return [row["key"] for row in desk.rows.all(CALL, (ANY, ""))]


def test_a_query_that_matches_everything_shows_only_ones_own(kept: Any) -> None:
    seed(kept)

    assert set(attack(kept, Subject(person="person_jiang", cell=CELL))) == {"case_mine"}


def test_tables_and_functions_put_in_front_are_not_looked_at(kept: Any) -> None:
    seed(kept)
    me = Subject(person="person_jiang", cell=CELL)

    found = attack(
        kept,
        me,
        "CREATE TEMP TABLE search_entry AS SELECT 'x' AS cell, 'case' AS key",
        "CREATE FUNCTION pg_temp.current_setting(text) RETURNS text LANGUAGE sql AS $$SELECT ''$$",
        "SET LOCAL search_path = pg_temp, zhouqiao",
        "CREATE FUNCTION pg_temp.search_older(text, text, text, text, tsquery[], tsquery, text, "
        "timestamptz, text, int, int) RETURNS TABLE (kind text, key text, scope text, "
        "at timestamptz) LANGUAGE sql AS $$SELECT 'x', 'stolen', 'x', now()$$",
    )

    assert set(found) == {"case_mine"}


def test_a_leaky_function_in_the_condition_hears_of_ones_own_rows_only(kept: Any) -> None:
    seed(kept)
    heard: list[str] = []
    with kept.store.desk(Subject(person="person_jiang", cell=CELL)) as desk:
        desk.rows.run(
            "CREATE FUNCTION pg_temp.leak(t text) RETURNS bool LANGUAGE plpgsql COST 0.0000001 "
            "AS $$BEGIN RAISE NOTICE '%%', t; RETURN true; END$$"
        )
        connection = desk.rows._connection  # type: ignore[attr-defined]
        connection.add_notice_handler(lambda said: heard.append(said.message_primary))
        desk.rows.all(f"{CALL} WHERE pg_temp.leak(key)", (ANY, ""))
        desk.rows.all("SELECT key FROM search_entry WHERE pg_temp.leak(key)")

    assert set(heard) == {"case_mine"}


def test_without_settings_nothing_is_shown(kept: Any) -> None:
    seed(kept)
    options = "-c search_path=zhouqiao"
    with psycopg.connect(kept.server.app_dsn, options=options) as bare:
        with pytest.raises(psycopg.errors.UndefinedObject):
            bare.execute(CALL, (ANY, ""))
        bare.rollback()
        bare.execute("SELECT set_config('zhouqiao.cell', %s, true)", (CELL,))
        with pytest.raises(psycopg.errors.UndefinedObject):
            bare.execute(CALL, (ANY, ""))


@pytest.mark.parametrize(
    "settings",
    [
        ("", "", "", "", ""),
        (CELL, TOWN, TOWN, "", ""),
        (CELL, OTHER, OTHER + "z", "person_jiang", "-"),
        (CELL, "", "\U0010ffff", "", ""),
        (CELL, "z", "", "person_lin", "unit_1"),
        (CELL, "\U0010ffff", "\U0010ffff\U0010ffff", "person_lin", "unit_1"),
        ("330106", "", "\U0010ffff", "", ""),
        ("%", "%", "%", "%", "%"),
    ],
)
def test_whatever_the_settings_search_shows_no_more_than_the_table(
    kept: Any, settings: tuple[str, ...]
) -> None:
    """Who can set the settings is trusted: with them comes every table, not search alone."""
    seed(kept)
    names = ("cell", "low", "high", "person", "unit")
    with kept.store.desk(Subject(person="person_nobody", cell=CELL)) as desk:
        for name, value in zip(names, settings, strict=True):
            desk.rows.run("SELECT set_config(%s, %s, true)", (f"zhouqiao.{name}", value))
        found = {row["key"] for row in desk.rows.all(CALL, (ANY, ""))}
        shown = {row["key"] for row in desk.rows.all("SELECT key FROM search_entry")}

    assert found <= shown


def test_the_inner_function_is_not_for_the_application(kept: Any) -> None:
    call = (
        f"SELECT * FROM search_posted('{CELL}', '', 'z', 'case', ARRAY['a'::tsquery], "
        "'infinity', 'z', 1, 1)"
    )
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege),
        kept.store.desk(system(CELL)) as desk,
    ):
        desk.rows.all(call)


def test_nobody_changes_an_entry_they_do_not_see(kept: Any) -> None:
    seed(kept)
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege),
        kept.store.desk(Subject(person="person_jiang", cell=CELL)) as desk,
    ):
        search.index(desk, "case", "case_else", scope=TOWN, texts=["x"], person="person_jiang")


def test_what_was_indexed_before_a_migration_is_found_after_it(
    migrated: tuple[Server, str],
) -> None:
    server, _ = migrated
    files = sorted(Path(zhouqiao.store.__file__).parent.glob("schema/*.sql"))
    steps = [Migration(f"zhouqiao.store/{f.name}", f.read_text("utf-8")) for f in files]
    former = next(n for n, file in enumerate(files) if file.name > "0004_search.sql")
    filled = clone(server, "template1", "kept_filled")
    migrate(filled.owner_dsn, steps[:former])
    with closing(Store(filled.app_dsn, size=1).open()) as store:
        with store.desk(system(CELL)) as desk:
            search.index(desk, "case", "case_1", scope=TOWN, texts=["331002-20240111-014823"])
        migrate(filled.owner_dsn, steps)
        with store.desk(system(CELL)) as desk:
            assert [one.key for one in search.find(desk, "014823", ["case"])] == ["case_1"]
    drop(server, "kept_filled")
