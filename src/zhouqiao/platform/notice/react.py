"""What this stage is woken for: a message is to be tried on one of its ways."""

import msgspec

from zhouqiao.platform.notice.declare import Way
from zhouqiao.platform.notice.service import DUE, deliver
from zhouqiao.store import Alarm, Desk


def _ring(desk: Desk, key: str, body: bytes) -> None:
    notice, _, way = key.partition("/")
    deliver(desk, notice, Way(way), int(msgspec.json.decode(body)["nth"]))


ALARMS = (Alarm(kind=DUE, ring=_ring),)
