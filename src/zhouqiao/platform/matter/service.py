"""What may be asked of the register of matters. One command, one transaction."""

from datetime import date

import msgspec

from zhouqiao.base import NotFound
from zhouqiao.platform.identity import Body
from zhouqiao.platform.matter import errors, facts
from zhouqiao.platform.matter.declare import Matter
from zhouqiao.platform.matter.model import (
    Entry,
    MatterId,
    Office,
    Version,
    case_number,
    check_item_code,
    faults_of,
    item_code,
)
from zhouqiao.platform.matter.repository import Matters
from zhouqiao.platform.rule import local_day
from zhouqiao.store import Desk


def register(desk: Desk, name: str, entry: Entry, *, scope: str) -> Version:
    """Put a matter on the register as version 1, under the scope of the body that answers for it.

    Raises `MatterFaulty` (all faults), `MatterKnown`, `NotAllowed`.
    """
    desk.may("matter.register", scope=scope)
    _check(desk, name, entry)
    if Matters(desk).latest(name) is not None:
        raise errors.MatterKnown(name)
    new = _version(desk, desk.ids.new(MatterId), name, 1, scope, entry, "registered")
    told = facts.MatterRegistered(
        matter=new.id, name=name, code=entry.code, mark=entry.mark, valid_from=entry.valid_from
    )
    desk.tell(told, about=new.id, scope=scope)
    return new


def revise(desk: Desk, name: str, entry: Entry, *, because: str) -> Version:
    """Let a new version follow; the same entry again changes nothing. Cases keep theirs.

    Raises `MatterFaulty`, `MatterKnown` (the code is another's), `MatterNotLater`, `NotAllowed`,
    `NotFound`.
    """
    last = _latest(desk, name)
    desk.may("matter.revise", scope=last.scope)
    if entry == last.entry:
        return last
    _check(desk, name, entry)
    if entry.valid_from < last.entry.valid_from:
        raise errors.MatterNotLater(name, last.entry.valid_from)
    new = _version(desk, last.id, name, last.version + 1, last.scope, entry, because)
    told = facts.MatterRevised(
        matter=new.id,
        name=name,
        version=new.version,
        mark=entry.mark,
        valid_from=entry.valid_from,
        because=because,
    )
    desk.tell(told, about=new.id, scope=new.scope)
    return new


def retire(desk: Desk, name: str, *, last_day: date, because: str) -> Version:
    """Let a matter be done for the last time on a day; its versions stay for their cases.

    Raises `MatterNotLater` (it would end before its latest version begins), `NotAllowed`,
    `NotFound`.
    """
    last = _latest(desk, name)
    desk.may("matter.retire", scope=last.scope)
    if last_day < last.entry.valid_from:
        raise errors.MatterNotLater(name, last.entry.valid_from)
    entry = msgspec.structs.replace(last.entry, valid_to=last_day)
    if entry == last.entry:
        return last
    new = _version(desk, last.id, name, last.version + 1, last.scope, entry, because)
    told = facts.MatterRetired(
        matter=new.id, name=name, version=new.version, valid_to=last_day, because=because
    )
    desk.tell(told, about=new.id, scope=new.scope)
    return new


def install(desk: Desk, pack: str, matter: Matter, *, title: str, body: Body) -> Version:
    """Put a pack's matter on the register of the cell, or bring it up to date; twice is once.

    What stewards added to the entry (materials, hours, phones …) stays. Raises as `register`.
    """
    name, today = f"{pack}.{matter.name}", local_day(desk.now())
    last = Matters(desk).latest(name)
    office = Office(name=body.name, uscc=body.uscc)
    code = item_code(body.uscc, matter.level, matter.code) if len(matter.code) == 12 else ""
    fresh = last.entry if last else Entry(title=title, basis=(), body=office, valid_from=today)
    entry = msgspec.structs.replace(
        fresh,
        title=title,
        basis=matter.basis,
        body=office,
        basic_code=matter.code,
        code=code,
        kind=matter.kind,
        level=matter.level,
        standing=matter.standing,
        clocks=matter.clocks,
        audience=matter.audience,
        case_kind=matter.case_kind,
    )
    if last is None:
        return register(desk, name, entry, scope=f"{body.key}/{body.division}")
    if entry != last.entry:
        entry = msgspec.structs.replace(entry, valid_from=max(today, last.entry.valid_from))
    return revise(desk, name, entry, because="pack")


def get(desk: Desk, name: str, version: int) -> Version:
    """Return the version a case pins, retired or not. Raises `NotFound`."""
    return Matters(desk).version(name, version)


def in_force(desk: Desk, name: str, on: date) -> Version:
    """Return the version by which a case is opened on a day.

    Raises `NotFound`, `MatterNotInForce` (not yet, or no longer).
    """
    found = Matters(desk).begun(name, on)
    if found is None or not found.in_force(on):
        _latest(desk, name)
        raise errors.MatterNotInForce(name, on)
    return found


def versions(desk: Desk, name: str) -> list[Version]:
    """Return every version of a matter, oldest first."""
    return Matters(desk).versions(name)


def matters(desk: Desk) -> list[Version]:
    """Return the latest version of every matter of the cell, by name."""
    return Matters(desk).current()


def number_case(desk: Desk, pinned: Version, on: date) -> str:
    """Return a new 办件编号 for a case of that version. Raises `NoCode`, `SerialsUsedUp`.

    Numbers of one matter and day are given one after the other: the next waits for the commit.
    """
    code = pinned.entry.code
    if not code or not check_item_code(code).uscc:
        raise errors.NoCode(pinned.name)
    serial = Matters(desk).next_serial(code, on, pinned.scope)
    if serial > 9999:
        raise errors.SerialsUsedUp(pinned.name, on)
    return case_number(code, on, serial)


def _latest(desk: Desk, name: str) -> Version:
    found = Matters(desk).latest(name)
    if found is None:
        raise NotFound("matter", name)
    return found


def _check(desk: Desk, name: str, entry: Entry) -> None:
    faults = faults_of(name, entry)
    if faults:
        raise errors.MatterFaulty(name, faults)
    if entry.code and Matters(desk).name_of_code(entry.code) not in (None, name):
        raise errors.MatterKnown(name)


def _version(  # noqa: PLR0913, PLR0917  (the row as it is)
    desk: Desk, id: MatterId, name: str, version: int, scope: str, entry: Entry, because: str
) -> Version:
    new = Version(
        id=id,
        name=name,
        version=version,
        scope=scope,
        entry=entry,
        because=because,
        recorded_at=desk.now(),
    )
    Matters(desk).add(new)
    return new
