"""What comes due: a command nobody acknowledged, a unit nobody hears."""

from zhouqiao.platform.unit.order.service import EXPIRY, expire
from zhouqiao.platform.unit.track.service import WATCH, find_silent, watch
from zhouqiao.store import Alarm, Desk


def _expire(desk: Desk, key: str, _body: bytes) -> None:
    expire(desk, key)


def _look(desk: Desk, key: str, _body: bytes) -> None:
    find_silent(desk)
    watch(desk, key)


ALARMS = (Alarm(EXPIRY, _expire), Alarm(WATCH, _look))
