"""路灯: a lamp is out, a squad mends it. A sound pack of every word, to be spoilt in tests."""

from decimal import Decimal
from enum import StrEnum, auto
from typing import Any

from zhouqiao import sdk
from zhouqiao.sdk import Held, Mass, Money, Promise, Step, record, rule

R = StrEnum("R", "CITIZEN SQUAD HEAD PLATFORM")
S = StrEnum("S", "OUT SENT MENDED PAID")
L = StrEnum("L", "LATE ANSWERED")


class Part(StrEnum):
    """What is worn out."""

    BULB = auto()
    CABLE = auto()


@record
class Report:
    """Which lamp is out."""

    lamp: str


@record
class Mended:
    """What was put in, and how much scrap came out."""

    part: Part
    scrap: Mass


@record
class Slip:
    """What the citizen keeps."""

    lamp: str


@record
class Rates:
    """What is paid."""

    per_kg: Money


@record
class Look:
    """What was late."""

    why: str


scrap = sdk.Book(name="scrap", of=Mass)
street, yard = sdk.Account("street"), sdk.Account("yard")


@rule("headline", 1)
def headline(it: Report) -> str:
    return it.lamp


@rule("errand", 1)
def errand(it: Report) -> sdk.Errand:
    return sdk.Errand(capability=it.lamp)


@rule("moved", 1)
def moved(it: Mended) -> tuple[sdk.Move, ...]:
    return (sdk.Move(book=scrap, kind=it.part, frm=street, to=yard, quantity=it.scrap),)


@rule("scrap_of", 1)
def scrap_of(it: Mended) -> Mass:
    return it.scrap


@rule("slip_of", 1)
def slip_of(it: Mended) -> Slip:
    return Slip(lamp=it.part)


@rule("reward", 1)
def reward(it: Mended, rates: Rates) -> Money:
    return rates.per_kg * it.scrap.kg


@rule("look", 1)
def look_at(body: dict[str, Any]) -> Look:
    return Look(why=str(body["rule"]))


slip = sdk.Paper(name="slip", says=Slip, template="slip.typ", keep_years=2)
lamp = sdk.Procedure(
    name="lamp",
    states=S,
    begins=Report,
    matter="lamp",
    opens=R.CITIZEN,
    headline=headline,
    steps=(
        Step(S.OUT, S.SENT, by=R.PLATFORM, within=Promise(minutes=30)),
        Step(S.SENT, S.MENDED, by=R.SQUAD, shows=Mended, within=Promise(hours=4)),
        Step(S.MENDED, S.PAID, by=R.HEAD, within=Promise(working_days=5)),
    ),
)
late = sdk.Procedure(
    name="late",
    states=L,
    begins=Look,
    matter="lamp",
    opens=R.HEAD,
    steps=(Step(L.LATE, L.ANSWERED, by=R.HEAD, within=Promise(hours=4)),),
)
out, mended = lamp.entering(S.OUT), lamp.taking(S.SENT, S.MENDED)
dispatch = sdk.Dispatch(
    on=out, kind=sdk.UnitKind.SQUAD, errand=errand, by=lamp.taking(S.OUT, S.SENT), travel="land"
)
posting = sdk.Posting(on=mended, moves=moved, books=(scrap,))
issues = sdk.Issues(on=mended, paper=slip, data=slip_of)
grant = sdk.Grant(on=mended, fund="lamps", of=Mended, rates="rates", amount=reward)
rating = sdk.Rating(on=lamp.entering(S.MENDED), by=R.CITIZEN)
wait = sdk.Typical(name="wait", since=out, until=lamp.entering(S.MENDED))
total = sdk.Total(name="scrap", on=mended, of=Mended, value=scrap_of, unit_of=Mass, per=("part",))
slow = sdk.WarnAbove(indicator=wait, above=sdk.Span.of(Decimal(240)), tell=R.HEAD, opens="late")
overdue = sdk.WarnLate(clock="sent_to_mended", of="lamp", tell=R.HEAD, opens="late")
intake = sdk.Intake(kind="lamps.late", opens="late", record=look_at)
told = sdk.Tell(on=grant.made, whom=R.CITIZEN, words="reward")
warned = sdk.Tell(on=overdue, whom=R.HEAD, words="overdue")

pack = sdk.Pack(
    name="lamps",
    home=__name__,
    version="1.0.0",
    body="works",
    roles={R.CITIZEN: Held.PERSON, R.SQUAD: Held.UNIT, R.HEAD: Held.POST,
           R.PLATFORM: Held.PLATFORM},
    matters=(sdk.Matter(name="lamp", basis=("城市道路照明设施管理规定 §2",)),),
    procedures=(lamp, late),
    parts=(dispatch, posting, issues, grant, rating, wait, total, slow, overdue, intake, told,
           warned),
)  # fmt: skip
