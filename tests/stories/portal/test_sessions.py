"""Stories of where one is signed in, over real HTTP."""

import pytest

from stories.portal.elsewhere import browser
from zhouqiao.platform import identity
from zhouqiao.store import story
from zhouqiao.testing.web import PASSWORD, Member, Web

PAGE = "/me/sessions"


def with_handset(web: Web, member: Member) -> tuple[identity.HandsetId, str]:
    """Set a tablet up and sign in on it; return it and the token it holds."""
    with web.world.desk() as desk:
        handset = identity.enrol_handset(desk, member.person, "示例平板")
        issued = identity.sign_in(desk, member.login, PASSWORD, handset=handset)
    assert isinstance(issued, identity.Issued)
    return handset, issued.token


def opens(web: Web, token: str) -> bool:
    """Say whether a token still opens anything."""
    headers = {"authorization": f"Bearer {token}"}
    return bool(web.stranger().get("/api/tasks", headers=headers).status_code == 200)


def test_every_place_one_is_signed_in_is_shown_with_this_one_marked(web: Web) -> None:
    member = web.member()
    with_handset(web, member)

    page = member.client.get(PAGE).text

    assert page.count("登录，最近") == 2
    assert page.count("就是这里") == 1
    assert "浏览器" in page
    assert "示例平板" in page


def test_nobody_sees_where_others_are_signed_in(web: Web) -> None:
    with_handset(web, web.member(name="王样例"))

    page = web.member().client.get(PAGE).text

    assert page.count("登录，最近") == 1
    assert "示例平板" not in page


def test_a_session_that_ran_out_is_no_longer_shown(web: Web) -> None:
    member, at = web.member(), browser(web)
    web.world.clock.turn(minutes=31)
    at.enter(member.login)

    assert "别处没有登录" in at.client.get(PAGE).text


def test_ending_all_others_leaves_this_one_and_is_told(web: Web) -> None:
    member, at = web.member(), browser(web)
    _, tablet = with_handset(web, member)
    at.enter(member.login)

    at.post(f"{PAGE}/end", go="1")

    assert at.signed_in
    assert not opens(web, tablet)
    assert not opens(web, member.token)
    with web.world.desk() as desk:
        ended = [one for one in story(desk, member.person) if one.kind == "identity.SignedOut"]
    assert len(ended) == 2


def test_a_form_of_another_page_ends_nothing(web: Web) -> None:
    member = web.member()
    _, token = with_handset(web, member)
    form = {"csrf": "of somebody else"}

    assert member.client.post(f"{PAGE}/end", data=form).status_code == 403
    assert opens(web, token)


@pytest.mark.parametrize("role", ["", "marine_waste.duty", "marine_waste.crew", "kernel.engineer"])
def test_the_page_opens_for_every_kind_of_person_and_leads_to_the_password(
    web: Web, role: str
) -> None:
    unit = web.boat("蓝样03") if role.endswith("crew") else None
    member = web.member(role, unit=unit)

    page = member.client.get(PAGE)

    assert page.status_code == 200
    assert 'href="/me/password"' in page.text


def test_who_keeps_the_machine_finds_it_from_the_console(web: Web) -> None:
    engineer = web.member("kernel.engineer")

    assert f'href="{PAGE}"' in engineer.client.get("/console/health").text
