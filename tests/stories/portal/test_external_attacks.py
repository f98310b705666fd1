"""What is tried against signing in by an account elsewhere, and comes to nothing."""

from collections.abc import Iterator

import pytest

from stories.portal.elsewhere import HOME, browser, linked, set_up
from zhouqiao.testing.issuer import Issuer, issuer_on_loopback
from zhouqiao.testing.web import Web


@pytest.fixture
def issuer(web: Web) -> Iterator[Issuer]:
    """A provider on loopback, at which somebody of ours is known."""
    with issuer_on_loopback(web.world.clock) as found:
        set_up(web, found)
        linked(web, found.address)
        yield found


@pytest.fixture
def other(web: Web) -> Iterator[Issuer]:
    """Another provider, which knows nobody of ours."""
    with issuer_on_loopback(web.world.clock) as found:
        yield found


def test_a_token_that_has_run_out_says_so(web: Web, issuer: Issuer) -> None:
    now = int(web.world.clock.now().timestamp())
    issuer.claims = {"iat": now - 900, "exp": now - 61}

    answer = browser(web).sign_in()

    assert answer.status_code == 403
    assert "已经过期" in answer.text


def test_a_clock_that_is_far_ahead_is_told_by_how_much(web: Web, issuer: Issuer) -> None:
    issuer.claims = {"iat": int(web.world.clock.now().timestamp()) + 420}

    answer = browser(web).sign_in()

    assert answer.status_code == 403
    assert "快 7 分钟" in answer.text


def test_nobody_is_signed_in_by_an_answer_that_another_browser_asked_for(
    web: Web, issuer: Issuer
) -> None:
    attacker, victim, busy = browser(web), browser(web), browser(web)
    trap = attacker.agree(attacker.leave())
    under_way = busy.agree(busy.leave())

    answers = [victim.come_back(trap), busy.come_back(trap)]

    assert [one.status_code for one in answers] == [403, 403]
    assert "不是从这个浏览器开始的" in answers[0].text
    assert not victim.signed_in
    assert not busy.signed_in
    busy.come_back(under_way)
    assert busy.signed_in
    assert issuer.asked.count("/token") == 1


def test_an_answer_counts_once(web: Web, issuer: Issuer) -> None:
    at = browser(web)
    back = at.agree(at.leave())
    carried = at.client.cookies["zhouqiao_errand"]
    at.come_back(back)
    at.post("/sign-out")

    assert at.come_back(back).status_code == 403
    at.client.cookies.set("zhouqiao_errand", carried)
    answer = at.come_back(back)
    assert answer.status_code == 403
    assert "已经用过" in answer.text
    assert not at.signed_in
    assert issuer.asked.count("/token") == 2


def test_a_code_of_somebody_else_does_not_fit_ones_own_errand(web: Web, issuer: Issuer) -> None:
    victim, thief = browser(web), browser(web)
    stolen = victim.agree(victim.leave())
    own = thief.agree(thief.leave())
    code = stolen.partition("code=")[2].partition("&")[0]
    kept = own.partition("code=")[2].partition("&")[0]

    answer = thief.come_back(own.replace(kept, code))

    assert answer.status_code == 403
    assert not thief.signed_in
    assert issuer.asked.count("/token") == 1


@pytest.mark.usefixtures("issuer")
def test_an_errand_is_over_after_ten_minutes(web: Web) -> None:
    at = browser(web)
    back = at.agree(at.leave())
    web.world.clock.turn(minutes=10)

    answer = at.come_back(back)

    assert answer.status_code == 403
    assert "过了时间" in answer.text


@pytest.mark.usefixtures("issuer")
def test_a_forged_errand_is_none(web: Web) -> None:
    at = browser(web)
    for forged in ("", "x", "a.b.c.d.e", "{}"):
        at.client.cookies.set("zhouqiao_errand", forged)

        assert at.come_back(f"{HOME}/sign-in/back/province?code=c&state=s").status_code == 403


def test_a_link_asked_for_in_one_session_is_not_made_in_another(web: Web, issuer: Issuer) -> None:
    issuer.sub = "sub-of-the-attacker"
    attacker, victim = browser(web), browser(web)
    attacker.enter(web.member().login)
    victim.enter(web.member().login)
    back = attacker.agree(attacker.leave("/me/accounts/province/link", go="1"))
    victim.client.cookies.set("zhouqiao_errand", attacker.client.cookies["zhouqiao_errand"])

    answer = victim.come_back(back)

    assert answer.status_code == 403
    assert "/me/accounts/unlink" not in victim.client.get("/me/accounts").text


def test_an_answer_of_one_provider_is_none_of_another(
    web: Web, issuer: Issuer, other: Issuer
) -> None:
    web.portal.providers = (issuer.provider(), other.provider("evil"))
    at = browser(web)
    back = at.agree(at.leave())

    moved = at.come_back(back.replace("/back/province", "/back/evil"))
    renamed = at.come_back(back.replace(issuer.address.rpartition(":")[2], "1"))

    assert (moved.status_code, renamed.status_code) == (403, 403)
    assert "/token" not in [*issuer.asked, *other.asked]


def test_the_same_subject_of_another_issuer_is_somebody_else(
    web: Web, issuer: Issuer, other: Issuer
) -> None:
    web.portal.providers = (issuer.provider(), other.provider("evil"))
    at = browser(web)

    answer = at.come_back(at.agree(at.leave("/sign-in/with/evil")))

    assert answer.status_code == 403
    assert not at.signed_in


@pytest.mark.usefixtures("issuer")
def test_one_goes_on_to_a_page_of_ours_only(web: Web) -> None:
    for evil in (
        "//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "evil",
        "javascript:alert(1)", "/%0d/evil\r\nx: y", "\\\\evil.example",
    ):  # fmt: skip
        at, told = browser(web), {"next": evil}
        there = at.client.get("/sign-in/with/province", params=told, follow_redirects=False)

        answer = at.come_back(at.agree(there.headers["location"]))

        assert answer.headers["location"] == "/", evil


@pytest.mark.usefixtures("issuer")
def test_a_token_that_somebody_planted_is_not_kept(web: Web) -> None:
    at = browser(web)
    at.client.cookies.set("zhouqiao", "331002.planted", domain="testserver.local", path="/")

    at.sign_in()

    assert at.client.cookies["zhouqiao"] != "331002.planted"
    assert at.signed_in
