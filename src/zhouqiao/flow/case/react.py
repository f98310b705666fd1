"""Events that call for a case, arrangements that do daily, children come home, clocks run out."""

from collections.abc import Sequence
from datetime import date

import msgspec

from zhouqiao.flow.case import service
from zhouqiao.flow.case.facts import (
    AppealDecided,
    CaseObjected,
    CaseOpened,
    CaseReopened,
    CaseReturned,
    StepTaken,
)
from zhouqiao.flow.event import EventEstablished
from zhouqiao.store import Alarm, Desk, Reaction, Told, answering

MOVES = (CaseOpened, StepTaken, CaseObjected, CaseReturned, CaseReopened, AppealDecided)
Move = CaseOpened | StepTaken | CaseObjected | CaseReturned | CaseReopened | AppealDecided


def take_up(desk: Desk, told: Sequence[Told[EventEstablished]]) -> None:
    """Open the case a pack's intake wants for an event of its kind."""
    for one in told:
        event, envelope = one.fact, one.envelope
        if event.understood:
            continue
        for procedure, intake in service.intakes(desk, event.kind):
            record = service.apply_rule(desk, intake.record, event.body)
            service.open_for_event(
                answering(desk, envelope), procedure, msgspec.to_builtins(record),
                event=event.event, scope=intake.scope_of(envelope.scope), point=event.point,
                person=envelope.person,
            )  # fmt: skip


def come_home(desk: Desk, told: Sequence[Told[StepTaken]]) -> None:
    """Let a parent go on when its last child is closed."""
    for one in told:
        if one.fact.closes:
            child = service.get(desk, one.fact.case)
            if child.parent is not None:
                service.join(answering(desk, one.envelope), child.parent)


def ring(desk: Desk, key: str, _body: bytes) -> None:
    """Look at a case whose next due time has come."""
    service.ring(desk, key)


def arrange(desk: Desk, told: Sequence[Told[Move]]) -> None:
    """Begin, or end, what is opened daily while a case stands where it now is."""
    for one in told:
        if service.shape_of(desk, one.fact.shape).sections.get("daily") is not None:
            since = one.envelope.recorded_at
            service.arrange(answering(desk, one.envelope), one.fact.case, since)


def wake(desk: Desk, key: str, body: bytes) -> None:
    """Open what an arrangement has due today."""
    service.open_today(desk, key, date.fromisoformat(msgspec.json.decode(body)["day"]))


REACTIONS = (
    Reaction("case.take_up", (EventEstablished,), take_up),
    Reaction("case.arrange", MOVES, arrange),
    Reaction("case.come_home", (StepTaken,), come_home),
)
ALARMS = (Alarm(service.DUE, ring), Alarm(service.DAILY, wake))
