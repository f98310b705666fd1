"""The console: what runs, what was declared, what was told; never who."""

from typing import Any

import pytest

from zhouqiao.flow.case.facts import CaseOpened
from zhouqiao.platform.identity import KernelRole
from zhouqiao.testing.web import Web

PAGES = (
    "packs", "packs/marine_waste", "packs/marine_waste?procedure=late", "matters", "rules",
    "journal", "parked", "seal", "health",
)  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_engineer_sees_every_page(web: Web, acts: Any, lang: str) -> None:
    acts.ask(web.member())
    web.world.drain()
    engineer = web.member(KernelRole.ENGINEER).client

    for page in PAGES:
        mark = "&" if "?" in page else "?"
        assert engineer.get(f"/console/{page}{mark}lang={lang}").status_code == 200, page


def test_an_engineer_sees_no_personal_data_in_the_journal(web: Web, acts: Any) -> None:
    fisher = web.member(name="江示例")
    acts.ask(fisher, "浙椒渔00000")
    web.world.drain()
    engineer = web.member(KernelRole.ENGINEER).client

    pages = [engineer.get("/console/journal").text]
    opened = engineer.get("/console/journal?name=case.CaseOpened").text
    position = opened.partition("/console/journal/")[2].partition('"')[0]
    pages += [opened, engineer.get(f"/console/journal/{position}").text]

    for page in pages:
        assert "江示例" not in page
        assert "浙椒渔" not in page
        assert fisher.person not in page


def test_an_engineer_decides_no_case_and_reads_none(web: Web, acts: Any) -> None:
    case = acts.ask(web.member())["id"]
    engineer = web.member(KernelRole.ENGINEER)
    asked = {"headers": engineer.bearer | {"accept": "application/json"}}

    seen = [
        engineer.client.get("/api/cases", **asked),
        engineer.client.get(f"/api/cases/{case}", **asked),
        engineer.client.get(f"/api/cases/{case}/story", **asked),
        engineer.client.get(f"/command/cases/{case}", **asked),
        engineer.client.post(
            f"/command/cases/{case}/suspend", data={"csrf": engineer.csrf, "reason": "x"}
        ),
        engineer.client.post(
            f"/api/cases/{case}/steps/requested_to_sent", json={"key": "k"}, **asked
        ),
    ]  # fmt: skip

    assert [one.status_code for one in seen] == [403] * len(seen)


def test_whoever_does_not_keep_the_machine_is_refused(web: Web) -> None:
    boat = web.boat("蓝样03")
    for one in (
        web.member(), web.member("marine_waste.duty"),
        web.member("marine_waste.crew", unit=boat),
    ):  # fmt: skip
        for page in PAGES:
            assert one.client.get(f"/console/{page}").status_code == 403


def test_a_steward_sees_the_rules_but_not_the_machine(web: Web) -> None:
    steward = web.member(KernelRole.STEWARD).client

    assert steward.get("/console/rules").status_code == 200
    assert steward.get("/console/parked").status_code == 403
    assert steward.get("/console/health").status_code == 403


def test_what_was_set_aside_is_tried_again(web: Web, acts: Any) -> None:
    acts.ask(web.member())
    web.world.drain()
    engineer = web.member(KernelRole.ENGINEER)
    with web.world.desk() as desk:
        desk.rows.run(
            "INSERT INTO parked (reaction, seq, cell, scope, about, why, parked_at) "
            "SELECT %s, seq, cell, scope, about, 'made up', recorded_at FROM journal "
            "WHERE kind = 'case.CaseOpened'",
            (_hears_of_openings(web),),
        )
    page = engineer.client.get("/console/parked").text
    action = "/console/parked/" + page.partition('action="/console/parked/')[2].partition('"')[0]

    engineer.client.post(action, data={"csrf": engineer.csrf})

    assert "made up" in page
    assert web.world.fetch("SELECT seq FROM parked") == []


def test_seals_are_recomputed_on_demand(web: Web) -> None:
    engineer = web.member(KernelRole.ENGINEER)

    page = engineer.client.post("/console/seal/verify", data={"csrf": engineer.csrf})

    assert page.status_code == 200
    assert "全部对得上" in page.text


def _hears_of_openings(web: Web) -> str:
    reactions = web.world.platform.engine.reactions
    return next(one.name for one in reactions if CaseOpened in one.hears)
