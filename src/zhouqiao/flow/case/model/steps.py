"""Who may take a step, when, and under whose signatures."""

from datetime import datetime

from msgspec import UNSET

from zhouqiao.flow.case.errors import (
    AlreadySigned,
    CaseStandsStill,
    HandsAreTied,
    NotYourStep,
    StepNotOpen,
    TooLate,
    WrongRecord,
)
from zhouqiao.flow.case.model.case import Actor, Case, Hand, Running, Signed
from zhouqiao.flow.case.model.clocks import over
from zhouqiao.flow.case.model.shape import ShapeSpec, StepSpec


def may_take(case: Case, shape: ShapeSpec, step: StepSpec, now: datetime) -> None:
    """Refuse a step the case does not stand before.

    A time that is over has had its effect then (视为), not when somebody looked: nobody moves it.
    """
    if not goes_on(case, shape):
        raise CaseStandsStill(case.id, case.phase, case.state)
    if step.start != case.state:
        open_ = tuple(one.name for one in shape.open_steps(case.state))
        raise StepNotOpen(case.id, case.state, step.name, open_)
    if is_stayed(case, shape, step.end):
        raise CaseStandsStill(case.id, case.phase, case.state)
    lapsed = over(case, shape, now)
    if lapsed is not None and is_stayed(case, shape, _leads_to(shape, lapsed)):
        return
    if lapsed is not None and lapsed.due is not None and lapsed.due < now and step.chairs:
        raise TooLate(case.id, lapsed.due.isoformat())


def _leads_to(shape: ShapeSpec, clock: Running) -> str:
    return next(spec.lapses or "" for spec in shape.clocks if spec.name == clock.name)


def goes_on(case: Case, shape: ShapeSpec) -> bool:
    """Say whether steps may be taken: it is open, or appealed against without being held."""
    unheld = shape.remedy is not None and not shape.remedy.holds
    return case.phase == "open" or (case.phase == "appealed" and unheld)


def is_stayed(case: Case, shape: ShapeSpec, end: str) -> bool:
    """Say whether a state is not to be entered while an appeal is pending."""
    stays = UNSET if shape.remedy is None else shape.remedy.stays
    return case.phase == "appealed" and stays is not UNSET and end in stays


def sign(case: Case, step: StepSpec, actor: Actor, digest: str) -> tuple[Signed, ...]:
    """Return the signatures under a step once `actor` has signed too.

    Refuses somebody of no chair, a second signature of one person, somebody whose own earlier
    act this step is to check, a missing certificate, and a record that differs from the one
    already signed.
    """
    given = tuple(one for one in case.signed.get(step.name, ()) if one.digest == digest)
    if case.signed.get(step.name) and not given:
        raise WrongRecord(case.id, step.name)
    chair = next((one for one in step.chairs if one.role == actor.role), None)
    if chair is None:
        raise NotYourStep(case.id, step.name, tuple(one.role for one in step.chairs))
    if chair.certificate and chair.certificate not in actor.certificates:
        raise NotYourStep(case.id, step.name, (chair.role,), certificate=chair.certificate)
    if any(one.person == actor.person for one in given):
        raise AlreadySigned(case.id, step.name)
    _other_hands(case, step, actor)
    signature = Signed(role=actor.role, person=actor.person, digest=digest, by_hand=actor.by_hand)
    return (*given, signature)


def _other_hands(case: Case, step: StepSpec, actor: Actor) -> None:
    for state in step.other_than:
        if actor.person in case.who_entered(state):
            raise HandsAreTied(case.id, step.name, state)


def tied(case: Case, step: StepSpec) -> frozenset[str]:
    """Return whom a step refuses as the case stands: whose own earlier act it is to check."""
    return frozenset(who for state in step.other_than for who in case.who_entered(state))


def is_complete(step: StepSpec, signed: tuple[Signed, ...]) -> bool:
    """Say whether every chair of a step is filled."""
    return all(
        sum(1 for one in signed if one.role == chair.role) >= chair.count for chair in step.chairs
    )


def hands_after(case: Case, end: str, persons: tuple[str, ...], at: datetime) -> tuple[Hand, ...]:
    """Return who brought the case where, with the newest move in it; nobody is forgotten."""
    rest = tuple(hand for hand in case.hands if hand.state != end)
    return (*rest, Hand(state=end, persons=persons, at=at, before=case.who_entered(end)))
