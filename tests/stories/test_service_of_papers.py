"""Service of a decision (送达): in the inbox by consent, else by officers; times run from it."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from packs import penalty
from stories.test_penalty import FILED, HERE, Bureau
from zhouqiao.flow import case as cases
from zhouqiao.flow import outcome
from zhouqiao.flow.case import CaseId
from zhouqiao.platform import document, notice
from zhouqiao.platform.document.content import FilesInMemory
from zhouqiao.platform.document.typeset import Press
from zhouqiao.platform.notice import Notice, Proof
from zhouqiao.platform.notice.declare import Way
from zhouqiao.store import story
from zhouqiao.store.engines import Server
from zhouqiao.testing import World, open_world


@pytest.fixture
def world(server: Server) -> Iterator[World]:
    with open_world(server, [penalty.pack], start=FILED) as found:
        yield found


@pytest.fixture
def bureau(world: World) -> Bureau:
    return Bureau(world)


def confirm(bureau: Bureau) -> None:
    """Let the party confirm the inbox as their address for service."""
    with bureau.world.desk(bureau.party) as desk:
        notice.consent(desk, bureau.party.person, Way.INBOX, field="", scope=HERE, confirmed=True)


def decided(bureau: Bureau) -> str:
    """Bring a case to its decision, and tell of it."""
    case = bureau.begin()
    bureau.waive(case)
    bureau.decide(case)
    bureau.world.drain()
    return case


def told(bureau: Bureau, case: str) -> Notice:
    """Return the decision as it lies in the party's inbox."""
    with bureau.world.desk(bureau.party) as desk:
        return next(it for it in notice.about(desk, case) if it.code == "penalty.decided")


def opened(bureau: Bureau, case: str) -> None:
    """Let the party open the decision."""
    with bureau.world.desk(bureau.party) as desk:
        notice.open_(desk, told(bureau, case).id)
    bureau.world.drain()


def today(bureau: Bureau) -> date:
    return date.fromisoformat(bureau.day())


def test_at_a_confirmed_address_it_is_served_as_it_arrives_and_the_times_run(
    bureau: Bureau,
) -> None:
    confirm(bureau)

    case = decided(bureau)

    stands, served = bureau.stands(case), told(bureau, case)
    assert stands.state == "served"
    assert stands.shown["service"] == {
        "way": "arrived", "day": bureau.day(), "who": str(served.id),
    }  # fmt: skip
    assert bureau.due(case, "served_to_overdue") == today(bureau) + timedelta(days=15)


def test_the_proof_of_service_is_a_paper_in_the_case(bureau: Bureau, tmp_path: Path) -> None:
    confirm(bureau)

    case = decided(bureau)

    with bureau.world.desk() as desk:
        (proof,) = outcome.papers_of(desk, CaseId(case))
        copy = document.Copy(part="only", tongue="zh", address="http://here.example/verify/x")
        printed = document.print_paper(desk, Press(tmp_path), FilesInMemory(), proof.paper, copy)
    assert proof.kind == "penalty.service"
    assert printed.raw.startswith(b"%PDF")


def test_whoever_confirmed_nothing_is_not_served_by_looking_but_it_is_known_who_looked(
    bureau: Bureau,
) -> None:
    case = decided(bureau)

    opened(bureau, case)

    assert bureau.stands(case).state == "decided"
    looked = told(bureau, case)
    assert (looked.person, looked.read_at) == (bureau.party.person, bureau.world.clock.now())


def test_whoever_confirms_later_is_served_as_they_open_it(bureau: Bureau) -> None:
    case = decided(bureau)
    bureau.world.later(days=1)
    confirm(bureau)

    opened(bureau, case)

    assert bureau.stands(case).shown["service"]["way"] == Proof.READ
    assert bureau.stands(case).shown["service"]["day"] == bureau.day()


@pytest.mark.parametrize("way", ["signed_for", "left", "posted"])
def test_two_officers_serve_it_on_whoever_confirmed_nothing(bureau: Bureau, way: str) -> None:
    case = decided(bureau)

    bureau.pair(case, "decided_to_served", bureau.returned(way))
    bureau.world.drain()

    assert bureau.due(case, "served_to_overdue") == today(bureau) + timedelta(days=15)
    with bureau.world.desk() as desk:
        assert len(outcome.papers_of(desk, CaseId(case))) == 1


def test_what_is_announced_is_served_once_the_announcement_ran_its_term(bureau: Bureau) -> None:
    """民诉法 §95: thirty days from the day it was announced; only then the fifteen to pay."""
    case = decided(bureau)

    bureau.pair(case, "decided_to_served", bureau.returned("published"))

    assert bureau.due(case, "served_to_overdue") == today(bureau) + timedelta(days=45)


@pytest.mark.parametrize("way", ["arrived", "read", "replied"])
def test_officers_do_not_say_that_it_was_served_in_the_inbox(bureau: Bureau, way: str) -> None:
    case = decided(bureau)

    with pytest.raises(cases.NotNow):
        bureau.pair(case, "decided_to_served", bureau.returned(way))

    assert bureau.stands(case).state == "decided"


def test_a_service_by_hand_stands_whatever_is_opened_after_it(bureau: Bureau) -> None:
    case = decided(bureau)
    bureau.pair(case, "decided_to_served", bureau.returned())
    handed, due = bureau.stands(case).shown["service"], bureau.due(case, "served_to_overdue")
    bureau.world.later(days=2)
    confirm(bureau)

    opened(bureau, case)

    assert bureau.stands(case).shown["service"] == handed
    assert bureau.due(case, "served_to_overdue") == due
    assert bureau.world.fetch("SELECT count(*) AS n FROM parked") == [{"n": 0}]


def test_consent_withdrawn_before_it_leaves_the_service_to_the_officers(bureau: Bureau) -> None:
    confirm(bureau)
    with bureau.world.desk(bureau.party) as desk:
        notice.withdraw(desk, bureau.party.person, Way.INBOX, scope=HERE)

    case = decided(bureau)

    assert bureau.stands(case).state == "decided"


def test_a_case_is_served_once_however_often_the_platform_wakes(bureau: Bureau) -> None:
    confirm(bureau)
    case = decided(bureau)

    opened(bureau, case)
    bureau.world.later(days=1)

    with bureau.world.desk() as desk:
        kinds = [one.kind for one in story(desk, case)]
        moves = bureau.stands(case).nth
    assert kinds.count("notice.Served") == 1
    assert bureau.stands(case).nth == moves
    assert bureau.stands(case).state == "served"
