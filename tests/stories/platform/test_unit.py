"""Stories of boats: where they are, what they carry, what they were told, who is able."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from time import perf_counter

import pytest

from zhouqiao.base import Invalid, Mass, NotAllowed, Personal, Point, Refusal, Volume
from zhouqiao.platform import identity, unit
from zhouqiao.platform.unit import (
    CommandState,
    Compartment,
    Licence,
    Load,
    Need,
    Shift,
    Sighting,
    Slot,
    Unit,
    UnitKind,
    UnitState,
)
from zhouqiao.store import Desk, Seat, Subject, story
from zhouqiao.testing import World

CELL, SCOPE = "331002", "marine/331002"
HERE = Point(lon=121.60, lat=28.60)
TANK = Compartment(name="tank", capacity=Volume.of(1000), holds=("waste_oil",))


def a_boat(desk: Desk, name: str = "蓝样01", *, lon: float = 121.60, scope: str = SCOPE) -> Unit:
    boat = Unit(
        kind=UnitKind.BOAT, name=name, scope=scope, berth=Point(lon=lon, lat=28.60),
        compartments=(TANK,), capabilities=("receive",),
    )  # fmt: skip
    return unit.register_unit(desk, boat)


def on_duty(desk: Desk, boat: Unit) -> None:
    day = Shift(starts=desk.now() - timedelta(hours=1), ends=desk.now() + timedelta(hours=8))
    unit.change_shift(desk, boat.id, day, [day])


def seen(boat: Unit, at: datetime, lon: float = 121.61, lat: float = 28.61) -> Sighting:
    return Sighting(unit=boat.id, point=Point(lon=lon, lat=lat), happened_at=at)


def crew_of(boat: Unit) -> Subject:
    seat = Seat(role="kernel.crew", scope=SCOPE)
    return Subject(person="person_lin", cell=CELL, unit=boat.id, seats=(seat,))


def facts_about(desk: Desk, thing: str) -> list[str]:
    return [envelope.kind.removeprefix("unit.") for envelope in story(desk, thing)]


def test_a_late_position_joins_the_track_and_does_not_move_the_boat(world: World) -> None:
    with world.desk() as desk:
        boat, now = a_boat(desk), desk.now()
        unit.report_position(desk, seen(boat, now, lon=121.70))

        told = unit.report_positions(
            desk, [seen(boat, now - timedelta(minutes=5), lon=121.50), seen(boat, now, lon=121.70)]
        )

        assert (told.kept, told.repeated) == (1, 1)
        assert unit.last_seen(desk, boat.id).point.lon == 121.70
        track = unit.track_of(desk, boat.id, now - timedelta(hours=1), now + timedelta(hours=1))
        assert [one.point.lon for one in track] == [121.50, 121.70]


def test_a_boat_on_land_or_with_a_clock_ahead_is_kept_and_flagged(world: World) -> None:
    with world.desk() as desk:
        boat, now = a_boat(desk), desk.now()
        unit.report_positions(
            desk,
            [seen(boat, now + timedelta(days=400))],
            ashore=lambda points: [True] * len(points),
        )

    assert world.fetch("SELECT flags FROM unit_latest")[0]["flags"] == ["ashore", "ahead"]
    world.clock.turn(minutes=1)
    with world.desk() as desk:
        unit.report_position(desk, seen(boat, desk.now(), lon=121.80))
        assert unit.last_seen(desk, boat.id).point.lon == 121.80


def test_one_bad_position_does_not_stop_a_batch(world: World) -> None:
    with world.desk() as desk:
        boat, now = a_boat(desk), desk.now()
        stranger = Sighting(unit="unit_stranger", point=HERE, happened_at=now)

        told = unit.report_positions(desk, [seen(boat, now), stranger, seen(boat, now, lat=91)])

        assert (told.kept, told.impossible, told.unknown) == (1, 1, ("unit_stranger",))
        with pytest.raises(Invalid):
            unit.report_position(desk, seen(boat, now, lat=91))
        with pytest.raises(unit.UnitUnknown):
            unit.report_position(desk, stranger)


def test_a_crew_reports_for_its_own_boat_only(world: World) -> None:
    with world.desk() as desk:
        boat, other = a_boat(desk), a_boat(desk, "蓝样02")

    with world.desk(crew_of(boat)) as desk:
        told = unit.report_positions(desk, [seen(boat, desk.now()), seen(other, desk.now())])

    assert (told.kept, told.unknown) == (1, (other.id,))


def test_five_thousand_positions_a_second_are_kept(world: World) -> None:
    with world.desk() as desk:
        boats = [a_boat(desk, f"蓝样{n}") for n in range(50)]
    start = datetime(2026, 10, 14, tzinfo=UTC)
    batch = [
        seen(boats[n % 50], start + timedelta(milliseconds=n), lon=121 + n / 1e5)
        for n in range(10_000)
    ]

    began = perf_counter()
    with world.desk() as desk:
        told = unit.report_positions(desk, batch)
    took = perf_counter() - began

    assert told.kept == 10_000
    assert 10_000 / took >= 5_000, f"{10_000 / took:.0f} positions/s"


def test_the_nearest_able_boat_is_found_and_the_nearer_ones_say_what_they_lack(
    world: World,
) -> None:
    with world.desk() as desk:
        near, middle, far = (
            a_boat(desk, name, lon=lon)
            for name, lon in (("蓝样01", 121.61), ("蓝样02", 121.65), ("蓝样03", 122.9))
        )
        for boat in (near, middle, far):
            on_duty(desk, boat)
        year = (date(2026, 1, 1), date(2026, 12, 31))
        licence = Licence(kind="waste_oil", number="样-1", valid_from=year[0], valid_to=year[1])
        unit.license_unit(desk, middle.id, licence)
        unit.license_unit(desk, far.id, licence)
        need = Need(
            at=HERE, starts=desk.now(), ends=desk.now() + timedelta(hours=2),
            licences=("waste_oil",), loads=(Load(kind="waste_oil", amount=Volume.of(600)),),
        )  # fmt: skip

        first = unit.able_units(desk, need)
        found = unit.units_near(desk, need)
        unit.stow(desk, middle.id, "tank", "waste_oil", Volume.of(500))
        after = unit.able_units(desk, need)
        unit.withdraw_licence(desk, far.id, "waste_oil", "示例原因")

        assert [one.unit.id for one in first] == [middle.id]
        assert (found[0].unit.id, found[0].lacks) == (near.id, ("licence:waste_oil",))
        assert 0.9 < found[0].km < 1.1
        assert [one.unit.id for one in after] == [far.id]
        assert unit.able_units(desk, need) == []
        with pytest.raises(Refusal, match="licence_not_held"):
            unit.withdraw_licence(desk, far.id, "waste_oil", "示例原因")


def test_what_was_weighed_is_kept_however_odd_and_its_oddness_is_told(world: World) -> None:
    with world.desk() as desk:
        boat = a_boat(desk)

        over = unit.stow(desk, boat.id, "tank", "waste_oil", Volume.of(1200))
        odd = unit.stow(desk, boat.id, "tank", "plastic", Volume.of(1))
        short = unit.unstow(desk, boat.id, "tank", "waste_oil", Volume.of(1300))

        assert (over.over, over.foreign) == (Decimal(200), False)
        assert (odd.over, odd.foreign) == (Decimal(201), True)
        assert (short.load, short.missing) == (Decimal(0), Decimal(100))
        with pytest.raises(Invalid, match="wrong_measure"):
            unit.stow(desk, boat.id, "tank", "waste_oil", Mass.of(1))
        with pytest.raises(Invalid, match="negative"):
            unit.stow(desk, boat.id, "tank", "waste_oil", Volume.of(-5))
        with pytest.raises(Invalid, match="too_large"):
            unit.stow(desk, boat.id, "tank", "waste_oil", Volume.of(10**9))


def test_a_command_is_acknowledged_once_or_expires_and_late_is_told(world: World) -> None:
    with world.desk() as desk:
        boat = a_boat(desk)
        one, other = (
            unit.command(desk, boat.id, "go", {"lon": 121.6}, within=timedelta(minutes=1))
            for _ in range(2)
        )

    with world.desk(crew_of(boat)) as desk:
        assert [c.id for c in unit.open_commands(desk, boat.id)] == [one.id, other.id]
        assert unit.acknowledge(desk, one.id) is CommandState.ACKNOWLEDGED
        assert unit.acknowledge(desk, one.id) is CommandState.ACKNOWLEDGED
    world.later(minutes=2)
    with world.desk() as desk:
        assert unit.open_commands(desk, boat.id) == []
        assert unit.acknowledge(desk, other.id) is CommandState.EXPIRED
        told = facts_about(desk, boat.id)

    assert [kind for kind in told if kind.startswith("Command")] == [
        "CommandSent",
        "CommandSent",
        "CommandAcknowledged",
        "CommandExpired",
        "CommandAcknowledged",
    ]


def test_a_boat_on_duty_that_says_nothing_is_told_of_once_until_it_is_heard(world: World) -> None:
    with world.desk() as desk:
        boat, off = a_boat(desk), a_boat(desk, "蓝样02")
        on_duty(desk, boat)

    for _ in range(10):
        world.later(minutes=2)
    with world.desk() as desk:
        assert facts_about(desk, boat.id).count("UnitSilent") == 1
        assert "UnitSilent" not in facts_about(desk, off.id)
        unit.report_position(desk, seen(boat, desk.now()))
    for _ in range(10):
        world.later(minutes=2)

    with world.desk() as desk:
        assert facts_about(desk, boat.id).count("UnitSilent") == 2


def test_a_crew_changes_its_own_shift_and_no_other(world: World) -> None:
    with world.desk() as desk:
        boat, other = a_boat(desk), a_boat(desk, "蓝样02")
        on_duty(desk, boat)

    with world.desk(crew_of(boat)) as desk:
        on_duty(desk, boat)
        with pytest.raises(unit.UnitUnknown):
            on_duty(desk, other)
        with pytest.raises(NotAllowed):
            unit.command(desk, boat.id, "go", {}, within=timedelta(minutes=1))


def test_who_boards_a_boat_sees_what_it_is_given(world: World) -> None:
    with world.desk() as desk:
        boat = a_boat(desk)
        person = identity.register_person(desk, {"name": Personal("林样本")})
        body = identity.register_body(
            desk,
            identity.Body(
                key="marine", name="示例海洋局", uscc="11330105002500287C",
                level=identity.Level.COUNTY, division=CELL, kind=identity.BodyKind.DEPARTMENT,
            ),
        )  # fmt: skip
        post = identity.open_post(
            desk,
            identity.Post(
                body=body.id, role="kernel.crew", area=CELL, breadth=identity.Breadth.OWN
            ),
        )
        identity.appoint(desk, person, post.id)
        identity.open_account(desk, person, "lin", "Wan-ju-2026-xiao", must_change=False)
        issued = identity.sign_in(desk, "lin", "Wan-ju-2026-xiao")
        assert isinstance(issued, identity.Issued)
        session = identity.act_as(desk, issued.session, post.id).session

        unit.board(desk, boat.id, person)

        subject = identity.subject_for(desk, session)
        assert (subject.unit, subject.reach) == (boat.id, None)
        unit.leave(desk, boat.id, person)
        assert identity.subject_for(desk, session).unit is None


def test_the_last_place_at_a_time_is_taken_once(world: World) -> None:
    with world.desk() as desk:
        room = unit.register_unit(desk, Unit(kind=UnitKind.ROOM, name="示例厅", scope=SCOPE))
        hour = Slot(starts=desk.now(), ends=desk.now() + timedelta(hours=1))
        [slot] = unit.open_slots(desk, room.id, [hour])
        assert unit.open_slots(desk, room.id, [hour]) == []

    with world.desk(world.citizen("jiang")) as desk:
        unit.book(desk, slot, "person_jiang")
    with world.desk(world.citizen("lin")) as desk:
        with pytest.raises(unit.SlotFull):
            unit.book(desk, slot, "person_lin")
        with pytest.raises(NotAllowed):
            unit.release(desk, slot, "person_jiang")
    with world.desk(world.citizen("jiang")) as desk:
        unit.release(desk, slot, "person_jiang")
    with world.desk(world.citizen("lin")) as desk:
        unit.book(desk, slot, "person_lin", case="case_1")
        assert unit.slots_of(desk, room.id, hour.starts, hour.ends)[0]["taken"] == 1


def test_a_name_is_one_boats_and_a_state_is_told_when_it_changes(world: World) -> None:
    with world.desk() as desk:
        boat = a_boat(desk)
        for _ in range(2):
            unit.set_state(desk, boat.id, UnitState.OUT_OF_SERVICE, "示例检修")

        assert facts_about(desk, boat.id) == ["UnitRegistered", "UnitStateChanged"]
        assert unit.unit_of(desk, boat.id).state is UnitState.OUT_OF_SERVICE
        with pytest.raises(unit.NameTaken):
            a_boat(desk)
