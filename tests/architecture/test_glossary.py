"""The glossary: one word for one meaning, both ways, and every module in it."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (?!中文|-)([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def rows() -> list[tuple[str, str, str, str]]:
    return ROW.findall((ROOT / "docs" / "glossary.md").read_text("utf-8"))


def twice(words: list[str]) -> list[str]:
    return [word for word, times in Counter(words).items() if times > 1]


def test_no_chinese_term_has_two_english_words_and_none_is_said_twice() -> None:
    assert twice([zh.strip() for zh, *_ in rows()]) == []
    assert [zh for zh, en, *_ in rows() if re.search(r"[,/;]| or ", en)] == []


def test_no_english_word_stands_for_two_chinese_terms() -> None:
    assert twice([en.strip(" `").lower() for _, en, *_ in rows()]) == []


def test_every_module_is_a_term() -> None:
    terms = {en.strip("` ") for _, en, *_ in rows() if "`" in en}
    there = {
        folder.name
        for container in ("platform", "flow")
        for folder in (ROOT / "src" / "zhouqiao" / container).iterdir()
        if (folder / "__init__.py").exists()
    }

    assert sorted(there - terms) == []


def test_what_is_not_said_is_not_said_on_any_page_in_chinese() -> None:
    shunned = re.findall(r"不叫“([^”]+)”", (ROOT / "docs" / "glossary.md").read_text("utf-8"))
    said = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in (ROOT / "src").rglob("*.zh.toml")
        for word in shunned
        if word in path.read_text("utf-8")
    ]

    assert shunned
    assert said == []
