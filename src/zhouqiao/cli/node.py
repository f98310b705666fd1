"""Running a node, whole or one process of it; a day beside it; its figures and its settings."""

import json
import os
import signal
import threading

from zhouqiao.app import settings as told
from zhouqiao.app.demo import DEMO_ACCOUNTS
from zhouqiao.app.node import issuer_of, listen, run, solve, work
from zhouqiao.app.outside import bench, benches, demo
from zhouqiao.app.web import listening, serve_web
from zhouqiao.cli.line import Argument, Call, Command, Misunderstood
from zhouqiao.store.engines import rights

SLOWEST, FASTEST = 1, 60  # how often a made-up day beats the clock; as in tools/day


def _run(call: Call) -> int:
    settings = told.read()

    def ready() -> None:
        print(call.words("run.ready", address=settings.address), flush=True)
        if call.given.demo:
            made_up = (f"  {one.name}  {one.role}" for one in DEMO_ACCOUNTS)
            print(call.words("run.accounts"), *made_up, sep="\n", flush=True)

    listening(settings).close()  # before anything is started, if it is taken
    run(settings, demo=call.given.demo, environment=dict(os.environ), ready=ready)  # noqa: TID251 - handed on whole to our own children
    return 0


def _web(call: Call) -> int:
    serve_web(told.read(), demo=call.given.demo)
    return 0


def _worker(call: Call) -> int:
    work(told.read(), _asked_to_stop(), demo=call.given.demo, every_lane=call.given.all)
    return 0


def _solver(call: Call) -> int:
    del call
    solve(told.read(), _asked_to_stop())
    return 0


def _gateway(call: Call) -> int:
    del call
    listen(told.read(), _asked_to_stop())
    return 0


def _asked_to_stop() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _demo(call: Call) -> int:
    if not SLOWEST <= call.given.speed <= FASTEST:
        raise Misunderstood(f"--speed {SLOWEST}–{FASTEST}", f"{call.given.speed:g}")
    more = [f"--{name}={getattr(call.given, name)}" for name in ("seconds", "speed", "seed")]
    more += [f"--lang={call.words.lang}", *(["--json"] if call.json else [])]
    return demo(told.read(), more, dict(os.environ))  # noqa: TID251 - handed on whole to our own child


def _bench(call: Call) -> int:
    found = bench(call.given.which, quick=call.given.quick)
    line = json.dumps(found, ensure_ascii=False)
    read = [
        f"{found['name']}: {found['figure']} {found['unit']}",
        call.words("cli.bench.against", against=found["against"], ratio=found["ratio"]),
        *(f"  {name}: {value}" for name, value in found["detail"].items()),
        line,
    ]
    call.answer(found, read)
    return 0


def _settings(call: Call) -> int:
    lines = told.describe()
    call.answer(
        {line.name: line.value for line in lines},
        (f"{line.variable:<32} {line.value}  ({line.source})" for line in lines),
    )
    return 0


def _broker(call: Call) -> int:
    issuer = issuer_of(told.read())
    block = rights(issuer, lambda name: call.words("cli.broker.secret", name=name))
    call.answer({"issuer": issuer.name, "configuration": block}, block.splitlines())
    return 0


MADE_UP = Argument("demo", flag=True)
COMMANDS = (
    Command("run", _run, "zhouqiao run --demo", (MADE_UP,)),
    Command("web", _web, "zhouqiao web", (MADE_UP,)),
    Command("worker", _worker, "zhouqiao worker", (MADE_UP, Argument("all", flag=True))),
    Command("solver", _solver, "zhouqiao solver"),
    Command("gateway", _gateway, "zhouqiao gateway"),
    Command(
        "demo",
        _demo,
        "zhouqiao demo --seconds 120 --speed 20",
        (
            Argument("seconds", dashed=True, how={"type": float, "default": 60.0}),
            Argument("speed", dashed=True, how={"type": float, "default": 20.0}),
            Argument("seed", dashed=True, how={"type": int, "default": 1}),
        ),
    ),
    Command(
        "bench",
        _bench,
        "zhouqiao bench lifecycle",
        (
            Argument("which", how={"metavar": "|".join(benches()) or "NAME"}),
            Argument("quick", flag=True),
        ),
    ),
    Command("settings", _settings, "zhouqiao settings"),
    Command("broker", _broker, "zhouqiao broker"),
)
