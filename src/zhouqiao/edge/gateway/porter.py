"""Who stands at the broker's door: answers whoever knocks, and puts out whose key has ended.

A connection is named after its unit and the key it was opened by. When that key was replaced or
revoked, the broker is asked which connections bear the name, and they are closed.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from typing import Any

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError

from zhouqiao.base import Hindrance
from zhouqiao.edge.gateway.door import ASKED, Door, opened_by
from zhouqiao.platform.unit.facts import KeyIssued, KeyRevoked
from zhouqiao.store import Desk, Engine, Reaction, Store, Told

LANE = "door"
MOST = 200  # who is judged at once
SILENCE = 0.3  # seconds after which no further server of a cluster is waited for
RESTED = 0.1  # seconds between two looks at the journal
SLOWEST = 6.0  # seconds from being judged to being in, at most: the broker waits five
LONGEST = 30.0  # seconds a batch of keys may take


@dataclass
class Porter:
    """`platform` is the connection the broker asks us on; by `system` others are put out."""

    door: Door
    engine: Store
    platform: Client
    system: Client
    knocking: "asyncio.Queue[Msg]" = field(default_factory=asyncio.Queue)
    behind: "set[asyncio.Task[None]]" = field(default_factory=set)

    async def stand(self) -> None:
        """Be asked from now on. Of several gateways one is asked."""
        await self.platform.subscribe(ASKED, queue=LANE, cb=self.knocking.put)

    async def open(self) -> None:
        """Answer all who knock by now; wait for the first."""
        knocks = [await self.knocking.get()]
        while not self.knocking.empty() and len(knocks) < MOST:
            knocks.append(self.knocking.get_nowait())
        answers = await asyncio.to_thread(self.door.judge, [one.data for one in knocks])
        for knock, answer in zip(knocks, answers, strict=True):
            if answer:
                await knock.respond(answer)

    def watch(self) -> Callable[[], Coroutine[Any, Any, None]]:
        """Return a turn that puts out whoever signed in by a key that has ended since."""
        loop = asyncio.get_running_loop()

        def ended(desk: Desk, told: Sequence[Told[KeyIssued | KeyRevoked]]) -> None:
            keys = [one.fact for one in told if one.fact.former]
            names = sorted({opened_by(desk.cell, key.unit, key.former) for key in keys})
            if names:
                _wait(asyncio.run_coroutine_threadsafe(self._twice(names), loop))

        heard = (KeyIssued, KeyRevoked)
        engine = Engine(self.engine, (Reaction("gateway.door", heard, ended, LANE),))

        async def turn() -> None:
            if not await asyncio.to_thread(engine.turn, LANE):
                await asyncio.sleep(RESTED)

        return turn

    async def _twice(self, names: Sequence[str]) -> None:
        """Put out now, and again when whoever was judged before that is in or timed out."""
        await self._put_out(names)
        later = asyncio.create_task(self._later(names))
        self.behind.add(later)
        later.add_done_callback(self.behind.discard)

    async def _later(self, names: Sequence[str]) -> None:
        await asyncio.sleep(SLOWEST)
        await self._put_out(names)

    async def _put_out(self, names: Sequence[str]) -> None:
        """Close the connections of these names, on every server of a cluster."""
        inbox = self.system.new_inbox()
        told = await self.system.subscribe(inbox)
        for name in names:
            body = json.dumps({"auth": True, "user": name}).encode()
            await self.system.publish("$SYS.REQ.SERVER.PING.CONNZ", body, reply=inbox)
        async for said in _until_silence(told):
            server = said["server"]["id"]
            for one in said["data"]["connections"]:
                body = json.dumps({"cid": one["cid"]}).encode()
                await self.system.request(f"$SYS.REQ.SERVER.{server}.KICK", body, timeout=5)
        await told.unsubscribe()


async def _until_silence(told: Subscription) -> AsyncIterator[dict[str, Any]]:
    while True:
        try:
            message = await told.next_msg(timeout=SILENCE)
        except TimeoutError:
            return
        yield json.loads(message.data)


def _wait(work: "Future[None]") -> None:
    """Wait for the broker.

    Raises `Hindrance` where it is away or we are about to stop: the keys are looked at again.
    """
    try:
        work.result(LONGEST)
    except (NatsError, TimeoutError, OSError, CancelledError) as trouble:
        raise Hindrance("broker") from trouble
