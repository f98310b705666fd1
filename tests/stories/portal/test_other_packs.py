"""Every pack's affair has its pages, whatever words of other packs it does without."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from packs import lamps, penalty, safety_call, underpass
from zhouqiao.flow import case as cases
from zhouqiao.sdk import Held, Pack
from zhouqiao.testing import Template
from zhouqiao.testing.fill import filled
from zhouqiao.testing.web import Web, open_web
from zhouqiao_systems.government import marine_waste

PACKS = (lamps.pack, penalty.pack, safety_call.pack, underpass.pack)
EACH = [f"{pack.name}.{one.name}" for pack in PACKS for one in pack.procedures]


@pytest.fixture(scope="module")
def web(template: Template) -> Iterator[Web]:
    """A portal over one world with several packs."""
    with template.fresh() as server, open_web(server, [marine_waste.pack, *PACKS]) as found:
        yield found


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


@pytest.mark.parametrize("procedure", EACH)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_whoever_a_case_is_about_reads_of_it(web: Web, procedure: str, lang: str) -> None:
    citizen = web.member()
    case = opened(web, procedure, citizen.person)

    for page in ("/", "/cases", f"/cases/{case.id}", f"/cases/{case.id}/why"):
        for theme in ("standard", "elder"):
            answer = citizen.client.get(f"{page}?lang={lang}&theme={theme}")
            assert answer.status_code == 200, (page, answer.text)
    assert "<h1" in citizen.client.get(f"/cases/{case.id}").text


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


@pytest.mark.parametrize("procedure", EACH)
def test_what_cannot_be_asked_for_on_a_page_is_said_not_to_be_there(
    web: Web, procedure: str
) -> None:
    citizen = web.member()

    answer = citizen.client.get(f"/ask/{procedure}")

    assert answer.status_code == 404, answer.text
