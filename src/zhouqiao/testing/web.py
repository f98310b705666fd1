"""The portal over a world: signed-in clients by role, and a served one for streams and browsers."""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from itertools import count

import uvicorn
from litestar import Litestar
from litestar.testing import TestClient

from zhouqiao.app.compose import loaded, rights_of
from zhouqiao.base import Mass, Personal, Point, Refusal
from zhouqiao.edge.portal import COOKIE, Portal, begin_session, site
from zhouqiao.platform import identity
from zhouqiao.platform import unit as units
from zhouqiao.platform.access import Rights, make_decider, subject_for
from zhouqiao.platform.identity import BodyKind, Breadth, KernelRole, Level
from zhouqiao.sdk import Pack
from zhouqiao.store import Desk, Subject
from zhouqiao.store.engines import Server
from zhouqiao.testing.world import World, open_world

PASSWORD = "A long phrase for made-up people"  # noqa: S105 - of nobody
Client = TestClient[Litestar]


@dataclass
class Member:
    """A made-up person with a session: `client` is signed in, `csrf` goes with each form."""

    login: str
    name: str
    person: identity.PersonId
    token: str
    client: Client

    @property
    def csrf(self) -> str:
        """The token a form of theirs posts back."""
        return identity.csrf_for(self.token)

    @property
    def bearer(self) -> dict[str, str]:
        """The header by which a program of theirs asks."""
        return {"authorization": f"Bearer {self.token}"}


@dataclass
class Web:
    """The portal of a world, and the people who come to it."""

    world: World
    portal: Portal
    app: Litestar
    _bodies: dict[str, identity.Body] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def stranger(self) -> Client:
        """Return a client nobody has signed in."""
        return TestClient(self.app)

    def member(
        self,
        role: str = "",
        *,
        name: str = "江示例",
        unit: str | None = None,
        breadth: Breadth | None = None,
        body: str = "marine",
    ) -> Member:
        """Make up a person at a post (`<pack>.<role>`, `kernel.<role>`; "": a citizen), signed in.

        `unit` makes them crew of it, and then they see only what is given to it; the post is of
        `body` (the platform's own for `kernel` roles).
        """
        login = f"{role.rpartition('.')[2] or 'citizen'}{next(self._numbers)}"
        with self.world.desk() as desk:
            person = identity.register_person(desk, {"name": Personal(name)})
            identity.open_account(desk, person, login, PASSWORD, must_change=False)
            if role:
                of_machine = role.startswith("kernel.") and role != KernelRole.LEADER
                of = "machine" if of_machine else body
                self._appoint(desk, person, role, of, breadth or _breadth(unit))
            if unit is not None:
                units.board(desk, units.UnitId(unit), person)
        return self._enter(login, name, person)

    def boat(self, name: str, lon: float = 121.6, lat: float = 28.6) -> units.UnitId:
        """Make up a boat at a berth, ready for a day, that may carry what the sea takes."""
        with self.world.desk() as desk:
            hold = units.Compartment(
                name="hold", capacity=Mass.of(800), holds=("plastic", "gear", "garbage")
            )
            boat = units.Unit(
                kind=units.UnitKind.BOAT, name=name, scope=f"marine/{self.world.cell}",
                compartments=(hold,), berth=Point(lon=lon, lat=lat), speed_kmh=Decimal(22),
            )  # fmt: skip
            made = units.register_unit(desk, boat).id
            now = self.world.clock.now()
            shift = units.Shift(starts=now, ends=now + timedelta(hours=24))
            units.change_shift(desk, made, shift, [shift])
            return made

    def subject(self, member: Member) -> Subject:
        """Return the subject a member's session makes of them."""
        with self.world.desk() as desk:
            return subject_for(desk, identity.resolve(desk, member.token))

    def _appoint(
        self, desk: Desk, person: identity.PersonId, role: str, of: str, breadth: Breadth
    ) -> None:
        body = self._body(desk, of)
        post = identity.Post(body=body.id, role=role, area=body.division, breadth=breadth)
        identity.appoint(desk, person, identity.open_post(desk, post).id)

    def _body(self, desk: Desk, key: str) -> identity.Body:
        if key not in self._bodies:
            made = identity.Body(
                key=key, name=f"示例机构 {key}", uscc=_USCC[key], level=Level.COUNTY,
                division=self.world.cell, kind=BodyKind.DEPARTMENT,
            )  # fmt: skip
            self._bodies[key] = identity.register_body(desk, made)
        return self._bodies[key]

    def _enter(self, login: str, name: str, person: identity.PersonId) -> Member:
        issued = begin_session(self.portal, login, PASSWORD)
        if isinstance(issued, Refusal):
            raise issued
        client = self.stranger()
        client.cookies.set(COOKIE, issued.token)
        return Member(login, name, person, issued.token, client)


@contextmanager
def open_web(server: Server, packs: Sequence[Pack], *, seed: int = 0) -> Iterator[Web]:
    """Put a world together under the kernel's own decisions, with its portal before it."""
    decide = make_decider(Rights(rows=tuple(rights_of(loaded(packs)))))
    with open_world(server, packs, seed=seed, decide=decide) as world:
        yield web_of(world)


def web_of(world: World) -> Web:
    """Return the portal of a world."""
    portal = Portal(
        store=world.platform.store, packs=world.platform.packs, cell=world.cell,
        address="http://testserver.local", engine=world.platform.engine,
    )  # fmt: skip
    return Web(world, portal, site(portal))


@contextmanager
def served(app: Litestar) -> Iterator[str]:
    """Serve an application on loopback, for what a test client cannot do; lend its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    up = threading.Event()
    server = _Announcing(up, uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    up.wait(timeout=20)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=20)
        listener.close()


class _Announcing(uvicorn.Server):
    """A server that says when it is up."""

    def __init__(self, up: threading.Event, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._up = up

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        self._up.set()


def _breadth(unit: str | None) -> Breadth:
    return Breadth.CELL if unit is None else Breadth.OWN


_USCC = {
    "marine": "11330105002500287C",
    "machine": "11430000006122244L",
    "enforcement": "11331002MB0000001X",
}  # fmt: skip - valid, of nobody here
__all__ = ["PASSWORD", "Client", "Member", "Web", "open_web", "served", "web_of"]
