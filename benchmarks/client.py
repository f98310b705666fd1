"""The clients of the life cycle, in one process of their own: raw HTTP/1.1 over kept connections.

`python -m benchmarks.client PORT AFFAIRS` reads tokens as JSON from standard input
(`{"citizens": […], "officers": […]}`), and prints one JSON line: what every request took.
"""

import asyncio
import json
import sys
from time import perf_counter

CLIENTS = 16
STEPS = ("create", "assign", "resolve", "search")


class Wire:
    """One kept connection."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.took: dict[str, list[float]] = {step: [] for step in STEPS}
        self.wrong: list[str] = []

    async def open(self) -> None:
        """Connect."""
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)

    async def ask(self, what: str, way: str, path: str, token: str, body: object = None) -> object:
        """Send a request; return the answer's JSON. An answer not 2xx is kept in `wrong`."""
        sent = b"" if body is None else json.dumps(body).encode()
        head = (
            f"{way} {path} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {token}\r\n"
            f"content-type: application/json\r\ncontent-length: {len(sent)}\r\n\r\n"
        )
        begun = perf_counter()
        self.writer.write(head.encode() + sent)
        told = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        status = int(told[9:12])
        length = next(
            int(line.partition(":")[2]) for line in told.lower().split("\r\n")
            if line.startswith("content-length:")
        )  # fmt: skip
        answer = await self.reader.readexactly(length)
        self.took[what].append(perf_counter() - begun)
        if status >= 300:
            self.wrong.append(f"{what} {status} {answer[:200].decode()}")
            return None
        return json.loads(answer)


async def live(wire: Wire, number: str, count: int, citizen: str, officer: str) -> None:
    """Lead affairs through their whole life, one after the other."""
    await wire.open()
    for n in range(count):
        await affair(wire, f"{number}-{n}", citizen, officer)


async def affair(wire: Wire, key: str, citizen: str, officer: str) -> None:
    """One affair: create, assign, resolve, search."""
    record = {"about": f"路灯不亮 {key}", "place": {"lon": 121.43, "lat": 28.66}}
    asked = {"procedure": "bench.complaint", "key": key, "record": record}
    made = await wire.ask("create", "POST", "/api/cases", citizen, asked)
    if not isinstance(made, dict):
        return
    steps = f"/api/cases/{made['id']}/steps"
    await wire.ask("assign", "POST", f"{steps}/raised_to_assigned", officer, {"key": f"a{key}"})
    done = {"key": f"r{key}", "record": {"done": "换了灯泡"}}
    await wire.ask("resolve", "POST", f"{steps}/assigned_to_resolved", officer, done)
    found = await wire.ask("search", "GET", f"/api/search?q={made['code']}", officer)
    if not isinstance(found, list) or [one["state"] for one in found] != ["resolved"]:
        wire.wrong.append(f"search {made['code']}: {str(found)[:200]}")


async def main(port: int, affairs: int, tokens: dict[str, list[str]], name: str) -> None:
    """Run all clients at once; print what it took."""
    wires = [Wire(port) for _ in range(CLIENTS)]
    begun = perf_counter()
    await asyncio.gather(*(
        live(wire, f"{name}{n}", affairs // CLIENTS, tokens["citizens"][n], tokens["officers"][n])
        for n, wire in enumerate(wires)
    ))  # fmt: skip
    took = {step: [ms for wire in wires for ms in wire.took[step]] for step in STEPS}
    wrong = [one for wire in wires for one in wire.wrong]
    told = {"seconds": perf_counter() - begun, "took": took, "wrong": wrong}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    given = json.loads(sys.stdin.read())
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), given, sys.argv[3]))
