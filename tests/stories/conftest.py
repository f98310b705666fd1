"""What stories of several rooms begin with."""

import pytest

from zhouqiao.platform import unit as units
from zhouqiao.platform.unit import Unit, UnitId, UnitKind
from zhouqiao.testing import World


@pytest.fixture
def boats(world: World) -> list[tuple[UnitId, str]]:
    """Two boats and their devices' keys."""
    with world.desk() as desk:
        made = [
            units.register_unit(
                desk, Unit(kind=UnitKind.BOAT, name=name, scope=f"marine/{world.cell}")
            )
            for name in ("蓝样01", "蓝样02")
        ]
        return [(one.id, units.issue_key(desk, one.id)) for one in made]
