"""Every sentence is said in both languages, with the same slots, and in its own script."""

import re
from pathlib import Path

import pytest

from zhouqiao.edge.portal import STATIC
from zhouqiao.edge.portal.words import FOLDER, LANGS, Lang, Missing, Words, flat, slots_of, words
from zhouqiao.sdk import PHRASES, Icon

HAN = re.compile(r"[\u3400-\u9fff]")
NAMES = {"portal.other_lang", "receipt.paper_other"}


def test_both_languages_have_the_same_keys() -> None:
    assert set(words("zh").under("")) == set()
    assert keys("zh") == keys("en")


def test_both_languages_of_a_key_have_the_same_slots() -> None:
    zh, en = table("zh"), table("en")
    uneven = {
        key for key in zh if slots_of(zh[key]) - slots_of(en[key]) or unread(zh[key], en[key])
    }

    assert not uneven


def test_no_sentence_is_empty() -> None:
    assert not [
        (lang, key) for lang in LANGS for key, said in table(lang).items() if not said.strip()
    ]


def test_english_has_no_han_but_in_names() -> None:
    assert not {key for key, said in table("en").items() if HAN.search(said)} - NAMES


def test_no_sentence_shouts_or_begs() -> None:
    banned = ("！", "亲，", "敬请", "操作失败", "系统繁忙", "参数错误")

    assert not [key for key, said in table("zh").items() if any(word in said for word in banned)]


@pytest.mark.parametrize("lang", LANGS)
def test_what_a_pack_may_say_otherwise_is_said_in_words_that_fit_all(lang: Lang) -> None:
    said, states = words(lang), re.compile(r"\.phase\.")  # a state's own word stands for a phase
    unsaid = [one for one in PHRASES if one not in said and not states.search(one)]
    slots = {one: set(PHRASES[one]) for one in PHRASES if one in said}

    assert not unsaid
    assert not {one for one, known in slots.items() if slots_of(table(lang)[one]) - known}


def test_no_page_speaks_of_one_packs_affairs() -> None:
    foreign = re.compile(r"船|渔|泊位|海路|\b(?:boat|vessel|fisher|berth)s?\b", re.IGNORECASE)
    citizens = ("ask", "cases", "elder", "find", "home", "inbox", "rate", "track", "why")

    for lang in LANGS:
        spoken = {key: said for key, said in table(lang).items() if key.startswith(citizens)}
        assert not {key for key, said in spoken.items() if foreign.search(said)}


def test_every_icon_a_pack_may_name_is_drawn() -> None:
    drawn = (STATIC / "icons.svg").read_text("utf-8")

    assert not [icon for icon in Icon if f'id="i-{icon}"' not in drawn]


def test_a_missing_key_is_a_fault_of_ours() -> None:
    with pytest.raises(Missing):
        words("zh")("no.such.key")


def test_a_missing_slot_is_a_fault_of_ours() -> None:
    with pytest.raises(Missing):
        words("zh")("home.looked")


def test_a_number_chooses_its_form() -> None:
    spoken = Words("en", {"k": "{n} {n|day|days}"})

    assert (spoken("k", n=1), spoken("k", n=3)) == ("1 day", "3 days")


def test_a_key_said_in_two_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zh.toml").write_text('[x]\ny = "一"\n', "utf-8")
    (tmp_path / "b.zh.toml").write_text('[x]\ny = "二"\n', "utf-8")

    with pytest.raises(ValueError, match="said twice"):
        words("zh", tmp_path)


def test_a_dotted_code_reads_as_it_is_written() -> None:
    assert dict(flat({"refusal": {"case.step_not_open": "不开"}})) == {
        "refusal.case.step_not_open": "不开"
    }


def keys(lang: str) -> set[str]:
    return set(table(lang))


def table(lang: str) -> dict[str, str]:
    import tomllib  # noqa: PLC0415 - read without the loader that is tested

    return {
        key: said
        for file in sorted(FOLDER.glob(f"*.{lang}.toml"))
        for key, said in flat(tomllib.loads(file.read_text("utf-8")))
    }


def unread(zh: str, en: str) -> bool:
    """English may choose by a number that Chinese need not show, never ask for one it lacks."""
    return bool({name for name in slots_of(en) - slots_of(zh) if f"{{{name}|" not in en})
