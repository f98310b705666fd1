import pytest

from zhouqiao.base import Point, Refusal
from zhouqiao.edge.portal.words import LANGS, Lang, words
from zhouqiao.platform.place import errors

HERE = Point(lon=121.4, lat=28.6)
REFUSALS: list[Refusal] = [
    errors.BadCode("33x"),
    errors.BadOutline("corners"),
    errors.OutsideAtlas(HERE),
    errors.OutsideChart(HERE),
    errors.OnLand(HERE, inland_km=5.2, limit_km=3.0),
    errors.NoOpenWater(HERE, inland_km=5.2, limit_km=3.0),
    errors.InClosedArea(HERE, "试验封闭区"),
    errors.NoWayThere(),
    errors.AreaAlreadyOpen("试验封闭区"),
]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.code)
def test_every_refusal_of_places_has_a_sentence_that_its_slots_fill(
    lang: Lang, refusal: Refusal
) -> None:
    said = words(lang)(f"refusal.{refusal.code}", **refusal.slots())

    assert said
    assert "{" not in said
