"""What this stage is woken for: a message is to be tried on one of its ways, a code to be sent."""

import msgspec

from zhouqiao.platform.notice.address import CODE, send_code
from zhouqiao.platform.notice.declare import Way
from zhouqiao.platform.notice.service import DUE, deliver
from zhouqiao.store import Alarm, Desk


def _ring(desk: Desk, key: str, body: bytes) -> None:
    notice, _, way = key.partition("/")
    deliver(desk, notice, Way(way), int(msgspec.json.decode(body)["nth"]))


def _send(desk: Desk, key: str, _body: bytes) -> None:
    send_code(desk, key)


ALARMS = (Alarm(kind=DUE, ring=_ring), Alarm(kind=CODE, ring=_send))
