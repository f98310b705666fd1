"""A complaint as every city hall has them: raised, assigned, resolved. For measuring only."""

from enum import StrEnum

from benchmarks.complaint.records import Complaint, Resolution, headline
from zhouqiao import sdk
from zhouqiao.sdk import Held, Promise, Step

R = StrEnum("R", "CITIZEN OFFICER PLATFORM")
S = StrEnum("S", "RAISED ASSIGNED RESOLVED")

complaint = sdk.Procedure(
    name="complaint",
    states=S,
    begins=Complaint,
    matter="complaint",
    opens=R.CITIZEN,
    headline=headline,
    steps=(
        Step(S.RAISED, S.ASSIGNED, by=R.OFFICER, within=Promise(hours=4)),
        Step(S.ASSIGNED, S.RESOLVED, by=R.OFFICER, shows=Resolution, within=Promise(days=5)),
    ),
)

pack = sdk.Pack(
    name="bench",
    home=__name__,
    version="1.0.0",
    body="town",
    roles={R.CITIZEN: Held.PERSON, R.OFFICER: Held.POST, R.PLATFORM: Held.PLATFORM},
    matters=(sdk.Matter(name="complaint", basis=("信访工作条例 §17",)),),
    procedures=(complaint,),
    parts=(
        sdk.Tally(name="raised", on=complaint.entering(S.RAISED)),
        sdk.Tally(name="resolved", on=complaint.entering(S.RESOLVED)),
        sdk.Typical(
            name="hours_to_resolved",
            since=complaint.entering(S.RAISED),
            until=complaint.entering(S.RESOLVED),
        ),
    ),
)
