"""Bring a database forward: every migration once, in order, and never a changed one."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import psycopg


@dataclass(frozen=True)
class Migration:
    """One forward step: `name` is `<module>/<file>`, `text` its SQL."""

    name: str
    text: str

    @property
    def mark(self) -> str:
        """The content's SHA-256, by which an edited migration is found."""
        return hashlib.sha256(self.text.encode()).hexdigest()


class MigrationEdited(Exception):
    """A migration already applied has been changed since; write a new one instead."""


def migrate(owner_dsn: str, steps: Sequence[Migration]) -> list[str]:
    """Apply what is new, each in its own transaction; return the names applied.

    Raises `MigrationEdited` when an applied step no longer has the content it had.
    """
    with psycopg.connect(owner_dsn, autocommit=True) as owner:
        _prepare(owner)
        done: dict[str, str] = dict(owner.execute("SELECT name, mark FROM migration").fetchall())
        applied = []
        for step in steps:
            if step.name not in done:
                _apply(owner, step)
                applied.append(step.name)
            elif done[step.name] != step.mark:
                raise MigrationEdited(step.name)
        return applied


def _prepare(owner: psycopg.Connection) -> None:
    owner.execute("CREATE SCHEMA IF NOT EXISTS zhouqiao")
    owner.execute("GRANT USAGE ON SCHEMA zhouqiao TO zhouqiao_app, zhouqiao_engine")
    owner.execute("SET search_path = zhouqiao, public")
    owner.execute(
        "CREATE TABLE IF NOT EXISTS migration "
        "(name text PRIMARY KEY, mark text NOT NULL, at timestamptz NOT NULL DEFAULT now())"
    )


def _apply(owner: psycopg.Connection, step: Migration) -> None:
    with owner.transaction():
        owner.execute("SET LOCAL search_path = zhouqiao, public")
        owner.execute(step.text.encode())
        owner.execute("INSERT INTO migration (name, mark) VALUES (%s, %s)", (step.name, step.mark))
