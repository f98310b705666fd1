"""古树名木: harm to a listed tree is reported, inspected, cared for and accepted."""

from enum import StrEnum, auto

from packs.old_tree import rules
from packs.old_tree.records import Care, Inspection, Plan, Reason, Report
from zhouqiao.sdk import (
    Clock,
    Guard,
    Held,
    Matter,
    Pack,
    Procedure,
    Promise,
    Remedy,
    Span,
    Step,
    Tell,
    Typical,
    WarnLate,
)

URGENT = Guard(rules.urgent)


class Role(StrEnum):
    """Who takes part."""

    REPORTER = auto()
    CLERK = auto()
    RANGER = auto()
    SPECIALIST = auto()
    HEAD = auto()
    CARER = auto()


class S(StrEnum):
    """Where a tree's case stands."""

    REPORTED = auto()
    REFUSED = auto()
    ACCEPTED = auto()
    EMERGENCY = auto()
    PLANNING = auto()
    PLANNED = auto()
    APPROVED = auto()
    CARED = auto()
    SOUND = auto()


care = Procedure(
    name="care",
    states=S,
    begins=Report,
    matter="care",
    opens=Role.REPORTER,
    headline=rules.headline,
    steps=(
        Step(S.REPORTED, S.ACCEPTED, by=Role.CLERK, within=Promise(working_days=2)),
        Step(S.REPORTED, S.REFUSED, by=Role.CLERK, shows=Reason),
        Step(S.ACCEPTED, S.EMERGENCY, by=Role.RANGER, shows=Inspection, only_if=URGENT),
        Step(S.ACCEPTED, S.PLANNING, by=Role.RANGER, shows=Inspection, unless=URGENT),
        Step(S.EMERGENCY, S.CARED, by=Role.CARER, shows=Care, within=Promise(hours=24)),
        Step(
            S.PLANNING, S.PLANNED, by=Role.SPECIALIST, shows=Plan, within=Promise(working_days=10)
        ),
        Step(S.PLANNED, S.APPROVED, by=Role.HEAD, other_than=(S.PLANNED,), within=Promise(days=7)),
        Step(S.PLANNED, S.PLANNING, by=Role.HEAD, shows=Reason),
        Step(S.APPROVED, S.CARED, by=Role.CARER, shows=Care, within=Promise(days=30)),
        Step(S.CARED, S.SOUND, by=Role.RANGER, other_than=(S.CARED,), within=Promise(days=15)),
        Step(S.CARED, S.APPROVED, by=Role.RANGER, shows=Reason, other_than=(S.CARED,)),
    ),
    clocks=(
        Clock(
            name="inspection",
            since=S.ACCEPTED,
            until=(S.EMERGENCY, S.PLANNING),
            within=Promise(working_days=3),
        ),
    ),
    remedy=Remedy(
        by=Role.REPORTER,
        decides=Role.HEAD,
        after=(S.REFUSED,),
        back=S.ACCEPTED,
        within=Promise(days=60),
        decided_within=Promise(days=15),
        times=1,
    ),
)

pack = Pack(
    name="old_tree",
    home=__name__,
    version="1.0.0",
    body="forestry",
    roles={role: Held.PERSON if role is Role.REPORTER else Held.POST for role in Role},
    matters=(Matter(name="care", basis=("森林法 §40",)),),
    procedures=(care,),
    parts=(
        Tell(on=care.entering(S.REFUSED), whom=Role.REPORTER, words="refused"),
        Tell(on=care.entering(S.SOUND), whom=Role.REPORTER, words="sound"),
        WarnLate(clock="inspection", of="care", tell=Role.CLERK),
        WarnLate(clock="emergency_to_cared", of="care", tell=Role.CLERK),
        Typical(
            name="emergency",
            since=care.entering(S.EMERGENCY),
            until=care.taking(S.EMERGENCY, S.CARED),
            promise=Span.of(24 * 60),
        ),
    ),
)
