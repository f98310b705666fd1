"""The one line a case is listed under, in the reader's language."""

import pytest

from zhouqiao.edge.portal.show.parts import headline
from zhouqiao.edge.portal.vocabulary import vocabulary
from zhouqiao.sdk import load
from zhouqiao_systems.government import marine_waste

PACK = marine_waste.pack
WORDS = vocabulary([load(PACK)], "zh")


@pytest.mark.parametrize(
    ("procedure", "told", "said"),
    [
        ("pickup", "浙椒渔00000|plastic|gear", "浙椒渔00000 废塑料、废渔网"),
        ("late", "case_1|clock.pickup.to_met", "超承诺核查 浙椒渔00001 废塑料 · 20 分钟到船"),
    ],
)
def test_a_headline_names_things_in_the_words_of_its_pack(
    procedure: str, told: str, said: str
) -> None:
    listed = {"case_1": headline(WORDS, PACK.name, "pickup", "浙椒渔00001|plastic")}

    assert headline(WORDS, PACK.name, procedure, told, listed) == said
