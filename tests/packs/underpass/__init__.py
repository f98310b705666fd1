"""梅雨积水: a flooded underpass is closed within a quarter of an hour, pumped dry and reopened."""

from enum import StrEnum

from packs.underpass import records
from packs.underpass.records import Pumped, StillWet, Water, Why
from zhouqiao import sdk
from zhouqiao.sdk import Clock, Dispatch, Held, Promise, Step, UnitKind

R = StrEnum("R", "REPORTER DUTY LEAD COUNTY")
S = StrEnum(
    "S",
    "REPORTED SHUT SENT BACK PUMPED REOPENED LEFT_OPEN DOUBTED "
    "SHUT_AGAIN SENT_AGAIN BACK_AGAIN PUMPED_AGAIN CLOSED",
)
QUARTER, DAY, HALF = Promise(minutes=15), Promise(hours=24), Promise(hours=12)
# An objection may be made once, so what comes after it is a way of its own, with no door back.
FIRST = (S.SHUT, S.SENT, S.BACK, S.PUMPED)
AGAIN = (S.SHUT_AGAIN, S.SENT_AGAIN, S.BACK_AGAIN, S.PUMPED_AGAIN)


def way(shut: S, sent: S, back: S, pumped: S, opened: S) -> tuple[Step[S, R], ...]:
    """From closed to open; not `back` to `shut`, or whoever closed could reopen."""
    return (
        Step(shut, sent),
        Step(sent, pumped, by=R.LEAD, shows=Pumped),
        Step(sent, back, by=R.LEAD, shows=Why),
        Step(back, sent),
        Step(pumped, opened, by=R.DUTY, other_than=(shut,)),
    )


flood = sdk.Procedure(
    name="flood", states=S, begins=Water, matter="flood", opens=R.REPORTER,
    headline=records.headline,
    steps=(
        Step(S.REPORTED, S.SHUT, by=R.DUTY, within=QUARTER),
        Step(S.REPORTED, S.LEFT_OPEN, by=R.DUTY, shows=Why),
        *way(*FIRST, S.REOPENED),
        Step(S.REOPENED, S.CLOSED, within=DAY, lapses=True),
        Step(S.LEFT_OPEN, S.CLOSED, within=DAY, lapses=True),
        Step(S.REOPENED, S.DOUBTED, by=R.REPORTER, shows=StillWet),
        Step(S.LEFT_OPEN, S.DOUBTED, by=R.REPORTER, shows=StillWet),
        Step(S.DOUBTED, S.SHUT_AGAIN, by=R.DUTY, within=QUARTER),
        Step(S.DOUBTED, S.CLOSED, by=R.DUTY, shows=Why, other_than=(S.REOPENED, S.LEFT_OPEN)),
        *way(*AGAIN, S.CLOSED),
    ),
    clocks=(
        Clock(name="shut", since=S.SHUT, until=(S.REOPENED,), within=HALF),
        Clock(name="shut_again", since=S.SHUT_AGAIN, until=(S.CLOSED,), within=HALF),
    ),
)  # fmt: skip


def sends(start: S, sent: S, frees: tuple[S, ...]) -> Dispatch:
    """Return that from `start` the nearest able pump team is sent."""
    return Dispatch(on=flood.entering(start), kind=UnitKind.SQUAD, errand=records.errand,
                    by=flood.taking(start, sent), travel="land", frees=frees)  # fmt: skip


slip = sdk.Paper(name="pumping", says=Pumped, template="pumping.typ", signers=("lead",),
                 shows=("depth_after", "ended"), keep_years=2)  # fmt: skip

pack = sdk.Pack(
    name="underpass", home=__name__, version="1.0.0", body="town",
    roles=dict.fromkeys(R, Held.POST) | {R.REPORTER: Held.PERSON, R.LEAD: Held.UNIT},
    watch=(R.COUNTY,),
    matters=(sdk.Matter(name="flood", basis=("道路交通安全法 §40",)),),
    procedures=(flood,),
    parts=(
        *(sends(start, way[1], way[2:]) for way in (FIRST, AGAIN) for start in (way[0], way[2])),
        *(sdk.Issues(on=flood.taking(way[1], way[3]), paper=slip, data=records.as_shown)
          for way in (FIRST, AGAIN)),
        sdk.Typical(name="minutes_to_closed", since=flood.entering(S.REPORTED),
                until=flood.entering(S.SHUT), promise=sdk.Span.of(15)),
        *(sdk.WarnLate(clock=one, of="flood", tell=R.COUNTY) for one in ("shut", "shut_again")),
        sdk.Intake(kind="underpass.water", opens="flood", record=records.from_sensor,
                   tell=R.DUTY),
    ),
)  # fmt: skip
