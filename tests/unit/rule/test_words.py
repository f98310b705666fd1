from datetime import UTC, date, datetime

import pytest

from zhouqiao.edge.portal.words import LANGS, Lang, words
from zhouqiao.platform.rule import Extended, LegalClock, Pause, Unit, clocks, deadline, told
from zhouqiao.platform.rule.declare import Promise, Statute


@pytest.mark.parametrize("lang", LANGS)
def test_every_code_of_the_register_has_words(lang: Lang):
    known = words(lang)
    keys = {
        key
        for c in clocks().values()
        for key in (
            f"rule.starts.{c.starts}",
            *(f"rule.pause.{p}" for p in c.pauses),
            *(f"rule.approver.{e.by}" for e in c.extensions),
            *([f"rule.effect.{c.deemed}"] if c.deemed else []),
            *(f"rule.part.{a}" for a in c.assumed),
        )
    }

    assert [key for key in sorted(keys) if key not in known] == []


def test_a_deadline_is_told_in_both_languages():
    found = deadline(
        Statute("许可法 §42(1)"),
        date(2022, 9, 26),
        pauses=[Pause(start=date(2022, 10, 12), end=date(2022, 10, 14), why="hearing")],
        extensions=[Extended(by="head_of_body")],
    )

    zh, en = (told(found, words(lang), words(lang).__contains__) for lang in LANGS)

    assert zh == [
        "从 2022-09-26 起算 20 个工作日，当天不计（许可法 §42(1); 许可法 §45; 许可法 §82）",
        "经本机关负责人批准，延长 10 个工作日",
        "2022-10-12 至 2022-10-14 听证，这段时间不计",
        "国庆节放假 2022-10-01 至 2022-10-07，跳过 7 天",
        "跳过周末 10 天",
        "调休上班 2 天照常计算：2022-10-08, 2022-10-09",
    ]
    assert en[2] == "Hearing from 2022-10-12 to 2022-10-14: not counted"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", clocks())
def test_why_of_every_clock_can_be_told(name: str, lang: Lang):
    found = deadline(clocks()[name], datetime(2021, 3, 1, 1, tzinfo=UTC))

    lines = told(found, words(lang), words(lang).__contains__)

    assert lines
    assert not any("{" in line or "_" in line for line in lines)


def test_a_promise_is_not_told_as_law():
    zh = told(deadline(Promise(days=3), date(2026, 3, 2)), words("zh"), words("zh").__contains__)

    assert "承诺" in zh[0]


def test_a_length_without_provision_is_told_neither_as_law_nor_as_promise():
    bare = LegalClock(name="stated", length=5, unit=Unit.WORKING)

    zh = told(deadline(bare, date(2026, 3, 2)), words("zh"), words("zh").__contains__)

    assert zh[0] == "从 2026-03-02 起算 5 个工作日，当天不计（没有指明依据）"
