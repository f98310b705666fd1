"""What must hold in every county once the dust has settled. Each law yields what breaks it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from simulation.county import County
from zhouqiao.flow import case as cases
from zhouqiao.flow.task.model import wanted
from zhouqiao.store import Desk, FactBook, story

HOLDS = ("sent", "under_way", "met")
Found = Iterator[str]


def broken(desk: Desk, county: County) -> list[str]:
    """Return everything that is wrong in a county."""
    return [f"{law.__name__}: {what}" for law in LAWS for what in law(desk, county)]


def requests_are_kept_once(desk: Desk, county: County) -> Found:
    """No acknowledged request is lost, none doubled, and none came from nowhere."""
    asked = sorted(one.heard[0] for one in county.done if one.asks)
    pickups = "SELECT id FROM cases WHERE procedure = 'pickup'"
    kept = sorted(row["id"] for row in _all(desk, pickups))
    if asked != kept:
        yield f"asked {len(asked)}, kept {len(kept)}: {set(asked) ^ set(kept)}"


def answers_do_not_change(_desk: Desk, county: County) -> Found:
    """What was once acknowledged is answered the same, however often it is sent."""
    for one in county.done:
        acknowledged = one.heard[0] != "null" and not one.heard[0].startswith("no:")
        if acknowledged and len(set(one.heard)) > 1:
            yield f"{one.key} heard {one.heard}"


def evidence_is_kept_once(desk: Desk, county: County) -> Found:
    """Acknowledged evidence is there exactly once, by its key."""
    kept = [row["key"] for row in _all(desk, "SELECT key FROM evidence")]
    told = [
        one.key for one in county.done
        if any(answer.startswith("evidence_") for answer in one.heard)
    ]  # fmt: skip
    if sorted(kept) != sorted(told):
        yield f"{set(kept) ^ set(told)}"


def handovers_have_one_receipt_and_one_grant(desk: Desk, _county: County) -> Found:
    """One of each for a case that was handed over, none for another; or held for a difference."""
    took = "SELECT about FROM journal WHERE kind = 'case.StepTaken' AND body LIKE %s"
    handed = [row["about"] for row in _all(desk, took, '%"step":"met_to_handed_over"%')]
    for table in ("outcome_paper", "outcome_grant"):
        way = table.removeprefix("outcome_")
        has = [row["case_id"] for row in _all(desk, f"SELECT case_id FROM {table}")]
        held = "SELECT case_id FROM outcome_held WHERE way = %s AND ended_at IS NULL"
        has += [row["case_id"] for row in _all(desk, held, way)]
        if sorted(has) != sorted(handed):
            yield f"{way}: {len(has)} for {len(handed)} handovers: {set(has) ^ set(handed)}"


def ledger_sums_to_zero(desk: Desk, _county: County) -> Found:
    """Every book balances; aboard is what was taken aboard and not landed."""
    sums = "SELECT book, kind, sum(amount) AS over FROM ledger_line GROUP BY book, kind"
    yield from (str(row) for row in _all(desk, sums) if row["over"] != 0)
    handed = _count(desk, "case.StepTaken", '%"step":"met_to_handed_over"%')
    from_fishers = "SELECT sum(amount) AS given FROM ledger_line WHERE account LIKE 'fisher%%'"
    given = _all(desk, from_fishers)[0]["given"] or 0
    if given != -Decimal("12.40") * handed:
        yield f"{handed} handovers gave {given}"


def tasks_match_states(desk: Desk, _county: County) -> Found:
    """The to-do lists say what the cases call for, no more and no less."""
    listed = _all(desk, 'SELECT "case", nth, role, options, unit, person FROM task')
    have = {(row["case"], row["nth"], row["role"], tuple(row["options"])) for row in listed}
    want = {
        (str(case.id), case.nth, one.role, one.options)
        for case in _cases(desk)
        for shape in (cases.shape_of(desk, case.shape),)
        for one in wanted(case, shape, cases.shut(desk, case, shape))
    }
    yield from (f"wanted {one}" for one in want - have)
    yield from (f"stale {one}" for one in have - want)
    if len(listed) != len(have):
        yield "a task is there twice"


def nothing_is_parked(desk: Desk, _county: County) -> Found:
    """Every reaction and every due time has held."""
    yield from (str(row) for row in _all(desk, "SELECT reaction, why FROM parked"))
    yield from (str(row) for row in _all(desk, "SELECT kind, why FROM due WHERE attempts > 0"))


def journal_tells_the_state(desk: Desk, _county: County) -> Found:
    """Replaying a case's facts gives where its row says it stands."""
    book = FactBook()
    for case in _cases(desk):
        told = (0, "", "open")
        for envelope in story(desk, case.id):
            told = _after(told, envelope.kind, book.open(envelope))
        if told != (case.nth, case.state, case.phase):
            yield f"{case.id} stands {(case.nth, case.state, case.phase)}, told {told}"


def boats_serve_one_case_at_a_time(desk: Desk, county: County) -> Found:
    """A boat is engaged if, and only if, it is on its way to exactly one case."""
    serving = [case.unit for case in _cases(desk) if case.state in HOLDS]
    states = {row["unit"]: row["state"] for row in _all(desk, "SELECT unit, state FROM unit")}
    for boat in county.boats:
        if serving.count(boat) > 1 or (states[boat] == "engaged") != (boat in serving):
            yield f"{boat} is {states[boat]} and serves {serving.count(boat)}"


def whoever_waits_is_remembered(desk: Desk, _county: County) -> Found:
    """A case that waits for a boat has a time at which it is looked at again."""
    reminders = _all(desk, "SELECT kind, key, at FROM due")
    due = {(row["kind"], row["key"]): row["at"] for row in reminders}
    for case in _cases(desk):
        waits = case.state == "requested" and case.phase == "open"
        if waits and ("dispatch.again", case.id) not in due:
            yield f"{case.id} waits, and nobody will look"
        next_due = cases.next_due(case, cases.shape_of(desk, case.shape))
        if (next_due and next_due[0]) != due.get(("case.due", str(case.id))):
            yield f"{case.id} is due {next_due}, reminded {due.get(('case.due', str(case.id)))}"


def broken_promises_are_told_once(desk: Desk, _county: County) -> Found:
    """A promise lapsed raises one warning while none is open, and each warning one case."""
    lapsed = _all(
        desk, "SELECT about, body::json ->> 'clock' AS clock FROM journal "
        "WHERE kind = 'case.ClockLapsed'",
    )  # fmt: skip
    late = {"to_met", "whole"}
    watched = [(one["about"], one["clock"]) for one in lapsed if one["clock"] in late]
    warned, opened = (
        _all(desk, f"SELECT count(*) AS n FROM {kind}")[0]["n"]
        for kind in ("warning WHERE case_id IS NOT NULL", "cases WHERE procedure = 'late'")
    )
    if not len(set(watched)) <= warned <= len(watched) or opened != warned:
        yield f"{len(watched)} promises lapsed; {warned} warnings, {opened} cases"


LAWS = (
    requests_are_kept_once, answers_do_not_change, evidence_is_kept_once,
    handovers_have_one_receipt_and_one_grant, ledger_sums_to_zero, tasks_match_states,
    nothing_is_parked, journal_tells_the_state, boats_serve_one_case_at_a_time,
    whoever_waits_is_remembered, broken_promises_are_told_once,
)  # fmt: skip


def _after(told: tuple[int, str, str], kind: str, fact: Any) -> tuple[int, str, str]:
    nth, state, phase = told
    if kind == "case.CaseOpened":
        nth, state, phase = fact.nth, fact.state, "open"
    elif kind == "case.StepTaken":
        nth, state, phase = fact.nth, fact.end, "closed" if fact.closes else phase
    elif kind in {"case.CaseObjected", "case.CaseReturned"}:
        nth, state, phase = fact.nth, fact.end, "open"
    elif kind == "case.ClockExtended":
        nth = fact.nth
    elif kind in {"case.CaseSuspended", "case.CaseResumed"}:
        nth, phase = fact.nth, "suspended" if kind.endswith("Suspended") else "open"
    return nth, state, phase


def _cases(desk: Desk) -> list[cases.Case]:
    return cases.get_many(desk, [row["id"] for row in _all(desk, "SELECT id FROM cases")])


def _count(desk: Desk, kind: str, like: str) -> int:
    rows = _all(
        desk, "SELECT count(*) AS n FROM journal WHERE kind = %s AND body LIKE %s", kind, like
    )
    return int(rows[0]["n"])


def _all(desk: Desk, sql: str, *params: object) -> list[dict[str, Any]]:
    return desk.rows.all(sql, params)
