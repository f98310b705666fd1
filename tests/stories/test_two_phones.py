"""A handover shown on the crew's phone and confirmed on the fisher's own."""

from typing import Any

import pytest

from zhouqiao.base import NotAllowed, NotFound, digest
from zhouqiao.flow import case as cases
from zhouqiao.flow import evidence, outcome
from zhouqiao.platform import document
from zhouqiao.store import Subject
from zhouqiao.testing import World

PLACE = {"lon": 121.655, "lat": 28.612}
ASKED: dict[str, Any] = {
    "vessel": "浙椒渔00000",
    "place": PLACE,
    "kinds": [{"kind": "plastic", "mass": {"kg": "12"}}],
}
NOW = "2026-10-14T00:40:00Z"
HANDOVER: dict[str, Any] = {
    "boat": "蓝样03", "place": PLACE, "begun": NOW, "ended": NOW,
    "lines": [
        {"kind": "plastic", "mass": {"kg": "12.40"}, "scale": "device", "weighed_at": NOW},
    ],
}  # fmt: skip
BOAT, STEP = "unit_lan03", "met_to_handed_over"


def met(world: World, crew: Subject) -> cases.Case:
    case = world.open(world.citizen(), "marine_waste.pickup", ASKED, scope="marine/331002001")
    with world.desk() as desk:
        cases.take_step(desk, case.id, "requested_to_sent", unit=BOAT)
    world.take(crew, case, "sent_to_under_way")
    return world.take(crew, case, "under_way_to_met", {"place": PLACE})


def hand(role: str, who: Subject, shown: dict[str, Any]) -> dict[str, Any]:
    return {
        "role": role, "person": who.person, "name": "林样本", "strokes": "M10 12c3 1 5 3 7 5",
        "signed_at": NOW, "covers": digest({"lines": shown["lines"]}),
    }  # fmt: skip


def show(world: World, case: cases.Case, crew: Subject) -> evidence.Evidence:
    """Let the crew show the handover without the fisher's hand; return what waits for it."""
    with world.desk(crew) as desk:
        made = evidence.show(desk, case.id, STEP, HANDOVER, key="h")
        assert made.status == "waiting"
    with world.desk(world.citizen()) as desk:
        waits = evidence.pending(desk, case.id)
    assert waits is not None
    return waits


def test_the_fisher_signs_the_same_record_and_the_step_is_taken_once(world: World) -> None:
    crew, fisher = world.crew(BOAT), world.citizen()
    case = met(world, crew)
    with world.desk(crew) as desk:
        form = cases.shape_of(desk, case.shape).forms["handover"]
        kept = document.form.check_form(form, HANDOVER)
        evidence.show(desk, case.id, STEP, HANDOVER, key="h", signatures=[hand("crew", crew, kept)])

    for _ in range(2):
        with world.desk(fisher) as desk:
            done = evidence.confirm(
                desk, case.id, STEP, key="f", signature=hand("fisher", fisher, kept)
            )
    world.drain()

    assert (done.status, world.stands(case).state) == ("done", "handed_over")
    with world.desk(fisher) as desk:
        (paper,) = outcome.papers_of(desk, case.id)
        found = document.proof.verify(desk, paper.paper)
        raw = document.machine_file(desk, paper.paper)
    assert found.genuine
    assert raw.count(b'"role":"fisher"') == raw.count(b'"role":"crew"') == 1
    posted = world.fetch("SELECT count(*) AS n FROM journal WHERE kind = 'ledger.Posted'")
    assert posted == [{"n": 1}]
    assert world.fetch("SELECT reaction, why FROM parked") == []


def test_nothing_waits_before_the_crew_has_shown_or_after_the_step(world: World) -> None:
    crew, fisher = world.crew(BOAT), world.citizen()
    case = met(world, crew)
    with world.desk(fisher) as desk:
        assert evidence.pending(desk, case.id) is None
    waits = show(world, case, crew)

    with world.desk(fisher) as desk:
        evidence.confirm(
            desk, case.id, STEP, key="f", signature=hand("fisher", fisher, waits.record)
        )

    with world.desk(fisher) as desk:
        assert evidence.pending(desk, case.id) is None
        with pytest.raises(NotFound):
            evidence.confirm(desk, case.id, STEP, key="g", signature={})


def test_nobody_confirms_in_another_ones_name(world: World) -> None:
    crew = world.crew(BOAT)
    case = met(world, crew)
    waits = show(world, case, crew)

    other = world.citizen("somebody")
    with world.desk(crew) as desk, pytest.raises(NotAllowed):
        evidence.confirm(
            desk, case.id, STEP, key="f", signature=hand("fisher", other, waits.record)
        )
