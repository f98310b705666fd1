"""What may be asked of units. One command, one transaction; nobody here commits."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from zhouqiao.base import Invalid, Mass, Volume
from zhouqiao.platform import identity
from zhouqiao.platform.unit import facts
from zhouqiao.platform.unit.declare import (
    SPEEDS_KMH,
    Compartment,
    Load,
    Need,
    Shift,
    UnitState,
)
from zhouqiao.platform.unit.errors import LicenceNotHeld, NameTaken, UnitUnknown
from zhouqiao.platform.unit.model import (
    Candidate,
    Licence,
    Unit,
    UnitId,
    check_shifts,
    in_store,
    weigh,
)
from zhouqiao.platform.unit.repository import Units
from zhouqiao.platform.unit.track.service import watch
from zhouqiao.store import Desk

BOXES = (0.1, 0.4, 1.6, 180.0)
"""Half the side of the box looked into, in degrees, each time nothing able was in the last."""

MOST = 200


def register_unit(desk: Desk, unit: Unit) -> Unit:
    """Make a unit known, at its berth until it says otherwise; its `id` is given here.

    A speed of 0 means the one assumed for its kind. Raises `Invalid`, `NameTaken`.
    """
    speed = unit.speed_kmh or SPEEDS_KMH.get(unit.kind, Decimal(0))
    unit = replace(unit.checked(), id=desk.ids.new(UnitId), speed_kmh=speed)
    desk.may("unit.register", scope=unit.scope)
    if not Units(desk).add(unit):
        raise NameTaken(unit.name)
    fact = facts.UnitRegistered(
        unit=unit.id, kind=unit.kind, name=unit.name, capabilities=unit.capabilities
    )
    desk.tell(fact, about=unit.id, scope=unit.scope)
    return unit


def unit_of(desk: Desk, unit_id: UnitId) -> Unit:
    """Return a unit, as far as the subject may see it. Raises `UnitUnknown`."""
    return _known(unit_id, Units(desk).unit(unit_id))


def set_state(desk: Desk, unit_id: UnitId, state: UnitState, why: str) -> None:
    """Say that a unit is ready, engaged or out of service."""
    unit = _held(desk, unit_id, "unit.state")
    if unit.state is state:
        return
    Units(desk).set_state(unit_id, state)
    fact = facts.UnitStateChanged(unit=unit_id, state=state, why=why)
    desk.tell(fact, about=unit_id, scope=unit.scope)


def engage(desk: Desk, unit_id: UnitId, why: str) -> bool:
    """Take a ready unit for an errand, held against others; say no if somebody was faster."""
    if _held(desk, unit_id, "unit.state").state is not UnitState.READY:
        return False
    set_state(desk, unit_id, UnitState.ENGAGED, why)
    return True


def disengage(desk: Desk, unit_id: UnitId, why: str) -> None:
    """Let an engaged unit be ready again; one that is neither is left as it is."""
    if _held(desk, unit_id, "unit.state").state is UnitState.ENGAGED:
        set_state(desk, unit_id, UnitState.READY, why)


def change_shift(desk: Desk, unit_id: UnitId, span: Shift, shifts: Sequence[Shift]) -> None:
    """Say when a unit is on duty within a span of time; other shifts touching it are gone.

    Raises `Invalid`, `ShiftsOverlap`.
    """
    ordered = check_shifts(span.starts, span.ends, shifts)
    unit = _held(desk, unit_id, "unit.shift")
    Units(desk).put_shifts(unit, span, ordered)
    watch(desk, unit.scope)
    told = tuple((one.starts, one.ends) for one in ordered)
    fact = facts.ShiftChanged(unit=unit_id, starts=span.starts, ends=span.ends, shifts=told)
    desk.tell(fact, about=unit_id, scope=unit.scope)


def license_unit(desk: Desk, unit_id: UnitId, licence: Licence) -> None:
    """Keep a unit's licence to do a kind of thing. Raises `Invalid`."""
    licence.checked()
    unit = _held(desk, unit_id, "unit.license")
    Units(desk).add_licence(unit, licence)
    fact = facts.UnitLicensed(
        unit=unit_id,
        kind=licence.kind,
        number=licence.number,
        valid_from=licence.valid_from,
        valid_to=licence.valid_to,
    )
    desk.tell(fact, about=unit_id, scope=unit.scope)


def withdraw_licence(desk: Desk, unit_id: UnitId, kind: str, why: str) -> None:
    """End a unit's licences of a kind now. Raises `LicenceNotHeld`."""
    unit = _held(desk, unit_id, "unit.license")
    if not Units(desk).end_licences(unit_id, kind, why):
        raise LicenceNotHeld(kind)
    fact = facts.LicenceWithdrawn(unit=unit_id, kind=kind, why=why)
    desk.tell(fact, about=unit_id, scope=unit.scope)


def board(desk: Desk, unit_id: UnitId, person: identity.PersonId) -> None:
    """Make a person crew of a unit (and of no other): from now on they see what it is given."""
    unit = _held(desk, unit_id, "unit.crew")
    identity.assign_crew(desk, person, unit_id, scope=unit.scope)


def leave(desk: Desk, unit_id: UnitId, person: identity.PersonId) -> None:
    """Make a person crew of no unit."""
    unit = _held(desk, unit_id, "unit.crew")
    identity.assign_crew(desk, person, None, scope=unit.scope)


def stow(
    desk: Desk, unit_id: UnitId, compartment: str, kind: str, amount: Mass | Volume
) -> facts.LoadChanged:
    """Keep what was taken into a compartment, and return what it means.

    What was seen is never refused for being inconvenient: too much, or of a kind that does not
    belong there, is kept and said (`over`, `foreign`). Raises `Invalid` (wrong measure, below 0).
    """
    return _move(desk, unit_id, compartment, Load(kind=kind, amount=amount), Decimal(1))


def unstow(
    desk: Desk, unit_id: UnitId, compartment: str, kind: str, amount: Mass | Volume
) -> facts.LoadChanged:
    """Keep what was taken out of a compartment; more than was known to be in it is `missing`."""
    return _move(desk, unit_id, compartment, Load(kind=kind, amount=amount), Decimal(-1))


def _move(
    desk: Desk, unit_id: UnitId, compartment: str, load: Load, sign: Decimal
) -> facts.LoadChanged:
    unit = _held(desk, unit_id, "unit.load")
    part = _part(unit, compartment, load)
    kept = Units(desk)
    aboard = kept.loads([unit_id], {unit_id: unit.compartments}).get(unit_id, {})
    others = {one.kind: one.amount.amount for one in aboard.get(compartment, ())}
    after = others.pop(load.kind, Decimal(0)) + sign * load.amount.amount
    left = max(after, Decimal(0))
    kept.put_load(unit, compartment, load.kind, left)
    fact = facts.LoadChanged(
        unit=unit_id,
        compartment=compartment,
        kind=load.kind,
        measure=part.capacity.unit,
        change=sign * load.amount.amount,
        load=left,
        over=max(left + sum(others.values(), Decimal(0)) - part.capacity.amount, Decimal(0)),
        foreign=load.kind not in part.holds,
        missing=max(-after, Decimal(0)),
    )
    desk.tell(fact, about=unit_id, scope=unit.scope)
    return fact


def _part(unit: Unit, compartment: str, load: Load) -> Compartment:
    load.amount.stated("amount")
    for part in unit.compartments:
        if part.name == compartment:
            if type(part.capacity) is not type(load.amount):
                raise Invalid("amount", "wrong_measure", measure=part.capacity.unit)
            return part
    raise Invalid("compartment", "unknown", value=compartment)


def load_of(desk: Desk, unit_id: UnitId) -> dict[str, tuple[Load, ...]]:
    """Return what is aboard a unit, by compartment."""
    unit = unit_of(desk, unit_id)
    return Units(desk).loads([unit_id], {unit_id: unit.compartments}).get(unit_id, {})


def units_near(desk: Desk, need: Need, *, enough: int = 1) -> list[Candidate]:
    """Return the nearest units of a kind, nearest first, each with what it `lacks`.

    The box looked into grows until `enough` able ones were in it. At most 200 are weighed: those
    answer "why not a nearer one" too.
    """
    need = replace(need, at=in_store(need.at, "at"))
    found: list[Candidate] = []
    for box in BOXES:
        found = [weigh(one, need, desk.now()) for one in Units(desk).near(need, box, MOST)]
        if sum(one.is_able for one in found) >= enough or len(found) == MOST:
            break
    return sorted(found, key=lambda one: (one.km, one.unit.id))


def able_units(desk: Desk, need: Need, *, enough: int = 1) -> list[Candidate]:
    """Return the nearest units that lack nothing, nearest first by great circle."""
    return [one for one in units_near(desk, need, enough=enough) if one.is_able]


def _held(desk: Desk, unit_id: UnitId, action: str) -> Unit:
    """Return a unit, held against others, on which the subject may do that."""
    unit = _known(unit_id, Units(desk).unit(unit_id, lock=True))
    desk.may(action, scope=unit.scope)
    return unit


def _known(unit_id: str, unit: Unit | None) -> Unit:
    if unit is None:
        raise UnitUnknown(unit_id)
    return unit
