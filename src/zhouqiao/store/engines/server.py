"""A PostgreSQL one may use, ours or given: how to reach it, its two roles, its databases."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, LiteralString

import psycopg
from psycopg import conninfo, sql

from zhouqiao.store.engines.errors import EngineFailed

OLDEST = 160000  # PostgreSQL 16
DATABASE, OWNER, APP, ENGINE = "zhouqiao", "zhouqiao_owner", "zhouqiao_app", "zhouqiao_engine"
APPLICATION = "zhouqiao"

Admin = psycopg.Connection[tuple[Any, ...]]


def _nothing() -> None:
    """Leave alone what somebody else started."""


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL, and the database of it that is ours.

    `owner_dsn` migrates, seeds and clones (no superuser: BYPASSRLS, CREATEDB, CREATEROLE);
    `app_dsn` is the role under row-level security that commands run as; `engine_dsn` the one that
    reads every cell to work off reactions. `admin_dsn` is the superuser of an embedded server
    (None for a given one), `pid` its postmaster. `attached`: somebody else started it.
    """

    owner_dsn: str
    app_dsn: str
    engine_dsn: str
    admin_dsn: str | None = None
    pid: int | None = None
    attached: bool = False
    stop: Callable[[], None] = _nothing

    @property
    def database(self) -> str:
        """The database all roles are connected to."""
        return str(conninfo.conninfo_to_dict(self.owner_dsn)["dbname"])

    def within(self, database: str) -> "Server":
        """Return the same server seen from another database of it; stopping that stops nothing."""
        return replace(
            self,
            owner_dsn=_at(self.owner_dsn, database),
            app_dsn=_at(self.app_dsn, database),
            engine_dsn=_at(self.engine_dsn, database),
            attached=True,
            stop=_nothing,
        )


def server_from_dsn(
    owner_dsn: str, password: Callable[[str], str], *, app_dsn: str = "", engine_dsn: str = ""
) -> Server:
    """Join a server that runs elsewhere, version 16 or later.

    Roles without a DSN of their own are made by the owner, with `password(role)` (stable: see
    `kept_secret`). Raises `EngineFailed`: `not_a_dsn`, `unreachable`, `too_old`,
    `may_not_make_roles`, `app_sees_all`.
    """
    owner = _named(owner_dsn)
    with _connected(owner) as db:
        if db.info.server_version < OLDEST:
            raise EngineFailed("postgres", "too_old", f"found {db.info.server_version // 10000}")
        server = Server(
            owner_dsn=owner,
            app_dsn=_named(app_dsn) if app_dsn else _own_login(db, owner, APP, password),
            engine_dsn=_named(engine_dsn)
            if engine_dsn
            else _own_login(db, owner, ENGINE, password),
            attached=True,
        )
    _refuse_an_app_that_sees_all(server.app_dsn)
    return server


def make_template(server: Server, name: str) -> None:
    """Let `name` be cloned, and nobody connect to it any more."""
    with _connected(_at(server.owner_dsn, "postgres")) as db:
        db.execute(_quoted("ALTER DATABASE {} IS_TEMPLATE true ALLOW_CONNECTIONS false", name))


def clone(server: Server, template: str, name: str) -> Server:
    """Copy database `template` to `name`; return the server seen from there.

    By FILE_COPY: 68 ms for 11 MB against 104 by WAL_LOG, without fsync 16 against 100 (2 cores).
    """
    with _connected(_at(server.owner_dsn, "postgres")) as db:
        db.execute(_quoted("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template))
    return server.within(name)


def drop(server: Server, name: str) -> None:
    """Remove database `name`, whoever is connected to it; a template too."""
    with _connected(_at(server.owner_dsn, "postgres")) as db:
        known = db.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
        if known:
            db.execute(_quoted("ALTER DATABASE {} IS_TEMPLATE false", name))
            db.execute(_quoted("DROP DATABASE {} WITH (FORCE)", name))


def prepare(admin_dsn: str) -> None:
    """Make our roles and our database on a server of ours, where they are not yet."""
    with _connected(admin_dsn) as db:
        known = _roles(db)
        if OWNER not in known:
            db.execute(_quoted("CREATE ROLE {} LOGIN CREATEDB CREATEROLE BYPASSRLS", OWNER))
            db.execute(_quoted("GRANT pg_signal_backend, pg_monitor TO {}", OWNER))
        for role in (APP, ENGINE):
            if role not in known:
                db.execute(_quoted("CREATE ROLE {} LOGIN", role))
                db.execute(_quoted("GRANT {} TO {} WITH ADMIN TRUE", role, OWNER))
        db.execute(_quoted("ALTER ROLE {} BYPASSRLS", ENGINE))
        db.execute(_quoted("GRANT {} TO {}", APP, ENGINE))
        if not db.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)).fetchone():
            _make_database(db)
        # A temporary table would hide the one of that name, with its guard.
        db.execute(_quoted("REVOKE TEMPORARY ON DATABASE {} FROM {}", DATABASE, APP))


def _make_database(db: Admin) -> None:
    db.execute(_quoted("CREATE DATABASE {} OWNER {}", DATABASE, OWNER))
    db.execute(_quoted("REVOKE ALL ON DATABASE {} FROM PUBLIC", DATABASE))
    db.execute(_quoted("GRANT CONNECT ON DATABASE {} TO {}", DATABASE, APP))


def _roles(db: Admin) -> set[str]:
    return {name for (name,) in db.execute("SELECT rolname FROM pg_roles").fetchall()}


def _connected(dsn: str) -> Admin:
    try:
        return psycopg.connect(dsn, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as wrong:
        raise EngineFailed("postgres", "unreachable", str(wrong).strip()) from wrong


def _own_login(db: Admin, owner_dsn: str, role: str, password: Callable[[str], str]) -> str:
    """See that `role` exists and may log in with its password; return its DSN."""
    sees: LiteralString = "BYPASSRLS" if role == ENGINE else "NOBYPASSRLS"
    # Hashed on this side, so that no log of the server ever holds it.
    hashed = db.pgconn.encrypt_password(password(role).encode(), role.encode(), b"scram-sha-256")
    try:
        if role not in _roles(db):
            db.execute(_quoted("CREATE ROLE {} LOGIN", role))
        db.execute(_quoted("ALTER ROLE {} LOGIN " + sees, role))
        secret = sql.SQL("ALTER ROLE {} PASSWORD {}")
        db.execute(secret.format(sql.Identifier(role), sql.Literal(hashed.decode())))
    except psycopg.errors.InsufficientPrivilege as wrong:
        need = f"as superuser: ALTER ROLE {db.info.user} CREATEROLE BYPASSRLS CREATEDB;"
        raise EngineFailed("postgres", "may_not_make_roles", f"{wrong}\n{need}") from wrong
    return conninfo.make_conninfo(owner_dsn, user=role, password=password(role))


def _refuse_an_app_that_sees_all(app_dsn: str) -> None:
    ask = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    with _connected(app_dsn) as db:
        if db.execute(ask).fetchone() != (False,):
            said = f"{db.info.user} is above row-level security"
            raise EngineFailed("postgres", "app_sees_all", said)


def _at(dsn: str, database: str) -> str:
    return conninfo.make_conninfo(dsn, dbname=database)


def _named(dsn: str) -> str:
    try:
        return conninfo.make_conninfo(dsn, application_name=APPLICATION)
    except psycopg.ProgrammingError as wrong:
        raise EngineFailed("postgres", "not_a_dsn", str(wrong).strip()) from wrong


def _quoted(statement: LiteralString, *names: str) -> sql.Composed:
    return sql.SQL(statement).format(*map(sql.Identifier, names))
