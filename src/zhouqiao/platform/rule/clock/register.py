"""The register of clocks: every period a statute sets that we know, by name and by provision."""

import difflib
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from zhouqiao.platform.rule.declare import LegalClock, Promise, Statute, Within
from zhouqiao.platform.rule.errors import ClockUnknown, StatuteAmbiguous


class _Register(msgspec.Struct, frozen=True):
    laws: dict[str, str]
    clock: tuple[LegalClock, ...]


def clocks() -> Mapping[str, LegalClock]:
    """Return every clock of the register (`clocks.toml`) by its name."""
    return _by_name()


def laws() -> Mapping[str, str]:
    """Return the full title and date of each law the register cites, by its short name."""
    return _read().laws


def clock_named(name: str) -> LegalClock:
    """Return the clock of that name. Raises `ClockUnknown`, with what may have been meant."""
    try:
        return _by_name()[name]
    except KeyError:
        near = difflib.get_close_matches(name, _by_name(), n=3)
        raise ClockUnknown(name, tuple(near)) from None


def clock_of(within: Within) -> LegalClock:
    """Return the clock a pack means. Raises `ClockUnknown`, `StatuteAmbiguous`."""
    if isinstance(within, LegalClock):
        return within
    return within.clock() if isinstance(within, Promise) else _of_statute(within)


def _of_statute(statute: Statute) -> LegalClock:
    found = [c for c in _by_name().values() if _rests_on(c, statute)]
    if not found:
        raise ClockUnknown(statute.basis, (statute.clock,) if statute.clock else ())
    if len(found) > 1:
        raise StatuteAmbiguous(statute.basis, tuple(c.name for c in found))
    return _with_rule(found[0], statute)


def _rests_on(clock: LegalClock, statute: Statute) -> bool:
    cited = clock.basis == statute.basis or clock.basis.startswith(f"{statute.basis}(")
    return cited and statute.clock in ("", clock.name)


def _with_rule(clock: LegalClock, statute: Statute) -> LegalClock:
    """Add what a further rule says; what stops the clock is assumed unless that law was read."""
    if not statute.rule:
        return clock
    also, stopped = (*clock.also, statute.rule), (*clock.pauses, *statute.pauses)
    read = not statute.pauses or statute.rule.split(" §")[0] in laws()
    assumed = clock.assumed if read else (*clock.assumed, "pauses")
    return msgspec.structs.replace(clock, also=also, pauses=stopped, assumed=assumed)


@cache
def _by_name() -> dict[str, LegalClock]:
    read = _read().clock
    named = {c.name: c for c in read}
    if len(named) != len(read):
        raise ValueError("clocks.toml names a clock twice")
    return named


@cache
def _read() -> _Register:
    text = files("zhouqiao.platform.rule.clock").joinpath("clocks.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), _Register)
