"""Sealing: one changed byte is found and named, whoever changed it."""

import json
from pathlib import Path
from typing import Any

import psycopg
import pytest

from zhouqiao.base import NotFound
from zhouqiao.store import Fact, Subject, seal, story, system, verify
from zhouqiao.store.seal import SETTLED, SealFolder, Signer

CELL, SCOPE, ABOUT = "331002", "marine/331002001", "case_1"
SIGNER, FORGER = Signer.of(bytes([7] * 32)), Signer.of(bytes([8] * 32))

pytestmark = pytest.mark.engine


class BerthSnapped(Fact, frozen=True):
    """Something that happened."""

    word: str
    n: int = 0


def tell(kept: Any, *words: str, cell: str = CELL, **more: Any) -> None:
    for word in words:
        with kept.store.desk(system(cell)) as desk:
            desk.tell(BerthSnapped(word=word), about=ABOUT, scope=SCOPE, **more)


def seal_up(kept: Any, place: Any = None, signer: Signer = SIGNER, **more: Any) -> list[Any]:
    return seal.seal_new(kept.engine, signer, place, **more)


def findings(kept: Any, place: Any = None, keys: tuple[bytes, ...] = (SIGNER.public,)) -> list[Any]:
    return verify(kept.engine, keys, place).findings


def wrongs(kept: Any, place: Any = None) -> list[str]:
    return [one.wrong for one in findings(kept, place)]


@pytest.fixture
def place(tmp_path: Path) -> SealFolder:
    return SealFolder(tmp_path / "elsewhere")


def test_a_journal_left_alone_is_sound(kept: Any, place: SealFolder) -> None:
    tell(kept, "海门", "大陈\n\t\"'\\", "🚤", person="person_jiang")
    seal_up(kept, place)
    tell(kept, "later")
    seal_up(kept, place)

    verdict = verify(kept.engine, [SIGNER.public], place)

    assert verdict.is_sound
    assert (verdict.seals, verdict.facts) == (2, 4)


def test_every_fact_is_sealed_once_in_ranges_that_follow_each_other(kept: Any) -> None:
    tell(kept, *"abcdefg")

    sealed = [one for _ in range(5) for one in seal_up(kept, most=3)]

    assert [(one.number, one.size) for one in sealed] == [(1, 3), (2, 3), (3, 1)]
    assert seal_up(kept) == []
    assert findings(kept) == []


def test_a_sealer_that_fell_behind_knows_that_more_waits(kept: Any) -> None:
    tell(kept, *"abcdefg")

    assert [seal.more_waits(seal_up(kept, most=3), 3) for _ in range(4)] == [
        True, True, False, False,
    ]  # fmt: skip


def test_what_went_and_what_did_not_is_asked_of_each_county(kept: Any, place: SealFolder) -> None:
    for word, cell in (("a", CELL), ("b", "330106"), ("c", "331082"), ("d", CELL)):
        tell(kept, word, cell=cell)
        seal_up(kept)

    seal_up(kept, place)

    assert [place.last(cell) for cell in ("330106", CELL, "331082")] == [1, 2, 1]
    assert findings(kept, place) == []


def test_numbers_of_sealed_facts_are_kept_without_trying_to_compress_them(kept: Any) -> None:
    ways = "SELECT attname, attstorage::text FROM pg_attribute WHERE attrelid = 'seal'::regclass"

    assert {("seqs", "e"), ("leaves", "e")} <= set(kept.fetch(ways))


def test_however_much_waits_to_be_sealed_a_range_is_read_in_order_from_the_index(kept: Any) -> None:
    with kept.owner() as owner:
        owner.execute("SET enable_seqscan = off")  # so few rows are otherwise sorted
        plan = owner.execute("EXPLAIN " + SETTLED, ("0", 0, 10)).fetchall()

    assert "journal_tail" in str(plan)
    assert "Sort" not in str(plan)


def test_a_fact_not_settled_yet_is_sealed_later_and_none_is_lost(kept: Any) -> None:
    with kept.store.desk(system(CELL)) as slow:
        slow.tell(BerthSnapped(word="slow"), about=ABOUT, scope=SCOPE)
        slow.rows.one("SELECT 1")
        tell(kept, "fast")
        assert seal_up(kept) == []

    assert [one.size for one in seal_up(kept)] == [2]


def test_counties_have_chains_of_their_own(kept: Any, place: SealFolder) -> None:
    tell(kept, "a", "b")
    tell(kept, "c", cell="330106")

    sealed = seal_up(kept, place)

    assert {(one.cell, one.number, one.size) for one in sealed} == {(CELL, 1, 2), ("330106", 1, 1)}
    assert findings(kept, place) == []
    assert len(list(place.lines("330106"))) == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ("body = replace(body, 'b1', 'b2')", "body"),
        ("by = 'systen'", "by"),
        ("scope = 'marine/331002002'", "scope"),
        ("about = 'case_2'", "about"),
        ("hops = 1", "hops"),
        ("version = 3", "version"),
        ("happened_at = happened_at + interval '1 microsecond'", "happened_at"),
        ("recorded_at = recorded_at + interval '1 microsecond'", "recorded_at"),
        ("kind = replace(kind, 'Snapped', 'Snappen')", "kind"),
        ("person = 'person_jiano'", "person"),
    ],
)
def test_one_changed_byte_is_found_and_fact_field_byte_named(
    kept: Any, change: str, field: str
) -> None:
    tell(kept, "a1", "b1", "c1", person="person_jiang")
    seal_up(kept)
    [(seq, name)] = kept.fetch("SELECT seq, id FROM journal WHERE body LIKE '%%b1%%'")

    kept.alter(f"UPDATE journal SET {change} WHERE seq = {seq}")

    [found] = findings(kept)
    assert (found.wrong, found.seq, found.fact) == ("fact_changed", seq, name)
    assert found.field == field
    assert found.was is not None


@pytest.mark.parametrize(
    "change", ["cause = 'fact_x'", "person = NULL", 'body = \'{"n":0,"word":"much else"}\'']
)
def test_a_larger_change_still_names_the_fact(kept: Any, change: str) -> None:
    tell(kept, "a", "b", person="person_jiang")
    seal_up(kept)

    kept.alter(f"UPDATE journal SET {change} WHERE seq = (SELECT min(seq) FROM journal)")

    [found] = findings(kept)
    assert found.wrong == "fact_changed"
    assert [(found.seq, found.fact)] == kept.fetch("SELECT min(seq), min(id) FROM journal")
    assert found.field is None


def test_a_fact_taken_out_is_named_by_its_number(kept: Any) -> None:
    tell(kept, "a", "b", "c")
    seal_up(kept)
    [(seq,)] = kept.fetch("DELETE FROM journal WHERE body LIKE '%%\"b\"%%' RETURNING seq")

    assert [(one.wrong, one.seq) for one in findings(kept)] == [("fact_missing", seq)]


def test_a_fact_slipped_in_among_the_sealed_is_named(kept: Any) -> None:
    tell(kept, "a", "b")
    seal_up(kept)
    rest = "cell, scope, kind, version, about, happened_at, recorded_at, by, hops, body"
    kept.alter(
        f"INSERT INTO journal (id, xid, {rest}) SELECT 'fact_new', xid, {rest} "
        "FROM journal ORDER BY seq LIMIT 1"
    )

    assert [(one.wrong, one.fact) for one in findings(kept)] == [("fact_added", "fact_new")]


def test_a_fact_moved_to_another_county_is_missing_here_and_added_there(kept: Any) -> None:
    tell(kept, "a", "b")
    seal_up(kept)
    kept.alter("UPDATE journal SET cell = '330106' WHERE body LIKE '%%\"b\"%%'")

    assert sorted(wrongs(kept)) == ["fact_added", "fact_missing"]


def test_leaves_altered_with_the_fact_are_found_by_their_root(kept: Any) -> None:
    tell(kept, "a")
    seal_up(kept)
    kept.alter("UPDATE seal SET leaves = set_byte(leaves, 5, (get_byte(leaves, 5) + 1) %% 256)")

    assert "seal_changed" in wrongs(kept)


def test_a_seal_signed_by_another_key_is_found(kept: Any) -> None:
    tell(kept, "a")
    seal_up(kept, signer=FORGER)

    assert wrongs(kept) == ["seal_unsigned"]


def test_a_statement_altered_is_found_by_its_signature(kept: Any) -> None:
    tell(kept, "a")
    seal_up(kept)
    kept.alter("UPDATE seal SET statement = replace(statement, '2026-10', '2026-09')")

    assert wrongs(kept) == ["seal_unsigned"]


def test_a_seal_taken_out_of_the_middle_is_missed(kept: Any) -> None:
    tell(kept, *"abc")
    while seal_up(kept, most=1):
        pass
    kept.alter("DELETE FROM seal WHERE number = 2")

    assert sorted(wrongs(kept)) == ["fact_added", "seal_changed", "seal_missing"]


def test_history_sealed_anew_by_whoever_holds_the_key_disagrees_with_the_copy(
    kept: Any, place: SealFolder
) -> None:
    tell(kept, "a1", "b1", "c1")
    seal_up(kept, place)
    [(seq,)] = kept.fetch("SELECT seq FROM journal WHERE body LIKE '%%b1%%'")
    kept.alter("UPDATE journal SET body = replace(body, 'b1', 'b2')")
    kept.alter("DELETE FROM seal")
    kept.alter("UPDATE seal_cursor SET xid = '0', seq = 0")
    kept.clock.turn(minutes=1)
    seal_up(kept, place)

    assert findings(kept) == []
    found = findings(kept, place)
    assert [one.wrong for one in found] == ["seal_disagrees", "fact_changed"]
    assert (found[1].seq, found[1].field, found[1].was) == (seq, "body", ord("1"))


def test_the_last_seals_cut_off_are_missed_beside_the_copy(kept: Any, place: SealFolder) -> None:
    tell(kept, "a")
    seal_up(kept, place)
    tell(kept, "b")
    seal_up(kept, place)
    kept.alter("DELETE FROM seal WHERE number = 2")
    kept.alter("DELETE FROM journal WHERE body LIKE '%%\"b\"%%'")

    assert findings(kept) == []
    assert [(one.wrong, one.number) for one in findings(kept, place)] == [("seal_missing", 2)]


# The second place.


def test_copies_a_crash_kept_back_go_with_the_next_seal(kept: Any, place: SealFolder) -> None:
    tell(kept, "a")
    seal_up(kept)
    tell(kept, "b")
    seal_up(kept, place)

    assert place.last(CELL) == 2
    assert findings(kept, place) == []


def test_a_line_torn_by_a_crash_is_written_again_whole(kept: Any, place: SealFolder) -> None:
    tell(kept, "a")
    seal_up(kept, place)
    tell(kept, "b")
    seal_up(kept, place)
    file = place.folder / f"seals-{CELL}.jsonl"
    file.write_bytes(file.read_bytes()[:-40])

    assert place.last(CELL) == 1
    tell(kept, "c")
    seal_up(kept, place)

    assert place.last(CELL) == 3
    assert findings(kept, place) == []


def test_copies_are_json_lines_anybody_can_read(kept: Any, place: SealFolder) -> None:
    tell(kept, "a", "b")
    seal_up(kept, place)

    [line] = place.lines(CELL)

    copy = json.loads(line)
    assert json.loads(copy["statement"])["size"] == len(copy["seqs"]) == 2


# Proofs, for whoever holds one fact.


def proved(kept: Any, seq: int) -> Any:
    with kept.store.desk(Subject(person="person_jiang", cell=CELL)) as desk:
        return seal.proof(desk, seq)


def envelopes(kept: Any) -> list[Any]:
    with kept.store.desk(system(CELL)) as desk:
        return list(story(desk, ABOUT))


def test_every_fact_can_be_proved_with_the_public_key_alone(kept: Any) -> None:
    tell(kept, *"abcde", person="person_jiang")
    seal_up(kept)

    for fact in envelopes(kept):
        assert seal.check_proof(fact, proved(kept, fact.seq), SIGNER.public)
        assert not seal.check_proof(fact, proved(kept, fact.seq), FORGER.public)


def test_a_proof_holds_for_its_own_fact_only(kept: Any) -> None:
    tell(kept, *"ab")
    seal_up(kept)
    one, two = envelopes(kept)

    assert not seal.check_proof(two, proved(kept, one.seq), SIGNER.public)


def test_a_fact_not_sealed_yet_has_no_proof(kept: Any) -> None:
    tell(kept, "a")

    with pytest.raises(NotFound):
        proved(kept, envelopes(kept)[0].seq)


def test_the_application_writes_no_seals(kept: Any) -> None:
    for statement in (
        "DELETE FROM seal",
        "UPDATE seal SET number = 0",
        "SELECT * FROM seal_cursor",
    ):
        with (
            pytest.raises(psycopg.errors.InsufficientPrivilege),
            kept.store.desk(system(CELL)) as desk,
        ):
            desk.rows.run(statement)
