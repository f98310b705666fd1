"""Every notice of a pack, sent to a made-up reader who holds each of its roles."""

from collections.abc import Iterator

from msgspec.structs import replace

from zhouqiao.base import Money, Personal
from zhouqiao.flow import case as cases
from zhouqiao.flow import report
from zhouqiao.platform import identity
from zhouqiao.platform.identity import Body, BodyKind, Breadth, Level, PersonId, Post
from zhouqiao.sdk import Held, Pack, Tell
from zhouqiao.testing.walk import UNIT, Walk
from zhouqiao.testing.world import World


def heard(world: World, pack: Pack) -> Iterator[str]:
    """Send each notice twice for one fact; yield what was then read of it, in both languages."""
    reader = _reader(world, pack)
    for part in pack.all(Tell):
        walk = Walk(world, pack, part.procedure, lambda options: options[0])
        case = replace(walk.case, person=reader, unit=UNIT)
        cause = report.Cause(fact=f"fact_{case.id}", at=world.clock.now(), amount=Money.of(1))
        for _ in range(2):
            with world.desk() as desk:
                found = report.tell(desk, case, part.spec(pack.name), cause)
        yield from (text for one in found for text in one.words.values())
        _once(world, case, f"{pack.name}.{part.words}")


def _once(world: World, case: cases.Case, code: str) -> None:
    sql = "SELECT 1 FROM notice WHERE about = %s AND code = %s AND cause = %s"
    found = world.fetch(sql, case.id, code, f"fact_{case.id}")
    if len(found) != 1:
        raise AssertionError(f"{code} reached {len(found)} readers of one")


def _reader(world: World, pack: Pack) -> PersonId:
    with world.desk() as desk:
        reader = identity.register_person(desk, {"name": Personal("示例读者")})
        identity.assign_crew(desk, reader, UNIT, scope=f"{pack.body}/{world.cell}")
        body = identity.register_body(
            desk,
            Body(
                key=pack.body, name="示例单位", uscc="11330105002500287C", level=Level.COUNTY,
                division=world.cell, kind=BodyKind.DEPARTMENT,
            ),
        )  # fmt: skip
        for role in (role for role, how in pack.roles.items() if how is Held.POST):
            post = Post(
                body=body.id, role=f"{pack.name}.{role.value}", area=world.cell,
                breadth=Breadth.CELL,
            )  # fmt: skip
            identity.appoint(desk, reader, identity.open_post(desk, post).id)
    return reader
