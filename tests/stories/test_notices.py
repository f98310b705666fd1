"""Stories of messages: read, carried out of the house, served."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from zhouqiao.base import Invalid
from zhouqiao.platform import notice
from zhouqiao.platform.notice import CHANNELS, ChannelInMemory, Outcome, Proof, Sending
from zhouqiao.platform.notice.declare import Message, Way
from zhouqiao.platform.notice.errors import NoSuchNotice, NotServable
from zhouqiao.store import personal

SCOPE = "marine/331002001"
COMING = Message(name="boat_coming", slots=("boat",), ways=(Way.SMS,))
DECISION = Message(name="decision", ways=(Way.SMS,), serves=True)
WORDS: Mapping[str, Mapping[str, str]] = {
    "boat_coming": {"zh": "{boat} 来了", "en": "{boat} is coming"},
    "decision": {"zh": "决定书已送出", "en": "The decision was sent"},
}


@pytest.fixture
def sms(world: Any) -> ChannelInMemory:
    """The only way out of this house."""
    channel = ChannelInMemory()
    world.platform.store.pinned.functions[CHANNELS] = lambda: {Way.SMS: channel}
    return channel


def sent(world: Any, message: Message, **slots: object) -> Any:
    sending = Sending(
        person="person_jiang",
        about="case_1",
        scope=SCOPE,
        pack="marine_waste",
        words=WORDS[message.name],
        slots=slots,
    )
    with world.desk() as desk:
        return notice.send(desk, message, sending)


def agreed(world: Any, way: Way = Way.SMS, *, confirmed: bool = False) -> None:
    with world.desk() as desk:
        kept = {"phone": "000-0000"}
        personal.keep(desk, "person_jiang", kept, scope=SCOPE, basis="consent")
    with world.desk(world.citizen("jiang")) as desk:
        notice.consent(desk, "person_jiang", way, field="phone", scope=SCOPE, confirmed=confirmed)


def looked(world: Any, id: str) -> Any:
    with world.desk() as desk:
        return notice.about(desk, "case_1")[0], notice.attempts(desk, id)


def test_a_message_lies_in_the_inbox_of_its_person_only(world: Any) -> None:
    told = sent(world, COMING, boat="蓝样05")

    with world.desk(world.citizen("jiang")) as desk:
        (found,) = notice.inbox(desk, "person_jiang")
        assert found.words == {"zh": "蓝样05 来了", "en": "蓝样05 is coming"}
        assert notice.unread(desk, "person_jiang") == 1
        notice.open_(desk, found.id)
        assert notice.unread(desk, "person_jiang") == 0
    with world.desk(world.citizen("wang")) as desk:
        assert notice.inbox(desk, "person_jiang") == []
        with pytest.raises(NoSuchNotice):
            notice.open_(desk, told.id)


def test_nothing_leaves_the_house_without_consent(world: Any, sms: ChannelInMemory) -> None:
    told = sent(world, COMING, boat="蓝样05")
    world.drain()

    _, attempts = looked(world, told.id)

    assert sms.sent == {}
    assert [one.outcome for one in attempts] == [Outcome.NO_CONSENT]


def test_with_consent_it_goes_to_the_address_kept_encrypted(
    world: Any, sms: ChannelInMemory
) -> None:
    agreed(world)
    sent(world, COMING, boat="蓝样05")
    world.drain()

    (letter,) = sms.sent.values()
    assert letter.to == "000-0000"
    assert "蓝样05" in letter.text
    rows = world.fetch("SELECT row_to_json(c)::text AS row FROM notice_consent c")
    assert "000-0000" not in rows[0]["row"]
    assert "蓝样05" not in str(world.fetch("SELECT body FROM journal"))


def test_a_dead_line_is_tried_again_with_patience(world: Any, sms: ChannelInMemory) -> None:
    agreed(world)
    sms.is_down = True
    told = sent(world, COMING, boat="蓝样05")
    world.drain()
    world.later(seconds=59)
    sms.is_down = False
    world.later(seconds=2)

    _, attempts = looked(world, told.id)

    assert [one.outcome for one in attempts] == [Outcome.HINDERED, Outcome.SENT]
    assert len(sms.sent) == 1


def test_patience_ends_and_a_person_hears_of_it(world: Any, sms: ChannelInMemory) -> None:
    agreed(world)
    sms.is_down = True
    told = sent(world, COMING, boat="蓝样05")
    world.drain()
    for _ in range(8):
        world.later(hours=13)

    _, attempts = looked(world, told.id)

    assert len(attempts) == 6
    kinds = [row["kind"] for row in world.fetch("SELECT kind FROM journal ORDER BY seq")]
    assert kinds.count("notice.NoticeFailed") == 1


def test_withdrawn_consent_stops_the_next_message(world: Any, sms: ChannelInMemory) -> None:
    agreed(world)
    with world.desk(world.citizen("jiang")) as desk:
        notice.withdraw(desk, "person_jiang", Way.SMS, scope=SCOPE)
    sent(world, COMING, boat="蓝样05")
    world.drain()

    assert sms.sent == {}


def test_a_decision_is_served_when_it_is_opened(world: Any) -> None:
    told = sent(world, DECISION)
    world.drain()
    assert looked(world, told.id)[0].service is None
    opened = world.clock.turn(hours=5)

    with world.desk(world.citizen("jiang")) as desk:
        found = notice.open_(desk, told.id)

    assert found.service.at == opened
    assert found.service.proof is Proof.READ


def test_somebody_elses_command_may_tell_a_third_person(world: Any, sms: ChannelInMemory) -> None:
    agreed(world)
    sending = Sending(
        person="person_jiang",
        about="case_1",
        scope=SCOPE,
        pack="marine_waste",
        words=WORDS["boat_coming"],
        slots={"boat": "蓝样05"},
    )
    with world.desk(world.crew("unit_blue03")) as desk:
        notice.send(desk, COMING, sending)
    world.drain()

    assert len(sms.sent) == 1


@pytest.mark.usefixtures("sms")
def test_a_decision_is_served_on_arrival_at_a_confirmed_inbox(world: Any) -> None:
    agreed(world, Way.INBOX, confirmed=True)
    told = sent(world, DECISION)
    world.later(minutes=3)

    found, _ = looked(world, told.id)

    assert found.service.at == told.sent_at
    assert found.service.proof is Proof.ARRIVED


def test_the_earliest_proof_counts_even_if_it_comes_last(world: Any) -> None:
    told = sent(world, DECISION)
    signed = world.clock.turn(hours=1)
    world.clock.turn(hours=1)
    with world.desk(world.citizen("jiang")) as desk:
        notice.open_(desk, told.id)

    with world.desk() as desk:
        found = notice.serve(desk, told.id, proof=Proof.SIGNED_FOR, at=signed)
        later = notice.serve(desk, told.id, proof=Proof.POSTED, at=signed + timedelta(minutes=5))

    assert found.service.proof is later.service.proof is Proof.SIGNED_FOR
    told_facts = [r["kind"] for r in world.fetch("SELECT kind FROM journal")]
    assert told_facts.count("notice.Served") == 2


def test_proof_from_the_future_or_for_no_document_is_refused(world: Any) -> None:
    told, chat = sent(world, DECISION), sent(world, COMING, boat="蓝样05")

    with world.desk() as desk:
        with pytest.raises(Invalid):
            notice.serve(desk, told.id, proof=Proof.LEFT, at=desk.now() + timedelta(seconds=1))
        with pytest.raises(Invalid):
            notice.serve(desk, told.id, proof=Proof.LEFT, at=told.sent_at - timedelta(seconds=1))
        with pytest.raises(NotServable):
            notice.serve(desk, chat.id, proof=Proof.READ, at=desk.now())
