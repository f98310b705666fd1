"""How figures, times and places are written for people (LOOK.md §7).

Every method takes values and returns text in the language of the `Words` it was made with.
`None` is "not known" and is written as a dash; zero is a measured zero. Times are shown as in
Shanghai (UTC+8 without summer time since 1991).
"""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal

from zhouqiao.edge.portal.words import Words

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
NOT_KNOWN = "—"
HOUR, DAY = 60, 1440
MINUTE_S = 60

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")

Number = Decimal | int | float | str


class Format:
    """Writes values in one language."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def number(self, value: Number | None, decimals: int = 0) -> str:
        """Return `1,284` or `12.40`: grouped by thousands, halves away from zero."""
        return NOT_KNOWN if value is None else f"{_rounded(value, decimals):,}"

    def percent(self, part: int, whole: int) -> str:
        """Return `95.0%`, or a dash where nothing was counted."""
        return f"{self.number(Decimal(100 * part) / whole, 1)}%" if whole else NOT_KNOWN

    def money(self, yuan: Number | None) -> str:
        """Return `86.40 元`, `CNY 86.40`."""
        return self._with("format.money", yuan, 2)

    def mass(self, kg: Number | None) -> str:
        """Return `12.40 kg`."""
        return self._with("format.kg", kg, 2)

    def tonnes(self, kg: Number | None) -> str:
        """Return `1.864 吨` from kilograms."""
        return self._with("format.tonnes", None if kg is None else Decimal(str(kg)) / 1000, 3)

    def volume(self, litres: Number | None) -> str:
        """Return `120 L`."""
        return self._with("format.litres", litres, 0)

    def distance(self, km: Number | None) -> str:
        """Return `3.9 公里`, `3.9 km`."""
        return self._with("format.km", km, 1)

    def speed(self, knots: Number | None) -> str:
        """Return `11.6 节`, `11.6 kn`."""
        return self._with("format.knots", knots, 1)

    def minutes(self, minutes: int | None) -> str:
        """Return a length of time: `4 分`, `1 时 52 分`, `1 天 4 时`."""
        if minutes is None:
            return NOT_KNOWN
        if minutes >= DAY:
            return self._pair("days", minutes // DAY, "hour", minutes % DAY // HOUR)
        if minutes >= HOUR:
            return self._pair("hour", minutes // HOUR, "minute", minutes % HOUR)
        return self.words("format.minute", n=minutes)

    def left(self, minutes: int | None = None, working_days: int | None = None) -> str:
        """Return what is left of a clock: `剩 4 分`, `超 6 分`, `剩 3 个工作日`, or a dash.

        A clock that counts working days is never told in plain days.
        """
        if working_days is not None:
            key = "working_over" if working_days < 0 else "working_left"
            return self.words(f"format.{key}", n=abs(working_days))
        if minutes is None:
            return NOT_KNOWN
        if minutes < 0:
            return self.words("format.over", span=self.minutes(-minutes))
        bare = "left" if minutes < HOUR else "left_long"
        return self.words(f"format.{bare}", span=self.minutes(minutes))

    def stopwatch(self, seconds: int | None) -> str:
        """Return `14:36`: minutes and seconds as measured."""
        if seconds is None:
            return NOT_KNOWN
        return f"{seconds // MINUTE_S}:{seconds % MINUTE_S:02d}"

    def age(self, seconds: int | None) -> str:
        """Return how old a thing is: `6 秒前`, `9 分钟前`, `2 小时前`."""
        if seconds is None:
            return NOT_KNOWN
        if seconds < MINUTE_S:
            return self.words("format.seconds_ago", n=seconds)
        if seconds < MINUTE_S * HOUR:
            return self.words("format.minutes_ago", n=seconds // MINUTE_S)
        return self.words("format.hours_ago", n=seconds // MINUTE_S // HOUR)

    def clock(self, at: datetime | None, *, seconds: bool = False) -> str:
        """Return `08:41` or `08:41:03`."""
        if at is None:
            return NOT_KNOWN
        return local(at).strftime("%H:%M:%S" if seconds else "%H:%M")

    def day(self, on: date | datetime | None) -> str:
        """Return `10 月 14 日`, `14 Oct`."""
        if on is None:
            return NOT_KNOWN
        on = local(on) if isinstance(on, datetime) else on
        month = self.words(f"format.month.{on.month}")
        return self.words("format.day", month=month, d=on.day)

    def full_day(self, on: date | datetime | None) -> str:
        """Return `2026 年 10 月 14 日 周三`, `Wed 14 Oct 2026`."""
        if on is None:
            return NOT_KNOWN
        on = local(on) if isinstance(on, datetime) else on
        weekday = self.words(f"format.weekday.{on.isoweekday()}")
        return self.words("format.full_day", y=on.year, day=self.day(on), weekday=weekday)

    def moment(self, at: datetime | None) -> str:
        """Return `10 月 14 日 周三 08:41`, `Wed 14 Oct, 08:41`."""
        if at is None:
            return NOT_KNOWN
        weekday = self.words(f"format.weekday.{local(at).isoweekday()}")
        return self.words("format.moment", day=self.day(at), weekday=weekday, clock=self.clock(at))

    def archive(self, at: datetime | None) -> str:
        """Return `2026-10-14 08:41:03`, for lists that are kept."""
        return NOT_KNOWN if at is None else local(at).strftime("%Y-%m-%d %H:%M:%S")

    def iso(self, at: datetime) -> str:
        """Return the machine form, for `<time datetime>`."""
        return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

    def position(self, lon: float, lat: float, accuracy: float | None = None) -> str:
        """Return `北纬 28.6120°，东经 121.6550°(WGS 84，±8 m)`: datum and accuracy always."""
        found = "format.position" if accuracy is not None else "format.position_unsure"
        slots = {
            "lat": f"{abs(lat):.4f}",
            "ns": self.words(f"format.{'north' if lat >= 0 else 'south'}"),
            "lon": f"{abs(lon):.4f}",
            "ew": self.words(f"format.{'east' if lon >= 0 else 'west'}"),
        }
        if accuracy is not None:
            slots["m"] = self.number(accuracy)
        return self.words(found, **slots)

    def hash(self, digest: str, groups: int = 8) -> str:
        """Return the head of a hex digest in fours: `7f3a 0000 e1c4 …`."""
        return " ".join(digest[i : i + 4] for i in range(0, 4 * groups, 4))

    def _with(self, key: str, value: Number | None, decimals: int) -> str:
        return NOT_KNOWN if value is None else self.words(key, n=self.number(value, decimals))

    def _pair(self, big: str, much: int, small: str, little: int) -> str:
        text = self.words(f"format.{big}", n=much)
        return f"{text} {self.words(f'format.{small}', n=little)}" if little else text


def local(at: datetime) -> datetime:
    """Return the same moment on a clock in Shanghai."""
    return at.astimezone(SHANGHAI)


def in_capitals(value: Number) -> str:
    """Return a number in the capital numerals of Chinese paper: `壹佰玖拾捌点贰零`."""
    whole, _, rest = f"{_rounded(value, 2):f}".partition(".")
    head = "负" if whole.startswith("-") else ""
    return f"{head}{_capital_whole(int(whole.lstrip('-')))}点{''.join(map(_digit, rest))}"


def yuan_in_capitals(value: Number) -> str:
    """Return an amount of money in capitals: `捌拾陆元肆角整` (票据法 §8, 支付结算办法 附一)."""
    cents = int(_rounded(value, 2) * 100)
    head, cents = ("负", -cents) if cents < 0 else ("", cents)
    yuan, jiao, fen = cents // 100, cents % 100 // 10, cents % 10
    text = f"{_capital_whole(yuan)}元" if yuan or not cents else ""
    if not jiao and not fen:
        return f"{head}{text}整"
    if jiao:
        text += f"{_digit(jiao)}角"
    elif yuan:
        text += "零"
    return head + text + (f"{_digit(fen)}分" if fen else "整")


def _rounded(value: Number, decimals: int) -> Decimal:
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _digit(one: int | str) -> str:
    return _DIGITS[int(one)]


def _capital_whole(number: int) -> str:
    if number == 0:
        return "零"
    text = ""
    for place in range(len(_GROUPS) - 1, -1, -1):
        group = number // 10 ** (4 * place) % 10**4
        if not group:
            text += "零" if text and not text.endswith("零") else ""
            continue
        if text and group < 10**3 and not text.endswith("零"):
            text += "零"
        text += _capital_group(group) + _GROUPS[place]
    return text.rstrip("零")


def _capital_group(group: int) -> str:
    text = ""
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            text += _digit(digit) + _PLACES[place]
        elif text and group % 10**place and not text.endswith("零"):
            text += "零"
    return text
