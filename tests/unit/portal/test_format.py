"""How figures, times and places are written (LOOK.md §7)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from zhouqiao.edge.portal import Format, words
from zhouqiao.edge.portal.format import in_capitals, yuan_in_capitals

ZH, EN = Format(words("zh")), Format(words("en"))
AT = datetime(2026, 10, 14, 0, 41, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "zh", "en"),
    [
        (4, "剩 4 分", "4 min left"),
        (112, "剩 1 时 52 分", "1 h 52 min"),
        (120, "剩 2 时", "2 h"),
        (0, "剩 0 分", "0 min left"),
        (-6, "超 6 分", "6 min over"),
        (-1680, "超 1 天 4 时", "1 d 4 h over"),
        (None, "—", "—"),
    ],
)
def test_what_is_left_of_a_clock(minutes: int | None, zh: str, en: str) -> None:
    assert (ZH.left(minutes), EN.left(minutes)) == (zh, en)


def test_a_working_day_clock_is_never_told_in_plain_days() -> None:
    assert (ZH.left(working_days=3), EN.left(working_days=3)) == ("剩 3 个工作日", "3 working days")
    assert (ZH.left(working_days=-1), EN.left(working_days=-1)) == (
        "超 1 个工作日",
        "1 working day over",
    )


def test_money_mass_and_distance_have_their_decimals() -> None:
    assert (ZH.money("86.4"), EN.money("86.4")) == ("86.40 元", "CNY 86.40")
    assert ZH.mass(Decimal("12.4")) == "12.40 kg"
    assert (ZH.tonnes(1864), EN.tonnes(1864)) == ("1.864 吨", "1.864 t")
    assert (ZH.distance("3.94"), EN.speed("11.55")) == ("3.9 公里", "11.6 kn")
    assert ZH.number(1284) == "1,284"


def test_halves_go_away_from_zero_and_no_binary_fraction_creeps_in() -> None:
    assert ZH.money("0.125") == "0.13 元"
    assert ZH.number(2.675, 2) == "2.68"


def test_nothing_known_is_a_dash_and_nothing_there_is_zero() -> None:
    assert (ZH.mass(None), ZH.mass(0), ZH.percent(0, 0), ZH.percent(0, 4)) == (
        "—",
        "0.00 kg",
        "—",
        "0.0%",
    )


def test_a_moment_is_told_in_shanghai() -> None:
    assert ZH.moment(AT) == "10 月 14 日 周三 08:41"
    assert EN.moment(AT) == "Wed 14 Oct, 08:41"
    assert ZH.archive(AT) == "2026-10-14 08:41:03"
    assert ZH.iso(AT + timedelta(seconds=1)) == "2026-10-14T00:41:04Z"
    assert ZH.full_day(date(2026, 10, 14)) == "2026 年 10 月 14 日 周三"


def test_the_day_is_shanghais_even_before_midnight_in_utc() -> None:
    assert ZH.day(datetime(2026, 10, 13, 20, 0, tzinfo=UTC)) == "10 月 14 日"


def test_a_position_names_its_datum_and_accuracy() -> None:
    assert ZH.position(121.655, 28.612, 8) == "北纬 28.6120°，东经 121.6550°(WGS 84，±8 m)"
    assert EN.position(-0.5, -1) == "1.0000° S, 0.5000° W (WGS 84, accuracy unknown)"


@pytest.mark.parametrize(
    ("seconds", "said"), [(6, "6 秒前"), (540, "9 分钟前"), (7300, "2 小时前"), (None, "—")]
)
def test_age(seconds: int | None, said: str) -> None:
    assert ZH.age(seconds) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("198.20", "壹佰玖拾捌点贰零"), ("0.05", "零点零伍"), ("10", "壹拾点零零"),
        ("1005", "壹仟零伍点零零"), ("100050", "壹拾万零伍拾点零零"), ("20000", "贰万点零零"),
        ("100000005", "壹亿零伍点零零"),
    ],
)  # fmt: skip
def test_capital_numerals(number: str, said: str) -> None:
    assert in_capitals(number) == said


@pytest.mark.parametrize(
    ("yuan", "said"),
    [
        ("86.40", "捌拾陆元肆角整"), ("86.45", "捌拾陆元肆角伍分"), ("86.05", "捌拾陆元零伍分"),
        ("0.50", "伍角整"), ("0", "零元整"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
    ],
)  # fmt: skip
def test_money_in_capitals(yuan: str, said: str) -> None:
    assert yuan_in_capitals(yuan) == said
