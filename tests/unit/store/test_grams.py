"""Texts and queries as grams."""

import re
from datetime import UTC, datetime

import pytest

from zhouqiao.base import Personal
from zhouqiao.store.grams import PARTS, Space, cuts, folded, grams, query_of, reach_of, words_of

SPACE = Space("331002", "case")
NOON = datetime(2026, 10, 14, 4, tzinfo=UTC)
KEYED = Space("331002", "case", bytes(32))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("江示", {"^江", "江示"}),
        ("a1b", {"^a", "^a1", "a1b"}),
        ("渔01", {"^渔", "渔0", "^0", "^01"}),
        ("海 门", {"^海", "^门"}),
    ],
)
def test_a_text_is_cut_into_pairs_triples_and_beginnings(text: str, expected: set[str]) -> None:
    assert {gram for _, gram in grams(text)} == expected


def test_width_and_capitals_do_not_matter() -> None:
    assert folded("ＡＢｃ１２") == "abc12"


def test_a_word_is_asked_for_as_its_grams_side_by_side() -> None:
    one, two = SPACE.plain("海门"), SPACE.plain("门港")

    assert query_of(SPACE, "海门港") == [f"(({one} <1> {two}))"]


@pytest.mark.parametrize(
    ("word", "asked"),
    [
        ("海门街道", ["海门", "街道"]),
        ("海门街道办", ["海门", "街道", "道办"]),
        ("00012345", ["000", "123", "345"]),
        ("渔01", ["渔0", "^01"]),
        ("ab渔", ["^ab", "b渔"]),
    ],
)
def test_a_word_is_asked_for_by_as_few_grams_as_cover_it(word: str, asked: list[str]) -> None:
    (query,) = query_of(SPACE, word)

    assert re.findall(r"[0-9a-f]{8}", query) == [SPACE.plain(gram) for gram in asked]


def test_the_end_of_a_code_is_asked_for_first() -> None:
    def asked(query: str) -> list[str]:
        return query_of(SPACE, query)

    number, county, day = asked("014823"), asked("331002"), asked("20240111")
    assert asked("331002-20240111-014823") == number + county + day
    assert asked("浙椒渔01234")[0] == asked("01234")[0]


def test_a_query_of_many_words_is_asked_in_few_parts() -> None:
    assert len(query_of(SPACE, "海门 街道 大陈 港区 渔船 码头 样本")) == PARTS + 1


def test_every_word_is_asked_for() -> None:
    assert len(query_of(SPACE, "海门 abc")) == 2


def test_with_a_key_each_word_may_be_personal() -> None:
    assert f"({KEYED.keyed('江示')})" in query_of(KEYED, "江示")[0]
    assert KEYED.keyed("江示") != KEYED.plain("江示")


def test_punctuation_alone_asks_for_nothing() -> None:
    assert query_of(SPACE, " ,%_'\\ ") == []


def test_no_plain_text_stands_in_an_entry() -> None:
    held = words_of(KEYED, ["海门abc", Personal("江示例")], "marine/331002001", NOON)

    assert not any(part in held for part in ("海", "abc", "江", "marine"))


def test_words_of_two_texts_do_not_run_into_each_other() -> None:
    held = words_of(SPACE, ["海", "门"], "marine/331002001", NOON)

    assert SPACE.plain("海门") not in held


def test_a_scope_lies_under_the_reaches_at_its_joints() -> None:
    assert cuts("marine/331002001") == [
        "marine", "marine/", "marine/33", "marine/3310", "marine/331002", "marine/331002001",
    ]  # fmt: skip


@pytest.mark.parametrize("reach", ["marine", "marine/", "marine/331002", "marine/331002001"])
def test_a_reach_at_a_joint_narrows_the_query(reach: str) -> None:
    assert reach_of(SPACE, reach) in words_of(SPACE, [], "marine/331002001", NOON)


@pytest.mark.parametrize("reach", [None, "", "marine/33100", "marine/331002001/x"])
def test_any_other_reach_is_left_to_the_rows(reach: str | None) -> None:
    assert reach_of(SPACE, reach) == ""
