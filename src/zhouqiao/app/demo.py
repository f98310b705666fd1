"""A made-up county to begin with: people, bodies, posts and boats. None of them exists."""

from dataclasses import dataclass
from datetime import date, timedelta

from zhouqiao.app.compose import Platform
from zhouqiao.base import Mass, Personal, Point
from zhouqiao.edge.portal import DemoAccount
from zhouqiao.platform import identity, matter
from zhouqiao.platform import unit as units
from zhouqiao.platform.identity import Body, BodyKind, Breadth, KernelRole, Level, PersonId, Post
from zhouqiao.platform.unit import Compartment, Licence, Shift, Unit, UnitKind
from zhouqiao.sdk import pack_words
from zhouqiao.store import Desk, system

SOLIDS = ("plastic", "gear", "garbage")
HAZARDOUS = ("waste_oil", "battery")


@dataclass(frozen=True)
class Made:
    """A made-up person: sign-in name, name, the role of their post, and their boat's name."""

    login: str
    name: str
    role: str = ""
    boat: str = ""


@dataclass(frozen=True)
class Boat:
    """A made-up boat of the operator: where it lies, what it may carry."""

    name: str
    lon: float
    lat: float
    licensed: bool = True


BOATS = (
    Boat("蓝样01", 121.455, 28.683),
    Boat("蓝样02", 121.880, 28.455, licensed=False),
    Boat("蓝样03", 121.560, 28.650),
    Boat("蓝样04", 121.620, 28.360),
    Boat("蓝样05", 121.700, 28.700),
    Boat("蓝样06", 121.910, 28.500),
    Boat("蓝样07", 121.520, 28.670),
    Boat("蓝样08", 121.660, 28.580),
    Boat("蓝样09", 121.750, 28.520, licensed=False),
    Boat("蓝样10", 121.600, 28.450),
    Boat("蓝样11", 121.680, 28.640),
    Boat("蓝样12", 121.820, 28.600),
)
FISHERS = 40
PEOPLE = (
    Made("fisher", "江示例"),
    Made("fisher2", "王样例"),
    *(Made(f"fisher{n}", f"渔示例{n}") for n in range(3, FISHERS + 1)),
    *(Made(f"crew{n}", f"林样本{n}", "marine_waste.crew", f"蓝样{n:02d}") for n in range(1, 13)),
    Made("duty", "陈值班", "marine_waste.duty"),
    Made("lead", "周带班", "marine_waste.supervisor"),
    Made("payer", "钱负样", KernelRole.LEADER),
    Made("engineer", "吴工样", KernelRole.ENGINEER),
    Made("steward", "郑数样", KernelRole.STEWARD),
    Made("admin", "钱管样", KernelRole.ADMIN),
)
DEMO_ACCOUNTS = (
    DemoAccount(handle="fisher", name="江示例", role="渔民 fisher", surface="citizen"),
    DemoAccount(handle="crew3", name="林样本3", role="接驳船员 crew, 蓝样03", surface="desk"),
    DemoAccount(handle="duty", name="陈值班", role="值班员 duty officer", surface="command"),
    DemoAccount(handle="lead", name="周带班", role="带班 shift lead", surface="command"),
    DemoAccount(handle="payer", name="钱负样", role="付款负责人 payments", surface="command"),
    DemoAccount(handle="engineer", name="吴工样", role="运维 engineer", surface="console"),
)


def seed(platform: Platform, cell: str, password: str) -> None:
    """Write the made-up county once; a second call changes nothing."""
    with platform.store.desk(system(cell)) as desk:
        if any(body.key == "marine" for body in identity.bodies(desk)):
            return
        marine, machine = _bodies(desk, cell)
        _matters(desk, platform, marine)
        boats = {boat.name: _boat(desk, boat, cell) for boat in BOATS}
        for made in PEOPLE:
            _person(desk, made, password, marine, machine, boats)


def _bodies(desk: Desk, cell: str) -> tuple[Body, Body]:
    marine = Body(
        key="marine", name="椒江海洋云仓（示例）", uscc="11330105002500287C", level=Level.COUNTY,
        division=cell, kind=BodyKind.DEPARTMENT,
    )  # fmt: skip
    machine = Body(
        key="machine", name="数据局（示例）", uscc="11430000006122244L", level=Level.COUNTY,
        division=cell, kind=BodyKind.DEPARTMENT,
    )  # fmt: skip
    return identity.register_body(desk, marine), identity.register_body(desk, machine)


def _matters(desk: Desk, platform: Platform, body: Body) -> None:
    """Put the matters of packs the body answers for on the register."""
    for pack in (one.pack for one in platform.packs if one.pack.body == body.key):
        for one in pack.matters:
            title = pack_words(pack.home, "zh").get(f"matter.{one.name}", one.name)
            matter.install(desk, pack.name, one, title=title, body=body)


def _boat(desk: Desk, boat: Boat, cell: str) -> units.UnitId:
    holds = (
        Compartment(name="hold", capacity=Mass.of(800), holds=SOLIDS),
        Compartment(name="tank", capacity=Mass.of(3000), holds=("oily_water",)),
        Compartment(name="locker", capacity=Mass.of(200), holds=HAZARDOUS),
    )
    made = units.register_unit(
        desk,
        Unit(
            kind=UnitKind.BOAT, name=boat.name, scope=f"marine/{cell}", compartments=holds,
            berth=Point(lon=boat.lon, lat=boat.lat),
        ),
    )  # fmt: skip
    today = desk.now()
    for day in range(60):
        starts = today.replace(minute=0, second=0, microsecond=0) + timedelta(days=day)
        shift = Shift(starts=starts, ends=starts + timedelta(hours=24))
        units.change_shift(desk, made.id, shift, [shift])
    if boat.licensed:
        units.license_unit(desk, made.id, _licence(boat, today.date()))
    return made.id


def _licence(boat: Boat, today: date) -> Licence:
    return Licence(
        kind="hazardous_waste", number=f"DEMO-{boat.name}", valid_from=today - timedelta(days=30),
        valid_to=today + timedelta(days=335),
    )  # fmt: skip


def _person(
    desk: Desk,
    made: Made,
    password: str,
    marine: Body,
    machine: Body,
    boats: dict[str, units.UnitId],
) -> None:
    known = {"name": Personal(made.name)}
    if not made.role:
        known |= {
            "vessel": Personal(f"浙椒渔{PEOPLE.index(made):05d}"),
            "account": Personal("示例账户 0000"),
        }
    person = identity.register_person(desk, known)
    identity.open_account(desk, person, made.login, password, must_change=False)
    if made.role:
        kernel = made.role.startswith("kernel.") and made.role != KernelRole.LEADER
        _appoint(desk, person, made, machine if kernel else marine)
    if made.boat:
        units.board(desk, boats[made.boat], person)


def _appoint(desk: Desk, person: PersonId, made: Made, body: Body) -> None:
    breadth = Breadth.OWN if made.role.endswith(".crew") else Breadth.CELL
    post = Post(body=body.id, role=made.role, area=body.division, breadth=breadth)
    identity.appoint(desk, person, identity.open_post(desk, post).id)
