"""Laws of sealing, of commitments and of search."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from string import ascii_lowercase, digits

import msgspec
import psycopg
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from zhouqiao.base import Personal
from zhouqiao.store import Envelope, FactId, Vault, merkle, personal
from zhouqiao.store.engines import EmbeddedPostgres, temporary_folder
from zhouqiao.store.grams import Space, folded, query_of, words_of
from zhouqiao.store.seal import FIELDS, entry
from zhouqiao.store.vault import NoMasterKey, lock, unlock

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NOON = datetime(2026, 10, 14, 4, tzinfo=UTC)
text = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
hashes = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=70)
moments = st.integers(0, 2**52).map(lambda n: EPOCH + timedelta(microseconds=n))
small, large = st.integers(0, 2**15 - 1), st.integers(1, 2**62)


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """A PostgreSQL to ask, with nothing in it."""
    with temporary_folder(fleeting=True) as folder:
        engine = EmbeddedPostgres(folder / "pg", durable=False)
        yield engine.start().owner_dsn
        engine.stop()


@given(hashes, st.data())
def test_every_leaf_of_every_tree_is_proved(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))

    shown = merkle.path(leaves, index)

    top = merkle.root(leaves)
    assert merkle.root_by_path(leaves[index], index, len(leaves), shown) == top


@given(hashes, st.data())
def test_no_other_leaf_has_the_same_root(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    other = data.draw(st.binary(min_size=32, max_size=32))
    assume(other != leaves[index])

    assert merkle.root([*leaves[:index], other, *leaves[index + 1 :]]) != merkle.root(leaves)


@st.composite
def envelopes(draw: st.DrawFn) -> Envelope:
    return Envelope(
        seq=draw(large), xid=1, id=FactId("fact_" + draw(st.text("0123456789abcdef", max_size=9))),
        cell=draw(text), scope=draw(text), kind=draw(text), version=draw(small), about=draw(text),
        person=draw(st.none() | text), happened_at=draw(moments), recorded_at=draw(moments),
        by=draw(text), cause=draw(st.none() | st.just(FactId("fact_x"))), hops=draw(small),
        body=msgspec.Raw(draw(text).encode()),
    )  # fmt: skip


@given(envelopes(), envelopes())
def test_two_facts_that_differ_anywhere_are_hashed_from_different_bytes(
    one: Envelope, two: Envelope
) -> None:
    def told(fact: Envelope) -> list[object]:
        return [
            bytes(value) if name == "body" else value
            for name, _ in FIELDS
            for value in [getattr(fact, name)]
        ]

    assert (entry(one) == entry(two)) == (told(one) == told(two))


def test_a_fact_is_hashed_from_the_bytes_postgresql_sends(database: str) -> None:
    with psycopg.connect(database) as connection:

        @settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
        @given(envelopes())
        def same(fact: Envelope) -> None:
            values = [
                bytes(fact.body).decode() if name == "body" else getattr(fact, name)
                for name, _ in FIELDS
            ]
            types = {20: "bigint", 21: "smallint", 25: "text", 1184: "timestamptz"}
            row = ", ".join(f"%s::text::{types[oid]}" for _, oid in FIELDS)
            found = connection.execute(
                f"SELECT record_send(ROW({row}))", [_said(v) for v in values]
            )
            assert found.fetchone() == (entry(fact),)

        same()


def _said(value: object) -> str | None:
    return (
        value.isoformat() if isinstance(value, datetime) else None if value is None else str(value)
    )


# Commitments and locks.

fields = st.text(min_size=1, max_size=12)
salts = st.binary(min_size=32, max_size=32)


@given(fields, text, salts)
def test_a_commitment_verifies_with_its_salt(field: str, value: str, salt: bytes) -> None:
    assert personal.commit(field, value, salt) == personal.commit(field, value, salt)


@given(fields, text, salts, salts)
def test_without_the_salt_the_right_guess_does_not_show(
    field: str, value: str, salt: bytes, other: bytes
) -> None:
    assume(salt != other)

    assert personal.commit(field, value, salt) != personal.commit(field, value, other)


@given(st.tuples(fields, text), st.tuples(fields, text), salts)
def test_different_values_or_fields_have_different_commitments(
    one: tuple[str, str], two: tuple[str, str], salt: bytes
) -> None:
    same = personal.commit(*one, salt).digest == personal.commit(*two, salt).digest
    assert same == (one == two)


keys = st.binary(min_size=32, max_size=32)
nonces = st.binary(min_size=12, max_size=12)


@given(keys, keys, nonces, st.binary(max_size=99), text, text)
def test_a_lock_opens_with_its_key_at_its_place_and_not_otherwise(
    key: bytes, other: bytes, nonce: bytes, value: bytes, place: str, elsewhere: str
) -> None:
    locked = lock(key, value, place, nonce)
    assert unlock(key, locked, place) == value
    for wrong_key, wrong_place in ((other, place), (key, elsewhere)):
        if (wrong_key, wrong_place) != (key, place):
            with pytest.raises(NoMasterKey):
                unlock(wrong_key, locked, wrong_place)


@given(keys, keys, keys, nonces)
def test_a_key_wrapped_under_one_master_opens_under_no_other(
    master: bytes, other: bytes, key: bytes, nonce: bytes
) -> None:
    assume(master != other)
    wrapped = Vault(master).wrap(key, "p", nonce)

    assert Vault(other, former=(master,)).unwrap(wrapped, "p") == key
    with pytest.raises(NoMasterKey):
        Vault(other).unwrap(wrapped, "p")


# Search: what PostgreSQL says of our words and queries, beside plain substring.

letters = st.text("江示例林样本海门港渔浙0123abxyＡ１ ，/", max_size=24)


def test_a_word_is_found_exactly_where_its_characters_stand(database: str) -> None:
    space = Space("331002", "case", bytes(32))
    with psycopg.connect(database) as connection:

        @settings(max_examples=500, suppress_health_check=[HealthCheck.too_slow], deadline=None)
        @given(st.lists(letters, min_size=1, max_size=3), st.booleans(), st.data())
        def agrees(texts: list[str], hidden: bool, data: st.DataObject) -> None:  # noqa: FBT001
            whole = folded(data.draw(st.sampled_from(texts)))
            start = data.draw(st.integers(0, len(whole)))
            end = data.draw(st.integers(start, min(len(whole), start + 8)))
            asked = data.draw(st.just(whole[start:end]) | letters.map(lambda t: t[:6]))
            word = "".join(char for char in folded(asked) if char.isalnum())
            if not _is_searchable(word):
                return

            given_texts = [Personal(one) for one in texts] if hidden else texts
            held = words_of(space, given_texts, "marine/331002001", NOON)
            found = connection.execute(
                "SELECT %s::tsvector @@ %s::tsquery", (held, " & ".join(query_of(space, word)))
            ).fetchone()

            assert found == (any(word in folded(one) for one in texts),)

        agrees()


def _is_searchable(word: str) -> bool:
    """Say whether it is found anywhere: one sign, or two Latin in front, only begin."""
    return len(word) > 1 and len(word) - len(word.lstrip(ascii_lowercase + digits)) != 2


def test_hashes_stay_what_they_were() -> None:
    """An index written yesterday is asked tomorrow: the lexemes are part of the format."""
    assert Space("331002", "case").plain("江示") == "2823681a"
    assert Space("331002", "case", bytes(32)).keyed("江示") == "cacc974c"
