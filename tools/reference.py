"""Write what docs/ repeats of the code: settings, commands, refusals, the words of packs.

usage: .venv/bin/python tools/reference.py. Held fresh by tests/architecture/test_reference.py.
"""

import argparse
import enum
import importlib
import inspect
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path

from zhouqiao import sdk
from zhouqiao.app.settings import FILE, PREFIX, Settings
from zhouqiao.base import Refusal
from zhouqiao.cli import parser
from zhouqiao.edge.portal.words import Lang, words

ROOT = Path(__file__).resolve().parent.parent
KERNEL = ROOT / "src" / "zhouqiao"
MADE = "<!-- Written by tools/reference.py; change the code, then run it again. -->"
LANGS: tuple[Lang, ...] = ("zh", "en")


def main() -> None:
    """Write every page of the reference."""
    for name, text in pages().items():
        (ROOT / "docs" / name).write_text(text, encoding="utf-8")


def pages() -> Mapping[str, str]:
    """Return the pages by name."""
    return {
        "settings.md": "\n".join(_settings()) + "\n",
        "commands.md": "\n".join(_commands()) + "\n",
        "refusals.md": "\n".join(_refusals()) + "\n",
        "words.md": "\n".join(_words()) + "\n",
    }


def _settings() -> Iterator[str]:
    yield from ("# Settings 设置", "", MADE, "")
    yield f"By the environment, else by the TOML file that `{FILE}` names (there in small"
    yield f"letters, without `{PREFIX}`), else by default. An address left out means the embedded"
    yield "engine. All faults are told at once, before anything starts; `zhouqiao settings` prints"
    yield "what holds, and where each was said, with passwords masked."
    yield from ("", "| variable | default | 说明 | what it is |", "|---|---|---|---|")
    for field in fields(Settings):
        says = [words(lang)(f"settings.for.{field.name}") for lang in LANGS]
        default = f"`{field.default}`" if str(field.default) else "–"
        yield _row(f"`{PREFIX}{field.name.upper()}`", default, *says)


def _commands() -> Iterator[str]:
    yield from ("# Commands 命令", "", MADE, "")
    yield "Every command takes `--json`, `--lang zh|en` and `--help`. It exits with 0; with 1"
    yield "where something was refused or found wrong; with 2 for an unknown argument. None"
    yield "prints a trace at a person."
    chinese = commands("zh")
    for name, command in commands("en").items():
        said = f"{_sentence(command.description or '')} {chinese[name].description}。"
        yield from ("", f"## zhouqiao {name}", "", said, "")
        yield from ("```sh", (command.epilog or "").removeprefix("example: "), "```")
        told = list(zip(_own(command), _own(chinese[name]), strict=True))
        if told:
            yield from ("", "| argument | 说明 | what it is |", "|---|---|---|")
        for action, said_zh in told:
            yield _row(f"`{_spelled(action)}`", said_zh.help or "", action.help or "")


def commands(lang: Lang = "en") -> Mapping[str, argparse.ArgumentParser]:
    """Return every command by its name, a nested one by both."""
    found: dict[str, argparse.ArgumentParser] = {}
    _walk(parser(lang), "", found)
    return found


def _own(command: argparse.ArgumentParser) -> list[argparse.Action]:
    """Return the arguments a command has beside those of every command."""
    return [it for it in command._actions if not _is_common(it)]  # noqa: SLF001  argparse tells no other way


def _walk(
    top: argparse.ArgumentParser, prefix: str, found: dict[str, argparse.ArgumentParser]
) -> None:
    for action in top._actions:  # noqa: SLF001  argparse tells no other way
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001  the same
            for name, command in action.choices.items():
                if not _has_commands(command):
                    found[f"{prefix}{name}"] = command
                _walk(command, f"{prefix}{name} ", found)


def _has_commands(command: argparse.ArgumentParser) -> bool:
    return any(isinstance(it, argparse._SubParsersAction) for it in command._actions)  # noqa: SLF001  the same


def _is_common(action: argparse.Action) -> bool:
    return action.dest in {"help", "json", "lang"}


def _spelled(action: argparse.Action) -> str:
    if not action.option_strings:
        shown = str(action.metavar or action.dest.upper())
        return f"[{shown}]" if action.nargs in ("?", "*") else shown
    takes = "" if action.nargs == 0 else " " + "|".join(action.choices or [action.dest.upper()])
    return f"{action.option_strings[-1]}{takes}"


def _refusals() -> Iterator[str]:
    yield from ("# Refusals 拒绝", "", MADE, "")
    yield "A refusal is a rule saying no: told in the person's language, never retried. Programs"
    yield "get `{code, said, slots}` with the status below; codes are stable, sentences are not."
    table = {lang: words(lang) for lang in LANGS}
    for module, kinds in sorted(_by_module().items()):
        yield from (
            "",
            f"## {module}",
            "",
            "| code | status | 中文 | English |",
            "|---|---|---|---|",
        )
        for code, kind in sorted(kinds.items()):
            says = [table[lang].under("refusal").get(code, "") for lang in LANGS]
            yield _row(f"`{code}`", str(kind.status), *says)
    yield from ("", "## invalid, by reason", "", "| why | 中文 | English |", "|---|---|---|")
    reasons = [table[lang].under("refusal.invalid") for lang in LANGS]
    yield from (_row(f"`{why}`", *(one[why] for one in reasons)) for why in sorted(reasons[0]))


def _by_module() -> Mapping[str, Mapping[str, type[Refusal]]]:
    found: dict[str, dict[str, type[Refusal]]] = defaultdict(dict)
    for kind in refusals():
        module = kind.code.partition(".")[0] if "." in kind.code else "base"
        found[module].setdefault(kind.code, kind)
    return found


def _words() -> Iterator[str]:
    yield from ("# Words of a pack 应用包的词", "", MADE, "")
    yield "All that `zhouqiao.sdk` offers, with what each takes and its first sentence. What has no"
    yield "default must be said. `help(zhouqiao.sdk.Step)` tells the rest of one."
    yield from ("", "| word | what it is |", "|---|---|")
    for name in sorted(sdk.__all__, key=str.lower):
        word = getattr(sdk, name)
        if callable(word):
            said = (inspect.getdoc(word) or "").partition("\n\n")[0]
            yield _row(f"`{_taking(name, word)}`", " ".join(said.split()))


def _taking(name: str, word: Callable[..., object]) -> str:
    """Return a word as it is written: a choice with its options, else with what it takes."""
    if isinstance(word, type) and issubclass(word, enum.Enum):
        return f"{name}." + " · ".join(member.name for member in word)
    return f"{name}({', '.join(map(_parameter, inspect.signature(word).parameters.values()))})"


def _parameter(one: inspect.Parameter) -> str:
    star = "*" if one.kind is one.VAR_POSITIONAL else ""
    value = one.default.name if isinstance(one.default, enum.Enum) else repr(one.default)
    left_out = "" if one.default is one.empty else f"={'…' if '<' in value else value}"
    return f"{star}{one.name}{left_out}"


def refusals() -> Iterator[type[Refusal]]:
    """Yield every kind of refusal the kernel has."""
    for path in sorted(KERNEL.rglob("*.py")):
        if path.stem == "errors" or "(Refusal)" in path.read_text(encoding="utf-8"):
            dotted = ".".join(path.relative_to(KERNEL.parent).with_suffix("").parts)
            importlib.import_module(dotted.removesuffix(".__init__"))
    yield Refusal
    yield from (kind for kind in _below(Refusal) if kind.__module__.startswith("zhouqiao."))


def _below(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."


if __name__ == "__main__":
    main()
