"""Rows of outcomes: papers, grants, what is held back, ratings."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import msgspec

from zhouqiao.base import Id, Money, decode, encode
from zhouqiao.flow.outcome.facts import BatchId
from zhouqiao.flow.outcome.model import BatchMade, Due, Granted, Held, Rated, State
from zhouqiao.platform.document import IssuedPaper
from zhouqiao.store import Desk, Row

GRANT = (
    "id, scope, person, case_id AS case, pack, fund, form, state, yuan, rule, rate_row AS row, "
    "inputs, granted_at, batch, accepted_at, requested_by, settled_at, reason"
)
ADD = """
INSERT INTO outcome_grant (cell, id, scope, person, case_id, pack, fund, form, state, yuan, rule,
       rate_row, inputs, granted_at)
SELECT %(cell)s, id, scope, person, "case", pack, fund, form, state, yuan, rule, "row", inputs,
       granted_at
FROM jsonb_to_recordset(%(rows)s::jsonb)
  AS one(id text, scope text, person text, "case" text, pack text, fund text, form text,
         state text, yuan numeric, rule text, "row" text, inputs text, granted_at timestamptz)
ON CONFLICT (cell, case_id, fund, form) DO NOTHING RETURNING id
"""
BATCH = "id, scope, lines, yuan, made_at, requested_by, signed_by, signed_at"
HOLD = """
INSERT INTO outcome_held (cell, case_id, way, name, form, scope, person, due, why, held_at)
SELECT %(cell)s, case_id, way, name, form, scope, person, due, why, held_at
FROM jsonb_to_recordset(%(rows)s::jsonb)
  AS one(case_id text, way text, name text, form text, scope text, person text, due text,
         why text, held_at timestamptz)
ON CONFLICT (cell, case_id, way, name, form) DO NOTHING RETURNING case_id, way, name, form
"""
Key = tuple[str, str, str, str]


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A paper a case has: `name` in its pack, `kind` `<pack>.<name>`, `form` it stands on."""

    case: str
    name: str
    form: str
    paper: str
    kind: str
    number: str
    issued_at: datetime


def papers(desk: Desk, cases: Sequence[str]) -> list[Paper]:
    """Return the papers of cases, oldest first, in one read."""
    rows = desk.rows.all(
        "SELECT case_id AS case, name, form, paper, kind, number, issued_at FROM outcome_paper "
        "WHERE cell = %s AND case_id = ANY(%s) ORDER BY issued_at, paper",
        (desk.cell, [str(case) for case in cases]),
    )
    return [Paper(**row) for row in rows]


def add_paper(desk: Desk, due: Due, issued: IssuedPaper) -> None:
    """Write that a case has a paper."""
    desk.rows.later(
        "INSERT INTO outcome_paper (cell, case_id, name, form, scope, person, paper, kind, number, "
        "issued_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        (
            desk.cell, str(due.case), due.spec.name, due.form, due.scope, due.person,
            str(issued.id), f"{due.pack}.{due.spec.name}", issued.number, issued.issued_at,
        ),
    )  # fmt: skip


def add_grants(desk: Desk, grants: Sequence[Granted]) -> set[str]:
    """Write grants in one statement; return the names of those that were new."""
    if not grants:
        return set()
    rows = [
        {
            **msgspec.structs.asdict(one), "yuan": one.amount.yuan,
            "inputs": encode(one.inputs).decode(),
        }
        for one in grants
    ]  # fmt: skip
    found = desk.rows.all(ADD, {"cell": desk.cell, "rows": encode(rows).decode()})
    return {row["id"] for row in found}


def grant(desk: Desk, id: str, *, lock: bool = False) -> Granted | None:
    """Return a grant the subject may see."""
    row = desk.rows.one(
        f"SELECT {GRANT} FROM outcome_grant WHERE cell = %s AND id = %s"
        + (" FOR UPDATE" if lock else ""),
        (desk.cell, str(id)),
    )
    return None if row is None else _grant(row)


def grants_of(desk: Desk, *, case: str | None = None, person: str | None = None) -> list[Granted]:
    """Return the grants of a case or a person, newest first."""
    rows = desk.rows.all(
        f"SELECT {GRANT} FROM outcome_grant WHERE cell = %s "
        "AND (%s::text IS NULL OR case_id = %s) AND (%s::text IS NULL OR person = %s) "
        "ORDER BY granted_at DESC, id DESC LIMIT 500",
        (desk.cell, case, case, person, person),
    )
    return [_grant(row) for row in rows]


def payable(desk: Desk, scope: str, limit: int) -> list[Granted]:
    """Return accepted grants under `scope` nobody else pays now, oldest first, and hold them."""
    rows = desk.rows.all(
        f"SELECT {GRANT} FROM outcome_grant WHERE cell = %s AND state = 'accepted' "
        "AND starts_with(scope, %s) ORDER BY granted_at, id LIMIT %s FOR UPDATE SKIP LOCKED",
        (desk.cell, scope, limit),
    )
    return [_grant(row) for row in rows]


def in_batch(desk: Desk, batch: str) -> list[Granted]:
    """Return the grants of a batch, and hold them."""
    rows = desk.rows.all(
        f"SELECT {GRANT} FROM outcome_grant WHERE cell = %s AND batch = %s ORDER BY id FOR UPDATE",
        (desk.cell, str(batch)),
    )
    return [_grant(row) for row in rows]


def unsent(desk: Desk) -> list[BatchId]:
    """Return the batches that were signed for and not handed over yet."""
    rows = desk.rows.all(
        "SELECT DISTINCT g.batch FROM outcome_grant g "
        "JOIN outcome_batch b ON b.cell = g.cell AND b.id = g.batch "
        "WHERE g.cell = %s AND g.state = 'requested' AND b.signed_at IS NOT NULL ORDER BY g.batch",
        (desk.cell,),
    )
    return [BatchId(row["batch"]) for row in rows]


def add_batch(desk: Desk, batch: BatchMade) -> None:
    """Write a batch that was put together."""
    desk.rows.later(
        "INSERT INTO outcome_batch (cell, id, scope, lines, yuan, made_at, requested_by) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s)",
        (
            desk.cell, str(batch.id), batch.scope, batch.lines, batch.total.yuan, batch.made_at,
            batch.requested_by,
        ),
    )  # fmt: skip


def batch(desk: Desk, id: str) -> BatchMade | None:
    """Return a batch the subject may see, and hold it."""
    row = desk.rows.one(
        f"SELECT {BATCH} FROM outcome_batch WHERE cell = %s AND id = %s FOR UPDATE",
        (desk.cell, str(id)),
    )
    return None if row is None else _batch(row)


def to_sign(desk: Desk) -> list[BatchMade]:
    """Return the batches nobody has signed for that the subject may see, oldest first."""
    rows = desk.rows.all(
        f"SELECT {BATCH} FROM outcome_batch WHERE cell = %s AND signed_at IS NULL "
        "ORDER BY made_at, id",
        (desk.cell,),
    )
    return [_batch(row) for row in rows]


def put_signed(desk: Desk, batch: BatchMade) -> None:
    """Write who signed for a batch, and when."""
    desk.rows.later(
        "UPDATE outcome_batch SET signed_by = %s, signed_at = %s WHERE cell = %s AND id = %s",
        (batch.signed_by, batch.signed_at, desk.cell, str(batch.id)),
    )


def heard(desk: Desk, line: str) -> bool:
    """Write that a line of the bank's was read; say whether it was for the first time."""
    return bool(
        desk.rows.run(
            "INSERT INTO outcome_answer (cell, line, scope, at) VALUES (%s, %s, %s, %s) "
            "ON CONFLICT DO NOTHING",
            (desk.cell, line, f"payments/{desk.cell}", desk.now()),
        )
    )


def tally(desk: Desk) -> dict[State, int]:
    """Count the grants by where they stand."""
    rows = desk.rows.all(
        "SELECT state, count(*) AS n FROM outcome_grant WHERE cell = %s GROUP BY state",
        (desk.cell,),
    )
    return {State(row["state"]): row["n"] for row in rows}


def put(desk: Desk, one: Granted) -> None:
    """Write where a grant stands."""
    desk.rows.later(
        "UPDATE outcome_grant SET state = %s, batch = %s, accepted_at = %s, requested_by = %s, "
        "settled_at = %s, reason = %s WHERE cell = %s AND id = %s",
        (
            one.state.value, one.batch and str(one.batch), one.accepted_at, one.requested_by,
            one.settled_at, one.reason, desk.cell, str(one.id),
        ),
    )  # fmt: skip


def hold(desk: Desk, held: Sequence[Held]) -> set[Key]:
    """Write what must wait, in one statement; return the keys of what was new."""
    rows = [
        {
            "case_id": one.due.case, "way": one.due.spec.way, "name": one.due.spec.name,
            "form": one.due.form, "scope": one.due.scope, "person": one.due.person,
            "due": encode(one.due).decode(), "why": one.why, "held_at": one.held_at,
        }
        for one in held
    ]  # fmt: skip
    found = desk.rows.all(HOLD, {"cell": desk.cell, "rows": encode(rows).decode()})
    return {(row["case_id"], row["way"], row["name"], row["form"]) for row in found}


def held(desk: Desk, cases: Sequence[str]) -> list[Held]:
    """Return what still waits in cases, oldest first."""
    rows = desk.rows.all(
        "SELECT due, why, held_at FROM outcome_held WHERE cell = %s AND case_id = ANY(%s) "
        "AND ended_at IS NULL ORDER BY held_at, way DESC, name",
        (desk.cell, [str(case) for case in cases]),
    )
    return [
        Held(due=decode(row["due"], Due), why=row["why"], held_at=row["held_at"]) for row in rows
    ]


def end_hold(desk: Desk, cases: Sequence[str]) -> None:
    """Write that nothing waits in cases any more."""
    desk.rows.later(
        "UPDATE outcome_held SET ended_at = %s WHERE cell = %s AND case_id = ANY(%s) "
        "AND ended_at IS NULL",
        (desk.now(), desk.cell, [str(case) for case in cases]),
    )


def rate(desk: Desk, one: Rated, scope: str) -> bool:
    """Write a rating; say whether it was the first."""
    return bool(
        desk.rows.run(
            "INSERT INTO outcome_rating (cell, case_id, scope, person, stars, words, at) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            (desk.cell, one.case, scope, desk.subject.person, one.stars, one.text, one.at),
        )
    )


def rating(desk: Desk, case: str) -> Rated | None:
    """Return the rating of a case, if the subject may see it."""
    row = desk.rows.one(
        "SELECT case_id AS case, stars, words AS text, at FROM outcome_rating "
        "WHERE cell = %s AND case_id = %s",
        (desk.cell, str(case)),
    )
    return None if row is None else Rated(**row)


def _batch(row: Row) -> BatchMade:
    yuan: Decimal = row.pop("yuan")
    return BatchMade(**{**row, "id": BatchId(row["id"]), "total": Money(yuan)})


def _grant(row: Row) -> Granted:
    yuan: Decimal = row.pop("yuan")
    inputs = msgspec.json.decode(row.pop("inputs"))
    plain = {**row, "amount": Money(yuan), "inputs": inputs, "state": State(row["state"])}
    return msgspec.convert(plain, Granted, dec_hook=_id)


def _id(kind: type[Id], raw: str) -> Id:
    return kind(raw)
