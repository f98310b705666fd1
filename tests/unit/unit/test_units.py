"""Shifts, licences, room and positions, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhouqiao.base import Datum, Invalid, Mass, Point, Volume
from zhouqiao.platform.unit import (
    Candidate,
    Compartment,
    Licence,
    Load,
    Need,
    Shift,
    ShiftsOverlap,
    Sighting,
    Unit,
    UnitKind,
    UnitState,
)
from zhouqiao.platform.unit.model import check_shifts, flags_of, newest, weigh

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HERE = Point(lon=121.6, lat=28.6)
DAY = Shift(starts=NOW - timedelta(hours=1), ends=NOW + timedelta(hours=8))
TANK = Compartment(name="tank", capacity=Volume.of(1000), holds=("oily_water", "waste_oil"))
HOLD = Compartment(name="hold", capacity=Mass.of(200), holds=("plastic",))
LEAVE = Licence(
    kind="waste_oil", number="样-1", valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31)
)


def a_boat(**other: object) -> Candidate:
    unit = Unit(
        kind=UnitKind.BOAT, name="蓝样01", scope="marine/331002", compartments=(TANK, HOLD),
        capabilities=("receive",),
    )  # fmt: skip
    told = {
        "unit": unit, "at": HERE, "seen_at": NOW, "flags": (), "km": 1.0, "licences": (LEAVE,),
        "shifts": (DAY,),
    } | other  # fmt: skip
    return Candidate(**told)  # type: ignore[arg-type]


def a_need(**other: object) -> Need:
    told = {
        "at": HERE, "starts": NOW, "ends": NOW + timedelta(hours=2), "capability": "receive",
        "licences": ("waste_oil",), "loads": (Load(kind="waste_oil", amount=Volume.of(600)),),
        "fresh": timedelta(minutes=10),
    } | other  # fmt: skip
    return Need(**told)  # type: ignore[arg-type]


def test_a_boat_that_lacks_nothing_is_able() -> None:
    assert weigh(a_boat(), a_need(), NOW).is_able


@pytest.mark.parametrize(
    ("boat", "need", "lacks"),
    [
        ({"shifts": ()}, {}, ("shift",)),
        ({}, {"ends": NOW + timedelta(hours=9)}, ("shift",)),
        ({"licences": ()}, {}, ("licence:waste_oil",)),
        ({"licences": (replace(LEAVE, withdrawn_at=NOW),)}, {}, ("licence:waste_oil",)),
        ({}, {"capability": "tow"}, ("capability:tow",)),
        ({}, {"loads": (Load(kind="battery", amount=Mass.of(1)),)}, ("compartment:battery",)),
        ({}, {"loads": (Load(kind="plastic", amount=Volume.of(1)),)}, ("compartment:plastic",)),
        ({}, {"loads": (Load(kind="plastic", amount=Mass.of(201)),)}, ("room:plastic",)),
        ({"seen_at": NOW - timedelta(minutes=11)}, {}, ("silent",)),
        (
            {"loads": {"tank": (Load(kind="oily_water", amount=Volume.of(500)),)}},
            {},
            ("room:waste_oil",),
        ),
    ],
)
def test_what_a_boat_lacks_is_named(
    boat: dict[str, object], need: dict[str, object], lacks: tuple[str, ...]
) -> None:
    assert weigh(a_boat(**boat), a_need(**need), NOW).lacks == lacks


def test_a_boat_out_of_service_is_not_able_whatever_it_has() -> None:
    boat = a_boat()
    away = replace(boat, unit=replace(boat.unit, state=UnitState.OUT_OF_SERVICE))

    assert weigh(away, a_need(), NOW).lacks == ("state:out_of_service",)


def test_two_loads_do_not_share_one_room() -> None:
    both = (
        Load(kind="waste_oil", amount=Volume.of(600)),
        Load(kind="oily_water", amount=Volume.of(600)),
    )

    assert weigh(a_boat(), a_need(loads=both), NOW).lacks == ("room:oily_water",)


@given(st.lists(st.integers(0, 1200), max_size=6))
def test_room_is_never_below_nothing_even_when_overfull(amounts: list[int]) -> None:
    boat = a_boat(loads={"tank": tuple(Load(kind="x", amount=Volume.of(a)) for a in amounts)})

    assert boat.room(TANK) == max(Decimal(0), Decimal(1000 - sum(amounts)))


def hours(starts: float, ends: float) -> Shift:
    return Shift(starts=NOW + timedelta(hours=starts), ends=NOW + timedelta(hours=ends))


def test_shifts_may_touch_but_not_share_time() -> None:
    assert check_shifts(NOW, NOW + timedelta(days=1), [hours(8, 16), hours(0, 8)])[0].starts == NOW
    with pytest.raises(ShiftsOverlap):
        check_shifts(NOW, NOW + timedelta(days=1), [hours(0, 9), hours(8, 16)])


@pytest.mark.parametrize("shift", [hours(2, 1), hours(0, 0), hours(-1, 3), hours(20, 25)])
def test_a_shift_that_cannot_be_is_refused(shift: Shift) -> None:
    with pytest.raises(Invalid):
        check_shifts(NOW, NOW + timedelta(days=1), [shift])


def seen(unit: str, minutes: float) -> Sighting:
    return Sighting(unit=unit, point=HERE, happened_at=NOW + timedelta(minutes=minutes))


def test_the_newest_of_a_batch_is_found_in_any_order() -> None:
    batch = [seen("unit_a", -3), seen("unit_b", -9), seen("unit_a", -1), seen("unit_a", -2)]

    assert newest(batch, NOW) == {
        "unit_a": (NOW - timedelta(minutes=1), 2),
        "unit_b": (NOW - timedelta(minutes=9), 1),
    }


def test_a_clock_ahead_of_ours_counts_as_now_and_is_flagged() -> None:
    ahead = seen("unit_a", 60)

    assert newest([ahead], NOW) == {"unit_a": (NOW, 0)}
    assert flags_of(ahead, NOW, ashore=True) == ["ashore", "ahead"]
    assert flags_of(seen("unit_a", 1), NOW, ashore=False) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"speed_kmh": Decimal("NaN")},
        {"speed_kmh": Decimal(-1)},
        {"berth": Point(lon=200, lat=0)},
        {"compartments": (TANK, TANK)},
        {"compartments": (replace(TANK, capacity=Volume.of(0)),)},
        {"compartments": (replace(TANK, capacity=Volume.of(-5)),)},
        {"compartments": (replace(TANK, holds=()),)},
    ],
)
def test_a_unit_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        replace(a_boat().unit, **wrong).checked()  # type: ignore[arg-type]


def test_a_berth_is_kept_on_the_datum_of_the_store() -> None:
    berth = Point(lon=121.6, lat=28.6, datum=Datum.GCJ02)
    kept = replace(a_boat().unit, berth=berth).checked().berth

    assert kept is not None
    assert kept.datum is Datum.WGS84
    assert (kept.lon, kept.lat) != (berth.lon, berth.lat)
