"""Rows of identity; every read is held by row-level security to the subject of its desk."""

from dataclasses import dataclass
from typing import TypeVar

import msgspec

from zhouqiao.platform.identity.model import (
    BEIJING,
    Body,
    Certificate,
    CertificateId,
    Holder,
    PersonId,
    Post,
    PostId,
)
from zhouqiao.platform.identity.session.model import Account, Tries
from zhouqiao.store import Desk, Row

T = TypeVar("T", bound=msgspec.Struct)

BODY = "body AS id, key, name, uscc, level, division, kind"
POST = "p.post AS id, p.body, p.key, p.role, p.area, p.matter, p.breadth, p.closed_at"
HELD = (
    "post_holder h JOIN post p USING (post) WHERE h.cell = %s AND h.until IS NULL "
    "AND p.closed_at IS NULL"
)
CERTIFICATE = "certificate AS id, person, kind, number, issuer, valid_from, valid_to, withdrawn_at"
ACCOUNT = "account AS id, person, login, secret, must_change, changed_at"


def _read(kind: type[T], row: Row | None) -> T | None:
    """Turn a row whose columns are the fields of `kind` into it; ids and enums find their type."""
    if row is None:
        return None
    return msgspec.convert(row, kind, strict=False, dec_hook=lambda of, raw: of(raw))


@dataclass(frozen=True)
class Kept:
    """How rows of identity are written and read, in the desk's transaction."""

    desk: Desk

    def _one(self, kind: type[T], columns: str, rest: str, *params: object) -> T | None:
        """Read the first row of this cell; `rest` begins with the table and `WHERE … AND`."""
        return _read(kind, self.desk.rows.one(f"SELECT {columns} FROM {rest}", params))

    def _all(self, kind: type[T], columns: str, rest: str, *params: object) -> list[T]:
        """Read rows; see `_one`."""
        found = self.desk.rows.all(f"SELECT {columns} FROM {rest}", params)
        return [one for row in found if (one := _read(kind, row)) is not None]


class Identities(Kept):
    """Everything kept of persons, bodies, posts and accounts."""

    def add_person(self, person: PersonId, scope: str) -> None:
        """Keep a new person."""
        self.desk.rows.add("person", person=person, scope=scope, registered_at=self.desk.now())

    def add_key(self, person: str, field: str, blind: str, scope: str) -> bool:
        """Keep by what a person is found; say whether it was free (an id card is one person's)."""
        return self.desk.rows.add(
            "person_key", scope=scope, person=person, field=field, blind=blind
        )

    def drop_key(self, person: str, field: str) -> None:
        """Forget by what a person was found."""
        self.desk.rows.run(
            "DELETE FROM person_key WHERE cell = %s AND person = %s AND field = %s",
            (self.desk.cell, person, field),
        )

    def by_key(self, field: str, blind: str) -> list[PersonId]:
        """Return who is found by that keyed hash."""
        found = self.desk.rows.all(
            "SELECT person FROM person_key WHERE cell = %s AND field = %s AND blind = %s "
            "ORDER BY person",
            (self.desk.cell, field, blind),
        )
        return [PersonId(row["person"]) for row in found]

    def add_body(self, body: Body, scope: str) -> bool:
        """Keep a body; say whether its key was free."""
        told = msgspec.structs.asdict(body)
        return self.desk.rows.add("body", body=told.pop("id"), scope=scope, **told)

    def body(self, column: str, value: str) -> Body | None:
        """Return the body with that `body` (its id) or `key`."""
        where = {"body": "body = %s", "key": "key = %s"}[column]
        return self._one(Body, BODY, f"body WHERE cell = %s AND {where}", self.desk.cell, value)

    def bodies(self) -> list[Body]:
        """Return every body of the cell, by key."""
        return self._all(Body, BODY, "body WHERE cell = %s ORDER BY key", self.desk.cell)

    def add_post(self, post: Post) -> None:
        """Keep a post."""
        told = msgspec.structs.asdict(post)
        self.desk.rows.add("post", post=told.pop("id"), scope=post.scope, **told)

    def post(self, post: PostId) -> Post | None:
        """Return a post, open or closed."""
        rest = "post p WHERE p.cell = %s AND p.post = %s"
        return self._one(Post, POST, rest, self.desk.cell, post)

    def close_post(self, post: PostId) -> None:
        """Close a post and end every holding of it."""
        now = self.desk.now()
        self.desk.rows.later("UPDATE post SET closed_at = %s WHERE post = %s", (now, post))
        self.desk.rows.later(
            "UPDATE post_holder SET until = %s WHERE post = %s AND until IS NULL", (now, post)
        )

    def add_holder(self, person: PersonId, post: Post) -> bool:
        """Keep who holds a post; say whether they did not already."""
        told = {"since": self.desk.now(), "appointed_by": self.desk.subject.person}
        return self.desk.rows.add(
            "post_holder", scope=post.scope, person=person, post=post.id, **told
        )

    def end_holder(self, person: PersonId, post: PostId) -> bool:
        """End a holding; say whether there was one."""
        ended = self.desk.rows.run(
            "UPDATE post_holder SET until = %s WHERE person = %s AND post = %s AND until IS NULL",
            (self.desk.now(), person, post),
        )
        return ended == 1

    def posts_of(self, person: PersonId) -> list[Post]:
        """Return the open posts a person holds now."""
        rest = f"{HELD} AND h.person = %s ORDER BY h.since, post"
        return self._all(Post, POST, rest, self.desk.cell, person)

    def put_crew(self, person: PersonId, unit: str | None, scope: str) -> None:
        """Keep of which unit's crew a person is."""
        self.desk.rows.run("DELETE FROM crew_member WHERE person = %s", (person,))
        if unit is not None:
            since = self.desk.now()
            self.desk.rows.add("crew_member", scope=scope, person=person, unit=unit, since=since)

    def crew_of(self, unit: str) -> list[PersonId]:
        """Return who crews a unit, longest first."""
        sql = "SELECT person FROM crew_member WHERE cell = %s AND unit = %s ORDER BY since, person"
        return [PersonId(row["person"]) for row in self.desk.rows.all(sql, (self.desk.cell, unit))]

    def holders(self, role: str) -> list[Holder]:
        """Return who holds an open post of a role now, by person."""
        rest = f"{HELD} AND p.role = %s ORDER BY h.person, post"
        return self._all(Holder, f"h.person, {POST}", rest, self.desk.cell, role)

    def acting(self, person: PersonId, post: PostId) -> tuple[Post, list[str], str | None] | None:
        """Return an open post held now, the kinds certified today, and the unit crewed."""
        now = self.desk.now()
        row = self.desk.rows.one(
            f"SELECT {POST}, (SELECT unit FROM crew_member WHERE person = h.person) AS unit, "
            "ARRAY(SELECT DISTINCT kind FROM certificate WHERE person = h.person "
            "AND %s BETWEEN valid_from AND valid_to "
            "AND (withdrawn_at IS NULL OR withdrawn_at > %s) ORDER BY kind) AS kinds "
            "FROM post_holder h JOIN post p USING (post) WHERE h.cell = %s AND h.person = %s "
            "AND post = %s AND h.until IS NULL AND p.closed_at IS NULL",
            (now.astimezone(BEIJING).date(), now, self.desk.cell, person, post),
        )
        found = _read(Post, row)
        return None if row is None or found is None else (found, row["kinds"], row["unit"])

    def add_certificate(self, certificate: Certificate, scope: str) -> None:
        """Keep a certificate."""
        told = msgspec.structs.asdict(certificate)
        self.desk.rows.add("certificate", certificate=told.pop("id"), scope=scope, **told)

    def certificate(self, certificate: CertificateId) -> tuple[Certificate | None, str]:
        """Return a certificate, held against others, and its scope."""
        row = self.desk.rows.one(
            f"SELECT {CERTIFICATE}, scope FROM certificate WHERE certificate = %s FOR UPDATE",
            (certificate,),
        )
        return _read(Certificate, row), "" if row is None else str(row["scope"])

    def end_certificate(self, certificate: CertificateId, why: str) -> None:
        """Mark a certificate withdrawn now."""
        self.desk.rows.later(
            "UPDATE certificate SET withdrawn_at = %s, why = %s WHERE certificate = %s",
            (self.desk.now(), why, certificate),
        )

    def certificates_of(self, person: PersonId) -> list[Certificate]:
        """Return a person's certificates, in force or not."""
        rest = "certificate WHERE person = %s ORDER BY kind, valid_from"
        return self._all(Certificate, CERTIFICATE, rest, person)

    def add_account(self, account: Account, scope: str) -> bool:
        """Keep an account; say whether its sign-in name was free."""
        told = msgspec.structs.asdict(account)
        return self.desk.rows.add("account", account=told.pop("id"), scope=scope, **told)

    def account(self, column: str, value: str) -> Account | None:
        """Return the open account with that `login` (keyed hash) or of that `person`."""
        where = {"login": "login = %s", "person": "person = %s"}[column]
        rest = f"account WHERE cell = %s AND {where} AND closed_at IS NULL"
        return self._one(Account, ACCOUNT, rest, self.desk.cell, value)

    def set_secret(self, account: Account) -> None:
        """Keep a new secret."""
        self.desk.rows.run(
            "UPDATE account SET secret = %s, must_change = %s, changed_at = %s WHERE account = %s",
            (account.secret, account.must_change, account.changed_at, account.id),
        )

    def tries(self, login: str, scope: str) -> Tries:
        """Return the wrong tries for a name, held against every other try for it."""
        self.desk.rows.add("sign_in_tries", scope=scope, login=login)
        rest = "sign_in_tries WHERE cell = %s AND login = %s FOR UPDATE"
        columns = "login, failures, last_at, locked_until"
        return self._one(Tries, columns, rest, self.desk.cell, login) or Tries(login=login)

    def put_tries(self, tries: Tries) -> None:
        """Keep the wrong tries for a name."""
        self.desk.rows.later(
            "UPDATE sign_in_tries SET failures = %s, last_at = %s, locked_until = %s "
            "WHERE cell = %s AND login = %s",
            (tries.failures, tries.last_at, tries.locked_until, self.desk.cell, tries.login),
        )

    def forget_tries(self, login: str) -> None:
        """Forget the wrong tries for a name."""
        self.desk.rows.later(
            "DELETE FROM sign_in_tries WHERE cell = %s AND login = %s", (self.desk.cell, login)
        )
