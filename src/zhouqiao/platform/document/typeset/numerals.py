"""Figures in 大写, as papers state totals (会计基础工作规范 §52)."""

from decimal import ROUND_HALF_UP, Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def upper_case(number: Decimal) -> str:
    """Return a decimal ≥ 0 in 大写: 198.20 is 壹佰玖拾捌点贰零."""
    whole, _, part = format(number, "f").partition(".")
    tail = "".join(_DIGITS[int(d)] for d in part)
    return _whole(int(whole)) + (f"点{tail}" if tail else "")


def upper_money(yuan: Decimal) -> str:
    """Return yuan in 大写: 86.40 is 捌拾陆元肆角, 5 is 伍元整, 5.03 is 伍元零叁分."""
    cents = int((yuan * 100).to_integral_value(ROUND_HALF_UP))
    whole, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    said = f"{_whole(whole)}元" if whole or not cents else ""
    if not jiao and not fen:
        return said + "整"
    said += f"{_DIGITS[jiao]}角" if jiao else ("零" if whole else "")
    return said + (f"{_DIGITS[fen]}分" if fen else "")


def _whole(number: int) -> str:
    if number == 0:
        return "零"
    said, gap = "", False
    for at in range(len(_GROUPS) - 1, -1, -1):
        group = number // 10_000**at % 10_000
        if group == 0:
            gap = gap or bool(said)
            continue
        said += "零" if said and (gap or group < 1000) else ""
        said += _group(group) + _GROUPS[at]
        gap = False
    return said


def _group(number: int) -> str:
    said, gap = "", False
    for at in (3, 2, 1, 0):
        digit = number // 10**at % 10
        if digit == 0:
            gap = bool(said)
            continue
        said += ("零" if gap else "") + _DIGITS[digit] + _PLACES[at]
        gap = False
    return said
