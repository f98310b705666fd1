"""Law as data: legal time, dated decision tables, factors.

is          the legal clock over a dated working calendar; tables whose rows are followed, never
            edited; factors with value, unit, scope, validity and source
hears       nothing
is asked    `due` (when does it run out, and why), `deadline` (the same without a node),
            `surcharge`; `calendar`, `enter_year`; `load`, `decide`, `pin`, `keep`, `replay`;
            `factor`, `set_factor`
says        CalendarYearEntered, FactorSet, TablePinned, Decided
always true the same inputs on the same day give the same answer with the same reasons; outside
            the calendar's known years nothing is guessed, and a known year never changes
"""

# fmt: off
# ruff: noqa: I001 - names side by side, so that the front door fits one screen
from zhouqiao.platform.rule.clock.calendar import (
    OFFICE_HOURS, SHANGHAI, Calendar, end_of, local_day, national,
)
from zhouqiao.platform.rule.clock.count import deadline
from zhouqiao.platform.rule.clock.register import clock_named, clock_of, clocks, laws
from zhouqiao.platform.rule.clock.surcharge import Surcharge, surcharge
from zhouqiao.platform.rule.clock.why import told
from zhouqiao.platform.rule.declare import Extension, FactorRow, LegalClock, Unit
from zhouqiao.platform.rule.errors import CalendarYearUnknown
from zhouqiao.platform.rule.model import (
    Deadline, DecisionId, Extended, Factor, FactorId, Kept, Left, Pause, Step,
)
from zhouqiao.platform.rule.service import (
    calendar, decisions_about, due, enter_year, factor, factor_by_id, factors, keep, pin, replay,
    set_factor,
)
from zhouqiao.platform.rule.table.decide import Decision, Table, answering, decide
from zhouqiao.platform.rule.table.load import load
from zhouqiao.platform.rule.table.shape import Spec

__all__ = [
    "OFFICE_HOURS", "SHANGHAI", "Calendar", "CalendarYearUnknown", "Deadline", "Decision",
    "DecisionId", "Extended", "Extension", "Factor", "FactorId", "FactorRow", "Kept", "Left",
    "LegalClock", "Pause", "Spec", "Step", "Surcharge", "Table", "Unit", "answering", "calendar",
    "clock_named", "clock_of", "clocks", "deadline", "decide", "decisions_about", "due", "end_of",
    "enter_year", "factor", "factor_by_id", "factors", "keep", "laws", "load", "local_day",
    "national", "pin", "replay", "set_factor", "surcharge", "told",
]
