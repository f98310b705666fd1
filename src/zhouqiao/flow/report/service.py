"""Telling people of a case: who reads for a role, and what the words have room for."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec import UNSET

from zhouqiao.base import Money, NotFound, to_plain
from zhouqiao.flow import case as cases
from zhouqiao.flow.case import Case
from zhouqiao.flow.report.declare import TellSpec
from zhouqiao.platform import identity, notice
from zhouqiao.platform import unit as units
from zhouqiao.platform.notice import Notice, Sending
from zhouqiao.platform.notice.declare import Delivered, Message, Way
from zhouqiao.platform.unit import UnitId
from zhouqiao.store import Desk

SLOT = re.compile(r"\{(\w+)\}")
CHINA = timedelta(hours=8)
NAMELESS = "—"


class Cause(msgspec.Struct, frozen=True, kw_only=True):
    """The fact that is told of: its name, when it happened, and the amount it speaks of."""

    fact: str
    at: datetime
    amount: Money | None = None


def specs_of(desk: Desk, shape: str) -> tuple[TellSpec, ...]:
    """Return the notices a shape declares."""
    return cases.shape_of(desk, shape).section("report", TellSpec)


def tell(desk: Desk, case: Case, spec: TellSpec, cause: Cause) -> list[Notice]:
    """Tell everybody who reads for the role; again for the same fact tells nobody anything."""
    words = _words(desk, case.pack, spec.words)
    room = sorted({name for text in words.values() for name in SLOT.findall(text)})
    known = _known(desk, case, cause)
    message = Message(name=spec.words, slots=tuple(room), ways=spec.ways,
                      serves=spec.serves is not UNSET)  # fmt: skip
    return [
        notice.send(desk, message, Sending(
            person=person, about=case.id, scope=case.scope, pack=case.pack, words=words,
            slots={name: known[name] for name in room}, cause=cause.fact))
        for person in readers_of(desk, case, spec.whom)
    ]  # fmt: skip


def served(desk: Desk, case: Case, spec: TellSpec, delivered: Delivered) -> None:
    """Take the step a paper is served by, where it came to an address confirmed for that (送达).

    Where the case went on meanwhile, by officers' hands, that service stands.
    """
    step = cases.shape_of(desk, case.shape).step(str(spec.serves))
    inbox = notice.consents(desk, case.person or "").get(Way.INBOX)
    if inbox is None or inbox.confirmed_at is None or case.state != step.start:
        return
    record = to_plain(cases.apply_rule(desk, str(spec.proof), to_plain(delivered)))
    cases.deem(desk, case.id, step.name, record, happened_at=delivered.at)


def readers_of(desk: Desk, case: Case, role: str) -> Sequence[str]:
    """Return who is told what is told to a role: the person, the unit's crew, or post holders."""
    match cases.shape_of(desk, case.shape).roles[role]:
        case "person":
            return () if case.person is None else (case.person,)
        case "unit":
            return () if case.unit is None else identity.crew_of(desk, case.unit)
        case _:
            return identity.holders_of(desk, f"{case.pack}.{role}", case.scope)


def _words(desk: Desk, pack: str, name: str) -> Mapping[str, str]:
    """Return a message by language; the loader pins it as `<pack>.message.<name>`."""
    found: Mapping[str, str] = desk.pinned.function(f"{pack}.message.{name}")()
    return found


def _known(desk: Desk, case: Case, cause: Cause) -> Mapping[str, str]:
    amount = {} if cause.amount is None else {"yuan": f"{cause.amount.yuan:.2f}"}
    time = f"{cause.at + CHINA:%H:%M}"
    return {"code": case.code, "unit": _unit(desk, case), "time": time, **amount}


def _unit(desk: Desk, case: Case) -> str:
    """Return the name of the unit that is on the case."""
    if case.unit is None:
        return NAMELESS
    try:
        return units.unit_of(desk, UnitId(case.unit)).name
    except NotFound:
        return NAMELESS
