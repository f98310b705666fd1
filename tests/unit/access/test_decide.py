"""Who may do what: every role of the kernel against every action, here and elsewhere.

The table is written out by hand on purpose: it is what was promised, not what is coded. In it
`o` is "in what concerns themself", `x` "where their seat is", `c` "anywhere in the cell", and `.`
nowhere.
"""

import pytest

from zhouqiao.base import NotAllowed
from zhouqiao.platform.access import (
    NoRight,
    OwnAffair,
    Right,
    Rights,
    Separated,
    Where,
    decide,
    faults,
    like,
    make_decider,
)
from zhouqiao.platform.identity import KernelRole
from zhouqiao.store import Seat, Subject, system

ROLES = [
    "citizen", "officer", "duty_officer", "leader", "crew", "device", "steward", "engineer",
    "admin", "auditor",
]  # fmt: skip
TABLE = """
place.read                       c c c c c c c c c c
matter.read                      c c c c c c c c c c
document.verify                  c c c c c c c c c c
case.open                        o x x . . . . . . .
case.read                        o x x x x . . . . .
case.step.pickup.met             . x x . . . . . . .
case.suspend                     . x x . . . . . . .
case.split                       . . x . . . . . . .
case.close                       . . x . . . . . . .
case.extend                      . . x x . . . . . .
case.appeal                      o . x . . . . . . .
case.reopen                      o . x . . . . . . .
event.classify                   . . x . . . . . . .
event.merge                      . . x . . . . . . .
event.read                       . x x x . . . . . .
signal.send                      o x x . . x . . . .
task.finish                      . x x . x . . . . .
dispatch.plan                    . . x . . . . . . .
evidence.show                    o x x . x . . . . .
outcome.read                     o x x . . . . . . .
outcome.pay                      . . . x . . . . . .
outcome.reverse                  . . . x . . . . . .
outcome.rate                     o . . . . . . . . .
document.issue                   . x . . . . . . . .
document.revoke                  . x . . . . . . . .
document.enrol_device            o . . . . . . . . .
notice.serve                     . x x . . . . . . .
notice.read                      o . . . . . . . . .
notice.consent                   o . . . . . . . . .
place.close_area                 . . x . . . x . . .
ledger.post                      . . . . . . x . . .
ledger.read                      . . x x . . x . . x
indicator.read                   . x x x . . x . . .
warning.acknowledge              . . x x . . . . . .
report.freeze                    . . . x . . x . . .
unit.read                        . x x x x . . . . .
unit.register                    . . x . . . . . . .
unit.license                     . . x . . . . . . .
unit.position                    . . x . x x . . . .
unit.command                     . . x . . . . . . .
unit.acknowledge                 . . x . x x . . . .
unit.load                        . . x . x . . . . .
slot.book                        o x x . . . . . . .
person.register                  . c c . . . . . c .
person.find                      . c c . . . . . c .
personal.read.own.name           o . . . . . . . . .
personal.read.handle_case.name   . x x . . . . . . .
personal.read.emergency.name     . . x . . . . . . .
personal.read.deliver.phone      . . . . x . . . . .
personal.read.deliver.id_card    . . . . . . . . . .
personal.read.curiosity.name     . . . . . . . . . .
personal.clear.handle_case.phone . . x . . . . . . .
personal.clear.handle_case.name  . . . . . . . . . .
personal.clear.emergency.phone   . . x . . . . . . .
personal.clear.deliver.name      . . . . x . . . . .
personal.clear.deliver.phone     . . . . x . . . . .
personal.correct                 o . . . . . . . . .
personal.looks                   o . . . . . . . . x
journal.read                     . . . . . . x x . x
journal.verify                   . . . . . . . c . c
seal.verify                      . . . . . . . c . c
console.health                   . . . . . . . c c .
console.parked                   . . . . . . . c . .
console.catalogue                . . . . . . c c . .
console.accounts                 . . . . . . . c c .
parked.retry                     . . . . . . . c . .
catalogue.change                 . . . . . . x . . .
rule.change                      . . . . . . x . . .
body.register                    . . . . . . x . x .
post.open                        . . . . . . . . x .
post.appoint                     . . . . . . . . x .
certificate.issue                . . . . . . . . x .
account.open                     . . . . . . . . c .
account.reset                    . . . . . . . . c .
session.revoke                   o . . . . . . . c .
handset.enrol                    o . c . . . . . c .
handset.revoke                   o . c . . . . . c .
access.grant                     . . . x . . . . . .
access.revoke                    . . . x . . . . . .
access.read                      . . . x . . . . x x
no.such_action                   . . . . . . . . . .
"""
HERE, DEEPER, ELSEWHERE = "marine/331002", "marine/331002001", "health/331002"
ROWS = [
    (action, role, mark)
    for action, *marks in (line.split() for line in TABLE.strip().splitlines())
    for role, mark in zip(ROLES, marks, strict=True)
]


def somebody(*roles: str, person: str = "person_actor") -> Subject:
    """A person with those seats over the marine office of the county; a citizen has none."""
    seats = tuple(Seat(role=role, scope=HERE) for role in roles)
    return Subject(person=person, cell="331002", reach=HERE if seats else None, seats=seats)


def actor_of(role: str) -> Subject:
    if role == "citizen":
        return somebody()
    return somebody(f"kernel.{role}", person="device_1" if role == "device" else "person_actor")


def allowed(subject: Subject, action: str, scope: str, person: str | None = None) -> bool:
    try:
        decide(subject, action, scope=scope, person=person)
    except NotAllowed:
        return False
    return True


def test_the_table_names_every_role_somebody_can_hold() -> None:
    assert {f"kernel.{role}" for role in ROLES} == set(KernelRole) - {KernelRole.VISITOR}


@pytest.mark.parametrize(("action", "role", "mark"), ROWS)
def test_a_role_may_what_the_table_says_and_nothing_else(action: str, role: str, mark: str) -> None:
    subject = actor_of(role)

    found = {
        "of another here": allowed(subject, action, HERE, "person_other"),
        "of another below": allowed(subject, action, DEEPER, "person_other"),
        "of nobody here": allowed(subject, action, HERE),
        "of another elsewhere": allowed(subject, action, ELSEWHERE, "person_other"),
    }

    here, anywhere = mark in "xc", mark == "c"
    assert found == {
        "of another here": here,
        "of another below": here,
        "of nobody here": here,
        "of another elsewhere": anywhere,
    }


@pytest.mark.parametrize(
    ("action", "mark"), [(action, mark) for action, role, mark in ROWS if role == "citizen"]
)
def test_a_citizen_may_what_is_theirs_wherever_it_lies(action: str, mark: str) -> None:
    assert allowed(somebody(), action, ELSEWHERE, "person_actor") is (mark in "oc")


def test_who_is_not_signed_in_may_only_what_is_public() -> None:
    nobody = Subject(person="visitor", cell="331002")

    may = {action for action, _, _ in ROWS if allowed(nobody, action, "", "visitor")}

    assert may == {"place.read", "matter.read", "document.verify"}


def test_the_platform_itself_may() -> None:
    assert all(allowed(system("331002"), action, HERE) for action, _, _ in ROWS)


@pytest.mark.parametrize("role", ["kernel.engineer", "kernel.admin", "kernel.auditor"])
@pytest.mark.parametrize(
    "action",
    ["personal.read.handle_case.name", "case.read", "case.step.pickup.met", "outcome.pay"],
)
def test_who_keeps_or_audits_the_machine_may_not_even_with_another_seat(
    role: str, action: str
) -> None:
    with pytest.raises(Separated):
        decide(somebody("kernel.duty_officer", role), action, scope=HERE)


@pytest.mark.parametrize(
    "action",
    [
        "case.step.pickup.met",
        "case.close",
        "personal.read.handle_case.name",
        "personal.clear.handle_case.phone",
    ],
)
def test_nobody_decides_or_looks_up_their_own_affair_from_a_post(action: str) -> None:
    with pytest.raises(OwnAffair):
        decide(somebody("kernel.duty_officer"), action, scope=HERE, person="person_actor")


def test_a_seat_does_not_reach_above_itself() -> None:
    with pytest.raises(NoRight):
        decide(somebody("kernel.duty_officer"), "case.read", scope="marine/3310")


def test_a_post_narrowed_to_a_matter_steps_in_no_other() -> None:
    subject = somebody("kernel.officer@marine_waste")

    assert allowed(subject, "case.step.marine_waste.pickup.met", HERE)
    assert not allowed(subject, "case.step.marine_wasteland.met", HERE)
    assert not allowed(subject, "case.step.penalty.filed", HERE)
    assert allowed(subject, "task.finish", HERE)


def test_a_lent_right_is_one_action_in_one_scope() -> None:
    subject = somebody("grant:case.step.*")

    assert allowed(subject, "case.step.pickup.met", DEEPER)
    assert not allowed(subject, "case.step.pickup.met", ELSEWHERE)
    assert not allowed(subject, "case.close", HERE)


def test_a_pack_adds_roles_and_rights_of_its_own() -> None:
    may = make_decider(Rights(rows=(Right(role="pond.keeper", action="case.step.pond.*"),)))

    may(somebody("pond.keeper"), "case.step.pond.fed", scope=HERE)
    with pytest.raises(NoRight):
        may(somebody("pond.keeper"), "case.step.penalty.filed", scope=HERE)


@pytest.mark.parametrize(
    "row",
    [
        Right(role="kernel.engineer", action="personal.read.handle_case.name"),
        Right(role="kernel.admin", action="case.*"),
        Right(role="kernel.auditor", action="personal.*"),
        Right(role="kernel.engineer", action="outcome.pay"),
        Right(role="pond.keeper", action="*"),
        Right(role="pond.keeper", action="case..x"),
        Right(role="pond.keeper", action="Case.open"),
        Right(role="pond.keeper", action="case.open", where=Where.OWN),
        Right(role="kernel.visitor", action="case.open"),
    ],
)
def test_a_row_that_breaks_separation_or_shape_stops_the_start(row: Right) -> None:
    rights = Rights(rows=(row,))

    assert len(faults(rights)) == 1
    with pytest.raises(ValueError, match=row.role):
        make_decider(rights)


def test_a_packs_role_may_be_like_one_of_the_kernel_but_not_like_one_kept_apart() -> None:
    may = make_decider(Rights(rows=like("pond.crew", KernelRole.CREW)))

    may(somebody("pond.crew"), "unit.position", scope=HERE)
    with pytest.raises(NoRight):
        may(somebody("pond.crew"), "unit.command", scope=HERE)
    with pytest.raises(ValueError, match="kept apart"):
        like("pond.wizard", KernelRole.ENGINEER)
