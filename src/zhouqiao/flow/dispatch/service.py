"""Sending somebody: weighed up, written down with its reasons, and taken as the platform's step."""

from datetime import timedelta

from zhouqiao.base import Datum, Invalid, Point
from zhouqiao.flow import case as cases
from zhouqiao.flow.case import Case, ShapeSpec
from zhouqiao.flow.dispatch import repository
from zhouqiao.flow.dispatch.declare import DispatchSpec, Errand
from zhouqiao.flow.dispatch.facts import NobodyAble, PlanMade
from zhouqiao.flow.dispatch.model import Plan, Travel, nearest_able
from zhouqiao.platform import unit as units
from zhouqiao.platform.place import convert
from zhouqiao.platform.unit import UnitId
from zhouqiao.platform.unit.declare import Need
from zhouqiao.store import Desk, remind

AGAIN = "dispatch.again"
TRAVEL = "dispatch.travel"  # the pinned function that finds ways
PATIENCE = timedelta(seconds=30)
ENOUGH = 5  # able ones to weigh by the real way: nearest by air is not always nearest by sea


def plan(desk: Desk, case: Case, spec: DispatchSpec, travel: Travel) -> Plan:
    """Weigh up who could go to a case, and choose."""
    errand: Errand = cases.apply_rule(desk, spec.errand, case.record)
    end = _place_of(case, errand)
    need = Need(
        at=end, starts=desk.now(), ends=desk.now() + timedelta(minutes=errand.minutes),
        kind=spec.kind, capability=errand.capability, licences=errand.licences,
        loads=errand.loads,
    )  # fmt: skip
    candidates = units.units_near(desk, need, enough=ENOUGH)
    return nearest_able(case.id, candidates, end, over=spec.travel, travel=travel, at=desk.now())


def reachable(desk: Desk, case: Case) -> None:
    """Refuse a case just opened to which nobody could ever find a way. Writes nothing.

    Raises what the way refuses: a point on land or off the chart where units go by sea.
    """
    spec = waits_for(case, cases.shape_of(desk, case.shape))
    if spec is not None:
        end = _place_of(case, cases.apply_rule(desk, spec.errand, case.record))
        desk.pinned.function(TRAVEL)(spec.travel, end, end)


def send(desk: Desk, case: Case, spec: DispatchSpec, travel: Travel) -> Plan:
    """Send the nearest able unit; where there is none, look again soon."""
    made = plan(desk, case, spec, travel)
    if made.unit is None or not units.engage(desk, UnitId(made.unit), "sent"):
        remind(desk, AGAIN, case.id, at=desk.now() + PATIENCE, scope=case.scope)
        _tell_nobody(desk, case, made)
        return made
    repository.add(desk, case, made)
    chosen = next(one for one in made.tried if one.unit == made.unit)
    fact = PlanMade(
        case=case.id, unit=made.unit, policy=made.policy, km=chosen.km, minutes=chosen.minutes,
        passed_over=len(made.passed_over),
    )  # fmt: skip
    desk.tell(fact, about=case.id, scope=case.scope, person=case.person)
    cases.take_step(desk, case.id, spec.step, unit=made.unit)
    return made


def free(desk: Desk, case: str, *, moved: int) -> None:
    """Let the unit go that was engaged for a case before it made its move number `moved`."""
    unit = repository.engaged_by(desk, case, before=moved)
    if unit is not None:
        units.disengage(desk, UnitId(unit), "free")


def explain(desk: Desk, case: str) -> Plan | None:
    """Return who was weighed up for a case, and why each did not go."""
    return repository.of_case(desk, case)


def specs_of(shape: ShapeSpec) -> tuple[DispatchSpec, ...]:
    """Return what a shape says about sending somebody."""
    return shape.section("dispatch", DispatchSpec)


def waits_for(case: Case, shape: ShapeSpec) -> DispatchSpec | None:
    """Return the dispatch a case is waiting for as it stands, if any."""
    if case.phase != "open":
        return None
    return next((one for one in specs_of(shape) if one.on.state == case.state), None)


def _place_of(case: Case, errand: Errand) -> Point:
    """Return where the errand is, on WGS 84. Raises `Invalid` where nobody said."""
    if errand.at is not None:
        return convert(errand.at.stated("place"), Datum.WGS84)
    if case.point is None:
        raise Invalid("place", "missing")
    return Point(lon=case.point[0], lat=case.point[1])


def _tell_nobody(desk: Desk, case: Case, made: Plan) -> None:
    fact = NobodyAble(case=case.id, looked_at=len(made.tried))
    desk.tell(fact, about=case.id, scope=case.scope, person=case.person)
