"""The first version: asked, cleaned; two yuan a kilogram."""

from enum import StrEnum

from zhouqiao import sdk
from zhouqiao.sdk import Held, Mass, Money, Promise, Step, record, rule

R = StrEnum("R", "FISHER CREW PLATFORM")
S = StrEnum("S", "ASKED CLEANED")


@record
class Asked:
    """Which berth."""

    berth: str


@record
class Cleaned:
    """How much was taken."""

    mass: Mass


@rule("headline", 1)
def headline(it: Asked) -> str:
    """The berth."""
    return it.berth


@rule("reward", 1)
def reward(it: Cleaned) -> Money:
    """Two yuan a kilogram."""
    return Money.of(2) * it.mass.kg


clean = sdk.Procedure(
    name="clean",
    states=S,
    begins=Asked,
    matter="clean",
    opens=R.FISHER,
    headline=headline,
    steps=(Step(S.ASKED, S.CLEANED, by=R.CREW, shows=Cleaned, within=Promise(hours=4)),),
)
pack = sdk.Pack(
    name="berths",
    home="packs.berths",
    version="1.0.0",
    body="port",
    roles={R.FISHER: Held.PERSON, R.CREW: Held.POST, R.PLATFORM: Held.PLATFORM},
    matters=(sdk.Matter(name="clean", basis=("港口法 §26",)),),
    procedures=(clean,),
    parts=(
        sdk.Grant(
            on=clean.taking(S.ASKED, S.CLEANED), fund="clean_port", of=Cleaned, amount=reward
        ),
    ),
)
