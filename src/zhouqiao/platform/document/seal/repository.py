"""Rows ↔ keys."""

from collections.abc import Iterable

import msgspec

from zhouqiao.platform.document.seal.keys import PublicKey, WrappedKey
from zhouqiao.store import Desk


class Keys:
    """Keys of the desk's cell."""

    def __init__(self, desk: Desk) -> None:
        self._rows = desk.rows
        self._cell = desk.cell

    def add(self, key: PublicKey, scope: str, secret: bytes | None = None) -> bool:
        """Write a key; False if the holder already has one of that profile."""
        done = self._rows.run(
            "INSERT INTO public_key (id, cell, scope, holder, profile, level, public, since) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            (
                key.id, self._cell, scope, key.holder, key.profile.value, key.level.value,
                key.public, key.since,
            ),
        )  # fmt: skip
        if done and secret is not None:
            self._rows.later(
                "INSERT INTO signing_key (id, cell, scope, secret) VALUES (%s, %s, %s, %s)",
                (key.id, self._cell, scope, secret),
            )
        return bool(done)

    def named(self, ids: Iterable[str]) -> dict[str, PublicKey]:
        """Return these public keys, by id."""
        wanted = sorted(set(ids))
        if not wanted:
            return {}
        rows = self._rows.all(
            "SELECT id, holder, profile, level, public, since, until FROM public_key "
            "WHERE cell = %s AND id = ANY(%s)",
            (self._cell, wanted),
        )
        return {row["id"]: msgspec.convert(row, PublicKey) for row in rows}

    def published(self) -> tuple[PublicKey, ...]:
        """Return every key that ever sealed a paper here: what an offline verifier trusts."""
        rows = self._rows.all(
            "SELECT id, holder, profile, level, public, since, until FROM public_key "
            "WHERE cell = %s AND level <> 'device' ORDER BY id",
            (self._cell,),
        )
        return tuple(msgspec.convert(row, PublicKey) for row in rows)

    def wrapped(self) -> list[WrappedKey]:
        """Return the wrapped keys, for the platform itself."""
        rows = self._rows.all(
            "SELECT p.id, p.holder, p.profile, p.level, p.public, p.since, p.until, s.secret "
            "FROM public_key p JOIN signing_key s ON s.id = p.id WHERE p.cell = %s",
            (self._cell,),
        )
        return [
            WrappedKey(secret=row.pop("secret"), public=msgspec.convert(row, PublicKey))
            for row in rows
        ]
