"""The settings: read once, checked whole, then handed around as one frozen value.

A setting is a field of `Settings`; its reader in `READERS` is chosen by type, its sentence stands
in the words files under `settings.for`. Told by the environment (`ZHOUQIAO_PORT`), else by the
TOML file that `ZHOUQIAO_SETTINGS` names (`port = 8000`), else by its default.
"""

import difflib
import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from zhouqiao.app.providers import Providers, read_providers
from zhouqiao.base import Refusal

PREFIX = "ZHOUQIAO_"
FILE = "ZHOUQIAO_SETTINGS"
SECRET = re.compile(
    r"(?<=:)[^/]+(?=@)"  # user:secret@host
    r"|(?<=nats://)[^:/@]+(?=@)"  # token@host
    r"|(?<=password=)('[^']*'|[^\s&]+)"  # password=secret, password='a secret'
)


class Url(str):
    """An address that may hold a password; prints without it. `.shown` is the whole of it."""

    __slots__ = ()

    @property
    def shown(self) -> str:
        """The address with its password."""
        return str.__str__(self)

    def __repr__(self) -> str:
        return repr(str(self))

    def __str__(self) -> str:
        return SECRET.sub("•••", self.shown)

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


class Level(StrEnum):
    """How much is logged."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Language(StrEnum):
    """Which language a person is addressed in who has not chosen."""

    ZH = "zh"
    EN = "en"


class Port(int):
    """A TCP port; 0 means any that is free."""


class Megabytes(int):
    """How large something may be, in millions of bytes; at least 1."""


class Cell(str):
    """A county's six-digit division code (GB/T 2260)."""

    __slots__ = ()


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What may differ between two installations."""

    folder: Path = Path("var")
    database_url: Url = Url("")
    database_app_url: Url = Url("")
    database_engine_url: Url = Url("")
    nats_url: Url = Url("")
    nats_system_url: Url = Url("")
    mqtt_url: Url = Url("")
    mqtt_port: Port = Port(0)
    host: str = "127.0.0.1"
    port: Port = Port(8000)
    public_url: Url = Url("")
    cell: Cell = Cell("331002")
    language: Language = Language.ZH
    largest_file: Megabytes = Megabytes(20)
    log_level: Level = Level.INFO
    providers: Providers = Providers()

    @property
    def address(self) -> str:
        """Where people reach this node: `http://127.0.0.1:8000`."""
        return self.public_url.shown.rstrip("/") or f"http://{self.host}:{self.port}"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing wrong: `setting` as written in `source`; `why` and `wants` are stable words.

    `why` is `unknown` (`wants` may be meant), `shape` (`wants` a kind of value), `missing` (for
    `wants` is given), `provider` (`wants` is the field of it that cannot be) or `unreadable`
    (`wants` is what the system said).
    """

    setting: str
    source: str
    why: str
    wants: str = ""

    def __str__(self) -> str:
        wants = f" ({self.wants})" if self.wants else ""
        return f"{self.source}: {self.setting}: {self.why}{wants}"


class SettingsWrong(Refusal):
    """The settings cannot be; every fault of them is told at once."""

    code: ClassVar[str] = "settings.wrong"
    status: ClassVar[int] = 422

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__()
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join(map(str, self.faults))


@dataclass(frozen=True, kw_only=True)
class Line:
    """One setting as it stands: secrets masked, `source` where it was told."""

    name: str
    variable: str
    value: str
    source: str


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of this process. Raises `SettingsWrong` with every fault."""
    return _gathered(os.environ if environment is None else environment)[0]


def describe(environment: Mapping[str, str] | None = None) -> list[Line]:
    """Return every setting, its value as people may see it, and where that was told."""
    settings, sources = _gathered(os.environ if environment is None else environment)
    return [
        Line(
            name=it.name,
            variable=_variable(it.name),
            value=str(getattr(settings, it.name)),
            source=sources.get(it.name, "default"),
        )
        for it in fields(Settings)
    ]


def _gathered(environment: Mapping[str, str]) -> tuple[Settings, dict[str, str]]:
    faults: list[Fault] = []
    given: dict[str, object] = {}
    sources: dict[str, str] = {}
    for name, raw, source in (*_from_file(environment, faults), *_from(environment, faults)):
        try:
            given[name] = READERS[_kinds()[name]](raw)
            sources[name] = source
        except ValueError as wrong:
            faults.append(Fault(setting=name, source=source, why="shape", wants=str(wrong)))
    given.setdefault("folder", Path("var").absolute())
    given["providers"] = _vouching(given.get("providers", Providers()), environment, faults)
    settings = Settings(**given)  # type: ignore[arg-type]  # read by the field's own type
    faults.extend(_contradictions(settings))
    if faults:
        raise SettingsWrong(tuple(faults))
    return settings, sources


def _from(environment: Mapping[str, str], faults: list[Fault]) -> Iterator[tuple[str, Any, str]]:
    for variable in sorted(environment):
        if variable.startswith(PREFIX) and variable != FILE:
            name = variable.removeprefix(PREFIX).lower()
            if name in _kinds():
                yield name, environment[variable], "environment"
            else:
                faults.append(_unknown(variable, "environment", [*map(_variable, _kinds())]))


def _from_file(
    environment: Mapping[str, str], faults: list[Fault]
) -> Iterator[tuple[str, Any, str]]:
    path = environment.get(FILE, "")
    if not path:
        return
    try:
        table = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        faults.append(Fault(setting=FILE, source=path, why="unreadable", wants=str(wrong)))
        return
    for name, raw in table.items():
        if name in _kinds():
            yield name, raw, path
        else:
            faults.append(_unknown(name, path, [*_kinds()]))


def _vouching(told: Any, environment: Mapping[str, str], faults: list[Fault]) -> Providers:
    """Return the providers that a file names, which was told as a setting."""
    try:
        found, wrong = read_providers(told.file, environment)
    except (OSError, ValueError) as trouble:
        faults.append(
            Fault(setting="providers", source=told.file, why="unreadable", wants=str(trouble))
        )
        return Providers()
    faults.extend(
        Fault(setting=name, source=found.file, why="provider", wants=what) for name, what in wrong
    )
    return found


def _unknown(name: str, source: str, known: list[str]) -> Fault:
    near = difflib.get_close_matches(name, known, n=1)
    return Fault(setting=name, source=source, why="unknown", wants=near[0] if near else "")


def _contradictions(settings: Settings) -> Iterator[Fault]:
    together = (
        ("nats_url", "mqtt_url"),
        ("mqtt_url", "nats_url"),
        ("nats_system_url", "nats_url"),
        ("database_app_url", "database_url"),
        ("database_engine_url", "database_url"),
    )
    for one, other in together:
        if getattr(settings, one) and not getattr(settings, other):
            yield Fault(setting=other, source="all", why="missing", wants=one)
    mqtt = urlsplit(settings.mqtt_url.shown)
    if mqtt.hostname and not mqtt.username and not settings.nats_system_url:
        yield Fault(setting="nats_system_url", source="all", why="missing", wants="mqtt_url")


def _kinds() -> dict[str, Any]:
    return {it.name: it.type for it in fields(Settings)}


def _variable(name: str) -> str:
    return PREFIX + name.upper()


def _text(raw: object) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise ValueError("text")
    return raw.strip()


def _folder(raw: object) -> Path:
    return Path(_text(raw)).expanduser().absolute()


def _url(raw: object) -> Url:
    text = _text(raw)
    if "=" not in text and not (urlsplit(text).scheme and "://" in text):
        raise ValueError("url")
    return Url(text)


def _port(raw: object) -> Port:
    text = str(raw)
    if isinstance(raw, bool) or not text.isdecimal() or int(text) > 65535:
        raise ValueError("port")
    return Port(text)


def _megabytes(raw: object) -> Megabytes:
    text = str(raw)
    if isinstance(raw, bool) or not re.fullmatch(r"[1-9]\d{0,3}", text):
        raise ValueError("megabytes")
    return Megabytes(text)


def _cell(raw: object) -> Cell:
    text = str(raw)
    if not re.fullmatch(r"[1-9]\d{5}", text):
        raise ValueError("cell")
    return Cell(text)


def _one_of(kind: type[StrEnum]) -> Callable[[object], StrEnum]:
    def pick(raw: object) -> StrEnum:
        try:
            return kind(str(raw).lower())
        except ValueError:
            raise ValueError(kind.__name__.lower()) from None

    return pick


READERS: Mapping[Any, Callable[[object], object]] = {
    str: _text,
    Path: _folder,
    Url: _url,
    Port: _port,
    Megabytes: _megabytes,
    Cell: _cell,
    Level: _one_of(Level),
    Language: _one_of(Language),
    Providers: lambda raw: Providers(file=_text(raw)),
}
