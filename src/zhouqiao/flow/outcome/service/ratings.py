"""What whoever it was done for thought of it (好差评)."""

from zhouqiao.flow import case as cases
from zhouqiao.flow.case import Case, ShapeSpec
from zhouqiao.flow.case.declare import On
from zhouqiao.flow.outcome import facts, repository
from zhouqiao.flow.outcome.declare import OutcomeSpec
from zhouqiao.flow.outcome.errors import AlreadyRated, NotYet, NotYours
from zhouqiao.flow.outcome.model import Rated, stated
from zhouqiao.store import Desk


def rate(desk: Desk, case_id: str, stars: int, text: str = "") -> Rated:
    """Rate how a case was done, once, from 1 (bad) to 5, in at most 500 characters.

    Raises `Invalid`, `NotYours`, `NotYet`, `AlreadyRated`, `NoSuchCase`.
    """
    words = stated(stars, text)
    case = cases.get(desk, case_id)
    if case.person is None or desk.subject.person != case.person:
        raise NotYours("outcome.rate")
    if not _may_be_rated(case, cases.shape_of(desk, case.shape)):
        raise NotYet(case_id)
    one = Rated(case=case.id, stars=stars, text=words, at=desk.now())
    if not repository.rate(desk, one, case.scope):
        raise AlreadyRated(case_id)
    fact = facts.Rated(case=case.id, stars=stars, wrote=bool(words))
    desk.tell(fact, about=case.id, scope=case.scope, person=case.person)
    return one


def rating_of(desk: Desk, case: str) -> Rated | None:
    """Return the rating of a case, if it has one."""
    return repository.rating(desk, case)


def _may_be_rated(case: Case, shape: ShapeSpec) -> bool:
    specs = shape.section("outcome", OutcomeSpec)
    return any(spec.way == "rating" and _was(case, shape, spec.on) for spec in specs)


def _was(case: Case, shape: ShapeSpec, on: On) -> bool:
    """Say whether the case has been where the moment lies."""
    state = on.state or shape.step(on.step or "").end
    return bool(case.who_entered(state))
