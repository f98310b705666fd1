"""All commands as one line, in the language of whoever types; every refusal said in words."""

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from zhouqiao.app.plainly import plainly
from zhouqiao.app.settings import SettingsWrong
from zhouqiao.app.supervise import ChildKeepsDying
from zhouqiao.base import Hindrance, Refusal
from zhouqiao.cli import copies, law, node, packs, proof, where
from zhouqiao.cli.line import Call, Parser
from zhouqiao.edge.portal import Lang, words
from zhouqiao.store.engines import EngineFailed

NOTHING: Mapping[str, str] = MappingProxyType({})
COMMANDS = (
    *node.COMMANDS,
    *packs.COMMANDS,
    *law.COMMANDS,
    *where.COMMANDS,
    *proof.COMMANDS,
    *copies.COMMANDS,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status. Never prints a trace at a person."""
    given = sys.argv[1:] if argv is None else list(argv)
    arguments = parser(_lang(given)).parse_args(given)
    call = Call(arguments, words(arguments.lang))
    try:
        status: int = arguments.act(call)
    except (SettingsWrong, EngineFailed, ChildKeepsDying, OSError) as trouble:
        _say(call, getattr(trouble, "code", "node"), plainly(trouble, call.words))
        return 1
    except Refusal as refusal:
        _refuse(call, refusal)
        return 1
    except Hindrance as trouble:
        _say(call, "hindered", call.words("cli.hindered", said=trouble))
        return 1
    except KeyboardInterrupt:
        return 130
    return status


def parser(lang: Lang = "en") -> argparse.ArgumentParser:
    """Return the parser of the whole command line, which helps in one language."""
    top = Parser(prog="zhouqiao", speak=words(lang), description=words(lang)("cli.what"))
    commands = top.add_subparsers(required=True, metavar="COMMAND", title=words(lang)("cli.title"))
    for command in COMMANDS:
        command.join(commands, words(lang))
    return top


def _lang(argv: Sequence[str]) -> Lang:
    """Return the language asked for by `--lang`, else the terminal's own."""
    told = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    told.add_argument("--lang")
    try:
        asked = told.parse_known_args(argv)[0].lang
    except argparse.ArgumentError:
        asked = None
    terminal = os.environ.get("LANG", "")  # noqa: TID251 - the terminal's own language, not a setting
    return "zh" if (asked or terminal).startswith("zh") else "en"


def _refuse(call: Call, refusal: Refusal) -> None:
    slots = {name: _listed(value) for name, value in refusal.slots().items()}
    keys = (f"refusal.{refusal.code}.{slots.get('why')}", f"refusal.{refusal.code}")
    said = next((call.words(key, **slots) for key in keys if key in call.words), str(refusal))
    _say(call, refusal.code, said, slots)


def _say(call: Call, code: str, said: str, slots: Mapping[str, str] = NOTHING) -> None:
    """Tell a person what was not done and why, and a program by its code."""
    if call.json:
        told = {"code": code, "said": said, "slots": dict(slots)}
        print(json.dumps(told, ensure_ascii=False))
    print(said, file=sys.stderr)


def _listed(value: object) -> str:
    """Return a slot as a sentence shows it: several things stand on lines of their own."""
    if isinstance(value, list | tuple):
        return "".join(f"\n  - {one}" for one in value)
    return str(value)
