"""What the duty screen makes of what it is given, without a kernel."""

from decimal import Decimal

from zhouqiao.edge.portal.pages.parts import MapCase, Status
from zhouqiao.edge.portal.show.chart import gathered
from zhouqiao.edge.portal.show.command import Spoken
from zhouqiao.edge.portal.show.figures import spread
from zhouqiao.edge.portal.show.machine import HIDDEN, veiled
from zhouqiao.edge.portal.words import words


def mark(name: str, status: Status, *, chosen: bool = False) -> MapCase:
    return MapCase(id=name, name=name, at=(121.6, 28.6), status=status, chosen=chosen)


def test_several_at_one_spot_are_one_mark_that_shows_the_worst() -> None:
    (shown,) = gathered([mark("a", "ok"), mark("b", "breach"), mark("c", "late")])

    assert (shown.name, shown.status) == ("b +2", "breach")


def test_the_chosen_one_is_never_hidden_under_another() -> None:
    (shown,) = gathered([mark("a", "breach"), mark("b", "ok", chosen=True)])

    assert shown.id == "b"


def test_a_spread_reaches_past_the_promise_and_no_further_than_it_must() -> None:
    spoken = Spoken(page=words("zh"), pack=words("zh"))
    bars = spread(spoken, (0, 1, 3, 2, 0, 0, 0), (2, 5, 10, 15, 20, 30), Decimal(20))

    assert [bar.label for bar in bars][-2:] == ["15–20", "20–30"]
    assert [bar.past for bar in bars] == [False, False, False, False, False, True]


def test_what_may_be_personal_is_veiled_however_deep_it_lies() -> None:
    body = {
        "case": "case_1", "by": ["person_0000abcd"], "record": {"name": "江示例"},
        "inner": {"reason": "因为", "step": "a_to_b"},
    }  # fmt: skip

    assert veiled(body) == {
        "case": "case_1", "by": ["person…abcd"], "record": HIDDEN,
        "inner": {"reason": HIDDEN, "step": "a_to_b"},
    }  # fmt: skip
