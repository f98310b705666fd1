"""Stories of signing in by an account elsewhere, over real HTTP."""

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from litestar.testing import TestClient

from stories.portal.elsewhere import FRONTS, browser, linked, person_of, set_up
from zhouqiao.base import SystemClock
from zhouqiao.edge.openid import Provider, Serves
from zhouqiao.edge.portal import site
from zhouqiao.platform import identity
from zhouqiao.store import story
from zhouqiao.testing.issuer import Issuer, issuer_on_loopback
from zhouqiao.testing.web import PASSWORD, Web


@pytest.fixture
def issuer(web: Web) -> Iterator[Issuer]:
    """A provider of ours on loopback, by whose word people may sign in."""
    with issuer_on_loopback(web.world.clock) as found:
        set_up(web, found)
        yield found


@pytest.fixture(scope="module")
def stranger() -> Iterator[str]:
    """Lend the address of a provider somebody else wrote, in a process of its own."""
    argv = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", "0"]
    claims = '{"sub": "Jiang", "name": "江示例"}'
    argv += ["--require-nonce", "true", "--user-claims", claims]
    with subprocess.Popen(argv, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = (re.search(r"running on (http://\S+)", line) for line in process.stderr)
        yield next(found[1] for found in said if found)
        process.terminate()
        process.communicate()


def of_stranger(web: Web, address: str, **more: bool) -> None:
    """Let people sign in by the provider somebody else wrote; its clock is the machine's."""
    web.world.clock.turn_to(SystemClock().now())
    web.portal.providers = (
        Provider(
            name="province", issuer=address, client_id="zhouqiao", client_secret="of nobody",  # noqa: S106 - of nobody
            zh="省账号（示例）", en="the provincial account (demo)", **more,
        ),
    )  # fmt: skip


def test_a_provider_we_did_not_write_signs_its_person_in(web: Web, stranger: str) -> None:
    of_stranger(web, stranger)
    person = linked(web, stranger, "Jiang")
    at = browser(web)

    answer = at.come_back(at.agree(at.leave("/sign-in/with/province?next=/papers"), "Jiang"))

    assert (answer.status_code, answer.headers["location"]) == (303, "/papers")
    assert person_of(web, at) == person


def test_a_provider_we_did_not_write_vouches_for_a_new_citizen(web: Web, stranger: str) -> None:
    of_stranger(web, stranger, opens_accounts=True)
    at = browser(web)

    at.sign_in("Jiang")

    assert "江示例" in at.client.get("/me").text


def test_at_a_provider_we_did_not_write_one_signs_out_too(web: Web, stranger: str) -> None:
    of_stranger(web, stranger)
    linked(web, stranger, "Jiang")
    at = browser(web)
    at.sign_in("Jiang")

    left = at.post("/sign-out").headers["location"]

    assert left.startswith(f"{stranger}/oauth2/end_session?client_id=zhouqiao")
    assert "post_logout_redirect_uri=http%3A%2F%2Ftestserver.local%2Fsign-in" in left
    assert not at.signed_in


def test_a_provider_we_did_not_write_takes_each_code_once(web: Web, stranger: str) -> None:
    of_stranger(web, stranger)
    linked(web, stranger, "Jiang")
    at, thief = browser(web), browser(web)
    back = at.agree(at.leave(), "Jiang")
    thief.client.cookies.update(at.client.cookies)
    at.come_back(back)

    assert thief.come_back(back).status_code == 403
    assert not thief.signed_in


def test_the_sign_in_is_a_fact_that_names_the_issuer_and_no_subject(
    web: Web, issuer: Issuer
) -> None:
    issuer.sub = "a-subject-nobody-should-read"
    person = linked(web, issuer.address, issuer.sub)

    browser(web).sign_in()

    with web.world.desk() as desk:
        told = [bytes(one.body) for one in story(desk, person)]
    assert issuer.address.encode() in told[-1]
    assert b"a-subject-nobody" not in b"".join(told)


@pytest.mark.usefixtures("issuer")
def test_who_is_linked_to_nobody_reads_how_to_link(web: Web) -> None:
    at = browser(web)

    answer = at.sign_in()

    assert answer.status_code == 403
    assert "这个省账号（示例）账号在这里还没有连到人" in answer.text
    assert 'href="/sign-in?next=/me/accounts"' in answer.text
    assert not at.signed_in


def test_a_new_citizen_is_made_only_where_the_node_is_set_up_so(web: Web, issuer: Issuer) -> None:
    set_up(web, issuer, opens_accounts=True)
    issuer.name = "王样例"
    first, again = browser(web), browser(web)

    first.sign_in()
    again.sign_in()

    assert person_of(web, first) == person_of(web, again)
    with web.world.desk() as desk:
        assert identity.posts_of(desk, identity.PersonId(person_of(web, first))) == []
    assert "王样例" in again.client.get("/me").text


def test_nobody_without_a_name_becomes_a_citizen(web: Web, issuer: Issuer) -> None:
    set_up(web, issuer, opens_accounts=True)

    answer = browser(web).sign_in()

    assert answer.status_code == 403
    assert "还没有连到人" in answer.text


def test_an_officer_acts_from_their_post_only_by_a_provider_of_officers(
    web: Web, issuer: Issuer
) -> None:
    linked(web, issuer.address, role="marine_waste.duty")
    as_citizen, as_officer = browser(web), browser(web)
    as_citizen.sign_in()
    web.portal.__dict__.pop("_parties")
    set_up(web, issuer, serves=Serves.OFFICERS)
    as_officer.sign_in()

    assert as_citizen.client.get("/command").status_code == 403
    assert as_officer.client.get("/command").status_code == 200


@pytest.mark.parametrize(("role", "front"), FRONTS)
def test_whoever_signs_in_by_a_provider_begins_where_their_role_does(
    web: Web, issuer: Issuer, role: str, front: str
) -> None:
    set_up(web, issuer, serves=Serves.OFFICERS)
    linked(web, issuer.address, role=role)
    at = browser(web)

    answer = at.sign_in()

    assert answer.headers["location"] == front
    assert at.client.get(front).status_code == 200


@pytest.mark.usefixtures("issuer")
def test_linking_asks_first_who_sits_there_and_then_signs_in_by_it(web: Web) -> None:
    member, at = web.member(), browser(web)
    at.enter(member.login)
    web.world.clock.turn(minutes=11)
    refused = at.post("/me/accounts/province/link")
    wrong = at.post("/me/accounts/prove", password="not-the-secret")  # noqa: S106 - nobody's
    token = at.client.cookies["zhouqiao"]

    at.post("/me/accounts/prove", password=PASSWORD)
    at.come_back(at.agree(at.leave("/me/accounts/province/link", go="1")))

    assert (refused.status_code, wrong.status_code) == (403, 403)
    assert "不对" in wrong.text
    assert at.client.cookies["zhouqiao"] != token
    assert "/me/accounts/unlink" in at.client.get("/me/accounts").text
    other = browser(web)
    other.sign_in()
    assert person_of(web, other) == member.person


def test_an_account_of_somebody_else_cannot_be_linked(web: Web, issuer: Issuer) -> None:
    linked(web, issuer.address)
    at = browser(web)
    at.enter(web.member(name="林样本").login)

    answer = at.come_back(at.agree(at.leave("/me/accounts/province/link", go="1")))

    assert answer.status_code == 409
    assert "已经连到别人" in answer.text
    assert 'href="/me/accounts"' in answer.text


def test_unlinking_ends_what_was_begun_elsewhere(web: Web, issuer: Issuer) -> None:
    member, at, elsewhere = web.member(), browser(web), browser(web)
    at.enter(member.login)
    at.come_back(at.agree(at.leave("/me/accounts/province/link", go="1")))
    elsewhere.sign_in()

    at.post("/me/accounts/unlink", issuer=issuer.address)

    assert at.signed_in
    assert not elsewhere.signed_in
    assert elsewhere.sign_in().status_code == 403


def test_who_has_no_password_proves_it_at_the_provider_which_asks_anew(
    web: Web, issuer: Issuer
) -> None:
    set_up(web, issuer, opens_accounts=True)
    issuer.name = "王样例"
    at = browser(web)
    at.sign_in()
    refused = at.post("/me/accounts/unlink", issuer=issuer.address)
    there = at.leave("/me/accounts/province/prove", go="1")

    at.come_back(at.agree(there))
    last = at.post("/me/accounts/unlink", issuer=issuer.address)

    assert "prompt=login" in there
    assert refused.status_code == 403
    assert (last.status_code, "登不进来" in last.text) == (409, True)


def test_an_issuer_that_did_not_ask_anew_proves_nothing(web: Web, issuer: Issuer) -> None:
    linked(web, issuer.address)
    issuer.claims = {"auth_time": 1}
    at = browser(web)
    at.sign_in()

    answer = at.come_back(at.agree(at.leave("/me/accounts/province/prove", go="1")))

    assert answer.status_code == 403
    assert at.post("/me/accounts/unlink", issuer=issuer.address).status_code == 403


def test_who_began_by_the_provider_leaves_by_it_and_who_did_not_stays_here(
    web: Web, issuer: Issuer
) -> None:
    linked(web, issuer.address)
    by_it, by_password = browser(web), browser(web)
    by_it.sign_in()
    by_password.enter(web.member().login)

    assert by_it.post("/sign-out").headers["location"].startswith(f"{issuer.address}/end?")
    assert by_password.post("/sign-out").headers["location"] == "/sign-in"


def test_who_leaves_while_the_provider_is_away_has_left_here(web: Web, issuer: Issuer) -> None:
    linked(web, issuer.address)
    at = browser(web)
    at.sign_in()
    issuer.broken = 500
    web.world.clock.turn(minutes=29)
    at.client.get("/me")
    web.world.clock.turn(minutes=29)
    at.client.get("/me")
    web.world.clock.turn(minutes=29)

    assert at.post("/sign-out").headers["location"] == "/sign-in"
    assert not at.signed_in


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "那边现在连不上"), ("en", "It cannot be reached now")]
)
def test_a_provider_that_is_away_is_said_so_where_one_signs_in(
    web: Web, issuer: Issuer, lang: str, said: str
) -> None:
    issuer.broken = 503
    at = browser(web)
    at.client.cookies.set("lang", lang)

    answer = at.client.get("/sign-in/with/province?next=/papers", follow_redirects=False)

    assert answer.status_code == 503
    assert said in answer.text
    assert 'name="password"' in answer.text


def test_a_provider_that_is_away_is_left_in_peace_for_a_while(web: Web, issuer: Issuer) -> None:
    web.portal.providers = (issuer.provider(issuer="http://127.0.0.1:9"),)
    at = browser(web)

    first = at.client.get("/sign-in/with/province", follow_redirects=False)
    again = at.client.get("/sign-in/with/province", follow_redirects=False)

    assert (first.status_code, again.status_code) == (503, 503)


def test_what_a_provider_says_of_itself_is_asked_once_an_hour(web: Web, issuer: Issuer) -> None:
    linked(web, issuer.address)
    for _ in range(3):
        browser(web).sign_in()
    web.world.clock.turn(hours=1)
    browser(web).sign_in()

    assert issuer.asked.count("/.well-known/openid-configuration") == 2
    assert issuer.asked.count("/jwks") == 2


def test_whoever_says_no_there_reads_so_here(web: Web, issuer: Issuer) -> None:
    at = browser(web)
    state = re.search(r"state=([\w-]+)", at.leave())
    assert state
    path = f"http://testserver.local/sign-in/back/province?error=access_denied&state={state[1]}"

    answer = at.come_back(f"{path}&iss={issuer.address}")

    assert answer.status_code == 403
    assert "没有同意登录" in answer.text


@pytest.mark.usefixtures("issuer")
def test_every_way_in_stands_where_one_signs_in(web: Web) -> None:
    page = web.stranger().get("/sign-in?next=/papers&lang=en").text

    assert 'href="/sign-in/with/province?next=/papers"' in page
    assert "Sign in with the provincial account (demo)" in page


def test_where_there_is_no_provider_no_page_speaks_of_one(web: Web) -> None:
    at = browser(web)
    at.enter(web.member().login)

    assert "/sign-in/with/" not in web.stranger().get("/sign-in").text
    assert "/me/accounts" not in at.client.get("/me").text
    assert at.client.get("/sign-in/with/province", follow_redirects=False).status_code == 404


def test_a_form_of_another_page_links_and_unlinks_nothing(web: Web, issuer: Issuer) -> None:
    at = browser(web)
    at.enter(web.member().login)

    for path in ("province/link", "province/prove", "prove", "unlink"):
        data = {"csrf": "of somebody else", "issuer": issuer.address}
        answer = at.client.post(f"/me/accounts/{path}", data=data, follow_redirects=False)
        assert answer.status_code == 403, path


def test_only_providers_may_a_form_of_ours_end_at(web: Web, issuer: Issuer) -> None:
    page = TestClient(site(web.portal)).get("/sign-in")

    policy = page.headers["content-security-policy"]
    assert policy.endswith(f"form-action 'self' {issuer.address}")
