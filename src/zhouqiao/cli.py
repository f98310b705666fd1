"""The command line: `zhouqiao run`, and what else a node is asked for at a terminal."""

import argparse
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from zhouqiao.app import settings as told
from zhouqiao.app.keep import backup, restore
from zhouqiao.app.node import listen, open_node, run, sealer_of, solve, work
from zhouqiao.app.outside import bench, benches, demo
from zhouqiao.app.plainly import plainly
from zhouqiao.app.settings import SettingsWrong
from zhouqiao.app.supervise import ChildKeepsDying
from zhouqiao.app.web import serve_web
from zhouqiao.base import Hindrance, Point, Refusal
from zhouqiao.edge.portal import Lang, words
from zhouqiao.platform import document
from zhouqiao.platform.place import NOT_FOR_NAVIGATION, load_atlas, load_sea
from zhouqiao.platform.rule import LegalClock, Unit, clock_named, clocks, deadline
from zhouqiao.sdk import Pack, check, diagram
from zhouqiao.store import system, verify
from zhouqiao.store.engines import EngineFailed

Arguments = argparse.Namespace
Act = Callable[[Arguments], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status. Never prints a trace at a person."""
    arguments = parser().parse_args(argv)
    speak = words(_lang(arguments))
    try:
        act: Act = arguments.act
        return act(arguments)
    except (SettingsWrong, EngineFailed, ChildKeepsDying) as trouble:
        print(plainly(trouble, speak), file=sys.stderr)
    except Refusal as refusal:
        _refuse(arguments, refusal)
    except Hindrance as trouble:
        print(trouble, file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    return 1


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    top = argparse.ArgumentParser(prog="zhouqiao", description="Zhouqiao 舟桥")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    _add(commands, "run", _run, "start everything and keep it running", "zhouqiao run --demo",
         demo=_flag("with the made-up county"))  # fmt: skip
    _add(commands, "web", _web, "the web server alone", "zhouqiao web",
         demo=_flag("with the made-up accounts"))  # fmt: skip
    _add(commands, "worker", _worker, "the worker alone", "zhouqiao worker",
         demo=_flag("seed the made-up county"),
         all=_flag("also answer what the solver answers, where none runs"))  # fmt: skip
    _add(commands, "solver", _solver, "who goes where, alone", "zhouqiao solver")
    _add(commands, "gateway", _gateway, "the gateway of devices alone", "zhouqiao gateway")
    _add(commands, "demo", _demo, "let fishers and boats live a day against the running node",
         "zhouqiao demo --seconds 120 --speed 20",
         seconds={"flag": True, "type": float, "default": 60.0, "help": "how long"},
         speed={"flag": True, "type": float, "default": 20.0, "help": "how fast, 1 to 60"},
         seed={"flag": True, "type": int, "default": 1, "help": "which day"})  # fmt: skip
    _add(commands, "bench", _bench, "measure, beside a floor or a peer", "zhouqiao bench lifecycle",
         which={"metavar": "NAME", "help": ", ".join(benches()) or "none here"},
         quick=_flag("in less than a minute"))  # fmt: skip
    _add(commands, "check", _check, "find what is wrong with a pack", "zhouqiao check marine_waste",
         pack={"nargs": "?", "help": "its name (all installed packs if left out)"})  # fmt: skip
    _add(commands, "diagram", _diagram, "draw a pack's procedures", "zhouqiao diagram marine_waste",
         pack={"help": "its name"})  # fmt: skip
    _add(commands, "settings", _settings, "print every setting", "zhouqiao settings")
    _add(commands, "deadline", _deadline, "when a legal time runs out, and why",
         "zhouqiao deadline penalty_decision 2022-10-18",
         words={"nargs": "*", "metavar": "CLOCK START", "help": "a clock's name and a day or time"},
         length={"flag": True, "type": int, "help": "instead of a clock: so many"},
         unit={"flag": True, "choices": ["working", "calendar", "hours"], "help": "of these"},
         list=_flag("name the clocks"))  # fmt: skip
    _add(commands, "place", _place, "where a point lies", "zhouqiao place 121.655,28.612",
         point={"help": "LON,LAT in WGS 84"})  # fmt: skip
    _add(commands, "route", _route, "the way by sea", "zhouqiao route 121.45,28.68 121.89,28.46",
         start={"help": "LON,LAT"}, end={"help": "LON,LAT"},
         geojson=_flag("print the way as GeoJSON"))  # fmt: skip
    _add(commands, "verify", _verify, "is a paper genuine and in force (0), or not and why (1)",
         "zhouqiao verify marine-2026-000001",
         paper={"help": "its id, its number, or a file"})  # fmt: skip
    _add(commands, "seal", _seal, "is the journal as it was sealed", "zhouqiao seal verify",
         act_on={"choices": ["verify"], "metavar": "verify",
                 "help": "recompute every seal"})  # fmt: skip
    _add(commands, "backup", _backup, "copy database, files and keys to a folder",
         "zhouqiao backup /mnt/backup/monday",
         folder={"help": "a folder that is not there yet"})  # fmt: skip
    _add(commands, "restore", _restore, "bring back a copy, into a node that has no data",
         "zhouqiao restore /mnt/backup/monday", folder={"help": "what `backup` wrote"})  # fmt: skip
    return top


def _add(commands: Any, name: str, act: Act, what: str, example: str, **options: Any) -> None:
    one = commands.add_parser(name, help=what, description=what, epilog=f"example: {example}")
    one.set_defaults(act=act)
    one.add_argument("--json", action="store_true", help="print JSON")
    one.add_argument("--lang", choices=["zh", "en"], help="language of the words")
    for key, how in options.items():
        dashed = how.pop("flag", False) or how.get("action") == "store_true"
        one.add_argument(f"--{key}" if dashed else key, **how)


def _flag(what: str) -> dict[str, Any]:
    return {"action": "store_true", "help": what}


def _run(arguments: Arguments) -> int:
    settings = told.read()
    speak = words(_lang(arguments))

    def ready() -> None:
        print(speak("run.ready", address=settings.address), flush=True)

    run(settings, demo=arguments.demo, environment=dict(os.environ), ready=ready)  # noqa: TID251 - handed on whole to our own children
    return 0


def _web(arguments: Arguments) -> int:
    serve_web(told.read(), demo=arguments.demo)
    return 0


def _worker(arguments: Arguments) -> int:
    work(told.read(), _asked_to_stop(), demo=arguments.demo, every_lane=arguments.all)
    return 0


def _solver(arguments: Arguments) -> int:
    del arguments
    solve(told.read(), _asked_to_stop())
    return 0


def _gateway(arguments: Arguments) -> int:
    del arguments
    listen(told.read(), _asked_to_stop())
    return 0


def _asked_to_stop() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _demo(arguments: Arguments) -> int:
    more = [f"--{name}={getattr(arguments, name)}" for name in ("seconds", "speed", "seed")]
    return demo(told.read(), more, dict(os.environ))  # noqa: TID251 - handed on whole to our own child


def _bench(arguments: Arguments) -> int:
    found = bench(arguments.which, quick=arguments.quick)
    if not arguments.json:
        print(f"{found['name']}: {found['figure']} {found['unit']}")
        print(f"against: {found['against']}, ratio {found['ratio']}")
        for name, value in found["detail"].items():
            print(f"  {name}: {value}")
    print(json.dumps(found, ensure_ascii=False))
    return 0


def _check(arguments: Arguments) -> int:
    found = {pack.name: check(pack) for pack in _packs(arguments.pack)}
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False))
    for name, findings in () if arguments.json else found.items():
        print(f"{name}: {'sound' if not findings else f'{len(findings)} findings'}")
        for finding in findings:
            print(f"  - {finding}")
    return int(any(found.values()))


def _diagram(arguments: Arguments) -> int:
    for pack in _packs(arguments.pack):
        drawn = {one.name: diagram(one, pack.of(one.name)) for one in pack.procedures}
        print(json.dumps(drawn) if arguments.json else "\n".join(drawn.values()))
    return 0


def _packs(name: str | None) -> list[Pack]:
    from zhouqiao.app.compose import installed_packs  # noqa: PLC0415 - loads every pack

    found = [pack for pack in installed_packs() if name in (None, pack.name)]
    if not found:
        raise _unknown("pack", str(name))
    return found


def _settings(arguments: Arguments) -> int:
    lines = told.describe()
    if arguments.json:
        print(json.dumps({line.name: line.value for line in lines}, ensure_ascii=False))
    else:
        for line in lines:
            print(f"{line.variable:<32} {line.value}  ({line.source})")
    return 0


def _deadline(arguments: Arguments) -> int:
    if arguments.list:
        named = clocks()
        rows = {
            name: {"zh": one.zh, "en": one.en, "basis": one.basis} for name, one in named.items()
        }
        if arguments.json:
            print(json.dumps(rows, ensure_ascii=False))
        else:
            print("\n".join(f"{name:<32} {one.basis:<24} {one.zh}" for name, one in named.items()))
        return 0
    clock, start = _clock_and_start(arguments)
    found = deadline(clock, start)
    first = found.due.isoformat() if clock.unit.is_exact and found.due else str(found.day)
    if arguments.json:
        print(json.dumps({"due": first, "why": msgspec.to_builtins(found.why)}, ensure_ascii=False))
        return 0
    print(first)
    speak = words(_lang(arguments))
    for step in found.why:
        print(_step(speak, step))
    return 0


def _clock_and_start(arguments: Arguments) -> tuple[LegalClock, date | datetime]:
    given = arguments.words
    wanted = 1 if arguments.length else 2
    if len(given) != wanted or bool(arguments.length) != bool(arguments.unit):
        raise _unknown("arguments", " ".join(given) or "-")
    if arguments.length:
        unit = Unit(arguments.unit)
        return LegalClock(name="asked", length=arguments.length, unit=unit), _moment(given[0])
    return clock_named(given[0]), _moment(given[1])


def _moment(text: str) -> date | datetime:
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _unknown("moment", text) from None
    return moment if moment.tzinfo else moment.astimezone()


def _step(speak: Any, step: Any) -> str:
    key = f"clock.why.{step.code}"
    return speak(key, **step.slots) if key in speak else f"{step.code} {step.slots}"


def _verify(arguments: Arguments) -> int:
    node = open_node(told.read(), size=2)
    path = Path(arguments.paper)
    with node.platform.store.desk(system(str(node.settings.cell))) as desk:
        if path.is_file():
            found = document.proof.verify_file(desk, path.read_bytes())
        else:
            found = document.proof.verify(desk, arguments.paper)
    node.platform.close()
    speak = words(_lang(arguments))
    verdict = "good" if found.current else "not_current" if found.genuine else "forged"
    if arguments.json:
        print(json.dumps(msgspec.to_builtins(found, enc_hook=str), ensure_ascii=False))
        return int(verdict != "good")
    print(verdict)
    for one in found.why:
        key = f"verdict.{one.code}"
        print(" ", speak(key, **one.slots) if key in speak else one.code)
    return int(verdict != "good")


def _seal(arguments: Arguments) -> int:
    settings = told.read()
    node = open_node(settings, size=2)
    signer, place = sealer_of(settings)
    found = verify(node.platform.engine.store, [signer.public], place)
    node.platform.close()
    if arguments.json:
        print(json.dumps(msgspec.to_builtins(found, enc_hook=str), ensure_ascii=False))
        return int(bool(found.findings))
    print(f"{found.seals} seals, {found.facts} facts, {len(found.findings)} findings")
    for finding in found.findings:
        print(" ", finding)
    return int(bool(found.findings))


def _backup(arguments: Arguments) -> int:
    copied = backup(told.read(), Path(arguments.folder))
    print(json.dumps({"folder": arguments.folder, "bytes": copied}) if arguments.json else copied)
    return 0


def _restore(arguments: Arguments) -> int:
    restore(told.read(), Path(arguments.folder))
    return 0


def _place(arguments: Arguments) -> int:
    found = load_atlas().locate(_point(arguments.point))
    plain = msgspec.to_builtins(found, enc_hook=str)
    if arguments.json:
        print(json.dumps(plain, ensure_ascii=False))
        return 0
    for name, value in plain.items():
        if value not in (None, [], ()):
            shown = value.get("name", value) if isinstance(value, dict) else value
            print(f"{name}: {shown}")
    return 0


def _route(arguments: Arguments) -> int:
    way = load_sea().route(_point(arguments.start), _point(arguments.end))
    points = [[leg.lon, leg.lat] for leg in way.legs]
    line = {
        "type": "Feature",
        "geometry": {"type": "LineString", "coordinates": points},
        "properties": {"km": round(way.km, 3), "label": way.label},
    }
    if arguments.json or arguments.geojson:
        print(json.dumps(line))
        return 0
    print(f"{way.km:.3f}")
    print(words(_lang(arguments))(f"note.place.{NOT_FOR_NAVIGATION}"))
    for lon, lat in points:
        print(f"{lon:.5f},{lat:.5f}")
    return 0


def _point(text: str) -> Point:
    try:
        lon, lat = (float(part) for part in text.split(","))
    except ValueError:
        raise _unknown("point", text) from None
    return Point(lon=lon, lat=lat).stated("point")


class Misunderstood(Refusal):
    """What was typed is none of what could be."""

    code = "cli.misunderstood"
    status = 422

    def __init__(self, what: str, given: str) -> None:
        super().__init__()
        self.what = what
        self.given = given


def _unknown(what: str, given: str) -> Refusal:
    return Misunderstood(what, given)


def _refuse(arguments: Arguments, refusal: Refusal) -> None:
    speak = words(_lang(arguments))
    slots = {name: str(value) for name, value in refusal.slots().items()}
    keys = (f"refusal.{refusal.code}.{slots.get('why')}", f"refusal.{refusal.code}")
    said = next((speak(key, **slots) for key in keys if key in speak), str(refusal))
    if arguments.json:
        print(json.dumps({"code": refusal.code, "said": said, "slots": slots}, ensure_ascii=False))
    print(said, file=sys.stderr)


def _lang(arguments: Arguments) -> Lang:
    if arguments.lang in ("zh", "en"):
        chosen: Lang = arguments.lang
        return chosen
    return "zh" if os.environ.get("LANG", "").startswith("zh") else "en"  # noqa: TID251 - the terminal's own language, not a setting
