"""The reference repeats the code to the letter; every setting, command and refusal stands in it."""

import argparse
import re
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from zhouqiao import sdk
from zhouqiao.app.settings import Settings

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"

sys.path.insert(0, str(ROOT / "tools"))
import reference  # noqa: E402  a script of the house, in no package


@pytest.mark.parametrize("name", ["settings.md", "commands.md", "refusals.md", "words.md"])
def test_the_page_is_as_the_code_says(name: str) -> None:
    written = (DOCS / name).read_text("utf-8")

    assert written == reference.pages()[name], "run .venv/bin/python tools/reference.py"


def test_every_setting_is_told_in_both_languages() -> None:
    rows = (DOCS / "settings.md").read_text("utf-8")

    for field in fields(Settings):
        told = re.search(rf"^\| `ZHOUQIAO_{field.name.upper()}` \|(.+)\|$", rows, re.MULTILINE)
        assert told, field.name
        assert all(cell.strip() for cell in told[1].split(" | "))


@pytest.mark.parametrize("name", reference.commands())
def test_every_command_helps_with_an_example(name: str) -> None:
    for lang, says in (("en", "example: "), ("zh", "例：")):
        command: argparse.ArgumentParser = reference.commands(lang)[name]

        assert command.description
        assert re.match(rf"{says}zhouqiao {name}\b", command.epilog or "")


def test_every_word_a_pack_may_use_is_told_in_one_line() -> None:
    rows = re.findall(r"(?m)^\| `(\w+).*?` \| .+ \|$", (DOCS / "words.md").read_text("utf-8"))

    assert sorted(rows) == sorted(one for one in sdk.__all__ if callable(getattr(sdk, one)))


def test_no_refusal_is_without_words() -> None:
    silent = re.findall(
        r"(?m)^\| `([^`]+)` \| \d+ \|  \|", (DOCS / "refusals.md").read_text("utf-8")
    )

    assert silent == []
