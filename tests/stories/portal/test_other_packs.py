"""Every pack's affair has its pages and its own words, whatever words of other packs there are."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from packs import lamps, old_tree, penalty, safety_call, underpass
from zhouqiao.flow import case as cases
from zhouqiao.sdk import Held, Pack
from zhouqiao.testing import Template
from zhouqiao.testing.fill import filled
from zhouqiao.testing.web import Member, Web, open_web

PACKS = (lamps.pack, old_tree.pack, penalty.pack, safety_call.pack, underpass.pack)
EACH = [f"{pack.name}.{one.name}" for pack in PACKS for one in pack.procedures]
OPEN = ("lamps.lamp", "old_tree.care", "underpass.flood")
SHUT = tuple(one for one in EACH if one not in OPEN)
FOREIGN = re.compile(
    r"船|渔|泊位|污染|海路|联单|\b(?:boat|vessel|fisher|berth|sea|waste|receipt)s?\b", re.IGNORECASE
)
HERE = {"place": "here", "place.lon": "121.43", "place.lat": "28.66"}
ASKED: dict[str, dict[str, Any]] = {
    "lamps.lamp": {"lamp": "样灯 07", "at": "here", "at.lon": "121.43", "at.lat": "28.66"},
    "old_tree.care": {"tree": "样树 03", "harm": "storm", "phone": "13800000000", **HERE},
    "underpass.flood": {"underpass": "示例通道", "depth": "40", **HERE},
}
SPOILT: dict[str, tuple[dict[str, Any], str, str]] = {
    "lamps.lamp": ({"lamp": " "}, "lamp", "还没填"),
    "old_tree.care": ({"tree": "树"}, "tree", "最少 2 个字"),
    "underpass.flood": ({"depth": "900"}, "depth", "600"),
}


@pytest.fixture(scope="module")
def web(template: Template) -> Iterator[Web]:
    """A portal over one world with several packs, none of them of the sea."""
    with template.fresh() as server, open_web(server, PACKS) as found:
        yield found


@pytest.fixture
def citizen(web: Web) -> Member:
    """Somebody without a post."""
    return web.member()


def first(options: Sequence[Any]) -> Any:
    return options[0]


def opened(web: Web, procedure: str, person: str) -> cases.Case:
    """Let the platform open a case about somebody."""
    with web.world.desk() as desk:
        _, shape = cases.current_shape(desk, procedure)
        record = filled(shape.forms[shape.begins], first, web.world.clock.now())
        pack = next(one for one in PACKS if one.name == procedure.partition(".")[0])
        found = cases.open_(
            desk, procedure, record, scope=scope(web, pack), key=person, person=person,
            point=(121.43, 28.66),
        )  # fmt: skip
    web.world.drain()
    return found


def scope(web: Web, pack: Pack) -> str:
    return f"{pack.body}/{web.world.cell}001"


def sent(who: Member, procedure: str, **more: Any) -> Any:
    """Send the form of a procedure as a browser without a script does."""
    form = {"csrf": who.csrf, "once": procedure, **ASKED[procedure], **more}
    return who.client.post(f"/ask/{procedure}", data=form, follow_redirects=False)


@pytest.mark.parametrize("procedure", EACH)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_whoever_a_case_is_about_reads_of_it_in_no_other_packs_words(
    web: Web, procedure: str, lang: str
) -> None:
    citizen = web.member()
    case = opened(web, procedure, citizen.person)

    for page in ("/", "/cases", "/papers", "/matters", f"/cases/{case.id}", f"/cases/{case.id}/why",
                 f"/cases/{case.id}/rate"):  # fmt: skip
        for theme in ("standard", "elder"):
            answer = citizen.client.get(f"{page}?lang={lang}&theme={theme}")
            assert answer.status_code == 200, (page, answer.text)
            assert not FOREIGN.findall(shown(answer.text)), page
    assert "<h1" in citizen.client.get(f"/cases/{case.id}").text


def shown(page: str) -> str:
    """Return what a page says to people, names of files and of scripts aside."""
    said = re.sub(r"<(script|style).*?</\1>", " ", page, flags=re.DOTALL)
    spoken = re.findall(r'(?:aria-label|alt|data-[a-z-]+)="([^"]*)"', said)
    return " ".join([re.sub(r"<[^>]*>", " ", said), *spoken])


@pytest.mark.parametrize("procedure", EACH)
def test_a_case_stands_on_its_page_as_its_pack_calls_its_state(web: Web, procedure: str) -> None:
    citizen = web.member()
    case = opened(web, procedure, citizen.person)
    words = web.portal.pack_words("en")
    state = words(f"{case.pack}.state.{case.procedure}.{case.state}")

    for theme in ("standard", "elder"):
        page = citizen.client.get(f"/cases/{case.id}?lang=en&theme={theme}").text
        assert state in shown(page)


@pytest.mark.parametrize("procedure", EACH)
def test_whoever_has_a_task_finds_it_on_their_desk(web: Web, procedure: str) -> None:
    case = opened(web, procedure, web.member().person)
    with web.world.desk() as desk:
        _, shape = cases.current_shape(desk, procedure)
    chairs = {chair.role for step in shape.open_steps(case.state) for chair in step.chairs}
    posts = [role for role in sorted(chairs) if shape.roles[role] == Held.POST]

    for role in posts:
        member = web.member(f"{procedure.partition('.')[0]}.{role}")
        for page in ("/api/tasks", "/api/desk/tasks", "/command", f"/command/cases/{case.id}"):
            answer = member.client.get(page, headers=member.bearer)
            assert answer.status_code < 500, (page, answer.text)


def test_home_lists_what_a_citizen_may_ask_for_with_a_line_about_each(citizen: Member) -> None:
    home = citizen.client.get("/?lang=en").text

    links = re.findall(r'href="/ask/([a-z_.]+)"', home)
    assert links == list(OPEN)
    assert "Say which lamp is out; a squad is sent within half an hour" in home
    assert "Say which underpass is flooded" in home


def test_matters_are_found_by_what_they_are_about(citizen: Member) -> None:
    found = citizen.client.get("/matters?lang=en&q=underpass").text

    assert re.findall(r'href="/ask/([a-z_.]+)"', found) == ["underpass.flood"]


@pytest.mark.parametrize("procedure", OPEN)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_a_pack_lets_a_person_open_is_asked_for_on_a_page(
    citizen: Member, procedure: str, lang: str
) -> None:
    page = citizen.client.get(f"/ask/{procedure}?lang={lang}")

    assert page.status_code == 200, page.text
    assert not FOREIGN.findall(shown(page.text))
    answer = sent(citizen, procedure)
    assert answer.status_code == 303, answer.text
    track = citizen.client.get(answer.headers["location"])
    assert track.status_code == 200


@pytest.mark.parametrize("procedure", OPEN)
def test_a_fault_is_told_at_its_field_and_nothing_is_lost(citizen: Member, procedure: str) -> None:
    wrong, field, said = SPOILT[procedure]

    page = sent(citizen, procedure, **wrong)

    assert page.status_code == 422, page.text
    told = re.search(rf'id="err-{field}">([^<]*)<', page.text)
    assert told is not None
    assert said in told[1]
    for name, value in (ASKED[procedure] | wrong).items():
        assert kept(page.text, name, str(value).strip()), name


def kept(page: str, name: str, value: str) -> bool:
    """Say whether an input still holds what was sent."""
    tags = (tag for tag in re.findall(r"<input[^>]*>", page) if f'name="{name}"' in tag)
    return any(f'value="{value}"' in tag and "radio" not in tag for tag in tags) or any(
        f'value="{value}" checked' in tag
        for tag in re.findall(r"<input[^>]*>", page)
        if f'name="{name}"' in tag
    )


def test_every_fault_of_a_form_is_told_at_once(citizen: Member) -> None:
    form = {"csrf": citizen.csrf, "once": "1"}

    page = citizen.client.post("/ask/old_tree.care", data=form)

    assert page.status_code == 422
    assert re.findall(r'id="err-(\w+)"', page.text) == ["tree", "place", "harm", "phone"]


def test_what_a_person_tells_of_themself_is_put_away_and_never_in_the_record(
    web: Web, citizen: Member
) -> None:
    answer = sent(citizen, "old_tree.care")

    with web.world.desk() as desk:
        case = cases.get(desk, answer.headers["location"].rpartition("/")[2])
    assert "13800000000" not in str(case.record)


def test_the_elder_layout_asks_one_thing_a_screen_and_keeps_the_others(citizen: Member) -> None:
    client = citizen.client
    client.get("/?theme=elder")
    form = {"csrf": citizen.csrf, "once": "1"}
    answers: list[dict[str, str]] = [
        {"tree": "样树 03", "step": "place"}, {**HERE, "step": "harm"},
        {"harm": "storm", "step": "phone"}, {"phone": "13800000000", "step": ""},
    ]  # fmt: skip

    page = client.get("/ask/old_tree.care").text
    for answer in answers:
        assert len(re.findall(r'<button class="btn go', page)) == 1
        form |= answer
        page = client.post("/ask/old_tree.care", data=form).text
    assert all(f'value="{one}"' in page for one in ("样树 03", "storm", "13800000000", "121.43"))
    del form["step"]
    done = client.post("/ask/old_tree.care", data=form, follow_redirects=False)
    client.get("/?theme=standard")

    assert done.status_code == 303


@pytest.mark.parametrize("procedure", SHUT)
def test_what_is_not_a_citizens_to_ask_for_is_refused_in_words(
    citizen: Member, procedure: str
) -> None:
    asked = citizen.client.get(f"/ask/{procedure}?lang=en")
    tried = citizen.client.post(f"/ask/{procedure}", data={"csrf": citizen.csrf, "once": "1"})

    assert asked.status_code == tried.status_code == 403
    assert "This step is not yours" in asked.text
    assert f"/ask/{procedure}" not in citizen.client.get("/").text


@pytest.mark.parametrize("nothing", ["marine_waste.pickup", "lamps.none", "none"])
def test_what_no_pack_lets_anybody_open_is_said_not_to_be_there(
    citizen: Member, nothing: str
) -> None:
    assert citizen.client.get(f"/ask/{nothing}").status_code == 404
    assert citizen.client.post(f"/ask/{nothing}", data={"csrf": citizen.csrf}).status_code == 404


def test_what_a_post_opens_is_about_nobody_yet(web: Web) -> None:
    officer = web.member("penalty.officer", body="enforcement")
    form = {
        "csrf": officer.csrf,
        "once": "1",
        "what": "占道堆物",
        "place": "示例路",
        "name": "江示例",
    }

    assert 'href="/ask/penalty.case"' in officer.client.get("/").text
    answer = officer.client.post("/ask/penalty.case", data=form, follow_redirects=False)

    assert answer.status_code == 303, answer.text
    assert answer.headers["location"].startswith("/command?case=case_")
    with web.world.desk() as desk:
        case = cases.get(desk, answer.headers["location"].partition("=")[2])
    assert case.person is None
    assert case.scope == f"enforcement/{web.world.cell}"
    assert "江示例" not in str(case.record)


def test_where_to_come_is_asked_where_somebody_comes_and_the_form_does_not_say(
    web: Web, citizen: Member
) -> None:
    nowhere = sent(citizen, "lamps.lamp", **{"at.lon": "", "at.lat": ""})
    assert nowhere.status_code == 422
    assert 'id="err-at"' in nowhere.text

    answer = sent(citizen, "lamps.lamp")

    with web.world.desk() as desk:
        case = cases.get(desk, answer.headers["location"].rpartition("/")[2])
    assert case.point == (121.43, 28.66)
    assert "at" not in case.record
