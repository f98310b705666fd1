from datetime import timedelta

import msgspec
import pytest

from zhouqiao.platform.place import AreaId, ClosedArea
from zhouqiao.platform.place.errors import AreaAlreadyOpen, BadOutline
from zhouqiao.testing.ports import MORNING

SQUARE = ((121.62, 28.40), (121.80, 28.40), (121.80, 28.62), (121.62, 28.62))
AREA = ClosedArea(
    id=AreaId("area_1"),
    scope="marine/331002",
    name="试验封闭区",
    outline=SQUARE,
    basis="示例通告 1 号",
    starts_at=MORNING,
    ends_at=MORNING + timedelta(hours=6),
)


def test_an_area_is_closed_from_its_first_hour_to_before_its_last() -> None:
    assert not AREA.is_closed(MORNING - timedelta(seconds=1))
    assert AREA.is_closed(MORNING)
    assert not AREA.is_closed(MORNING + timedelta(hours=6))


def test_an_area_without_an_end_stays_closed_until_reopened() -> None:
    endless = msgspec.structs.replace(AREA, ends_at=None)
    noon = MORNING + timedelta(hours=4)

    reopened = endless.after(endless.reopen(noon))

    assert endless.is_closed(MORNING + timedelta(days=400))
    assert reopened.is_closed(MORNING)
    assert not reopened.is_closed(noon)


def test_an_area_is_not_reopened_twice() -> None:
    reopened = AREA.after(AREA.reopen(MORNING))

    with pytest.raises(AreaAlreadyOpen):
        reopened.reopen(MORNING)


@pytest.mark.parametrize(
    ("outline", "why"),
    [
        (SQUARE[:2], "corners"),
        (SQUARE * 200, "corners"),
        (((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)), "off_the_chart"),
        (((float("nan"), 28.4), *SQUARE[1:]), "off_the_chart"),
        ((SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]), "crosses_itself"),
        ((SQUARE[0], SQUARE[0], SQUARE[0]), "crosses_itself"),
    ],
)
def test_an_outline_that_encloses_no_sea_is_refused(
    outline: tuple[tuple[float, float], ...], why: str
) -> None:
    with pytest.raises(BadOutline) as refused:
        msgspec.structs.replace(AREA, outline=outline).closed_fact()

    assert refused.value.why == why


def test_an_area_cannot_end_before_it_starts() -> None:
    with pytest.raises(BadOutline):
        msgspec.structs.replace(AREA, ends_at=MORNING).closed_fact()
