"""The line to the broker: what comes is gathered into batches, what is due goes out.

Positions and acknowledgements are taken as they come, latest wins: they are said again. Evidence
goes through a JetStream stream and is acknowledged to the broker only after its commit, and to the
device by a message of ours (`{"about": id, "status": "kept"}`): until then the device keeps it.
"""

import asyncio
import contextlib
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import nats
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js.api import AckPolicy, ConsumerConfig, DiscardPolicy, RetentionPolicy

from zhouqiao.base import Hindrance, encode
from zhouqiao.edge.gateway.door import Door
from zhouqiao.edge.gateway.intake import Answer, Intake, Raw
from zhouqiao.edge.gateway.porter import Porter
from zhouqiao.platform import unit as units
from zhouqiao.platform.unit import UnitId
from zhouqiao.platform.unit.facts import CommandSent
from zhouqiao.store import Desk, Engine, Reaction, Store, Told
from zhouqiao.store.engines import Broker

GATHER = 0.05  # seconds a batch is gathered for
BATCH = 500  # messages that end the gathering
MOST = 2_000  # messages of one transaction
BACKLOG = 50_000  # positions that may wait for the database; older ones give way
DURABLE = 200  # messages of evidence fetched at once
HINDERED = 1.0  # seconds to wait when the database or the broker is away
STREAM, LANE = "devices", "gateway"
WEEK = 7 * 24 * 3600.0


@dataclass
class Line:
    """One connection to the broker, and what waits on it."""

    intake: Intake
    engine: Store
    waiting: deque[Raw] = field(default_factory=lambda: deque(maxlen=BACKLOG))
    full: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, broker: Broker, stop: asyncio.Event, ready: Callable[[], None]) -> None:
        """Work until `stop` is set."""
        async with contextlib.AsyncExitStack() as lines:
            client = await _connected(lines, broker.url)
            besides: tuple[Any, ...] = ()
            if broker.issuer is not None:
                system = await _connected(lines, broker.system_url)
                door = Door(self.intake.store, self.intake.cells, broker.issuer)
                porter = Porter(door, self.engine, client, system)
                await porter.stand()
                besides = (porter.open, porter.watch())
            await self._listen(client)
            ready()
            works = (self._gather(client), self._fetch(client), self._send(client), *besides)
            await self._until(stop, *works)

    async def _until(self, stop: asyncio.Event, *works: Any) -> None:
        tasks = [asyncio.ensure_future(self._patiently(work)) for work in works]
        waiting = asyncio.ensure_future(stop.wait())
        done, _ = await asyncio.wait([*tasks, waiting], return_when=asyncio.FIRST_COMPLETED)
        await _ended({*tasks, waiting})
        for task in done - {waiting}:
            task.result()  # raises what ended it

    async def _patiently(self, turns: Any) -> None:
        """Take turn after turn; outlive a database or a broker that is away."""
        while True:
            try:
                await turns()
            except (Hindrance, NatsError, TimeoutError, OSError) as trouble:
                sys.stderr.write(f"hindered: {trouble!r}\n")
                await asyncio.sleep(HINDERED)

    async def _listen(self, client: Client) -> None:
        async def heard(message: Msg) -> None:
            self.waiting.append(Raw(message.subject, message.data))
            if len(self.waiting) >= BATCH:
                self.full.set()

        for leaf in ("position", "ack"):
            await client.subscribe(
                f"devices.*.*.{leaf}", cb=heard, pending_msgs_limit=BACKLOG,
                pending_bytes_limit=256 << 20,
            )  # fmt: skip

    def _gather(self, client: Client) -> Callable[[], Any]:
        async def turn() -> None:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.full.wait(), GATHER)
            self.full.clear()
            batch = list(self._drawn())
            if not batch:
                return
            try:
                answers = await asyncio.to_thread(self.intake.take, batch)
            except Hindrance:
                room = BACKLOG - len(self.waiting)
                self.waiting.extendleft(reversed(batch[-room:] if room else []))
                raise
            await _tell(client, answers)

        return turn

    def _drawn(self) -> Iterator[Raw]:
        for _ in range(min(len(self.waiting), MOST)):
            yield self.waiting.popleft()

    def _fetch(self, client: Client) -> Callable[[], Any]:
        streams = client.jetstream()
        pulling: list[Any] = []

        async def turn() -> None:
            if not pulling:
                await _stream(streams)
                pulling.append(
                    await streams.pull_subscribe(
                        "devices.*.*.evidence", durable=LANE, stream=STREAM, config=CONSUMER
                    )
                )
            with contextlib.suppress(TimeoutError):
                messages = await pulling[0].fetch(DURABLE, timeout=1.0)
                batch = [Raw(message.subject, message.data) for message in messages]
                answers = await asyncio.to_thread(self.intake.take, batch)
                for message in messages:
                    await message.ack()
                await _tell(client, answers)

        return turn

    def _send(self, client: Client) -> Callable[[], Any]:
        loop = asyncio.get_running_loop()

        def publish(desk: Desk, told: Sequence[Told[CommandSent]]) -> None:
            answers = list(_commands(desk, told))
            asyncio.run_coroutine_threadsafe(_tell(client, answers), loop).result(10)

        out = Engine(self.engine, (Reaction("gateway.command", (CommandSent,), publish, LANE),))

        async def turn() -> None:
            if not await asyncio.to_thread(out.turn, LANE):
                await asyncio.sleep(GATHER * 2)

        return turn


CONSUMER = ConsumerConfig(ack_policy=AckPolicy.EXPLICIT, ack_wait=30, max_ack_pending=5_000)


async def _stream(streams: Any) -> None:
    await streams.add_stream(
        name=STREAM, subjects=["devices.*.*.evidence"], retention=RetentionPolicy.WORK_QUEUE,
        discard=DiscardPolicy.NEW, max_age=WEEK, max_bytes=2 << 30, max_msg_size=1 << 20,
    )  # fmt: skip


async def _ended(tasks: set[asyncio.Future[Any]]) -> None:
    """Cancel until all have ended: a wait that is over in the same moment swallows one."""
    while tasks:
        for task in tasks:
            task.cancel()
        _, tasks = await asyncio.wait(tasks, timeout=1.0)


async def _connected(lines: contextlib.AsyncExitStack, url: str) -> Client:
    client = await nats.connect(url, max_reconnect_attempts=-1, name="gateway")
    lines.push_async_callback(client.close)
    return client


async def _tell(client: Client, answers: Sequence[Answer]) -> None:
    for answer in answers:
        await client.publish(answer.subject, answer.body)
    if answers:
        await client.flush(5)


def _commands(desk: Desk, told: Sequence[Told[CommandSent]]) -> Iterator[Answer]:
    """Yield the commands of a batch that are still to be heard."""
    wanted = {one.fact.command for one in told}
    for unit in sorted({one.fact.unit for one in told}):
        for command in units.open_commands(desk, UnitId(unit)):
            if command.id in wanted and command.expires_at > desk.now():
                body = {
                    "command": command.id, "kind": command.kind, "body": command.body,
                    "expires_at": command.expires_at,
                }  # fmt: skip
                yield Answer(subject=f"commands.{desk.cell}.{unit}", body=encode(body))


def serve(
    intake: Intake, engine: Store, broker: Broker, stop: threading.Event, ready: Callable[[], None]
) -> None:
    """Hear devices over a broker until `stop` is set, and keep its door. Blocks.

    `engine` is a store under the role that reads the journal.
    """
    asyncio.run(_serve(Line(intake, engine), broker, stop, ready))


async def _serve(
    line: Line, broker: Broker, stop: threading.Event, ready: Callable[[], None]
) -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()

    def wait() -> None:
        stop.wait()
        loop.call_soon_threadsafe(ended.set)

    threading.Thread(target=wait, daemon=True).start()
    await line.run(broker, ended, ready)
