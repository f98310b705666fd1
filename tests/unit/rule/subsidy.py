"""A made-up table of rates: what is asked, what is paid, in its first years and the next."""

from enum import StrEnum

import msgspec

from zhouqiao.base import Mass, Money


class Waste(StrEnum):
    OIL = "oil"
    PLASTIC = "plastic"


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    kind: Waste
    mass: Mass


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    per_kg: Money


HEAD = 'name = "made_up.subsidy"\nhit = "unique"\n'
FIRST_YEARS = """
[[row]]
id = "oil_2024"
valid_from = 2024-01-01
basis = "试行办法 §3"
when = { kind = "oil" }
then = { per_kg = { yuan = "1.00" } }
[[row]]
id = "plastic_light"
valid_from = 2024-01-01
basis = "试行办法 §4"
assumed = true
when = { kind = "plastic", mass = { below = { kg = "100" } } }
then = { per_kg = { yuan = "0.50" } }
[[row]]
id = "plastic_heavy"
valid_from = 2024-01-01
basis = "试行办法 §4"
when = { kind = "plastic", mass = { from = { kg = "100" } } }
then = { per_kg = { yuan = "0.80" } }
"""
NEXT_YEAR = """
[[row]]
id = "oil_2025"
follows = "oil_2024"
valid_from = 2025-07-01
basis = "试行办法（修订） §3"
when = { kind = "oil" }
then = { per_kg = { yuan = "1.20" } }
"""
