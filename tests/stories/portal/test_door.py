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


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_another_language_is_the_same_page_with_the_same_filter(web: Web, lang: str) -> None:
    engineer = web.member("kernel.engineer").client
    here, other = "/console/journal?name=case.CaseOpened", {"zh": "en", "en": "zh"}[lang]

    page = engineer.get(f"{here}&lang={lang}").text

    assert f'href="{here}&amp;lang={other}"' in page
    assert engineer.get(f"{here}&lang={other}").status_code == 200


def test_another_language_where_one_signs_in_still_leads_to_the_page_asked_for(web: Web) -> None:
    form = {"handle": "nobody", "password": "wrong", "next": "/console/journal?name=a"}

    page = web.stranger().post("/sign-in", data=form).text

    assert 'href="/sign-in?next=%2Fconsole%2Fjournal%3Fname%3Da&amp;lang=en"' in page


def test_whoever_must_sign_in_first_comes_to_the_page_as_it_was_filtered(web: Web) -> None:
    at = browser(web)
    asked = "/console/journal?name=case.CaseOpened&before=40"

    led = at.client.get(asked, headers={"accept": "text/html"}, follow_redirects=False)
    page = at.client.get(led.headers["location"]).text

    assert 'name="next" value="/console/journal?name=case.CaseOpened&amp;before=40"' in page


def test_a_page_nobody_has_offers_no_way_off_the_site(web: Web) -> None:
    asked = "http://testserver.local//evil.example/a?b=1"

    page = web.stranger().get(asked, headers={"accept": "text/html"}).text

    assert 'href="/?b=1&amp;lang=en"' in page
    assert 'href="//' not in page
