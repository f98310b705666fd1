"""Something came in: a request, a call, an alarm, a reading, a notice, a warning of our own.

is          the one mouth of the platform; what came in is kept as it came
hears       RowQuarantined, ConflictFound, device messages (from the edge, by call)
is asked    `receive`: idempotent per source and key
says        SignalReceived
always true the same thing said twice is one signal; nothing that came in is lost or changed
"""

from zhouqiao.flow.signal.facts import SignalId, SignalReceived
from zhouqiao.flow.signal.service import Received, receive

__all__ = ["Received", "SignalId", "SignalReceived", "receive"]
