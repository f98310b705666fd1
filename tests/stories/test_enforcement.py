"""No court is asked to enforce what is under review or before a court (强制法 §53)."""

from collections.abc import Iterator

import pytest

from packs import penalty
from stories.test_penalty import FILED, NOTE, PAYMENT, Bureau
from zhouqiao.flow import case as cases
from zhouqiao.store.engines import Server
from zhouqiao.testing import World, open_world


@pytest.fixture
def world(server: Server) -> Iterator[World]:
    with open_world(server, [penalty.pack], start=FILED) as found:
        yield found


@pytest.fixture
def bureau(world: World) -> Bureau:
    return Bureau(world)


def served(bureau: Bureau) -> cases.Case:
    case = bureau.begin()
    bureau.serve(case)
    bureau.world.later(days=16)
    return bureau.stands(case)


def under_review(bureau: Bureau) -> cases.Case:
    """Return a case appealed against in time, still undecided when the time to sue is over."""
    case = served(bureau)
    bureau.world.later(days=30)
    bureau.world.appeal(bureau.party, case, "过重")
    bureau.world.later(days=200)
    return bureau.stands(case.id)


def due(bureau: Bureau, case: cases.Case) -> None:
    """Let the demand be served and run out."""
    bureau.pair(case.id, "final_to_demanded", NOTE)
    bureau.world.later(days=20)


def test_unchallenged_it_becomes_final_and_after_a_demand_the_court_is_asked(
    bureau: Bureau,
) -> None:
    case = served(bureau)
    bureau.world.later(days=200)
    due(bureau, case)

    assert bureau.take(bureau.chief, case.id, "due_to_enforced", NOTE).is_closed


def test_while_a_review_is_pending_it_does_not_become_final_and_nobody_is_asked_to_enforce(
    bureau: Bureau,
) -> None:
    case = under_review(bureau)

    assert (case.state, case.phase) == ("overdue", "appealed")
    assert not [one for one in bureau.world.todo(bureau.one) if one.startswith("final")]
    with pytest.raises(cases.StepNotOpen):
        bureau.pair(case.id, "final_to_demanded", NOTE)


def test_meanwhile_the_fine_may_still_be_paid(bureau: Bureau) -> None:
    case = under_review(bureau)

    assert bureau.take(bureau.party, case.id, "overdue_to_paid", PAYMENT).state == "paid"


def test_once_the_review_upheld_it_it_goes_on_from_there(bureau: Bureau) -> None:
    case = under_review(bureau)
    bureau.world.answer(bureau.tribunal, case, "适当", upheld=True)
    bureau.world.drain()
    assert bureau.stands(case.id).state == "final"

    due(bureau, case)

    assert bureau.take(bureau.chief, case.id, "due_to_enforced", NOTE).is_closed


def test_a_review_that_quashed_it_leaves_nothing_to_enforce(bureau: Bureau) -> None:
    case = under_review(bureau)

    bureau.world.answer(bureau.tribunal, case, "证据不足", upheld=False)
    bureau.world.drain()

    assert bureau.stands(case.id).state == "filed"


@pytest.mark.parametrize("known_at", ["overdue", "due"])
def test_while_a_suit_is_pending_there_is_no_way_to_enforcement(
    bureau: Bureau, known_at: str
) -> None:
    """Brought in time, and heard of at once or only after the demand ran out."""
    case = served(bureau)
    if known_at == "due":
        bureau.world.later(days=200)
        due(bureau, case)

    bureau.pair(case.id, f"{known_at}_to_sued", NOTE)
    bureau.world.later(days=400)

    assert bureau.stands(case.id).state == "sued"
    with pytest.raises(cases.StepNotOpen):
        bureau.take(bureau.chief, case.id, "due_to_enforced", NOTE)


def test_once_the_court_upheld_it_a_demand_is_served_anew_before_the_court_is_asked(
    bureau: Bureau,
) -> None:
    case = served(bureau)
    bureau.pair(case.id, "overdue_to_sued", NOTE)
    bureau.pair(case.id, "sued_to_final", NOTE)
    due(bureau, case)

    assert bureau.take(bureau.chief, case.id, "due_to_enforced", NOTE).is_closed


def test_a_step_into_a_stayed_state_is_refused_and_stands_on_nobodys_list(bureau: Bureau) -> None:
    case = served(bureau)
    bureau.pair(case.id, "overdue_to_sued", NOTE)
    bureau.world.appeal(bureau.party, case, "过重")

    assert "sued_to_final" not in bureau.world.todo(bureau.one)
    with pytest.raises(cases.CaseStandsStill):
        bureau.pair(case.id, "sued_to_final", NOTE)
