"""Times counted from a day that stands in a record."""

import inspect
import typing
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from zhouqiao.platform.rule.declare import Within


@dataclass(frozen=True)
class Dated:
    """A time counted from the day (or moment) `day(record)` reads, not from when a case came there.

    It reads the record last shown of that kind: 十五日 run from the day of service (处罚法 §67),
    whenever that was written down. A clock of the law that is counted back (处罚法 §64: 听证的七个
    工作日前) ends so long before that day. On a step that itself shows the record, it says by when
    the step must be taken: a notice names the hearing it precedes.
    """

    within: Within
    day: Callable[..., date]

    @property
    def reads(self) -> object:
        """Return the record it reads, or None where its rule does not say."""
        try:
            hints = typing.get_type_hints(self.day)
        except (NameError, TypeError):
            return None
        return hints.get(next(iter(inspect.signature(self.day).parameters), ""))


Time = Within | Dated


def bare(time: Time) -> Within:
    """Return a time without the day it is counted from."""
    return time.within if isinstance(time, Dated) else time
