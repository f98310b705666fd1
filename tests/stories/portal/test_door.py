"""Who comes through the door of the portal."""

import pytest

from stories.portal.elsewhere import FRONTS, browser, member_at
from zhouqiao.testing.web import PASSWORD, Web


def test_a_member_asks_as_themselves(web: Web) -> None:
    fisher = web.member()
    crew = web.member("marine_waste.crew", unit=web.boat("蓝样03"))
    duty = web.member("marine_waste.duty")

    assert web.subject(fisher).reach is None
    assert web.subject(crew).unit is not None
    assert web.subject(duty).reach == ""
    assert fisher.client.get("/api/cases").json() == []


def test_a_stranger_is_shown_the_way_in(web: Web) -> None:
    answer = web.stranger().get("/api/cases", headers={"accept": "application/json"})

    assert answer.status_code == 401


@pytest.mark.parametrize(("role", "front"), FRONTS)
def test_whoever_signs_in_begins_where_their_role_does(web: Web, role: str, front: str) -> None:
    member, at = member_at(web, role), browser(web)
    form = {"handle": member.login, "password": PASSWORD}

    answer = at.client.post("/sign-in", data=form, follow_redirects=False)

    assert answer.headers["location"] == front
    assert at.client.get(front).status_code == 200


def test_whoever_asked_for_a_page_is_led_to_it(web: Web) -> None:
    engineer, at = web.member("kernel.engineer"), browser(web)
    form = {"handle": engineer.login, "password": PASSWORD, "next": "/console/seal"}

    answer = at.client.post("/sign-in", data=form, follow_redirects=False)

    assert answer.headers["location"] == "/console/seal"
