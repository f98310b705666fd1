"""Stories of one's own password, over real HTTP."""

from typing import Any
from urllib.parse import unquote

import pytest
from litestar.testing import TestClient

from stories.portal.elsewhere import FRONTS, Browser, browser, member_at
from zhouqiao.base import Personal
from zhouqiao.edge.portal import site
from zhouqiao.platform import identity
from zhouqiao.store import story
from zhouqiao.testing.web import PASSWORD, Member, Web

FIRST = "given by a counter clerk 1"
OWN = "known to nobody else 2"
PAGE = "/me/password"
HTML = {"accept": "text/html"}


def given(web: Web, role: str = "") -> Member:
    """Make up a person whose password others gave them."""
    member = member_at(web, role)
    with web.world.desk() as desk:
        identity.reset_password(desk, member.person, FIRST)
    return member


def enter(at: Browser, member: Member, password: str, then: str = "/") -> Any:
    """Sign in by name and password; return where that leads."""
    form = {"handle": member.login, "password": password, "next": then}
    return at.client.post("/sign-in", data=form, follow_redirects=False)


def change(at: Browser, old: str, new: str, again: str = "", **more: str) -> Any:
    """Ask for a new password."""
    return at.post(PAGE, old=old, new=new, again=again or new, **more)


def test_an_officer_with_a_given_password_changes_it_and_then_acts_from_the_post(web: Web) -> None:
    officer, at = given(web, "marine_waste.duty"), browser(web)

    led = enter(at, officer, FIRST, "/command")
    held_back = at.client.get("/command", headers=HTML, follow_redirects=False)
    page = at.client.get(led.headers["location"])
    changed = change(at, FIRST, OWN, next="/command")

    assert led.headers["location"] == "/me/password?next=/command"
    assert held_back.headers["location"] == "/me/password?next=/command"
    assert 'name="next" value="/command"' in page.text
    assert changed.headers["location"] == "/command"
    assert at.client.get("/command").status_code == 200


@pytest.mark.parametrize(("role", "front"), FRONTS)
def test_whoever_is_given_a_password_comes_out_where_they_may_be(
    web: Web, role: str, front: str
) -> None:
    member, at = given(web, role), browser(web)
    enter(at, member, FIRST)

    changed = change(at, FIRST, OWN)

    assert changed.headers["location"] == front
    assert at.client.get(front).status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/cases", "/desk", "/me", "/me/accounts", "/papers", "/console/health"]
)
def test_before_that_no_page_opens_but_this_one(web: Web, path: str) -> None:
    at = browser(web)
    enter(at, given(web, "kernel.engineer"), FIRST)

    answer = at.client.get(path, headers=HTML, follow_redirects=False)

    assert answer.status_code == 303
    assert unquote(answer.headers["location"]) == f"{PAGE}?next={path}"


def test_a_program_with_a_given_password_is_told_to_change_it(web: Web) -> None:
    member, client = given(web), web.stranger()
    who = {"login": member.login, "password": FIRST}
    token = client.post("/api/session", json=who).json()["token"]

    answer = client.get("/api/tasks", headers={"authorization": f"Bearer {token}"})

    assert (answer.status_code, answer.json()["code"]) == (403, "portal.password_first")


def test_whoever_was_given_a_password_may_leave_without_changing_it(web: Web) -> None:
    at = browser(web)
    enter(at, given(web), FIRST)

    assert at.post("/sign-out").headers["location"] == "/sign-in"
    assert not at.signed_in


def test_a_new_password_ends_the_sign_ins_elsewhere_and_not_this_one(web: Web) -> None:
    member, at, other = web.member(), browser(web), browser(web)
    at.enter(member.login)
    other.enter(member.login)
    token = at.client.cookies["zhouqiao"]

    answer = at.client.get(change(at, PASSWORD, OWN).headers["location"])

    assert "密码改好了" in answer.text
    assert at.client.cookies["zhouqiao"] != token
    assert (at.signed_in, other.signed_in) == (True, False)
    assert enter(browser(web), member, PASSWORD).status_code == 403
    assert enter(browser(web), member, OWN).status_code == 303


def test_that_it_was_changed_is_a_fact_without_the_password(web: Web) -> None:
    member, at = web.member(), browser(web)
    at.enter(member.login)

    change(at, PASSWORD, OWN)

    with web.world.desk() as desk:
        told = {one.kind: bytes(one.body) for one in story(desk, member.person)}
    assert "identity.PasswordChanged" in told
    assert OWN.encode() not in b"".join(told.values())


@pytest.mark.parametrize(
    ("form", "status", "zh", "en"),
    [
        ({"old": "not it"}, 403, "密码不对", "is wrong"),
        ({"again": "something else 3"}, 422, "两次写的新密码不一样", "differ"),
        ({"new": "short"}, 422, "10 到 128 个字符", "10 to 128"),
        ({"new": "onlysmallones"}, 422, "3 种", "Use 3 of"),
        ({"new": "my password is long"}, 422, "容易猜到", "easily guessed"),
        ({"new": PASSWORD}, 422, "和原来的一样", "is the old one"),
    ],
)
def test_what_will_not_do_is_said_in_both_languages_and_changes_nothing(
    web: Web, form: dict[str, str], status: int, zh: str, en: str
) -> None:
    member, at = web.member(), browser(web)
    at.enter(member.login)
    whole = {"old": PASSWORD, "new": OWN} | form
    whole = {"again": whole["new"]} | whole

    in_zh = at.post(PAGE, **whole)
    at.client.cookies.set("lang", "en")
    in_en = at.post(PAGE, **whole)

    assert (in_zh.status_code, in_en.status_code) == (status, status)
    assert zh in in_zh.text
    assert en in in_en.text
    assert enter(browser(web), member, PASSWORD).status_code == 303


def test_wrong_old_passwords_count_like_wrong_sign_ins(web: Web) -> None:
    member, at = web.member(), browser(web)
    at.enter(member.login)

    tries = [change(at, "a guess", OWN).status_code for _ in range(6)]

    assert tries == [403] * 5 + [409]
    assert enter(browser(web), member, PASSWORD).status_code == 409


def test_passwords_are_asked_for_no_faster_than_sign_ins(web: Web) -> None:
    at = Browser(TestClient(site(web.portal, sign_ins=2)))
    at.enter(web.member().login)

    tries = [change(at, "a guess", OWN).status_code for _ in range(2)]

    assert tries == [403, 429]


def test_a_form_of_another_page_changes_no_password(web: Web) -> None:
    member, at = web.member(), browser(web)
    at.enter(member.login)
    form = {"csrf": "of somebody else", "old": PASSWORD, "new": OWN, "again": OWN}

    assert at.client.post(PAGE, data=form, follow_redirects=False).status_code == 403
    assert enter(browser(web), member, PASSWORD).status_code == 303


def test_whoever_has_no_password_here_is_told_how_to_get_one(web: Web) -> None:
    with web.world.desk() as desk:
        person = identity.open_citizen(desk, "https://elsewhere", "sub", Personal("王样例"))
        issued = identity.sign_in_external(desk, "https://elsewhere", "sub")
    at = browser(web)
    at.client.cookies.set("zhouqiao", issued.token)

    assert issued.session.person == person
    assert "请找管理员开" in at.client.get(PAGE).text
    assert change(at, "", OWN).status_code == 404


@pytest.mark.parametrize(("role", "back"), [("", "/me"), ("kernel.engineer", "/console")])
@pytest.mark.parametrize("page", [PAGE, "/me/accounts", "/me/sessions"])
def test_the_way_back_leads_to_a_page_that_opens(web: Web, page: str, role: str, back: str) -> None:
    at = browser(web)
    at.enter(web.member(role).login)

    assert f'class="icon" href="{back}"' in at.client.get(page).text
    assert at.client.get(back).status_code == 200
