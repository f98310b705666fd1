"""独居老人平安通话: an old person living alone is called; silence makes two bodies look in."""

from enum import StrEnum

from packs.safety_call.records import Answer, Arrangement, Doubt, Measure, Visit
from zhouqiao import sdk
from zhouqiao.sdk import Clock, Held, Promise, Step, Way, both

R = StrEnum("R", "ELDER WORKER CLINIC TOWN BUREAU PLATFORM")
S = StrEnum("S", "CALLING SAFE MISSED ESCALATED FOUND CARED_FOR CLOSED")
A = StrEnum("A", "PROPOSED STANDING DECLINED ENDED EXPIRED")
bodies = both(R.WORKER, R.CLINIC)  # the town's community worker and the village clinic

plan = sdk.Procedure(  # agreed with them beforehand; while it stands they are called every morning
    name="plan", states=A, begins=Arrangement, matter="safety_call", opens=R.WORKER,
    steps=(
        Step(A.PROPOSED, A.STANDING, by=R.ELDER),
        Step(A.PROPOSED, A.DECLINED, lapses=True, within=Promise(days=14)),  # silence agrees not
        Step(A.STANDING, A.ENDED, by=R.ELDER),
        Step(A.STANDING, A.EXPIRED, lapses=True, within=Promise(days=365)),
    ),
)  # fmt: skip

call = sdk.Procedure(
    name="call",
    states=S,
    begins=Arrangement,
    matter="safety_call",
    opens=R.WORKER,
    steps=(
        Step(S.CALLING, S.SAFE, by=R.ELDER, shows=Answer),
        Step(S.CALLING, S.MISSED, lapses=True, within=Promise(minutes=30)),
        Step(S.MISSED, S.FOUND, by=bodies, shows=Visit),
        Step(S.MISSED, S.SAFE, by=R.ELDER, shows=Answer),
        Step(S.MISSED, S.ESCALATED, lapses=True, within=Promise(hours=2)),
        Step(S.ESCALATED, S.FOUND, by=both(R.WORKER, R.CLINIC, R.TOWN), shows=Visit),
        Step(S.FOUND, S.CARED_FOR, by=R.CLINIC, shows=Measure, within=Promise(days=3)),
        Step(S.FOUND, S.CLOSED, by=R.TOWN, other_than=(S.FOUND,)),
        Step(S.CARED_FOR, S.CLOSED, by=R.TOWN, within=Promise(days=30), other_than=(S.CARED_FOR,)),
        Step(S.SAFE, S.CLOSED, lapses=True, within=Promise(hours=24)),
        Step(S.SAFE, S.MISSED, by=R.WORKER, shows=Doubt),
    ),
    clocks=(
        Clock(name="seen", since=S.MISSED, until=(S.FOUND, S.SAFE), within=Promise(hours=4)),
    ),
    remedy=sdk.Remedy(
        by=R.ELDER, decides=R.BUREAU, after=(S.FOUND, S.CARED_FOR, S.CLOSED), back=S.FOUND,
        within=Promise(days=30), decided_within=Promise(working_days=5),
    ),
)  # fmt: skip

unseen = sdk.WarnLate(clock="seen", of="call", tell=R.TOWN)

pack = sdk.Pack(
    name="safety_call",
    home=__name__,
    version="1.0.0",
    body="civil",
    roles=dict.fromkeys(R, Held.POST) | {R.ELDER: Held.PERSON, R.PLATFORM: Held.PLATFORM},
    matters=(sdk.Matter(name="safety_call", basis=("老年人权益保障法 §37",)),),
    procedures=(call, plan),
    parts=(
        sdk.Daily(on=plan.entering(A.STANDING), opens="call", at="09:00"),
        sdk.Typical(name="wait", since=call.entering(S.MISSED), until=call.entering(S.FOUND)),
        sdk.Tally(name="missed", on=call.entering(S.MISSED)),
        unseen,
        sdk.Tell(on=call.entering(S.MISSED), whom=R.WORKER, words="missed", ways=(Way.SMS,)),
        sdk.Tell(on=call.entering(S.MISSED), whom=R.CLINIC, words="missed", ways=(Way.SMS,)),
        sdk.Tell(on=unseen, whom=R.TOWN, words="unseen"),
    ),
)  # fmt: skip
