"""A day off Taizhou: fishers who ask, boats that come. It knows the platform only by HTTP and MQTT.

`python tools/day http://127.0.0.1:8000 --password … [--seconds 60] [--speed 20] [--seed 1]`

Fishers ask for a pickup now and then; every boat looks at its tasks, sails the way it is told at
its own speed (times `--speed`), says over MQTT where it is, weighs, has both sign, lands. When the
time is over nothing new is begun, every boat stops and says where; then it says what it did beside
what the platform says, in `--lang` or as `--json`: it never grades itself by its own memory.
"""

import argparse
import asyncio
import hashlib
import json
import random  # noqa: TID251 - a seeded day has chance of its own
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from math import atan2, cos, degrees, hypot, radians
from pathlib import Path
from typing import Any

import httpx
from paho.mqtt import client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

WATERS = ((121.58, 28.45), (121.90, 28.70))  # open water between Taizhou Bay and the Dachen islands
RATES = {"plastic": 12, "gear": 30, "garbage": 25, "oily_water": 180, "waste_oil": 8}
PEN = "M10 30L24 12L38 34L52 14L66 30L90 18L120 26"
LOOK = 0.5  # seconds between two looks at one's tasks
SAY = 0.5  # seconds between two positions
SAID: dict[str, dict[str, str]] = tomllib.loads(
    Path(__file__).with_name("said.toml").read_text("utf-8")
)
GRACE = 10  # seconds for what was begun in time
Spot = tuple[float, float]


@dataclass
class Day:
    """The world outside: its chance, its speed, and what was done in it."""

    base: str
    password: str
    speed: float
    seed: int
    http: httpx.AsyncClient
    ends: float = 0.0
    did: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    mine: set[str] = field(default_factory=set)
    whose: dict[str, str] = field(default_factory=dict)
    lie: dict[str, Spot] = field(default_factory=dict)

    @property
    def over(self) -> bool:
        """Whether the day has ended."""
        return asyncio.get_running_loop().time() > self.ends

    async def rest(self, seconds: float) -> None:
        """Wait so long, and no longer than the day."""
        left = self.ends - asyncio.get_running_loop().time()
        await asyncio.sleep(max(0, min(seconds, left)))

    async def sign_in(self, login: str) -> "Person | None":
        """Sign a demo account in; None where there is no such account."""
        body = {"login": login, "password": self.password}
        answer = await self.http.post("/api/session", json=body)
        if answer.status_code != 201:
            self.told[f"sign-in {answer.status_code}"] += 1
            return None
        said = answer.json()
        chance = random.Random(f"{self.seed}/{login}")  # noqa: S311 - a seeded day
        return Person(self, login, said["token"], said["person"], chance)


@dataclass
class Person:
    """Somebody signed in."""

    day: Day
    login: str
    token: str
    person: str
    chance: random.Random

    async def ask(self, way: str, path: str, **more: Any) -> Any:
        """Send a request; return its JSON (None where it was refused, which is counted)."""
        head = {"authorization": f"Bearer {self.token}"}
        for _ in range(3):
            try:
                answer = await self.day.http.request(way, path, headers=head, **more)
            except httpx.HTTPError as broken:
                self.day.told[f"line: {type(broken).__name__}"] += 1
                await asyncio.sleep(1)
                continue
            if answer.status_code not in (429, 503):
                break
            self.day.told[f"asked to wait {answer.status_code}"] += 1
            await asyncio.sleep(1)
        else:
            return None
        if answer.is_success:
            return answer.json()
        code = answer.json().get("code", "") if "json" in answer.headers["content-type"] else ""
        self.day.told[f"refused {answer.status_code} {code}"] += 1
        return None


async def fish(me: Person, number: int) -> None:
    """Live a fisher's day: wait a while, ask, wait for the boat, ask again when all is done."""
    day, nth = me.day, 0
    await day.rest(me.chance.uniform(0, 30 * 60 / day.speed / 10))
    while not day.over:
        nth += 1
        (west, south), (east, north) = WATERS
        place = {"lon": round(me.chance.uniform(west, east), 5),
                 "lat": round(me.chance.uniform(south, north), 5)}  # fmt: skip
        kinds = me.chance.sample(sorted(RATES), me.chance.choice((1, 1, 2)))
        record = {
            "vessel": f"浙椒渔{number:05d}", "place": place,
            "kinds": [{"kind": kind, "mass": {"kg": str(RATES[kind])}} for kind in kinds],
        }  # fmt: skip
        asked = {"procedure": "marine_waste.pickup", "key": f"{day.seed}-{nth}-{_now()}",
                 "record": record, "place": place}  # fmt: skip
        case = await me.ask("POST", "/api/cases", json=asked)
        if case is not None:
            day.did["asked"] += 1
            day.mine.add(case["id"])
            day.whose[case["id"]] = me.person
            await _until_handed_over(me, case["id"])
        await day.rest(me.chance.uniform(5, 30) * 60 / day.speed)


async def _until_handed_over(me: Person, case: str) -> None:
    while not me.day.over:
        seen = await me.ask("GET", f"/api/cases/{case}")
        if seen is None or seen["state"] in ("handed_over", "landed", "cancelled"):
            return
        await me.day.rest(2)


@dataclass
class Boat:
    """A boat: its crew, its device, where it is."""

    crew: Person
    says: str
    key: str
    device: mqtt.Client
    name: str
    at: Spot
    aboard: dict[str, Any] = field(default_factory=dict)

    def say(self, kmh: float, course: float, *, surely: bool = False) -> None:
        """Say over MQTT where it is; `surely`: wait until the broker has it."""
        told = {"key": self.key, "lon": round(self.at[0], 6), "lat": round(self.at[1], 6),
                "accuracy": 8, "happened_at": _now("milliseconds"), "speed_kmh": round(kmh, 1),
                "course": round(course, 1)}  # fmt: skip
        sent = self.device.publish(f"{self.says}/position", json.dumps(told), qos=int(surely))
        if surely:
            sent.wait_for_publish(timeout=5)
        self.crew.day.did["positions"] += 1

    def stop(self) -> None:
        """Lie still, say so, and fall silent."""
        self.say(0, 0, surely=True)
        self.crew.day.lie[self.name] = (round(self.at[0], 5), round(self.at[1], 5))
        self.device.disconnect()
        self.device.loop_stop()

    async def sail(self, way: list[Spot], kmh: float) -> None:
        """Sail a way, leg by leg, saying where it is."""
        for start, end in pairwise(way):
            length = _km(start, end)
            seconds = length / max(kmh, 1) * 3600 / self.crew.day.speed
            steps = max(1, round(seconds / SAY))
            course = _course(start, end)
            for step in range(1, steps + 1):
                if self.crew.day.over:
                    return
                part = step / steps
                self.at = (_between(start[0], end[0], part), _between(start[1], end[1], part))
                self.say(kmh, course)
                await asyncio.sleep(seconds / steps)

    async def take(self, case: str, step: str, record: Any = None, hands: Any = ()) -> Any:
        """Take a step of a case; return what became of it."""
        body = {"key": f"{case}-{step}-{_now()}", "record": record, "signatures": list(hands),
                "happened_at": _now()}  # fmt: skip
        told = await self.crew.ask("POST", f"/api/cases/{case}/steps/{step}", json=body)
        if told is not None and told["status"] == "done":
            self.crew.day.did[step] += 1
            return told
        return None


async def crew(me: Person) -> None:
    """Live a boat's day: look at the tasks, serve the first, lie still and say so between."""
    boat = await _board(me)
    if boat is None:
        return
    try:
        while not me.day.over:
            for task in await me.ask("GET", "/api/tasks") or ():
                if not me.day.over:
                    await _serve(boat, task)
            boat.say(0, 0)
            await me.day.rest(LOOK)
    finally:
        boat.stop()


async def _board(me: Person) -> Boat | None:
    given = await me.ask("POST", "/api/my-unit/key")
    seen = await me.ask("GET", "/api/my-unit")
    if given is None or seen is None:
        return None
    device = mqtt.Client(CallbackAPIVersion.VERSION2, given["client"])
    device.username_pw_set(given["user"], given["password"])
    device.connect(given["host"], given["port"])
    device.loop_start()
    at = (seen["at"]["lon"], seen["at"]["lat"])
    return Boat(me, given["says"], given["key"], device, seen["name"], at)


async def _serve(boat: Boat, task: dict[str, Any]) -> None:
    case, state = task["case"], task["state"]
    if case not in boat.crew.day.mine and state != "handed_over":
        return  # somebody else's, asked for by hand: its fisher is not in this world
    if state == "sent" and await boat.take(case, "sent_to_under_way"):
        way = await boat.crew.ask("GET", f"/api/cases/{case}/route")
        if way is not None:
            points = [(lon, lat) for lon, lat in way["points"]]
            await boat.sail(points or [boat.at, boat.at], way["speed_kmh"] or 22)
            if boat.crew.day.over:
                return
        state = "under_way"
    place = {"lon": round(boat.at[0], 5), "lat": round(boat.at[1], 5)}
    if state == "under_way" and await boat.take(case, "under_way_to_met", {"place": place}):
        state = "met"
    if state == "met" and await _hand_over(boat, case, place):
        state = "handed_over"
    if state == "handed_over":
        await _land(boat, case)


async def _hand_over(boat: Boat, case: str, place: dict[str, float]) -> Any:
    seen = await boat.crew.ask("GET", f"/api/cases/{case}")
    if seen is None:
        return None
    lines = [_weighed(boat, one["kind"], RATES[one["kind"]]) for one in seen["record"]["kinds"]]
    boat.aboard[case] = lines
    covers = hashlib.sha256(_canonical({"lines": lines})).hexdigest()
    pen = {"strokes": PEN, "width": 150, "height": 52, "signed_at": _now(), "covers": covers}
    hands = [
        {"role": "fisher", "person": boat.crew.day.whose[case], "name": "渔示例"} | pen,
        {"role": "crew", "person": boat.crew.person, "name": "林样本"} | pen,
    ]
    record = {"boat": boat.name, "place": place, "begun": _now(), "ended": _now(), "lines": lines}
    return await boat.take(case, "met_to_handed_over", record, hands)


async def _land(boat: Boat, case: str) -> None:
    """Have the depot's scale weigh again what was handed over (or, not knowing, asked for)."""
    lines = boat.aboard.pop(case, None)
    if lines is None:
        seen = await boat.crew.ask("GET", f"/api/cases/{case}")
        lines = [_weighed(boat, one["kind"], RATES[one["kind"]]) for one in seen["record"]["kinds"]]
    again = [{**line, "weighed_at": _now()} for line in lines]
    await boat.take(case, "handed_over_to_landed", {"depot": "海门云仓（示例）", "lines": again})


def _weighed(boat: Boat, kind: str, about: int) -> dict[str, Any]:
    grams = round(about * boat.crew.chance.uniform(0.8, 1.2) * 100)
    return {"kind": kind, "mass": {"kg": f"{grams / 100:.2f}"}, "scale": "device",
            "weighed_at": _now()}  # fmt: skip


def _canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _between(a: float, b: float, part: float) -> float:
    return a + (b - a) * part


def _km(a: Spot, b: Spot) -> float:
    return hypot((b[0] - a[0]) * cos(radians(a[1])), b[1] - a[1]) * 111.2


def _course(a: Spot, b: Spot) -> float:
    return degrees(atan2((b[0] - a[0]) * cos(radians(a[1])), b[1] - a[1])) % 360


def _now(to: str = "seconds") -> str:
    return datetime.now(UTC).isoformat(timespec=to).replace("+00:00", "Z")  # noqa: TID251 - the outside world has its own clock


async def live(given: argparse.Namespace) -> int:
    """Let the day happen; say what was done and what the platform says of it."""
    words = SAID[given.lang]
    async with httpx.AsyncClient(base_url=given.address, timeout=20) as http:
        day = Day(given.address, given.password, given.speed, given.seed, http)
        fishers = [await day.sign_in(f"fisher{n}") for n in range(2, 2 + given.fishers)]
        crews = [await day.sign_in(f"crew{n}") for n in range(1, 1 + given.boats)]
        day.ends = asyncio.get_running_loop().time() + given.seconds
        begins = {"fishers": sum(map(bool, fishers)), "boats": sum(map(bool, crews))}
        if not given.json:
            print(words["begins"].format(seconds=given.seconds, speed=given.speed, **begins),
                  flush=True)  # fmt: skip
        works = [fish(one, n) for n, one in enumerate(fishers, 2) if one]
        works += [crew(one) for one in crews if one]
        await _until_over(day, works, given.seconds + GRACE)
        says = await _platform_says(day, [one for one in fishers if one])
    found = {"did": day.did, "told": day.told, "platform": says, "boats": day.lie}
    told = [json.dumps(found, ensure_ascii=False)] if given.json else _in_words(words, day, says)
    print("\n".join(told))
    return 0


async def _until_over(day: Day, works: list[Any], most: float) -> None:
    """Wait for everybody to end their day; what hangs is broken off, and told."""
    tasks = [asyncio.ensure_future(one) for one in works]
    _, hang = await asyncio.wait(tasks, timeout=most)
    for one in hang:
        one.cancel()
    for trouble in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(trouble, BaseException):
            day.told[f"stopped: {trouble!r}"] += 1


async def _platform_says(day: Day, fishers: list[Person]) -> Counter[str]:
    says: Counter[str] = Counter()
    for one in fishers:
        for line in await one.ask("GET", "/api/cases?limit=200") or ():
            if line["id"] in day.mine:
                says[line["state"]] += 1
    return says


def _in_words(words: dict[str, str], day: Day, says: Counter[str]) -> list[str]:
    """Return what happened, in figures, in one language."""
    states = [f"{words[state]} {n}" for state, n in sorted(says.items())]
    spots = [f"  {name}  {lon:.5f}, {lat:.5f}" for name, (lon, lat) in sorted(day.lie.items())]
    return [
        words["did"].format(
            asked=day.did["asked"], met=day.did["under_way_to_met"],
            handed_over=day.did["met_to_handed_over"], landed=day.did["handed_over_to_landed"],
            positions=day.did["positions"],
        ),
        words["platform"].format(states=words["comma"].join(states) or "0"),
        words["boats"].format(n=len(spots)),
        *spots,
        *(words["told"].format(why=why, n=n) for why, n in sorted(day.told.items())),
    ]  # fmt: skip


def _speed(text: str) -> float:
    if not 1 <= float(text) <= 60:
        raise argparse.ArgumentTypeError("1 to 60")
    return float(text)


def main() -> int:
    """Read the command line, live the day."""
    asks = argparse.ArgumentParser(prog="day", description=__doc__)
    asks.add_argument("address")
    asks.add_argument("--password", required=True)
    asks.add_argument("--seconds", type=float, default=60)
    asks.add_argument("--speed", type=_speed, default=20.0, metavar="1-60")
    asks.add_argument("--seed", type=int, default=1)
    asks.add_argument("--fishers", type=int, default=12)
    asks.add_argument("--boats", type=int, default=12)
    asks.add_argument("--lang", choices=sorted(SAID), default="en")
    asks.add_argument("--json", action="store_true")
    given = asks.parse_args()
    try:
        return asyncio.run(live(given))
    except (httpx.HTTPError, OSError) as broken:
        return _nobody_there(given, broken)


def _nobody_there(given: argparse.Namespace, broken: Exception) -> int:
    said = SAID[given.lang]["nobody"].format(address=given.address, why=type(broken).__name__)
    if given.json:
        print(json.dumps({"code": "day.nobody_there", "said": said}, ensure_ascii=False))
    print(said, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
