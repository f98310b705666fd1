"""How a command is declared, and what it is handed when it is called."""

import argparse
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from zhouqiao.base import Point, Refusal
from zhouqiao.edge.portal import Words


class Misunderstood(Refusal):
    """What was typed is none of what could be; `what` is the kind of thing that was wanted."""

    code: ClassVar[str] = "cli.misunderstood"
    status: ClassVar[int] = 422

    def __init__(self, what: str, given: str) -> None:
        super().__init__()
        self.what = what
        self.given = given


class PackNotInstalled(Refusal):
    """No pack of that name is installed; `known` names those that are."""

    code: ClassVar[str] = "cli.pack_not_installed"
    status: ClassVar[int] = 404

    def __init__(self, pack: str, known: str) -> None:
        super().__init__()
        self.pack = pack
        self.known = known


class Parser(argparse.ArgumentParser):
    """Helps and objects in the words of one language."""

    def __init__(self, *, speak: Words, **more: Any) -> None:
        self.speak = speak
        super().__init__(add_help=False, **more)
        self._positionals.title, self._optionals.title = speak("cli.given"), speak("cli.options")
        self.add_argument("-h", "--help", action="help", help=speak("cli.help"))

    def error(self, message: str) -> Any:
        """Say what cannot be read, and how to go on; exit with 2."""
        self.exit(2, f"{self.format_usage()}{self.speak('cli.unread', said=message)}\n")


@dataclass(frozen=True)
class Call:
    """One call of a command: what was given, and the words to answer in."""

    given: argparse.Namespace
    words: Words

    @property
    def json(self) -> bool:
        """Say whether a program is listening."""
        return bool(self.given.json)

    def answer(self, value: object, lines: Iterable[str]) -> None:
        """Print `value` as JSON for a program, `lines` for a person."""
        said = [json.dumps(value, ensure_ascii=False)] if self.json else lines
        for line in said:
            print(line)


Act = Callable[[Call], int]


@dataclass(frozen=True)
class Argument:
    """One argument: given by its place, or by `--name` (`flag`: it takes no value).

    Its help is `cli.<command>.<name>` in the words files.
    """

    name: str
    dashed: bool = False
    flag: bool = False
    how: dict[str, Any] = field(default_factory=dict)

    def join(self, parser: argparse.ArgumentParser, what: str) -> None:
        """Add this to a parser."""
        name = f"--{self.name}" if self.dashed or self.flag else self.name
        more = {"action": "store_true"} if self.flag else self.how
        parser.add_argument(name, help=what, **more)


@dataclass(frozen=True)
class Command:
    """One command. What it does is `cli.<name>.what` in the words files."""

    name: str
    act: Act
    example: str
    arguments: tuple[Argument, ...] = ()

    def join(self, commands: Any, speak: Words) -> None:
        """Add this to a command line that helps in the words of `speak`."""
        what = speak(f"cli.{self.name}.what")
        one: Parser = commands.add_parser(
            self.name, help=what, description=what, speak=speak,
            epilog=speak("cli.example", line=self.example),
        )  # fmt: skip
        one.set_defaults(act=self.act)
        one.add_argument("--json", action="store_true", help=speak("cli.json"))
        one.add_argument("--lang", choices=["zh", "en"], default=speak.lang, help=speak("cli.lang"))
        for argument in self.arguments:
            argument.join(one, speak(f"cli.{self.name}.{argument.name}"))


def point(text: str) -> Point:
    """Return the point of `LON,LAT` in WGS 84. Raises `Misunderstood`, `Invalid`."""
    try:
        lon, lat = (float(part) for part in text.split(","))
    except ValueError:
        raise Misunderstood("LON,LAT", text) from None
    return Point(lon=lon, lat=lat).stated("point")
