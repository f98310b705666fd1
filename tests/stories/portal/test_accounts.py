"""Stories of whoever keeps the accounts: a password given, sessions ended, and who is told."""

import re

import pytest

from stories.portal.elsewhere import browser
from zhouqiao.platform.identity import Breadth
from zhouqiao.store import story
from zhouqiao.testing.web import PASSWORD, Member, Web

PAGE = "/console/accounts"
FIRST = re.compile(r'id="first">([^<]+)<')
OWN = "known to nobody else 2"


def keeper(web: Web, breadth: Breadth | None = None) -> Member:
    """An administrator."""
    return web.member("kernel.admin", name="钱管样", breadth=breadth)


def does(who: Member, what: str, login: str) -> str:
    """Post a form of the page; return the page that answers."""
    path = f"{PAGE}/{what}" if what else PAGE
    answer = who.client.post(path, data={"csrf": who.csrf, "login": login})
    return f"{answer.status_code} {answer.text}"


def alive(web: Web, member: Member) -> bool:
    """Say whether a member's session still opens anything."""
    headers = member.bearer | {"accept": "application/json"}
    return bool(web.stranger().get("/api/tasks", headers=headers).status_code == 200)


def facts(web: Web, member: Member) -> list[tuple[str, str]]:
    """Return what the journal says of a member, and by whom."""
    with web.world.desk() as desk:
        return [(one.kind, one.by) for one in story(desk, member.person)]


def told(web: Web, member: Member) -> str:
    """Read a member's inbox, signed in anew."""
    at = browser(web)
    at.enter(member.login)
    return str(at.client.get("/messages").text)


def test_an_account_is_found_by_its_sign_in_name_and_shows_no_person(web: Web) -> None:
    crew = web.member("marine_waste.crew", name="林样本", unit=str(web.boat("蓝样03")))

    page = does(keeper(web), "", crew.login)

    assert "接驳船员" in page
    assert "现在登录着 1 处" in page
    assert "林样本" not in page
    assert crew.person not in page
    assert "没有这个登录名" in does(keeper(web), "", "crew")


def test_a_password_given_is_shown_once_and_changed_before_anything_else(web: Web) -> None:
    admin, officer = keeper(web), web.member("marine_waste.duty")

    page = does(admin, "reset", officer.login)
    first = FIRST.findall(page)[0]
    at = browser(web)
    form = {"handle": officer.login, "password": first}
    led = at.client.post("/sign-in", data=form, follow_redirects=False).headers["location"]
    changed = at.post("/me/password", old=first, new=OWN, again=OWN).headers["location"]

    assert len(first) == 23
    assert not alive(web, officer)
    assert led.startswith("/me/password")
    assert changed == "/command"
    assert first not in admin.client.get(PAGE).text + does(admin, "", officer.login)
    assert "管理员给您的账号重设了密码" in at.client.get("/messages").text
    by_admin = [kind for kind, by in facts(web, officer) if by == admin.person]
    assert by_admin == ["identity.PasswordChanged", "identity.SignedOut", "notice.NoticeSent"]


def test_a_password_given_lies_nowhere_in_the_clear(web: Web) -> None:
    admin, citizen = keeper(web), web.member()

    first = FIRST.findall(does(admin, "reset", citizen.login))[0]

    rows = web.world.fetch(
        "SELECT body::text AS said FROM journal UNION ALL SELECT secret FROM account "
        "UNION ALL SELECT words::text FROM notice"
    )
    assert rows
    assert not [one for one in rows if first in one["said"] or citizen.login in one["said"]]


def test_the_sessions_of_somebody_end_and_they_read_who_did_it(web: Web) -> None:
    admin, citizen = keeper(web), web.member()

    page = does(admin, "end", citizen.login)

    assert "全部登录已经结束" in page
    assert not alive(web, citizen)
    assert "管理员结束了您在各处的登录" in told(web, citizen)
    assert ("identity.SignedOut", admin.person) in facts(web, citizen)


@pytest.mark.parametrize("what", ["reset", "end"])
def test_nobody_does_it_to_themself_so_that_the_last_administrator_stays(
    web: Web, what: str
) -> None:
    admin = keeper(web)

    page = does(admin, what, admin.login)

    assert page.startswith("403")
    assert alive(web, admin)
    assert "这是您自己的账号" in does(admin, "", admin.login)


@pytest.mark.parametrize("what", ["", "reset", "end"])
@pytest.mark.parametrize(
    "role", ["", "marine_waste.duty", "kernel.engineer", "kernel.steward", "kernel.auditor"]
)
def test_nobody_but_an_administrator_does_it(web: Web, role: str, what: str) -> None:
    other, citizen = web.member(role), web.member(name="王样例")

    assert does(other, what, citizen.login).startswith("403")
    assert alive(web, citizen)


def test_an_administrator_of_one_body_alone_finds_nobody(web: Web) -> None:
    admin, citizen = keeper(web, Breadth.BODY), web.member()

    found, reset = does(admin, "", citizen.login), does(admin, "reset", citizen.login)

    assert "没有这个登录名" in found
    assert reset.startswith("404")
    assert alive(web, citizen)


def test_an_administrator_is_shown_the_doors_that_open_and_begins_here(web: Web) -> None:
    admin, at = keeper(web), browser(web)
    form = {"handle": admin.login, "password": PASSWORD}

    led = at.client.post("/sign-in", data=form, follow_redirects=False)
    first = at.client.get("/console", follow_redirects=False).headers["location"]
    page = at.client.get(f"{PAGE}?lang=en").text

    assert (led.headers["location"], first) == ("/console", PAGE)
    assert re.findall(r'href="/console/(\w+)"', page) == ["accounts", "health"]


def test_a_word_of_csrf_is_wanted(web: Web) -> None:
    admin, citizen = keeper(web), web.member()

    answer = admin.client.post(f"{PAGE}/reset", data={"login": citizen.login})

    assert answer.status_code == 403
    assert alive(web, citizen)
