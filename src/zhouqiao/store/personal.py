"""Values about a person: locked under a key of their own, committed to in facts, and shredded.

Each person has a data key, wrapped under the master (`Vault`). A value is locked together with
a salt of 32 bytes; a fact carries only `Commitment`, the SHA-256 over salt, field and value.
Shredding destroys the data key, every cipher and with it every salt: nothing left can open a
value or confirm a guess of it. A copy of the database made before still holds both: keep it no
longer than the law lets you, or change the master (`rewrap`) and destroy the former one.

Purpose and logging are `platform.access`'s business: it is the only caller of `read`.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar

import msgspec

from zhouqiao.base import NotFound, Personal, Refusal
from zhouqiao.store.desk import Desk, Row
from zhouqiao.store.vault import KEY, NONCE, lock, unlock

SALT = 32
GRADE = 3  # where none is said: Personal's own


class StillKept(Refusal):
    """A law asks that these values be kept until `until`; erasing has to wait."""

    code: ClassVar[str] = "personal.still_kept"

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


class Commitment(msgspec.Struct, frozen=True, kw_only=True):
    """What a fact says about a personal value: `digest` is SHA-256 in hex over salt and value."""

    digest: str
    field: str


class Erased(msgspec.Struct, frozen=True, kw_only=True):
    """Stands where a personal value was until `on`."""

    on: datetime


def keep(
    desk: Desk,
    person: str,
    values: Mapping[str, str | Personal[str]],
    *,
    scope: str,
    basis: str,
    keep_until: datetime | None = None,
) -> dict[str, Commitment]:
    """Lock values about a person; return what facts may carry instead, by field.

    `basis` names the law or consent (PIPL §13) and `keep_until` the end of statutory retention.
    The value kept last is the one read; earlier ones still open for facts that committed to them.
    Keeping the same value twice gives the same commitment.
    """
    key = _key_of(desk, person, scope)
    present = _present_rows(desk, person, list(values))
    found = {}
    for name, given in values.items():
        value = given if isinstance(given, Personal) else Personal(given, GRADE)
        row = present.get(name)
        if row is not None and row["cipher"] and _opened(key, row) == value:
            found[name] = Commitment(digest=row["digest"], field=name)
            _prolong(desk, row["number"], person, keep_until)
        else:
            found[name] = _add(desk, key, person, name, value, (scope, basis, keep_until))
    return found


def read(desk: Desk, person: str, fields: Sequence[str]) -> dict[str, Personal[str] | Erased]:
    """Return the present values by field; a field never kept is left out."""
    rows = _present_rows(desk, person, list(fields))
    if not rows:
        return {}
    key = _existing_key(desk, person)
    return {name: _value_or_mark(key, row) for name, row in rows.items()}


def reveal(desk: Desk, person: str, commitment: Commitment) -> Personal[str] | Erased:
    """Return the value a fact committed to, checked against the commitment. Raises `NotFound`."""
    row = desk.rows.one(
        "SELECT * FROM personal WHERE cell = %s AND person = %s AND field = %s AND digest = %s",
        (desk.cell, person, commitment.field, commitment.digest),
    )
    if row is None:
        raise NotFound("personal", commitment.field)
    return _value_or_mark(_existing_key(desk, person), row)


def commit(field: str, value: str, salt: bytes) -> Commitment:
    """Return the commitment to a value; nobody without the salt can tell whose it is."""
    digest = hashlib.sha256(salt + f"{len(field)}:{field}{value}".encode()).hexdigest()
    return Commitment(digest=digest, field=field)


def blind(desk: Desk, field: str, value: str) -> str:
    """Return a keyed hash by which rows are found on a personal field without holding it.

    Spaces and width do not matter (NFKC), nor do capitals (the X of an id card). HMAC-SHA-256
    under a key of the cell that no rotation of the master changes.
    """
    plain = "".join(unicodedata.normalize("NFKC", value).split()).casefold()
    told = f"{field}\0{plain}".encode()
    return hmac.new(lookup_key(desk), told, hashlib.sha256).hexdigest()


def shred(desk: Desk, person: str) -> Erased:
    """Destroy the person's key, values and salts, and their names in the search index.

    Run it as the platform: an index row the subject cannot see keeps its names. Raises
    `StillKept` while a law asks for one of the values, `NotFound` where nothing was ever kept.
    """
    _lock_key(desk, person)
    kept = desk.rows.one(
        "SELECT count(*) AS n, max(keep_until) FILTER (WHERE erased_at IS NULL) AS until "
        "FROM personal WHERE cell = %s AND person = %s",
        (desk.cell, person),
    ) or {"n": 0}
    if not kept["n"]:
        raise NotFound("person", person)
    if kept["until"] is not None and kept["until"] > desk.now():
        raise StillKept(kept["until"])
    return _destroy(desk, person)


def rewrap(desk: Desk, *, most: int = 10_000) -> int:
    """Wrap keys of this cell under the present master; return how many (0: all are).

    The former master is handed in beside the present one until this returns 0; values, blind
    hashes and commitments stay as they are.
    """
    done = 0
    for table, column in (("personal_key", "person"), ("keyring", "name")):
        done += _rewrap(desk, table, column, most - done)
    return done


def lookup_key(desk: Desk) -> bytes:
    """Return the cell's key for keyed hashes, made at first use. Raises `NoMasterKey`."""
    held = desk.pinned.kept.get(("lookup_key", desk.cell))
    if isinstance(held, Personal):
        return bytes(held.value)
    place = f"{desk.cell}/lookup"
    row = _keyring_row(desk, "lookup") or _new_keyring_row(desk, "lookup", place)
    key = desk.vault.unwrap(bytes(row["wrapped"]), place)
    if row["settled"]:  # else it may be rolled back, and must not be remembered
        desk.pinned.kept["lookup_key", desk.cell] = Personal(key)
    return key


def _key_of(desk: Desk, person: str, scope: str) -> bytes:
    """Return the person's key, made now if there is none; nobody shreds it meanwhile."""
    place = _place(desk, person)
    wrapped = desk.vault.wrap(desk.dice.key(KEY), place, desk.dice.key(NONCE))
    desk.rows.later(
        "INSERT INTO personal_key (cell, scope, person, wrapped) VALUES (%s, %s, %s, %s) "
        "ON CONFLICT DO NOTHING",
        (desk.cell, scope, person, wrapped),
    )
    row = _lock_key(desk, person)
    if row is None:
        raise NotFound("person", person)
    return desk.vault.unwrap(bytes(row["wrapped"]), place)


def _lock_key(desk: Desk, person: str) -> Row | None:
    return desk.rows.one(
        "SELECT wrapped FROM personal_key WHERE cell = %s AND person = %s FOR UPDATE",
        (desk.cell, person),
    )


def _existing_key(desk: Desk, person: str) -> bytes | None:
    row = desk.rows.one(
        "SELECT wrapped FROM personal_key WHERE cell = %s AND person = %s", (desk.cell, person)
    )
    return None if row is None else desk.vault.unwrap(bytes(row["wrapped"]), _place(desk, person))


def _place(desk: Desk, person: str) -> str:
    return f"{desk.cell}/{person}"


def _present_rows(desk: Desk, person: str, fields: list[str]) -> dict[str, Row]:
    rows = desk.rows.all(
        "SELECT DISTINCT ON (field) * FROM personal WHERE cell = %s AND person = %s "
        "AND field = ANY(%s) ORDER BY field, number DESC",
        (desk.cell, person, fields),
    )
    return {row["field"]: row for row in rows}


def _value_or_mark(key: bytes | None, row: Row) -> Personal[str] | Erased:
    if row["cipher"] is None or key is None:
        return Erased(on=row["erased_at"])
    return _opened(key, row)


def _opened(key: bytes, row: Row) -> Personal[str]:
    raw = unlock(key, bytes(row["cipher"]), _value_place(row["cell"], row["person"], row["digest"]))
    salt, value = raw[:SALT], raw[SALT:].decode()
    if commit(row["field"], value, salt).digest != row["digest"]:
        raise ValueError(f"the value kept under {row['digest']} is not the one committed to")
    return Personal(value, row["grade"])


def _value_place(cell: str, person: str, digest: str) -> str:
    return f"{cell}/{person}/{digest}"


def _add(
    desk: Desk,
    key: bytes,
    person: str,
    field: str,
    value: Personal[str],
    terms: tuple[str, str, datetime | None],
) -> Commitment:
    salt = desk.dice.key(SALT)
    made = commit(field, value.value, salt)
    place = _value_place(desk.cell, person, made.digest)
    cipher = lock(key, salt + value.value.encode(), place, desk.dice.key(NONCE))
    scope, basis, keep_until = terms
    desk.rows.later(
        "INSERT INTO personal (cell, scope, person, field, grade, digest, cipher, basis, "
        "keep_until, kept_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        (
            desk.cell, scope, person, field, value.grade, made.digest, cipher, basis,
            keep_until, desk.now(),
        ),
    )  # fmt: skip
    return made


def _prolong(desk: Desk, number: int, person: str, keep_until: datetime | None) -> None:
    """Move the end of retention, never to an earlier day."""
    desk.rows.later(
        "UPDATE personal SET keep_until = greatest(keep_until, %s) "
        "WHERE cell = %s AND person = %s AND number = %s",
        (keep_until, desk.cell, person, number),
    )


def _destroy(desk: Desk, person: str) -> Erased:
    where = (desk.cell, person)
    desk.rows.later("DELETE FROM personal_key WHERE cell = %s AND person = %s", where)
    desk.rows.later(
        "UPDATE personal SET cipher = NULL, erased_at = %s "
        "WHERE cell = %s AND person = %s AND erased_at IS NULL",
        (desk.now(), *where),
    )
    desk.rows.later(
        "UPDATE search_entry SET words = ts_filter(words, '{d}') WHERE cell = %s AND person = %s",
        where,
    )
    return Erased(on=desk.now())


def _rewrap(desk: Desk, table: str, column: str, most: int) -> int:
    rows = desk.rows.all(
        f"SELECT {column} AS name, wrapped FROM {table} WHERE cell = %s "
        "AND substr(wrapped, 1, 4) <> %s ORDER BY 1 LIMIT %s FOR UPDATE",
        (desk.cell, desk.vault.mark, max(most, 0)),
    )
    for row in rows:
        place = f"{desk.cell}/{row['name']}"
        key = desk.vault.unwrap(bytes(row["wrapped"]), place)
        desk.rows.later(
            f"UPDATE {table} SET wrapped = %s WHERE cell = %s AND {column} = %s",
            (desk.vault.wrap(key, place, desk.dice.key(NONCE)), desk.cell, row["name"]),
        )
    return len(rows)


def _keyring_row(desk: Desk, name: str) -> Row | None:
    return desk.rows.one(
        "SELECT wrapped, made_in < pg_snapshot_xmin(pg_current_snapshot()) AS settled "
        "FROM keyring WHERE cell = %s AND name = %s",
        (desk.cell, name),
    )


def _new_keyring_row(desk: Desk, name: str, place: str) -> Row:
    """Make a key, unless another transaction just did: then take theirs."""
    wrapped = desk.vault.wrap(desk.dice.key(KEY), place, desk.dice.key(NONCE))
    desk.rows.run(
        "INSERT INTO keyring (cell, name, wrapped) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
        (desk.cell, name, wrapped),
    )
    row = _keyring_row(desk, name)
    if row is None:
        raise NotFound("key", name)
    return row
