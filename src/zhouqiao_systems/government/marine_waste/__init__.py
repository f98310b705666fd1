"""渔省心: a fisher's waste is fetched by the nearest able boat, weighed, signed for and paid."""

from zhouqiao.sdk import (
    Clock,
    Dispatch,
    Grant,
    Held,
    Icon,
    Intake,
    Issues,
    Mass,
    Matter,
    Pack,
    Paper,
    Posting,
    Procedure,
    Promise,
    Rating,
    Span,
    Step,
    Tally,
    Tell,
    Total,
    Typical,
    UnitKind,
    WarnLate,
    Way,
    both,
)
from zhouqiao_systems.government.marine_waste import rules
from zhouqiao_systems.government.marine_waste.records import (
    Declined,
    Finding,
    Handover,
    Landing,
    Late,
    LateNotice,
    Meeting,
    NotMet,
    PickupRequest,
    Receipt,
    Role,
    State,
)

S = State
hands = both(Role.CREW, Role.FISHER, one_device=True)
pickup = Procedure(
    name="pickup",
    states=State,
    begins=PickupRequest,
    matter="pickup",
    opens=Role.FISHER,
    headline=rules.headline, icon=Icon.BOAT,
    steps=(
        Step(S.REQUESTED, S.SENT, by=Role.PLATFORM, within=Promise(minutes=2)),
        Step(S.SENT, S.UNDER_WAY, by=Role.CREW, within=Promise(minutes=5)),
        Step(S.UNDER_WAY, S.MET, by=Role.CREW, shows=Meeting),
        Step(S.UNDER_WAY, S.REQUESTED, by=Role.CREW, shows=NotMet),
        Step(S.MET, S.HANDED_OVER, by=hands, shows=Handover),
        Step(S.MET, S.CANCELLED, by=Role.CREW, shows=Declined),
        Step(S.HANDED_OVER, S.LANDED, by=Role.CREW, shows=Landing),
        Step(S.REQUESTED, S.CANCELLED, by=Role.FISHER),
        Step(S.SENT, S.CANCELLED, by=Role.FISHER),
        Step(S.UNDER_WAY, S.CANCELLED, by=Role.FISHER),
    ),
    clocks=(
        Clock(name="to_met", since=S.REQUESTED, until=(S.MET, S.CANCELLED),
              within=Promise(minutes=20)),
        Clock(name="whole", since=S.REQUESTED, until=(S.LANDED, S.CANCELLED),
              within=Promise(hours=2)),
    ),
)  # fmt: skip
late = Procedure(
    name="late",
    states=Late,
    begins=LateNotice,
    matter="pickup",
    opens=Role.DUTY,
    headline=rules.late_headline,
    steps=(
        Step(Late.RAISED, Late.EXPLAINED, by=Role.DUTY, shows=Finding, within=Promise(hours=4)),
        Step(Late.EXPLAINED, Late.CLOSED, by=Role.SUPERVISOR, within=Promise(working_days=2),
             other_than=(Late.EXPLAINED,)),
    ),
)  # fmt: skip

requested, met = pickup.entering(S.REQUESTED), pickup.entering(S.MET)
sent, cancelled = pickup.entering(S.SENT), pickup.entering(S.CANCELLED)
missed = pickup.taking(S.UNDER_WAY, S.REQUESTED)
handed_over = pickup.taking(S.MET, S.HANDED_OVER)
landed = pickup.taking(S.HANDED_OVER, S.LANDED)

receipt = Paper(
    name="receipt", says=Receipt, template="receipt.typ", signers=("fisher", "crew"),
    covers=("lines",), shows=("lines", "total", "begun", "ended"),
    copies=("ship", "receiver"), keep_years=2,
)  # fmt: skip

subsidy = Grant(
    on=handed_over, fund="clean_coast", of=Handover, rates="rates", amount=rules.by_weight
)
slow = WarnLate(clock="to_met", of="pickup", tell=Role.DUTY, opens="late")

pack = Pack(
    name="marine_waste",
    home=__name__,
    version="1.0.0",
    body="marine",
    roles={
        Role.FISHER: Held.PERSON,
        Role.CREW: Held.UNIT,
        Role.DUTY: Held.POST,
        Role.SUPERVISOR: Held.POST,
        Role.PLATFORM: Held.PLATFORM,
    },
    watch=(Role.DUTY, Role.SUPERVISOR),
    matters=(
        Matter(name="pickup", basis=(
            "海洋环境保护法 §57", "海洋环境保护法 §85", "防治船舶污染海洋环境管理条例 §18")),
    ),
    procedures=(pickup, late),
    parts=(
        Dispatch(on=requested, kind=UnitKind.BOAT, errand=rules.errand,
                 by=pickup.taking(S.REQUESTED, S.SENT), frees=(S.HANDED_OVER, S.REQUESTED)),
        Posting(on=handed_over, moves=rules.taken_aboard, books=(rules.mass,)),
        Posting(on=landed, moves=rules.landed, books=(rules.mass,)),
        Typical(name="minutes_to_met", since=requested, until=met, promise=Span.of(20)),
        Total(name="mass_taken", on=handed_over, of=Handover, value=rules.mass_of, unit_of=Mass),
        Total(name="plastic_taken", on=handed_over, of=Handover, value=rules.plastic_of,
              unit_of=Mass),
        Tally(name="requests", on=requested),
        Issues(on=handed_over, paper=receipt, data=rules.receipt_of),
        subsidy,
        Rating(on=pickup.entering(S.HANDED_OVER), by=Role.FISHER),
        slow,
        WarnLate(clock="whole", of="pickup", tell=Role.DUTY, opens="late"),
        Intake(kind="marine_waste.late", opens="late", record=rules.late_notice),
        Tell(on=sent, whom=Role.FISHER, words="boat_sent", ways=(Way.SMS,)),
        Tell(on=sent, whom=Role.CREW, words="new_task", ways=(Way.SMS,)),
        Tell(on=missed, whom=Role.FISHER, words="boat_changed"),
        Tell(on=handed_over, whom=Role.FISHER, words="receipt_ready"),
        Tell(on=subsidy.made, whom=Role.FISHER, words="subsidy_waits"),
        Tell(on=subsidy.paid, whom=Role.FISHER, words="subsidy_paid"),
        Tell(on=subsidy.returned, whom=Role.FISHER, words="subsidy_returned"),
        Tell(on=cancelled, whom=Role.FISHER, words="cancelled"),
        Tell(on=cancelled, whom=Role.CREW, words="task_gone"),
        Tell(on=slow, whom=Role.DUTY, words="late"),
    ),
)  # fmt: skip
