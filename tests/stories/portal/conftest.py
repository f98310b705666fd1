"""The portal over a world, for stories of its pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from stories.portal.handover import HERE
from zhouqiao.base import Point
from zhouqiao.platform import unit as units
from zhouqiao.store.engines import Server
from zhouqiao.testing.web import Member, Web, open_web
from zhouqiao_systems.government import marine_waste


@pytest.fixture
def web(server: Server) -> Iterator[Web]:
    """A portal over a world with the marine waste pack, under the kernel's own decisions."""
    with open_web(server, [marine_waste.pack]) as found:
        yield found


@dataclass
class Acts:
    """What people do in these stories, through the doors they would use."""

    web: Web

    def ask(self, fisher: Member, vessel: str = "浙椒渔00000", key: str = "k1") -> dict[str, Any]:
        """Ask for a boat, as a program does; return the case."""
        record = {
            "vessel": vessel,
            "place": HERE,
            "kinds": [{"kind": "gear", "mass": {"kg": "30"}}],
        }
        body = {"procedure": "marine_waste.pickup", "key": key, "record": record, "place": HERE}
        answer = fisher.client.post("/api/cases", json=body, headers=fisher.bearer)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def take(
        self, member: Member, case: str, step: str, record: dict[str, Any] | None = None
    ) -> None:
        """Take a step of a case, as a program does."""
        answer = member.client.post(
            f"/api/cases/{case}/steps/{step}", json={"key": f"{case}/{step}", "record": record},
            headers=member.bearer,
        )  # fmt: skip
        assert answer.status_code == 200, answer.text

    def sail(self, boat: str, lon: float, lat: float) -> None:
        """Let a boat say where it is."""
        seen = units.Sighting(
            unit=boat,
            point=Point(lon=lon, lat=lat),
            happened_at=self.web.world.clock.now(),
            course=120.0,
        )
        with self.web.world.desk() as desk:
            units.report_position(desk, seen)


@pytest.fixture
def acts(web: Web) -> Acts:
    """What people do here."""
    return Acts(web)
