"""The surcharge on a fine that is not paid in time (加处罚款)."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from zhouqiao.base import Invalid, Money
from zhouqiao.platform.rule.clock import stops
from zhouqiao.platform.rule.declare import LegalClock, Unit
from zhouqiao.platform.rule.model import Pause

RATE = Decimal("0.03")  # 每日按罚款数额的百分之三, 处罚法 §72
STOPPED_BY = ("review", "lawsuit")  # 行政复议或者行政诉讼期间不予计算, 处罚法 §73
_LATE = LegalClock(name="surcharge", length=0, unit=Unit.CALENDAR, pauses=STOPPED_BY)


class Surcharge(msgspec.Struct, frozen=True, kw_only=True):
    """What is owed on top of `fine`: `days` late without review and suit, capped at the fine."""

    fine: Money
    days: int
    amount: Money
    capped: bool
    basis: str = "处罚法 §72, §73"


def surcharge(fine: Money, due: date, paid: date, *, pauses: Sequence[Pause] = ()) -> Surcharge:
    """Return the surcharge on a fine due on `due` and paid on `paid`, exact to 0.01 yuan.

    Pauses of kind `review` and `lawsuit` are not counted; others are disregarded. Raises
    `Invalid` for a fine below zero.
    """
    if fine < Money.zero():
        raise Invalid("fine", "negative", value=str(fine.amount))
    stopped = stops.of(_LATE, pauses)
    late = [due + timedelta(n) for n in range(1, (paid - due).days + 1)]
    days = sum(not stopped.covers(day) for day in late)
    raw = fine * (RATE * days)
    amount = Money(min(raw, fine).amount.quantize(Decimal("0.01"), ROUND_HALF_UP))
    return Surcharge(fine=fine, days=days, amount=amount, capped=raw > fine)
