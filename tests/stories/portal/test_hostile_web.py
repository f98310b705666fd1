"""Somebody who means harm stands at the door of the portal, and gets nothing but an answer."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import httpx
import pytest

from apart import run_apart
from zhouqiao.base import Hindrance
from zhouqiao.edge.portal import COOKIE, site
from zhouqiao.edge.portal.limit import NAMES, Gate, Tally, subscriber
from zhouqiao.edge.portal.live import Hub, Listener, Reader
from zhouqiao.platform import identity
from zhouqiao.testing.ports import TurningClock
from zhouqiao.testing.web import PASSWORD, Member, Web, served

HOME = "http://testserver.local"


def enter(web: Web, who: Member, headers: dict[str, str] | None = None, **form: str) -> Any:
    """Post the sign-in form; return the answer, redirects not followed."""
    data = {"handle": who.login, "password": PASSWORD} | form
    client = web.stranger()
    return client.post("/sign-in", data=data, headers=headers or {}, follow_redirects=False)


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example",
        "/\n/evil.example", "/\r\nset-cookie: zhouqiao=x", "/x\0", "\t//evil.example", "",
        "javascript:alert(1)",
    ],
)  # fmt: skip
def test_signing_in_leads_nowhere_but_home(web: Web, path: str) -> None:
    answer = enter(web, web.member(), next=path)

    assert (answer.status_code, answer.headers["location"]) == (303, "/")


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
def test_no_other_site_signs_a_browser_in_or_changes_anything(
    web: Web, headers: dict[str, str]
) -> None:
    fisher = web.member()

    signed_in = enter(web, fisher, headers)
    signed_out = fisher.client.post("/sign-out", data={"csrf": fisher.csrf}, headers=headers)

    assert (signed_in.status_code, signed_out.status_code) == (403, 403)
    assert COOKIE not in signed_in.cookies
    assert fisher.client.get("/me").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}, {"origin": HOME}, {}],
)
def test_our_own_pages_and_programs_are_let_in(web: Web, headers: dict[str, str]) -> None:
    assert enter(web, web.member(), headers).status_code == 303


@pytest.mark.parametrize(
    "path", ["/static/%00", "/cases/%0d%0ax:y", "/papers/a%00b", "/grants/%7f"]
)
@pytest.mark.parametrize("signed_in", [True, False])
def test_a_path_nobody_types_is_no_page(web: Web, path: str, *, signed_in: bool) -> None:
    client = web.member().client if signed_in else web.stranger()

    assert client.get(path, follow_redirects=False).status_code == 404


@pytest.mark.parametrize("path", ["/cases/%ed%a0%80", "/verify?id=%E7%BA%B8", "/papers/%E7%BA%B8"])
def test_a_path_in_any_script_is_led_on_in_ascii(web: Web, path: str) -> None:
    reader = {"accept": "text/html"}
    answer = web.stranger().get(path, headers=reader, follow_redirects=False)

    assert answer.status_code == 303
    assert answer.headers["location"].isascii()


def test_what_a_page_shows_is_kept_by_no_browser(web: Web) -> None:
    fisher = web.member()

    shown = [fisher.client.get(path) for path in ("/", "/me", "/api/cases", "/desk/")]

    assert {one.headers["cache-control"] for one in shown} == {"no-store"}


def test_made_up_sessions_share_one_allowance(web: Web) -> None:
    client = web.stranger()
    client.app = site(web.portal, per_minute=20)

    told = [
        client.get("/api/cases", headers={"authorization": f"Bearer 331002.made-up-{n}"})
        for n in range(21)
    ]

    assert [one.status_code for one in told] == [401] * 20 + [429]


def test_a_neighbour_who_asks_too_often_stops_nobody_signed_in(web: Web) -> None:
    app = site(web.portal, per_minute=20)
    fisher, stranger = web.member(), web.stranger()
    fisher.client.app = stranger.app = app
    fisher.client.get("/me")

    told = [stranger.get("/sign-in").status_code for _ in range(21)]

    assert told[-1] == 429
    assert fisher.client.get("/me").status_code == 200


def test_one_address_may_try_to_sign_in_so_often_a_minute(web: Web) -> None:
    client = web.stranger()
    client.app = site(web.portal, sign_ins=3)

    told = [
        client.post("/api/session", json={"login": f"made-up-{n}", "password": "x"}).status_code
        for n in range(4)
    ]

    assert told == [403] * 3 + [429]


def test_counting_needs_no_more_room_however_many_ask() -> None:
    tally = Tally(TurningClock())

    for number in range(NAMES + 100):
        tally.spend(str(number), 1)

    assert len(tally) <= NAMES + 1


def test_who_has_many_addresses_of_one_line_is_one() -> None:
    one, other = subscriber("2001:db8:1:2::7"), subscriber("2001:db8:1:2:ffff::9")

    assert one == other != subscriber("2001:db8:1:3::7")
    assert subscriber("::ffff:192.0.2.1") == subscriber("192.0.2.1") == "192.0.2.1"


def test_who_comes_when_too_many_sign_in_is_told_to_try_again() -> None:
    gate, done = Gate(at_once=1, waiting=1), Event()

    async def crowd() -> list[Any]:
        first, second = (asyncio.ensure_future(gate.through(done.wait)) for _ in range(2))
        await asyncio.sleep(0)
        third = await asyncio.gather(gate.through(done.wait), return_exceptions=True)
        done.set()
        return [type(third[0]), await first, await second, await gate.through(done.wait)]

    assert run_apart(crowd()) == [Hindrance, True, True, True]


def test_a_crowd_that_signs_in_keeps_nobody_else_waiting(web: Web) -> None:
    fisher, done = web.member(), Event()
    bodies = [{"login": f"made-up-{n}", "password": "x"} for n in range(30)]
    for _ in range(web.portal.gate.at_once):
        web.portal.gate.threads.submit(done.wait)

    with served(web.app) as address, ThreadPoolExecutor(30) as crowd:
        door = f"{address}/api/session"
        told = [crowd.submit(httpx.post, door, json=body, timeout=60) for body in bodies]
        meanwhile = httpx.get(f"{address}/api/cases", headers=fisher.bearer, timeout=30)
        waited = not any(one.done() for one in told)
        done.set()

    assert (meanwhile.status_code, waited) == (200, True)
    assert {one.result().status_code for one in told} == {403}


def test_who_acts_from_another_post_by_now_hears_no_more_as_before(web: Web) -> None:
    duty = web.member("marine_waste.duty")
    hub = Hub(Reader(web.portal.store, web.world.cell))
    with web.world.desk() as desk:
        session = identity.resolve(desk, duty.token)
    listener = Listener(web.subject(duty), session.id, watches=True)
    hub.listeners.add(listener)

    run_apart(hub.look_round())
    before = listener in hub.listeners
    with web.world.desk() as desk:
        identity.act_as(desk, session, None)
    run_apart(hub.look_round())

    assert (before, listener in hub.listeners) == (True, False)


def test_one_session_holds_so_many_streams_and_no_more(web: Web) -> None:
    duty = web.member("marine_waste.duty")
    hub = Hub(Reader(web.portal.store, web.world.cell))
    web.app.state.hub = hub
    with web.world.desk() as desk:
        session = identity.resolve(desk, duty.token)
    hub.listeners |= {Listener(web.subject(duty), session.id, watches=True) for _ in range(8)}

    answer = duty.client.get("/live", headers={"accept": "text/event-stream"})

    assert answer.status_code == 429


def test_nobody_sends_what_another_did_as_their_own(web: Web) -> None:
    boat = web.boat("蓝样03")
    crew, other = (web.member("marine_waste.crew", unit=boat) for _ in range(2))
    intent = {"client_id": "i1", "person": crew.person, "case": "case_0", "step": "sent_to_met"}

    told = [
        who.client.post("/api/intents", json={"intents": [intent]}, headers=who.bearer).json()
        for who in (other, crew)
    ]

    words = [one["results"][0]["words"] for one in told]
    assert [one["results"][0]["status"] for one in told] == ["refused", "refused"]
    assert words[0] != words[1]  # another's; and of no case
