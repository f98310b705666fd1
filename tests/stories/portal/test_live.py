"""The live stream: each within their own scope, until their session ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from apart import run_apart
from zhouqiao.edge.portal.live import Hub, Listener, Reader, Signal
from zhouqiao.platform import identity
from zhouqiao.platform.identity import KernelRole, SessionId
from zhouqiao.store import Subject
from zhouqiao.testing.web import Member, Web, served

QUICK = 0.02


def told(web: Web, reader: Reader, member: Member, *, watches: bool = False) -> list[str]:
    """Return the topics one reading holds for a member."""
    listener = Listener(web.subject(member), SessionId("session_x"), watches=watches)
    return [one.topic for one in reader.read() if listener.hears(one)]


def reading(web: Web) -> Reader:
    reader = Reader(web.portal.store, web.world.cell)
    reader.read()
    return reader


def test_a_citizen_hears_of_their_own_case_and_its_boat_only(web: Web, acts: Any) -> None:
    boat, other = web.boat("蓝样03", 121.575, 28.645), web.boat("蓝样01", 121.0, 28.0)
    mine, theirs = web.member(), web.member(name="王样例")
    reader = reading(web)

    acts.ask(mine)
    web.world.drain()
    seen = list(reader.read())
    mine_heard = [one.topic for one in seen if _as(web, mine).hears(one)]
    their_heard = [one.topic for one in seen if _as(web, theirs).hears(one)]
    acts.sail(boat, 121.58, 28.64)
    acts.sail(other, 121.01, 28.0)
    moved = list(reader.read())

    assert "case" in mine_heard
    assert their_heard == []
    assert len([one for one in moved if _as(web, mine).hears(one)]) == 1
    assert not any(_as(web, theirs).hears(one) for one in moved)


def test_a_crew_hears_of_its_own_boat_only(web: Web, acts: Any) -> None:
    own, other = web.boat("蓝样03"), web.boat("蓝样01", 121.0, 28.0)
    crew = web.member("marine_waste.crew", unit=own)
    reader = reading(web)

    web.world.clock.turn(seconds=5)
    acts.sail(own, 121.61, 28.6)
    acts.sail(other, 121.02, 28.0)

    assert told(web, reader, crew) == ["unit"]


def test_an_officer_hears_of_all_within_reach(web: Web, acts: Any) -> None:
    web.boat("蓝样03")
    duty = web.member("marine_waste.duty")
    reader = reading(web)

    acts.ask(web.member())
    web.world.drain()

    assert {"queue", "events", "case", "route"} <= set(told(web, reader, duty, watches=True))


def test_another_bodys_reach_hears_nothing() -> None:
    signal = Signal("queue", b"{}", "marine/331002", inner=True)
    subject = Subject(person="person_x", cell="331002", reach="city/")

    assert not Listener(subject, SessionId("session_x"), watches=True).hears(signal)


def test_who_lags_behind_is_let_go_and_nobody_else() -> None:
    async def story() -> tuple[bool, bool]:
        hub = Hub(reader=None)  # type: ignore[arg-type]  # nothing is read here
        slow, other = _listener(), _listener()
        hub.listeners |= {slow, other}
        for _ in range(300):
            hub.tell([Signal("queue", b"{}", "marine/331002")])
            other.queue.get_nowait()
        return slow in hub.listeners, other in hub.listeners

    assert run_apart(story()) == (False, True)


def test_a_thousand_listeners_cost_one_reading(web: Web) -> None:
    async def story() -> int:
        hub = Hub(reading(web))
        crowd = [_listener() for _ in range(1000)]
        hub.listeners |= set(crowd)
        hub.tell(hub.reader.read())
        return min(one.queue.qsize() for one in crowd)

    web.world.drain()
    assert run_apart(story()) == 0


def test_the_stream_carries_what_happens_and_ends_with_the_session(web: Web, acts: Any) -> None:
    duty = web.member("marine_waste.duty")
    hub = Hub(Reader(web.portal.store, web.world.cell), pace=QUICK)
    web.app.state.hub = hub

    with served(web.app) as address, _stream(address, duty) as lines:
        assert next(lines) == "retry: 3000"
        acts.ask(web.member())
        heard = next(line for line in lines if line.startswith("event:"))
        with web.world.desk() as desk:
            identity.sign_out(desk, identity.resolve(desk, duty.token))
        rest = list(lines)

    assert heard in {"event: queue", "event: figures", "event: events", "event: case"}
    assert hub.listeners == set()
    assert all(isinstance(line, str) for line in rest)


@pytest.mark.parametrize("role", [KernelRole.ENGINEER, KernelRole.STEWARD])
def test_who_keeps_the_machine_hears_of_no_case(web: Web, acts: Any, role: str) -> None:
    keeper = web.member(role)
    reader = reading(web)

    acts.ask(web.member())
    web.world.drain()

    assert told(web, reader, keeper, watches=False) == []


def test_a_stranger_hears_nothing(web: Web) -> None:
    answer = web.stranger().get("/live", headers={"accept": "text/event-stream"})

    assert answer.status_code == 401


def _as(web: Web, member: Member) -> Listener:
    return Listener(web.subject(member), SessionId("session_x"), watches=False)


def _listener() -> Listener:
    subject = Subject(person="person_x", cell="331002", reach="")
    return Listener(subject, SessionId("session_x"), watches=True)


@contextmanager
def _stream(address: str, member: Member) -> Iterator[Iterator[str]]:
    with (
        httpx.Client(base_url=address, headers=member.bearer, timeout=20) as client,
        client.stream("GET", "/live") as answer,
    ):
        assert answer.status_code == 200
        yield answer.iter_lines()
