"""Personal values: kept under a key of their own, committed to, found blindly, shredded."""

from contextlib import closing
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest

from zhouqiao.base import NotFound, Personal
from zhouqiao.store import Erased, Subject, Vault, personal, search, system
from zhouqiao.store.personal import StillKept
from zhouqiao.store.vault import NoMasterKey

CELL, PERSON, SCOPE = "331002", "person_jiang", "identity/331002001"
HELD = {"name": "江示例", "phone": "00000000001"}
NEW_MASTER = bytes(reversed(range(32)))

pytestmark = pytest.mark.engine


def keep(store: Any, values: dict[str, str] = HELD, **more: Any) -> dict[str, Any]:
    with store.desk(system(CELL)) as desk:
        return personal.keep(desk, PERSON, values, scope=SCOPE, basis="PIPL §13(3)", **more)


def read(store: Any, *fields: str) -> dict[str, Any]:
    with store.desk(system(CELL)) as desk:
        return personal.read(desk, PERSON, fields or tuple(HELD))


def shred(store: Any) -> Erased:
    with store.desk(system(CELL)) as desk:
        return personal.shred(desk, PERSON)


def test_what_was_kept_is_read_and_prints_as_personal(kept: Any) -> None:
    keep(kept.store)

    found = read(kept.store)

    assert found == {"name": Personal("江示例"), "phone": Personal("00000000001")}
    assert "江示例" not in repr(found)


def test_no_value_and_no_salt_lies_open_in_the_database(kept: Any) -> None:
    keep(kept.store)

    [(rows,)] = kept.fetch("SELECT string_agg(p::text, '') FROM personal p")
    [(keys,)] = kept.fetch("SELECT string_agg(k::text, '') FROM personal_key k")

    for value in HELD.values():
        assert value not in rows + keys
        assert value.encode().hex() not in rows + keys


def test_the_value_kept_last_is_read_and_an_earlier_commitment_still_opens(kept: Any) -> None:
    first = keep(kept.store)["phone"]
    second = keep(kept.store, {"phone": "00000000002"})["phone"]

    with kept.store.desk(system(CELL)) as desk:
        assert personal.read(desk, PERSON, ["phone"]) == {"phone": Personal("00000000002")}
        assert personal.reveal(desk, PERSON, first) == Personal("00000000001")
        assert personal.reveal(desk, PERSON, second) == Personal("00000000002")


def test_keeping_the_same_value_twice_gives_the_same_commitment(kept: Any) -> None:
    assert keep(kept.store) == keep(kept.store)
    assert kept.fetch("SELECT count(*) FROM personal") == [(2,)]


def test_a_field_never_kept_is_left_out(kept: Any) -> None:
    keep(kept.store)

    assert read(kept.store, "address") == {}


def test_a_commitment_of_somebody_else_reveals_nothing(kept: Any) -> None:
    made = keep(kept.store)["name"]

    with kept.store.desk(system(CELL)) as desk, pytest.raises(NotFound):
        personal.reveal(desk, "person_lin", made)


def test_a_cipher_moved_to_another_person_does_not_open(kept: Any) -> None:
    keep(kept.store)
    with kept.store.desk(system(CELL)) as desk:
        values = {"name": "林样本"}
        personal.keep(desk, "person_lin", values, scope=SCOPE, basis="PIPL §13(3)")
    kept.alter("UPDATE personal SET person = 'person_jiang' WHERE person = 'person_lin'")

    with pytest.raises(NoMasterKey):
        read(kept.store, "name")


def test_another_county_sees_neither_values_nor_keys(kept: Any) -> None:
    keep(kept.store)

    with kept.store.desk(system("330106")) as desk:
        assert personal.read(desk, PERSON, ["name"]) == {}
        assert desk.rows.all("SELECT * FROM personal_key") == []


def test_after_shredding_reads_say_erased_and_key_and_cipher_are_gone(kept: Any) -> None:
    made = keep(kept.store)
    erased = shred(kept.store)

    assert erased == Erased(on=kept.clock.now())
    assert read(kept.store) == {"name": erased, "phone": erased}
    with kept.store.desk(system(CELL)) as desk:
        assert personal.reveal(desk, PERSON, made["name"]) == erased
    assert kept.fetch("SELECT count(*) FROM personal_key") == [(0,)]
    assert kept.fetch("SELECT count(*) FROM personal WHERE cipher IS NOT NULL") == [(0,)]


def test_somebody_erased_may_come_back_and_the_old_values_stay_erased(kept: Any) -> None:
    old = keep(kept.store)["name"]
    erased = shred(kept.store)

    keep(kept.store, {"name": "江示例"})

    assert read(kept.store, "name") == {"name": Personal("江示例")}
    with kept.store.desk(system(CELL)) as desk:
        assert personal.reveal(desk, PERSON, old) == erased


def test_statutory_retention_outranks_erasure_and_names_the_date(kept: Any) -> None:
    until = kept.clock.now() + timedelta(days=365)
    keep(kept.store, keep_until=until)

    with pytest.raises(StillKept) as refused:
        shred(kept.store)
    assert refused.value.slots() == {"until": until}
    assert read(kept.store, "name") == {"name": Personal("江示例")}

    kept.clock.turn(days=365)
    assert isinstance(shred(kept.store), Erased)


def test_retention_is_never_shortened_by_keeping_again(kept: Any) -> None:
    keep(kept.store, keep_until=kept.clock.now() + timedelta(days=365))
    keep(kept.store, keep_until=kept.clock.now() + timedelta(days=1))
    keep(kept.store)
    kept.clock.turn(days=30)

    with pytest.raises(StillKept):
        shred(kept.store)


def test_shredding_somebody_unknown_is_refused(kept: Any) -> None:
    with pytest.raises(NotFound):
        shred(kept.store)


def test_shredding_takes_names_out_of_search_and_leaves_the_rest(kept: Any) -> None:
    keep(kept.store)
    with kept.store.desk(system(CELL)) as desk:
        texts = ["海门港 清运", Personal("江示例")]
        search.index(desk, "case", "case_1", scope=SCOPE, texts=texts, person=PERSON)
    with kept.store.desk(system(CELL)) as desk:
        assert [one.key for one in search.find(desk, "示例", ["case"])] == ["case_1"]

    shred(kept.store)

    with kept.store.desk(Subject(person="person_wang", cell=CELL, reach="identity")) as desk:
        assert search.find(desk, "示例", ["case"]) == []
        assert [one.key for one in search.find(desk, "海门港", ["case"])] == ["case_1"]


def test_a_blind_hash_finds_whatever_the_spacing_and_width(kept: Any) -> None:
    with kept.store.desk(system(CELL)) as desk:
        plain = personal.blind(desk, "id_card", "33100219000101000X")
        loose = personal.blind(desk, "id_card", " 331002 19000101 ０００x ")
        other_field = personal.blind(desk, "phone", "33100219000101000X")

    assert plain == loose
    assert plain != other_field
    assert len(plain) == 64


def test_counties_do_not_share_blind_hashes(kept: Any) -> None:
    with kept.store.desk(system(CELL)) as desk:
        here = personal.blind(desk, "phone", "1")
    with kept.store.desk(system("330106")) as desk:
        there = personal.blind(desk, "phone", "1")

    assert here != there


def test_a_lookup_key_rolled_back_is_not_remembered(kept: Any) -> None:
    class Stop(Exception):
        pass

    def look_and_stop() -> None:
        with kept.store.desk(system(CELL)) as desk:
            personal.blind(desk, "phone", "1")
            personal.blind(desk, "phone", "1")
            raise Stop

    with pytest.raises(Stop):
        look_and_stop()

    with kept.store.desk(system(CELL)) as desk:
        first = personal.blind(desk, "phone", "1")
    with closing(kept.opened(Vault(bytes(range(32))))) as fresh, fresh.desk(system(CELL)) as desk:
        assert personal.blind(desk, "phone", "1") == first


def test_two_first_lookups_at_once_agree_on_one_key(kept: Any) -> None:
    made = []

    def look() -> None:
        with closing(kept.opened(Vault(bytes(range(32))))) as own, own.desk(system(CELL)) as desk:
            made.append(personal.blind(desk, "phone", "1"))

    both = [Thread(target=look) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert len(made) == 2
    assert len(set(made)) == 1


def test_after_the_master_is_changed_everything_still_reads_under_the_new_one(kept: Any) -> None:
    keep(kept.store)
    with kept.store.desk(system(CELL)) as desk:
        hashed = personal.blind(desk, "phone", "00000000001")

    both = Vault(NEW_MASTER, former=(bytes(range(32)),))
    with closing(kept.opened(both)) as store, store.desk(system(CELL)) as desk:
        assert personal.rewrap(desk) == 2
        assert personal.rewrap(desk) == 0

    with closing(kept.opened(Vault(NEW_MASTER))) as store:
        assert read(store, "name") == {"name": Personal("江示例")}
        with store.desk(system(CELL)) as desk:
            assert personal.blind(desk, "phone", "00000000001") == hashed
    with pytest.raises(NoMasterKey):
        read(kept.store, "name")


def test_a_store_without_a_master_key_says_so(kept: Any) -> None:
    with closing(kept.opened(Vault())) as store, pytest.raises(NoMasterKey):
        keep(store)


def test_the_vault_does_not_print_its_keys() -> None:
    assert "\\x" not in repr(Vault(bytes(32), former=(bytes(32),)))
