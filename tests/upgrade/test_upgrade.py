"""Databases of former versions are brought forward, and what was open in them is ended today."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from zhouqiao.app.compose import migrations, prepare
from zhouqiao.base import digest
from zhouqiao.flow import case as cases
from zhouqiao.flow import evidence, outcome
from zhouqiao.platform import document
from zhouqiao.store import seal, search, verify
from zhouqiao.store.engines import Server, clone, drop
from zhouqiao.testing import Template, World, open_world
from zhouqiao_systems.government import marine_waste

pytestmark = pytest.mark.engine

KEPT = sorted(Path(__file__).parent.glob("*.sql.gz"))
SIGNER = seal.Signer.of(bytes([7] * 32))
ENDED, OPEN = "331002-20261014-000001", "331002-20261014-000002"
NOW = "2026-10-14T00:40:00Z"
PLACE = {"lon": 121.655, "lat": 28.612}


@pytest.fixture(params=KEPT, ids=lambda file: file.name.partition(".")[0])
def former(request: pytest.FixtureRequest, template: Template) -> Iterator[Server]:
    """Lend a database as a former version left it."""
    server = clone(template.server, "template1", "former")
    with psycopg.connect(server.owner_dsn, autocommit=True) as owner:
        owner.execute(gzip.decompress(request.param.read_bytes()))
    yield server
    drop(template.server, "former")


@pytest.fixture
def world(former: Server) -> Iterator[World]:
    """The same, brought forward, under the platform of today."""
    prepare(former)
    with open_world(former, [marine_waste.pack], seed=2) as found:
        found.drain()
        yield found


def case_of(world: World, code: str) -> cases.Case:
    (row,) = world.fetch("SELECT id FROM cases WHERE code = %s", code)
    with world.desk() as desk:
        return cases.get(desk, cases.CaseId(row["id"]))


def test_a_filled_database_is_brought_forward_once(former: Server) -> None:
    applied = prepare(former)

    assert len(applied) < len(list(migrations()))
    assert prepare(former) == []


def test_every_fact_told_before_is_still_as_it_was_sealed(world: World) -> None:
    found = verify(world.platform.engine.store, [SIGNER.public], None)

    assert found.is_sound
    assert found.seals == 1
    assert found.facts > 10


def test_what_was_ended_before_can_be_read_found_and_verified(world: World) -> None:
    case = case_of(world, ENDED)
    with world.desk(world.citizen("jiang")) as desk:
        (paper,) = outcome.papers_of(desk, case.id)
        assert document.proof.verify(desk, paper.paper).current
        assert len(outcome.grants_of(desk, case=case.id)) == 1
    with world.desk() as desk:
        assert [one.key for one in search.find(desk, ENDED, ["case"])] == [case.id]


def test_what_was_open_before_is_ended_today_by_the_version_it_began_with(world: World) -> None:
    case, fisher = case_of(world, OPEN), world.citizen("wang")
    crew = world.crew(str(case.unit))
    line = {"kind": "plastic", "mass": {"kg": "12.4"}, "scale": "device", "weighed_at": NOW}
    record: dict[str, Any] = {
        "boat": "蓝样03", "place": PLACE, "begun": NOW, "ended": NOW, "lines": [line],
    }  # fmt: skip
    with world.desk() as desk:
        form = cases.shape_of(desk, case.shape).forms["handover"]
    covers = digest({"lines": document.form.check_form(form, record)["lines"]})
    pen = {"strokes": "M10 12c3 1 5 3 7 5", "signed_at": NOW, "covers": covers}
    hands = [
        {"role": "fisher", "person": fisher.person, "name": "王样例"} | pen,
        {"role": "crew", "person": crew.person, "name": "林样本"} | pen,
    ]

    with world.desk(crew) as desk:
        evidence.show(desk, case.id, "under_way_to_met", {"place": PLACE}, key="m today")
        evidence.show(desk, case.id, "met_to_handed_over", record, key="h today", signatures=hands)
    world.drain()

    assert world.stands(case).state == case_of(world, ENDED).state == "handed_over"
    assert world.stands(case).shape == case.shape
    assert world.fetch("SELECT reaction, why FROM parked") == []
    with world.desk(fisher) as desk:
        assert len(outcome.papers_of(desk, case.id)) == 1
        assert len(outcome.grants_of(desk, case=case.id)) == 1
    sums = world.fetch("SELECT sum(amount) AS over FROM ledger_line GROUP BY book, kind")
    assert sums
    assert all(row["over"] == 0 for row in sums)
