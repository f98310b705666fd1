"""行政处罚普通程序: from a clue to a penalty served, paid, appealed against and closed."""

from enum import StrEnum

from packs.penalty import records
from packs.penalty.records import (
    Clue,
    Findings,
    Hearing,
    Note,
    Payment,
    Penalty,
    Service,
    brief,
    heavy,
    on,
    served,
)  # fmt: skip
from zhouqiao import sdk
from zhouqiao.sdk import Dated, Guard, Held, Promise, Statute, Step, both, certified, panel, two

R = StrEnum("R", "PARTY OFFICER CHIEF REVIEWER PRESIDER LEADER TRIBUNAL PLATFORM")
S = StrEnum("S", "CLUE NOT_FILED TRANSFERRED FILED SEALED APPRAISAL INVESTIGATED REVIEWED NOTICED "
            "DEFENDED ANSWERED HEARING CALLED HEARD DISCUSSED DECIDED NO_PENALTY SERVED OVERDUE "
            "FINAL DEMANDED DUE SUED PAID ENFORCED CLOSED")  # fmt: skip
pair, lawyer = two(R.OFFICER, certificate="law_enforcement"), certified(R.REVIEWER, "legal_review")
FURTHER = "市场监督管理行政处罚程序规定 §64"  # 处罚法 §60 yields to it
PAUSES, LATE = (S.HEARING, S.CALLED, S.APPRAISAL), (S.OVERDUE, S.FINAL, S.DEMANDED, S.DUE)
NINETY = Statute("处罚法 §60", pauses=tuple(map(str, PAUSES)), rule=FURTHER)
REVIEW, SUIT = (Dated(Statute(law), served) for law in ("复议法 §20", "行诉法 §46"))
ASKED, HEARD = (S.NOTICED, S.ANSWERED), Statute("处罚法 §64", "penalty_hearing_request")
CALLED = Dated(Statute("处罚法 §64", "penalty_hearing_notice"), on)
is_heavy, by_hand = Guard(heavy, rates="limits"), Guard(records.by_hand)
case = sdk.Procedure(
    name="case", states=S, begins=Clue, headline=brief, matter="penalty", opens=R.OFFICER, steps=(
        Step(S.CLUE, S.FILED, by=R.CHIEF, within=Promise(working_days=15), other_than=(S.CLUE,)),
        Step(S.CLUE, S.NOT_FILED, by=R.CHIEF, shows=Note, other_than=(S.CLUE,)),
        Step(S.CLUE, S.TRANSFERRED, by=R.CHIEF, shows=Note, other_than=(S.CLUE,)),
        Step(S.FILED, S.TRANSFERRED, by=R.CHIEF, shows=Note),
        Step(S.FILED, S.SEALED, by=sdk.Party((*pair.chairs, sdk.Chair(R.CHIEF))), shows=Note),
        Step(S.SEALED, S.FILED, by=pair, shows=Note, within=Statute("处罚法 §56")),
        Step(S.FILED, S.APPRAISAL, by=pair, shows=Note),
        Step(S.APPRAISAL, S.FILED, by=pair, shows=Note, within=Promise(days=60)),
        Step(S.FILED, S.INVESTIGATED, by=pair, shows=Findings),
        Step(S.INVESTIGATED, S.REVIEWED, by=lawyer, shows=Note, other_than=(S.INVESTIGATED,)),
        Step(S.INVESTIGATED, S.FILED, by=lawyer, shows=Note, other_than=(S.INVESTIGATED,)),
        Step(S.REVIEWED, S.NOTICED, by=pair, shows=Penalty),
        Step(S.NOTICED, S.DEFENDED, by=R.PARTY, shows=Note),
        Step(S.DEFENDED, S.ANSWERED, by=pair, shows=Note),  # 处罚法 §45
        *(Step(at, S.HEARING, by=R.PARTY, shows=Note, only_if=is_heavy) for at in ASKED),
        *(Step(at, S.HEARD, lapses=True, within=HEARD) for at in ASKED),
        Step(S.HEARING, S.CALLED, by=pair, shows=Hearing, within=CALLED),
        Step(S.CALLED, S.HEARD, by=both(R.PRESIDER, R.PARTY, one_device=True), shows=Note,
             within=Promise(working_days=30), other_than=(S.INVESTIGATED,)),
        Step(S.HEARD, S.DISCUSSED, by=panel(R.LEADER, 3), shows=Note),
        Step(S.HEARD, S.DECIDED, by=R.CHIEF, shows=Penalty, unless=is_heavy),
        Step(S.DISCUSSED, S.DECIDED, by=R.CHIEF, shows=Penalty),
        *(Step(at, S.NO_PENALTY, by=R.CHIEF, shows=Note) for at in (S.HEARD, S.DISCUSSED)),
        Step(S.DECIDED, S.SERVED, by=pair, shows=Service, within=Statute("处罚法 §61"),
             only_if=by_hand),
        *(Step(at, S.PAID, by=R.PARTY, shows=Payment) for at in (S.SERVED, *LATE)),
        Step(S.SERVED, S.OVERDUE, lapses=True, within=Dated(Statute("处罚法 §67"), served)),
        Step(S.OVERDUE, S.FINAL, lapses=True, within=SUIT),
        Step(S.FINAL, S.DEMANDED, by=pair, shows=Note, within=Promise(days=10)),
        Step(S.DEMANDED, S.DUE, lapses=True, within=Statute("强制法 §54")),
        Step(S.DUE, S.ENFORCED, by=R.CHIEF, shows=Note, within=Promise(days=30)),  # 强制法 §53
        *(Step(at, S.SUED, by=pair, shows=Note) for at in (S.SERVED, *LATE)),  # the court's notice
        Step(S.SUED, S.FINAL, by=pair, shows=Note, within=Promise(days=180)),  # 行诉法 §81
        Step(S.SUED, S.FILED, by=R.CHIEF, shows=Note),  # the court quashed it: 行诉法 §70
        Step(S.PAID, S.CLOSED, by=R.CHIEF, within=Promise(working_days=10)),
    ), clocks=(sdk.Clock(name="decision", since=S.FILED, within=NINETY, pauses=PAUSES,
                         until=(S.DECIDED, S.NO_PENALTY, S.TRANSFERRED)),),
    remedy=sdk.Remedy(by=R.PARTY, decides=R.TRIBUNAL, since=S.SERVED, within=REVIEW, back=S.FILED,
        after=(S.SERVED, *LATE, S.SUED, S.PAID, S.ENFORCED, S.CLOSED), holds=False,  # 处罚法 §73
        stays=(S.FINAL, S.DEMANDED, S.ENFORCED),  # 强制法 §53
        decided_within=Statute("复议法 §62(1)")),
)  # fmt: skip
SERVES = case.taking(S.DECIDED, S.SERVED)
proof = sdk.Paper(name="service", says=Service, template="service.typ", keep_years=10)
pack = sdk.Pack(
    name="penalty", home=__name__, version="1.0.0", body="enforcement",
    roles=dict.fromkeys(R, Held.POST) | {R.PARTY: Held.PERSON, R.PLATFORM: Held.PLATFORM},
    matters=(sdk.Matter(name="penalty", basis=("处罚法 §54", "处罚法 §57")),), procedures=(case,),
    parts=(
        sdk.Typical(name="wait", since=case.entering(S.FILED), until=case.entering(S.DECIDED)),
        sdk.Tally(name="no_penalty", on=case.entering(S.NO_PENALTY)),
        # What the party must be told: 处罚法 §44 and §63, §61, §57.
        sdk.Tell(on=case.entering(S.NOTICED), whom=R.PARTY, words="noticed"),
        sdk.Tell(on=case.entering(S.DECIDED), whom=R.PARTY, words="decided",
                 serves=SERVES, proof=records.inbox),
        sdk.Issues(on=SERVES, paper=proof, data=records.as_shown),
        sdk.Tell(on=case.entering(S.NO_PENALTY), whom=R.PARTY, words="no_penalty"),
        sdk.Extend(clock="decision", of="case", by=R.CHIEF, length=30, rule=FURTHER),
        sdk.Extend(clock="appeal", of="case", by=R.TRIBUNAL, length=30)),
)  # fmt: skip
