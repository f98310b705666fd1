"""What may be said about rights: rows of role, action and where; and the kernel's own rows."""

from enum import StrEnum

import msgspec

from zhouqiao.platform.identity import KernelRole


class Where(StrEnum):
    """In which rows a right holds."""

    SEAT = "seat"  # in the scopes the seat covers
    OWN = "own"  # in what concerns the acting person themself
    CELL = "cell"  # wherever in the cell: what has no scope of its own


class Right(msgspec.Struct, frozen=True, kw_only=True):
    """Holders of `role` may do `action` (`a.b.c`, or everything below: `a.b.*`) in `where`."""

    role: str
    action: str
    where: Where = Where.SEAT


class Rights(msgspec.Struct, frozen=True, kw_only=True):
    """The rows packs add to the kernel's, handed in at composition."""

    rows: tuple[Right, ...] = ()


class Mask(StrEnum):
    """How a value is shown to somebody who may know that it is there, and no more."""

    NAME = "name"  # 江*例
    NUMBER = "number"  # 331***0000
    PHONE = "phone"  # 138****0000
    PLACE = "place"  # as far as the county or town
    HIDDEN = "hidden"  # ***


MASKS: dict[str, Mask] = {
    "name": Mask.NAME,
    "contact_name": Mask.NAME,
    "id_card": Mask.NUMBER,
    "passport": Mask.NUMBER,
    "bank_card": Mask.NUMBER,
    "vessel_owner": Mask.NAME,
    "phone": Mask.PHONE,
    "contact_phone": Mask.PHONE,
    "address": Mask.PLACE,
}
"""By field; any other is hidden."""

OPEN_GRADE, HIDDEN_GRADE = 1, 4
"""Grades 1 open … 4 most sensitive: at most 1 is shown, 4 is hidden, between them masked.

Source: DB33/T 2351-2021 (four grades of public data).
"""

GUARDED = (
    "personal.read",
    "personal.clear",
    "personal.correct",
    "person.find",
    "case",
    "event",
    "task",
    "evidence",
    "outcome",
    "access.grant",
)
"""What an engineer, an administrator or an auditor never does, whatever else they hold.

An administrator finds (not reads) persons, to appoint them: see `EXCEPTED`.
"""

EXCEPTED = frozenset({(KernelRole.ADMIN, "person.find")})
OWN_REFUSED = ("case", "outcome", "access.grant", "personal.read", "personal.clear")
"""What nobody does from a post where they are the person concerned."""

OWN_TAKEN = frozenset({"case.read", "case.open"})


def _rows(role: KernelRole, where: Where, actions: str) -> tuple[Right, ...]:
    return tuple(Right(role=role, action=action, where=where) for action in actions.split())


KERNEL: tuple[Right, ...] = (
    *_rows(
        KernelRole.VISITOR,
        Where.CELL,
        "place.read matter.read document.verify",
    ),
    *_rows(
        KernelRole.CITIZEN,
        Where.OWN,
        "case.open case.read case.object case.appeal case.reopen case.withdraw signal.send "
        "evidence.show outcome.read outcome.rate document.fill document.read notice.read "
        "notice.consent document.enrol_device file.add personal.read.own.* "
        "personal.clear.own.* personal.correct personal.looks account.link handset.enrol "
        "handset.revoke session.revoke slot.book slot.release",
    ),
    *_rows(
        KernelRole.OFFICER,
        Where.CELL,
        "person.register person.find",
    ),
    *_rows(
        KernelRole.OFFICER,
        Where.SEAT,
        "case.open case.read case.step.* case.suspend case.resume case.return event.read "
        "signal.send task.* evidence.show evidence.read outcome.read document.fill "
        "document.read document.issue document.revoke notice.send notice.serve file.add "
        "unit.read slot.* indicator.read personal.read.handle_case.*",
    ),
    *_rows(
        KernelRole.DUTY_OFFICER,
        Where.CELL,
        "person.register person.find handset.enrol handset.revoke",
    ),
    *_rows(
        KernelRole.DUTY_OFFICER,
        Where.SEAT,
        "case.* event.* signal.* task.* dispatch.* evidence.* outcome.read document.fill "
        "document.read notice.send notice.serve place.close_area place.reopen_area file.add "
        "unit.* slot.* ledger.read indicator.read warning.* report.read "
        "personal.read.handle_case.* personal.read.emergency.* "
        "personal.clear.handle_case.phone personal.clear.emergency.name "
        "personal.clear.emergency.phone personal.clear.emergency.address",
    ),
    *_rows(
        KernelRole.LEADER,
        Where.SEAT,
        "case.read case.extend outcome.pay outcome.reverse event.read unit.read "
        "indicator.read ledger.read warning.* report.* access.grant access.revoke access.read",
    ),
    *_rows(
        KernelRole.CREW,
        Where.SEAT,
        "case.read task.accept task.decline task.finish evidence.show file.add unit.read "
        "unit.position unit.shift unit.load unit.acknowledge personal.read.deliver.name "
        "personal.read.deliver.phone personal.read.deliver.photo personal.clear.deliver.name "
        "personal.clear.deliver.phone",
    ),
    *_rows(
        KernelRole.DEVICE,
        Where.SEAT,
        "unit.position unit.acknowledge signal.send",
    ),
    *_rows(
        KernelRole.STEWARD,
        Where.SEAT,
        "catalogue.* matter.* rule.* place.* report.* ledger.* indicator.* body.register "
        "journal.read",
    ),
    *_rows(
        KernelRole.STEWARD,
        Where.CELL,
        "console.catalogue console.matters console.rules console.journal console.packs",
    ),
    *_rows(
        KernelRole.ENGINEER,
        Where.CELL,
        "console.* parked.* gateway.* seal.* journal.verify",
    ),
    *_rows(
        KernelRole.ENGINEER,
        Where.SEAT,
        "journal.read",
    ),
    *_rows(
        KernelRole.ADMIN,
        Where.CELL,
        "person.register person.find account.open account.reset session.revoke handset.revoke "
        "handset.enrol console.accounts console.health",
    ),
    *_rows(
        KernelRole.ADMIN,
        Where.SEAT,
        "body.register post.* certificate.* access.read",
    ),
    *_rows(
        KernelRole.AUDITOR,
        Where.CELL,
        "console.journal console.seal seal.verify journal.verify",
    ),
    *_rows(
        KernelRole.AUDITOR,
        Where.SEAT,
        "journal.read access.read personal.looks ledger.read",
    ),
)
"""Who may do what, before any pack is loaded. Tested row by role in tests/unit/access."""
