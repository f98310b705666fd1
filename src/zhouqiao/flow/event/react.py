"""Signals nobody understood at the door become events here."""

from collections.abc import Sequence

from zhouqiao.flow.event import service
from zhouqiao.flow.signal import SignalReceived
from zhouqiao.store import Desk, Reaction, Told, answering


def understand(desk: Desk, told: Sequence[Told[SignalReceived]]) -> None:
    """Establish an event for each signal that came without one."""
    for one in told:
        signal, envelope = one.fact, one.envelope
        if not signal.understood:
            service.establish(
                answering(desk, envelope), signal=signal.signal, kind=signal.kind,
                scope=envelope.scope, body=signal.body, point=signal.point,
                person=envelope.person, happened_at=envelope.happened_at,
            )  # fmt: skip


REACTIONS = (Reaction("event.understand", (SignalReceived,), understand),)
