"""The duty officer's screen, over a kernel that runs."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from packs import penalty
from zhouqiao.edge.portal.door import spoken
from zhouqiao.edge.portal.show.parts import moments
from zhouqiao.flow import case as cases
from zhouqiao.platform.identity import KernelRole
from zhouqiao.store import story
from zhouqiao.store.engines import Server
from zhouqiao.testing.web import Web, open_web

PLACE = {"lon": 121.655, "lat": 28.612}
PART = {"hx-request": "true"}


def test_the_screen_shows_the_case_the_boat_and_the_way(web: Web, acts: Any) -> None:
    boat = web.boat("蓝样03", 121.575, 28.645)
    web.boat("蓝样01", 121.455, 28.683)
    case = acts.ask(web.member())
    web.world.drain()
    acts.sail(boat, 121.58, 28.64)

    page = web.member("marine_waste.duty", name="陈值班").client.get("/command").text

    assert "浙椒渔00000" in page
    assert case["code"] in page
    assert "派出蓝样03" in page
    assert '"ahead":[[121.58,28.64]' in page.replace(" ", "")
    assert "陈值班" in page


def test_what_is_late_stands_before_what_is_due_later(web: Web, acts: Any) -> None:
    fisher = web.member()
    first = acts.ask(fisher, "浙椒渔00001", "k1")
    web.world.later(minutes=25)
    second = acts.ask(fisher, "浙椒渔00002", "k2")

    queue = web.member("marine_waste.duty").client.get("/command/queue", headers=PART).text

    assert queue.index(first["id"]) < queue.index(second["id"])
    assert "超承诺" in queue
    assert "超法定" not in queue


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "超承诺核查 浙椒渔00001 废渔网 · 20 分钟到船"),
        ("en", "Late-promise review 浙椒渔00001: Fishing gear · Boat within 20 minutes"),
    ],
)
def test_a_case_about_a_late_one_says_which_in_that_ones_own_words(
    web: Web, acts: Any, lang: str, said: str
) -> None:
    acts.ask(web.member(), "浙椒渔00001")
    web.world.later(minutes=25)
    duty = web.member("marine_waste.duty").client
    duty.cookies.set("lang", lang)
    (late,) = web.world.fetch("SELECT id FROM cases WHERE procedure = 'late'")

    for path in ("/command/queue", "/command/events", f"/command/cases/{late['id']}"):
        assert said in duty.get(path, headers=PART).text, path


def test_a_figure_opens_to_its_formula_its_spread_and_its_rows(web: Web, acts: Any) -> None:
    crew = web.member("marine_waste.crew", unit=web.boat("蓝样03"))
    case = acts.ask(web.member())
    web.world.drain()
    acts.take(crew, case["id"], "sent_to_under_way")
    web.world.clock.turn(minutes=14, seconds=36)
    acts.take(crew, case["id"], "under_way_to_met", {"place": PLACE})
    web.world.drain()
    duty = web.member("marine_waste.duty").client

    figures = duty.get("/command/figures", headers=PART).text
    drill = duty.get("/command/figures/typical", headers=PART).text
    rows = duty.get("/command/figures/typical/rows").text

    assert "14:36" in figures
    assert "14:36 ÷ 1 次 = 14:36" in drill
    assert "10–15" in drill
    assert case["code"] in rows


@pytest.mark.parametrize("name", ["asked", "typical", "share", "total", "differences", "units"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_figure_opens(web: Web, name: str, lang: str) -> None:
    duty = web.member("marine_waste.duty").client

    for path in ("", "/rows"):
        answer = duty.get(f"/command/figures/{name}{path}?lang={lang}")
        assert answer.status_code == 200


def test_why_it_is_this_boat_is_told(web: Web, acts: Any) -> None:
    web.boat("蓝样03", 121.575, 28.645)
    web.boat("蓝样01", 121.455, 28.683)
    case = acts.ask(web.member())
    web.world.drain()

    duty = web.member("marine_waste.duty").client
    why = duty.get(f"/command/cases/{case['id']}/why", headers=PART).text

    assert why.index("蓝样03") < why.index("蓝样01")
    assert "派它" in why


def test_a_reassignment_needs_a_reason_and_sends_the_case_back(web: Web, acts: Any) -> None:
    web.boat("蓝样03")
    case = acts.ask(web.member())
    web.world.drain()
    duty = web.member("marine_waste.duty")
    path = f"/command/cases/{case['id']}/reassign"

    refused = duty.client.post(path, data={"csrf": duty.csrf, "reason": " "})
    done = duty.client.post(
        path, data={"csrf": duty.csrf, "reason": "发动机故障"}, follow_redirects=False
    )
    story = duty.client.get(f"/command/cases/{case['id']}/story").text

    assert refused.status_code == 422
    assert 'role="alert"' in refused.text
    assert done.status_code == 303
    assert "改派" in story


def test_a_suspended_case_is_taken_up_again(web: Web, acts: Any) -> None:
    case = acts.ask(web.member())
    duty = web.member("marine_waste.duty")
    path = f"/command/cases/{case['id']}"

    duty.client.post(f"{path}/suspend", data={"csrf": duty.csrf, "reason": "台风"})
    still = duty.client.get(path, headers=PART).text
    duty.client.post(f"{path}/resume", data={"csrf": duty.csrf})
    again = duty.client.get(path, headers=PART).text

    assert f"{path}/resume" in still
    assert f"{path}/suspend" in again


def test_a_forged_form_does_nothing(web: Web, acts: Any) -> None:
    case = acts.ask(web.member())
    duty = web.member("marine_waste.duty").client
    path = f"/command/cases/{case['id']}"

    forged = duty.post(f"{path}/suspend", data={"csrf": "made up", "reason": "x"})

    assert forged.status_code == 403
    assert f"{path}/suspend" in duty.get(path, headers=PART).text


def test_a_number_is_shown_for_a_case_and_the_read_written_down(web: Web, acts: Any) -> None:
    case = acts.ask(web.member(name="江示例"))
    duty = web.member("marine_waste.duty")
    path = f"/command/cases/{case['id']}"
    before = duty.client.get(path, headers=PART).text

    called = duty.client.post(f"{path}/call", data={"csrf": duty.csrf}).text
    after = duty.client.get(path, headers=PART).text

    assert "江" not in before
    assert "江*例" in called
    assert f"{path}/reads" not in before
    assert f"{path}/reads" in after


@pytest.mark.parametrize(
    "path", ["", "/queue", "/figures", "/events", "/figures/typical", "/figures/typical/rows"]
)
def test_nobody_but_the_watch_sees_the_screen(web: Web, path: str) -> None:
    boat = web.boat("蓝样03")
    others = [
        web.member(), web.member("marine_waste.crew", unit=boat),
        web.member(KernelRole.ENGINEER), web.member(KernelRole.STEWARD),
    ]  # fmt: skip

    for one in others:
        assert one.client.get(f"/command{path}", headers=PART).status_code == 403


def test_a_stranger_is_led_to_the_way_in(web: Web) -> None:
    answer = web.stranger().get("/command", headers={"accept": "text/html"}, follow_redirects=False)

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")


@pytest.fixture
def office(server: Server) -> Iterator[Web]:
    """A portal over a world with the penalty pack, whose head keeps watch."""
    with open_web(server, [replace(penalty.pack, watch=(penalty.R.CHIEF,))]) as found:
        yield found


def test_the_head_extends_a_time_and_the_party_reads_why(office: Web) -> None:
    chief, party = office.member("penalty.chief"), office.member()
    clue = {"what": "占道堆放", "place": "样例路 1 号", "name": "江示例"}
    with office.world.desk() as desk:
        case = cases.open_(desk, "penalty.case", clue, scope=f"marine/{office.world.cell}",
                           key="clue", person=party.person)  # fmt: skip
    with office.world.desk(office.subject(chief)) as desk:
        cases.take_step(desk, case.id, "clue_to_filed")
    path = f"/command/cases/{case.id}/extend"

    offered = chief.client.get(f"/command/cases/{case.id}", headers=PART).text
    form = chief.client.get(path).text
    said = {"csrf": chief.csrf, "reason": "案情复杂", "clock": "decision"}
    refused = chief.client.post(path, data={**said, "length": "31"})
    unsaid = chief.client.post(path, data={**said, "length": ""})
    done = chief.client.post(path, data={**said, "length": "30"}, follow_redirects=False)

    assert path in offered
    assert "最多延长 30 天" in form
    assert "最多再延长 30" in refused.text
    assert unsaid.status_code == 422
    assert done.status_code == 303
    assert "延长 30 天" in chief.client.get(f"/command/cases/{case.id}", headers=PART).text
    assert path not in chief.client.get(f"/command/cases/{case.id}", headers=PART).text
    with office.world.desk(office.subject(party)) as desk:
        told = moments(office.portal.pack_words("zh"), spoken("zh"), cases.get(desk, case.id),
                       story(desk, case.id))  # fmt: skip
    assert ("立案起 90 日内决定：延长 30 天", "案情复杂") in [(one.said, one.note) for one in told]
