"""What is handed over in these stories, where and when, and the hands under it."""

from typing import Any

from zhouqiao.base import digest
from zhouqiao.flow import case as cases
from zhouqiao.platform.document.form import check_form
from zhouqiao.testing.web import Member, Web

HERE = {"lon": 121.655, "lat": 28.612}
NOW = "2026-10-14T00:20:00Z"
LINE = {"kind": "plastic", "mass": {"kg": "12.40"}, "scale": "device", "weighed_at": NOW}
HANDOVER: dict[str, Any] = {
    "boat": "蓝样03", "place": HERE, "begun": NOW, "ended": NOW, "lines": [LINE],
}  # fmt: skip


def pen(web: Web, case: str, role: str, who: Member) -> dict[str, Any]:
    """Return a hand under the handover."""
    with web.world.desk() as desk:
        form = cases.shape_of(desk, cases.get(desk, case).shape).forms["handover"]
    covers = digest({"lines": check_form(form, HANDOVER)["lines"]})
    return {
        "role": role, "person": who.person, "name": who.name, "strokes": "M1 1L2 2",
        "signed_at": NOW, "covers": covers,
    }  # fmt: skip
