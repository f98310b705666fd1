"""What people are told when they are refused."""

import pytest

from zhouqiao.edge.portal.door import Visitor
from zhouqiao.edge.portal.refusals import in_words
from zhouqiao.edge.portal.words import Words
from zhouqiao.flow.case import NotNow

PACKS = Words("en", {"penalty.guard.heavy": "the fine is a heavy one"})


@pytest.mark.parametrize("why", ["only_if", "unless"])
def test_a_condition_is_told_in_the_words_of_its_pack(why: str) -> None:
    refusal = NotNow("case_1", "noticed_to_hearing", "penalty.guard.heavy", why)

    told = in_words(Visitor(lang="en"), refusal, PACKS)

    assert "the fine is a heavy one" in told
    assert ("not for" in told) is (why == "unless")
