"""Rows of cases and shapes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from zhouqiao.base import decode, encode
from zhouqiao.flow.case.errors import NoSuchCase, NoSuchProcedure
from zhouqiao.flow.case.facts import CaseId
from zhouqiao.flow.case.model import (
    Asked,
    Case,
    CaseLine,
    Hand,
    Running,
    ShapeSpec,
    Signed,
)
from zhouqiao.store import Desk, Row, search


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of a case that live in one JSON text of its row."""

    clocks: tuple[Running, ...] = ()
    hands: tuple[Hand, ...] = ()
    signed: dict[str, tuple[Signed, ...]] = {}
    record: dict[str, Any] = {}
    shown: dict[str, dict[str, Any]] = {}
    appeals: int = 0


COLUMNS = (
    "id, code, cell, scope, person, unit, pack, procedure, shape, matter, matter_version, "
    "headline, "
    "state, phase, nth, opened_by, opened_at, entered, event, parent, lon, lat, kept"
)
ADD = f"""
INSERT INTO cases ({COLUMNS}, due_at, due_kind)
VALUES (%(id)s, %(code)s, %(cell)s, %(scope)s, %(person)s, %(unit)s, %(pack)s, %(procedure)s,
        %(shape)s, %(matter)s, %(matter_version)s, %(headline)s, %(state)s, %(phase)s, %(nth)s,
        %(opened_by)s, %(opened_at)s, %(entered)s, %(event)s, %(parent)s, %(lon)s, %(lat)s,
        %(kept)s, %(due_at)s, %(due_kind)s)
"""
PUT = """
UPDATE cases SET scope = %(scope)s, unit = %(unit)s, state = %(state)s, phase = %(phase)s,
       nth = %(nth)s, entered = %(entered)s, kept = %(kept)s, due_at = %(due_at)s,
       due_kind = %(due_kind)s
WHERE id = %(id)s
"""


def get(desk: Desk, case: str, *, lock: bool = False) -> Case:
    """Return a case; with `lock`, nobody else may change it meanwhile. Raises `NoSuchCase`."""
    sql = f"SELECT {COLUMNS} FROM cases WHERE id = %s"
    row = desk.rows.one(sql + (" FOR UPDATE" if lock else ""), (str(case),))
    if row is None:
        raise NoSuchCase(str(case))
    return case_of(row)


def get_many(desk: Desk, cases: Sequence[str]) -> list[Case]:
    """Return those of the cases the subject may see."""
    rows = desk.rows.all(
        f"SELECT {COLUMNS} FROM cases WHERE id = ANY(%s)",
        ([str(case) for case in cases],),
    )
    return [case_of(row) for row in rows]


def of_event(desk: Desk, event: str) -> Case | None:
    """Return the first case opened for an event, if any."""
    row = desk.rows.one(
        f"SELECT {COLUMNS} FROM cases WHERE cell = %s AND event = %s ORDER BY opened_at LIMIT 1",
        (desk.cell, event),
    )
    return None if row is None else case_of(row)


def children(desk: Desk, parent: str) -> list[Case]:
    """Return the cases split off one."""
    rows = desk.rows.all(
        f"SELECT {COLUMNS} FROM cases WHERE cell = %s AND parent = %s ORDER BY id",
        (desk.cell, parent),
    )
    return [case_of(row) for row in rows]


LINE = (
    "id, code, scope, pack, procedure, shape, headline, state, phase, person, unit, opened_at, "
    "due_at, due_kind, lon, lat"
)
NARROW = {
    "procedure": "procedure = %(procedure)s",
    "state": "state = %(state)s",
    "person": "person = %(person)s",
    "unit": "unit = %(unit)s",
    "scope": "scope >= %(scope)s AND scope < %(scope_end)s",
    "due_before": "due_at < %(due_before)s",
    "before": "opened_at < %(before)s",
}


def lines(desk: Desk, asked: Asked) -> list[CaseLine]:
    """Return the cases asked for, as lists show them."""
    given = {name: getattr(asked, name) for name in NARROW if getattr(asked, name) is not None}
    where = ["cell = %(cell)s", *(NARROW[name] for name in given)]
    if asked.open_only:
        where.append("phase <> 'closed'")
    if _only_own(desk, asked):
        where.append("person = %(me)s")
    by_due = "due_at NULLS LAST" if asked.open_only else "due_at"
    order = by_due if asked.sort == "due" else "opened_at DESC"
    rows = desk.rows.all(
        f"SELECT {LINE} FROM cases WHERE {' AND '.join(where)} "
        f"ORDER BY {order} LIMIT %(limit)s",
        given
        | {
            "cell": desk.cell, "limit": asked.limit,
            "scope_end": (asked.scope or "") + "\U0010ffff", "me": desk.subject.person,
        },
    )  # fmt: skip
    return [CaseLine(**row | {"id": CaseId(row["id"])}) for row in rows]


def _only_own(desk: Desk, asked: Asked) -> bool:
    """Say whether all they could see of it is what is about themself: then its index serves.

    Row-level security says the same, but only after reading row by row.
    """
    reach = desk.subject.reach
    apart = reach is None or (
        asked.scope is not None
        and not asked.scope.startswith(reach)
        and not reach.startswith(asked.scope)
    )
    return apart and desk.subject.unit is None


def lines_of(desk: Desk, ids: Sequence[str]) -> list[CaseLine]:
    """Return those of the cases the subject may see, as lists show them."""
    rows = desk.rows.all(
        f"SELECT {LINE} FROM cases WHERE id = ANY(%s)",
        (list(ids),),
    )
    return [CaseLine(**row | {"id": CaseId(row["id"])}) for row in rows]


def open_by_shape(desk: Desk) -> dict[str, int]:
    """Return how many open cases run by each shape."""
    rows = desk.rows.all(
        "SELECT shape, count(*) AS n FROM cases WHERE cell = %s AND phase <> 'closed' GROUP BY 1",
        (desk.cell,),
    )
    return {row["shape"]: row["n"] for row in rows}


def add(desk: Desk, case: Case, due: tuple[datetime, str] | None) -> None:
    """Write a new case, and let it be found by its code and headline."""
    desk.rows.later(ADD, _params(case, due))
    index(desk, case)


def index(desk: Desk, case: Case) -> None:
    """Let a case be found by those who may see it, its unit among them: again once that changed."""
    search.index(
        desk, "case", case.id, scope=case.scope, person=case.person, unit=case.unit,
        texts=(case.code, case.headline), at=case.opened_at,
    )  # fmt: skip


def put(desk: Desk, case: Case, due: tuple[datetime, str] | None) -> None:
    """Write a case back."""
    desk.rows.later(PUT, _params(case, due))


def next_number(desk: Desk) -> int:
    """Return a number no case of this database has."""
    row = desk.rows.one("SELECT nextval('case_number') AS number")
    assert row is not None  # noqa: S101 - nextval always answers
    number: int = row["number"]
    return number


def shape(desk: Desk, mark: str) -> ShapeSpec:
    """Return a shape by its content hash. Raises `NoSuchProcedure`."""
    row = desk.rows.one("SELECT body FROM shape WHERE hash = %s", (mark,))
    if row is None:
        raise NoSuchProcedure(mark)
    return decode(row["body"], ShapeSpec)


def cited(desk: Desk) -> list[tuple[str, str, str, int]]:
    """Return (key, pack, version hash, cases) of all that cases not closed yet call upon."""
    rows = desk.rows.all(
        "SELECT shape.hash, shape.body, count(*) AS n FROM cases JOIN shape ON shape.hash = "
        "cases.shape WHERE cases.phase <> 'closed' GROUP BY shape.hash, shape.body"
    )
    shapes = [(row["hash"], decode(row["body"], ShapeSpec), row["n"]) for row in rows]
    return [(key, body.pack, mark, n) for mark, body, n in shapes for key in body.cites]


def keep_shape(desk: Desk, mark: str, body: ShapeSpec, at: datetime) -> None:
    """Write a shape, once."""
    desk.rows.later(
        "INSERT INTO shape (hash, pack, procedure, body, loaded_at) VALUES (%s, %s, %s, %s, %s) "
        "ON CONFLICT DO NOTHING",
        (mark, body.pack, body.procedure, encode(body).decode(), at),
    )


def case_of(row: Row) -> Case:
    """Turn a row into a case."""
    kept = decode(row["kept"], Kept)
    lon, lat = row["lon"], row["lat"]
    return Case(
        id=CaseId(row["id"]), code=row["code"], cell=row["cell"], scope=row["scope"],
        person=row["person"], unit=row["unit"], pack=row["pack"], procedure=row["procedure"],
        shape=row["shape"], matter=row["matter"], matter_version=row["matter_version"],
        headline=row["headline"], state=row["state"], phase=row["phase"], nth=row["nth"],
        opened_by=row["opened_by"], opened_at=row["opened_at"], entered=row["entered"],
        event=row["event"], parent=row["parent"] and CaseId(row["parent"]),
        clocks=kept.clocks, hands=kept.hands, signed=kept.signed, record=kept.record,
        shown=kept.shown, appeals=kept.appeals, point=None if lon is None else (lon, lat),
    )  # fmt: skip


def _params(case: Case, due: tuple[datetime, str] | None) -> dict[str, object]:
    kept = Kept(
        clocks=case.clocks, hands=case.hands, signed=case.signed, record=case.record,
        shown=case.shown, appeals=case.appeals,
    )  # fmt: skip
    at, kind = due or (None, None)
    lon, lat = case.point or (None, None)
    return {
        "id": str(case.id), "code": case.code, "cell": case.cell, "scope": case.scope,
        "person": case.person, "unit": case.unit, "pack": case.pack, "procedure": case.procedure,
        "shape": case.shape, "matter": case.matter, "matter_version": case.matter_version,
        "headline": case.headline, "state": case.state, "phase": case.phase, "nth": case.nth,
        "opened_by": case.opened_by, "opened_at": case.opened_at, "entered": case.entered,
        "event": case.event, "parent": case.parent and str(case.parent), "lon": lon, "lat": lat,
        "kept": encode(kept).decode(), "due_at": at, "due_kind": kind,
    }  # fmt: skip
