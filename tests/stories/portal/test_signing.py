"""What a hand on a screen signs for is what the paper of its pack declares."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from msgspec import structs

from stories.portal.conftest import Acts
from stories.portal.handover import HANDOVER, HERE, NOW
from zhouqiao.base import digest
from zhouqiao.flow import outcome
from zhouqiao.platform import document
from zhouqiao.sdk import Issues, Pack
from zhouqiao.store.engines import Server
from zhouqiao.testing.web import Member, Web, open_web
from zhouqiao_systems.government import marine_waste

STEP = "met_to_handed_over"
DECLARED = [
    (("lines",), ["lines"]),
    (("begun", "lines", "ended"), ["begun", "ended", "lines"]),
]
"""What a receipt says its hands cover, and what of a handover that is, in the form's order."""


@pytest.fixture
def web(server: Server, covers: tuple[str, ...]) -> Iterator[Web]:
    """A portal whose receipts are signed for as a test says."""
    with open_web(server, [signed_for(covers)]) as found:
        yield found


def signed_for(covers: tuple[str, ...]) -> Pack:
    """The marine waste pack with a receipt whose hands cover these fields."""
    receipt = structs.replace(marine_waste.receipt, covers=covers)
    parts = (
        replace(one, paper=receipt) if isinstance(one, Issues) else one
        for one in marine_waste.pack.parts
    )
    return replace(marine_waste.pack, parts=tuple(parts))


@pytest.mark.parametrize(("covers", "named"), DECLARED)
def test_a_desk_is_told_what_its_paper_declares(web: Web, acts: Acts, named: list[str]) -> None:
    crew, _, case = met(web, acts)

    (task,) = crew.client.get("/api/desk/tasks", headers=crew.bearer).json()["tasks"]

    assert task["case"] == case
    assert {one["name"]: one["covers"] for one in task["steps"]}[STEP] == named


@pytest.mark.parametrize(("covers", "named"), DECLARED)
def test_two_hands_that_sign_for_what_is_declared_make_the_paper(
    web: Web, acts: Acts, named: list[str]
) -> None:
    crew, fisher, case = met(web, acts)
    said = {name: HANDOVER[name] for name in named}
    hand = {"role": "crew", "person": crew.person, "name": crew.name, "strokes": "M1 1L2 2"}
    sent = {"key": "h", "record": HANDOVER, "signatures": [hand | {"signed_at": NOW}]}
    sent["signatures"][0]["covers"] = digest(said)
    answer = crew.client.post(f"/api/cases/{case}/steps/{STEP}", json=sent, headers=crew.bearer)
    assert answer.json()["status"] == "waiting", answer.text

    own = fisher.client.get(f"/cases/{case}/sign").text
    form = {"csrf": fisher.csrf, "once": "f", "path": "M3 3L4 4", "signed_at": NOW}
    form["digest"] = digest(said)
    fisher.client.post(f"/cases/{case}/sign", data=form)
    web.world.drain()

    assert digest(said) in own
    with web.world.desk() as desk:
        (paper,) = outcome.papers_of(desk, case)
        assert document.proof.verify(desk, paper.paper).current


def met(web: Web, acts: Acts) -> tuple[Member, Member, str]:
    """A crew that lies alongside whoever asked, and the case."""
    crew = web.member("marine_waste.crew", name="林样本", unit=str(web.boat("蓝样03")))
    fisher = web.member()
    case: dict[str, Any] = acts.ask(fisher)
    web.world.drain()
    acts.take(crew, case["id"], "sent_to_under_way")
    acts.take(crew, case["id"], "under_way_to_met", {"place": HERE})
    return crew, fisher, case["id"]
