"""What a pack may say about a case: states, steps, who takes them, by when, and what then follows.

A `Procedure` is written in Python and compared in Python; what runs is its `ShapeSpec`, the same
thing as plain values. `zhouqiao.sdk.load` stores the shape by content hash, a case pins the hash,
and so yesterday's cases run by yesterday's words while today's are opened by today's.
"""

from zhouqiao.flow.case.declare.daily import Daily, DailySpec
from zhouqiao.flow.case.declare.dated import Dated, Time, bare
from zhouqiao.flow.case.declare.guard import Guard
from zhouqiao.flow.case.declare.moment import Entering, On, Taking
from zhouqiao.flow.case.declare.part import Extend, ExtendSpec, Intake, IntakeSpec, Part, key_of
from zhouqiao.flow.case.declare.procedure import (
    PLATFORM,
    Chair,
    Clock,
    Party,
    Procedure,
    Remedy,
    Step,
    both,
    certified,
    panel,
    two,
)

__all__ = [
    "PLATFORM",
    "Chair",
    "Clock",
    "Daily",
    "DailySpec",
    "Dated",
    "Entering",
    "Extend",
    "ExtendSpec",
    "Guard",
    "Intake",
    "IntakeSpec",
    "On",
    "Part",
    "Party",
    "Procedure",
    "Remedy",
    "Step",
    "Taking",
    "Time",
    "bare",
    "both",
    "certified",
    "key_of",
    "panel",
    "two",
]
