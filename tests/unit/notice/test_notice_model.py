from datetime import UTC, datetime, timedelta

import pytest

from zhouqiao.base import Invalid, Personal
from zhouqiao.platform.notice.model import (
    WAITS,
    Proof,
    Service,
    frozen_words,
    next_try,
    service_by,
)

NOON = datetime(2026, 10, 14, 4, tzinfo=UTC)
WORDS = {"zh": "{boat} {time} 前到", "en": "{boat} comes by {time}"}


def test_words_are_frozen_in_both_languages_with_their_slots() -> None:
    words, slots = frozen_words(WORDS, {"boat": "蓝样05", "time": 841}, ("boat", "time"))

    assert words == {"zh": "蓝样05 841 前到", "en": "蓝样05 comes by 841"}
    assert slots == {"boat": "蓝样05", "time": "841"}


def test_a_slot_cannot_open_another_slot_or_an_attribute() -> None:
    words, _ = frozen_words({"zh": "{a} {b} {a.__class__}"}, {"a": "{b}", "b": "x"}, ("a", "b"))

    assert words["zh"] == "{b} x {a.__class__}"


@pytest.mark.parametrize(
    ("slots", "field", "why"),
    [
        ({"boat": "x"}, "slots.time", "missing"),
        ({"boat": "x", "time": "y", "who": "z"}, "slots.who", "foreign"),
        ({"boat": Personal("江示例"), "time": "y"}, "slots.boat", "wrong_type"),
        ({"boat": "x" * 501, "time": "y"}, "slots.boat", "too_long"),
    ],
)
def test_a_slot_that_does_not_do_is_refused(slots: dict[str, object], field: str, why: str) -> None:
    with pytest.raises(Invalid) as refused:
        frozen_words(WORDS, slots, ("boat", "time"))

    assert (refused.value.field, refused.value.why) == (field, why)


def test_patience_grows_and_ends() -> None:
    waits = [next_try(nth, NOON) for nth in range(1, len(WAITS) + 2)]

    assert waits[0] == NOON + timedelta(minutes=1)
    assert waits.pop() is None
    assert waits == sorted(waits)  # type: ignore[type-var]


def test_arrival_counts_at_a_confirmed_address_only() -> None:
    assert service_by(Proof.ARRIVED, NOON, confirmed=False) is None
    assert service_by(Proof.ARRIVED, NOON, confirmed=True) == Service(at=NOON, proof=Proof.ARRIVED)
    assert service_by(Proof.READ, NOON, confirmed=False) is not None


def test_the_earliest_proof_counts() -> None:
    read = Service(at=NOON, proof=Proof.READ)
    posted = Service(at=NOON - timedelta(hours=3), proof=Proof.POSTED)

    assert read.earlier(None)
    assert posted.earlier(read)
    assert not read.earlier(posted)
