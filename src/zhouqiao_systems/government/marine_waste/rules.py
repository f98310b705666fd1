"""What follows from the records: each rule is cited by its name and version, and never edited."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from zhouqiao.sdk import Account, Affair, Book, Errand, Load, Mass, Money, Move, Whose, rule
from zhouqiao_systems.government.marine_waste.records import (
    Handover,
    Landing,
    LateNotice,
    PickupRequest,
    Rates,
    Receipt,
    Waste,
)

mass = Book(name="waste", of=Mass, share=Decimal("0.02"), least=Mass.of("0.5"))
fisher = Account("fisher", Whose.PERSON)
boat = Account("boat", Whose.UNIT)
depot = Account("depot")


@rule("headline", 1)
def headline(asked: PickupRequest) -> str:
    """Return the vessel and the kinds, as the queue shows them."""
    return f"{asked.vessel}|{'|'.join(line.kind.value for line in asked.kinds)}"


@rule("late_headline", 1)
def late_headline(notice: LateNotice) -> str:
    """Return the case it is about and the word of the promise, as the queue shows them."""
    return f"{notice.about}|clock.pickup.{notice.clock}"


@rule("errand", 1)
def errand(asked: PickupRequest) -> Errand:
    """Return what a boat must have room and licence for, to be sent."""
    return Errand(
        loads=tuple(Load(kind=line.kind.value, amount=line.mass) for line in asked.kinds),
        licences=("hazardous_waste",) if any(k.kind.is_hazardous for k in asked.kinds) else (),
        at=asked.place,
    )


@rule("taken_aboard", 1)
def taken_aboard(shown: Handover) -> tuple[Move, ...]:
    """From the fisher's boat into ours, as weighed."""
    return tuple(
        Move(book=mass, kind=line.kind.value, frm=fisher, to=boat, quantity=line.mass)
        for line in shown.lines
    )


@rule("landed", 1)
def landed(shown: Landing) -> tuple[Move, ...]:
    """From our boat into the depot, as weighed there."""
    return tuple(
        Move(book=mass, kind=line.kind.value, frm=boat, to=depot, quantity=line.mass)
        for line in shown.lines
    )


@rule("mass_of", 1)
def mass_of(shown: Handover) -> Mass:
    """All that was handed over."""
    return sum((line.mass for line in shown.lines), Mass.zero())


@rule("plastic_of", 1)
def plastic_of(shown: Handover) -> Mass:
    """Plastic alone: a counter of its own, never mixed with debris."""
    return sum((line.mass for line in shown.lines if line.kind is Waste.PLASTIC), Mass.zero())


@rule("receipt_of", 1)
def receipt_of(shown: Handover, affair: Affair) -> Receipt:
    """Return what the receipt says: as weighed, as signed."""
    return Receipt(
        code=affair.code, ship=str(affair.began["vessel"]), vessel=shown.boat, begun=shown.begun,
        ended=shown.ended, at=shown.place, lines=shown.lines, total=mass_of(shown),
    )  # fmt: skip


@rule("by_weight", 1)
def by_weight(shown: Handover, rates: Rates) -> Money:
    """So much a kilogram of each kind, to the fen, and no more than the ceiling of a handover."""
    paid = sum(
        (getattr(rates, line.kind.value) * line.mass.kg for line in shown.lines), Money.zero()
    )
    fen = Money(paid.yuan.quantize(Decimal("0.01"), ROUND_HALF_UP))
    return min(fen, rates.ceiling)


@rule("late_notice", 1)
def late_notice(body: dict[str, Any]) -> LateNotice:
    """Make a case to look into of a promise that was not kept."""
    return LateNotice(about=str(body["case"]), clock=str(body["clock"]))
