"""Everything this module can say has words, the same in both languages."""

import inspect
import re
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from zhouqiao.base import Refusal
from zhouqiao.edge.portal.words import flat
from zhouqiao.platform.document import errors as of_document
from zhouqiao.platform.notice import errors as of_notice

SRC = Path(__file__).parents[3] / "src/zhouqiao"


def words(name: str) -> dict[str, Any]:
    path = SRC / "edge/portal/words" / f"{name}.toml"
    return tomllib.loads(path.read_text("utf-8"))


def codes(errors: ModuleType) -> set[str]:
    found = inspect.getmembers(errors, lambda it: inspect.isclass(it) and issubclass(it, Refusal))
    return {kind.code for _, kind in found if kind.__module__ == errors.__name__}


@pytest.mark.parametrize("module", ["document", "notice"])
def test_both_languages_have_the_same_keys_and_slots(module: str) -> None:
    zh, en = words(f"{module}.zh"), words(f"{module}.en")

    told = dict(flat(zh)), dict(flat(en))
    assert set(told[0]) == set(told[1])
    for key, text in told[0].items():
        slots = [set(re.findall(r"\{\w+\}", t)) for t in (text, told[1][key])]
        assert slots[0] == slots[1], key


@pytest.mark.parametrize(("module", "errors"), [("document", of_document), ("notice", of_notice)])
def test_every_refusal_has_its_sentence(module: str, errors: ModuleType) -> None:
    known, said = codes(errors), words(f"{module}.zh")["refusal"]

    of_reasons = {key for key in said if key.rpartition(".")[0] in known}
    assert set(said) - of_reasons == known


def test_every_reason_of_a_form_and_a_verification_has_its_sentence() -> None:
    check = (SRC / "platform/document/form/check.py").read_text("utf-8")
    examine = (SRC / "platform/document/proof/examine.py").read_text("utf-8")
    said = words("document.zh")

    whys = set(re.findall(r'(?:_Fault\(|_note\([^)]*?, )"(\w+)"', check))
    assert whys == set(said["fault"])
    reasons = set(re.findall(r'_reason\(\s*"(\w+)"', examine))
    assert {f"document.{reason}" for reason in reasons} == set(said["verdict"])
