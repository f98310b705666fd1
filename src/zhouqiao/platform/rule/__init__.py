"""Law as data: legal time, dated decision tables, factors.

is          the legal clock over a dated working calendar; tables whose rows are followed, never
            edited; factors with value, unit, scope, validity and source
hears       nothing
is asked    `deadline` (when does it run out, and why), `surcharge`
says        nothing yet
always true the same inputs on the same day give the same answer with the same reasons; outside
            the calendar's known years nothing is guessed
"""

from zhouqiao.platform.rule.clock.calendar import (
    OFFICE_HOURS,
    SHANGHAI,
    Calendar,
    end_of,
    local_day,
    national,
)
from zhouqiao.platform.rule.clock.count import deadline
from zhouqiao.platform.rule.clock.register import clock_named, clock_of, clocks, laws
from zhouqiao.platform.rule.clock.surcharge import Surcharge, surcharge
from zhouqiao.platform.rule.clock.why import told
from zhouqiao.platform.rule.declare import LegalClock, Unit
from zhouqiao.platform.rule.model import Deadline, Extended, Left, Pause, Step
from zhouqiao.platform.rule.table.decide import Decision, Table, decide
from zhouqiao.platform.rule.table.load import load

__all__ = [
    "OFFICE_HOURS",
    "SHANGHAI",
    "Calendar",
    "Deadline",
    "Decision",
    "Extended",
    "Left",
    "LegalClock",
    "Pause",
    "Step",
    "Surcharge",
    "Table",
    "Unit",
    "clock_named",
    "clock_of",
    "clocks",
    "deadline",
    "decide",
    "end_of",
    "laws",
    "load",
    "local_day",
    "national",
    "surcharge",
    "told",
]
