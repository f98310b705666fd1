"""The second version: the length is asked too, somebody checks, three yuan a kilogram."""

from dataclasses import replace
from enum import StrEnum

from packs.berths import v1
from packs.berths.v1 import Cleaned, R
from zhouqiao import sdk
from zhouqiao.sdk import Distance, Held, Money, Promise, Step, record, rule

S = StrEnum("S", "ASKED CLEANED CHECKED")
BOSS = StrEnum("BOSS", "HEAD").HEAD


@record
class Asked:
    """Which berth, and how long it is."""

    berth: str
    length: Distance


@rule("headline", 2)
def headline(it: Asked) -> str:
    """The berth and its length."""
    return f"{it.berth} {it.length.amount} {it.length.unit}"


@rule("reward", 2)
def reward(it: Cleaned) -> Money:
    """Three yuan a kilogram."""
    return Money.of(3) * it.mass.kg


clean = sdk.Procedure(
    name="clean",
    states=S,
    begins=Asked,
    matter="clean",
    opens=R.FISHER,
    headline=headline,
    steps=(
        Step(S.ASKED, S.CLEANED, by=R.CREW, shows=Cleaned, within=Promise(hours=4)),
        Step(S.CLEANED, S.CHECKED, by=BOSS, within=Promise(hours=8), other_than=(S.CLEANED,)),
    ),
)
pack = replace(
    v1.pack,
    version="2.0.0",
    roles={**v1.pack.roles, BOSS: Held.POST},
    procedures=(clean,),
    parts=(
        sdk.Grant(
            on=clean.taking(S.ASKED, S.CLEANED), fund="clean_port", of=Cleaned, amount=reward
        ),
    ),
    former=(v1.headline, *v1.pack.parts),
)
