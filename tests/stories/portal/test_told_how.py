"""Stories of how one is told: agreed to on a page, confirmed by a code, taken back in one tap."""

import re
from typing import Any

import pytest

from stories.portal.elsewhere import Browser, browser
from zhouqiao.platform import notice
from zhouqiao.platform.notice import CHANNELS, ChannelInMemory, Sending
from zhouqiao.platform.notice.declare import Message, Way
from zhouqiao.store import story
from zhouqiao.testing.web import Member, Web

PAGE, NUMBER = "/me/notices", "10000000000"
COMING = Message(name="coming", ways=(Way.SMS,))


@pytest.fixture
def out(web: Web) -> ChannelInMemory:
    """The only channel out of this house, for text messages."""
    channel = ChannelInMemory()
    functions: Any = web.world.platform.store.pinned.functions
    functions[CHANNELS] = lambda: {Way.SMS: channel}
    return channel


def entered(web: Web, role: str = "") -> tuple[Member, Browser]:
    """Make up a person who is signed in at a browser."""
    member, at = web.member(role), browser(web)
    at.enter(member.login)
    return member, at


def code_in(web: Web, out: ChannelInMemory) -> str:
    """Return the code in the letter that went out last."""
    web.world.drain()
    found = re.search(r"\d{6}", list(out.sent.values())[-1].text)
    assert found
    return found.group()


def agree(web: Web, at: Browser, out: ChannelInMemory) -> Any:
    """Give the number, and the code that came to it."""
    at.post(f"{PAGE}/ask", way="sms", address=NUMBER)
    return at.post(f"{PAGE}/confirm", way="sms", code=code_in(web, out))


def told(web: Web, member: Member, out: ChannelInMemory) -> list[str]:
    """Tell somebody something; return the numbers it went to."""
    before = set(out.sent)
    sending = Sending(
        person=member.person, about="case_1", scope="marine/331002001", pack="marine_waste",
        words={"zh": "船来了", "en": "The boat comes"},
    )  # fmt: skip
    with web.world.desk() as desk:
        notice.send(desk, COMING, sending)
    web.world.drain()
    return [letter.to for name, letter in out.sent.items() if name not in before]


def test_a_number_confirmed_by_its_code_is_told_from_then_on(
    web: Web, out: ChannelInMemory
) -> None:
    member, at = entered(web)
    assert told(web, member, out) == []

    done = agree(web, at, out)

    assert done.headers["location"] == PAGE
    assert NUMBER in at.client.get(PAGE).text
    assert told(web, member, out) == [NUMBER]


def test_withdrawing_takes_one_tap_and_ends_it(web: Web, out: ChannelInMemory) -> None:
    member, at = entered(web)
    agree(web, at, out)

    at.post(f"{PAGE}/withdraw", way="sms")

    assert told(web, member, out) == []
    assert NUMBER not in at.client.get(PAGE).text


def test_a_new_number_is_told_only_once_its_own_code_came(web: Web, out: ChannelInMemory) -> None:
    member, at = entered(web)
    agree(web, at, out)
    web.world.later(minutes=2)
    at.post(f"{PAGE}/ask", way="sms", address="10000000001")
    code = code_in(web, out)
    assert told(web, member, out) == [NUMBER]

    at.post(f"{PAGE}/confirm", way="sms", code=code)

    assert told(web, member, out) == ["10000000001"]


def test_a_wrong_code_is_counted_and_the_fifth_ends_it(web: Web, out: ChannelInMemory) -> None:
    member, at = entered(web)
    at.post(f"{PAGE}/ask", way="sms", address=NUMBER)
    right = code_in(web, out)
    wrong = f"{(int(right) + 1) % 10**6:06d}"

    said = [at.post(f"{PAGE}/confirm", way="sms", code=wrong).text for _ in range(5)]
    late = at.post(f"{PAGE}/confirm", way="sms", code=right)

    assert "还可以试 4 次" in said[0]
    assert "重新发一个" in said[4]
    assert late.status_code == 409
    assert told(web, member, out) == []


def test_a_code_is_good_for_ten_minutes(web: Web, out: ChannelInMemory) -> None:
    member, at = entered(web)
    at.post(f"{PAGE}/ask", way="sms", address=NUMBER)
    code = code_in(web, out)
    web.world.clock.turn(minutes=10)

    answer = at.post(f"{PAGE}/confirm", way="sms", code=code)

    assert answer.status_code == 409
    assert told(web, member, out) == []


def test_nobody_is_flooded_with_codes(web: Web, out: ChannelInMemory) -> None:
    _, at = entered(web)

    def tries(minutes: int, times: int) -> list[int]:
        asked = []
        for _ in range(times):
            web.world.later(minutes=minutes)
            asked.append(at.post(f"{PAGE}/ask", way="sms", address=NUMBER).status_code)
        return asked

    assert tries(0, 2) == [303, 409]
    assert tries(2, 5) == [303, 303, 303, 303, 409]
    web.world.drain()
    assert len(out.sent) == 5


def test_somebody_elses_code_confirms_nothing(web: Web, out: ChannelInMemory) -> None:
    (_, at), (other, elsewhere) = entered(web), entered(web)
    at.post(f"{PAGE}/ask", way="sms", address=NUMBER)
    code = code_in(web, out)

    answer = elsewhere.post(f"{PAGE}/confirm", way="sms", code=code)

    assert answer.status_code == 409
    assert told(web, other, out) == []


@pytest.mark.parametrize("address", ["", "123", "20000000000", "abcdefghijk", "<b>1</b>"])
def test_what_is_no_number_is_refused_in_words(
    web: Web, out: ChannelInMemory, address: str
) -> None:
    _, at = entered(web)

    answer = at.post(f"{PAGE}/ask", way="sms", address=address)

    assert answer.status_code == 422
    assert "手机号码" in answer.text
    web.world.drain()
    assert out.sent == {}


def test_neither_number_nor_code_lies_in_a_row_or_a_fact(web: Web, out: ChannelInMemory) -> None:
    member, at = entered(web)
    at.post(f"{PAGE}/ask", way="sms", address=NUMBER)
    code = code_in(web, out)

    at.post(f"{PAGE}/confirm", way="sms", code=code)

    with web.world.desk() as desk:
        facts = {one.kind: bytes(one.body).decode() for one in story(desk, member.person)}
    rows = str(web.world.fetch("SELECT row_to_json(c)::text AS row FROM notice_code c"))
    assert {"notice.CodeAsked", "notice.ConsentGiven"} <= set(facts)
    for kept in (*facts.values(), rows):
        assert NUMBER not in kept
        assert code not in kept


def test_agreeing_to_be_served_in_the_inbox_is_an_address_for_service(
    web: Web, out: ChannelInMemory
) -> None:
    member, at = entered(web)
    assert "第六十一条" in at.client.get(PAGE).text

    at.post(f"{PAGE}/serve")
    with web.world.desk() as desk:
        agreed = notice.consents(desk, member.person)[Way.INBOX]
    at.post(f"{PAGE}/withdraw", way="inbox")

    assert agreed.confirmed_at == web.world.clock.now()
    with web.world.desk() as desk:
        assert notice.consents(desk, member.person) == {}
    assert out.sent == {}


def test_the_page_is_linked_from_me_and_stands_in_both_languages(web: Web) -> None:
    _, at = entered(web)

    assert f'href="{PAGE}"' in at.client.get("/me").text
    assert "How I am told" in at.client.get(f"{PAGE}?lang=en").text


def test_an_officer_too_says_how_they_are_told(web: Web, out: ChannelInMemory) -> None:
    officer, at = entered(web, "marine_waste.duty")

    agree(web, at, out)

    assert told(web, officer, out) == [NUMBER]


def test_where_no_channel_leads_out_none_is_offered(web: Web) -> None:
    _, at = entered(web)

    assert "还没有接通" in at.client.get(PAGE).text
    assert at.post(f"{PAGE}/ask", way="sms", address=NUMBER).status_code == 422
