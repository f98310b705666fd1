"""Phones of people, over real HTTP: set up by their own key, seen, revoked, and heard of late."""

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from stories.portal.elsewhere import browser
from zhouqiao.base import encode
from zhouqiao.flow import case as cases
from zhouqiao.flow import evidence
from zhouqiao.platform import identity, notice
from zhouqiao.platform import unit as units
from zhouqiao.platform.document.seal import is_held
from zhouqiao.store import story
from zhouqiao.testing.web import Client, Member, Web

PAGE, CREWS = "/me/devices", "/command/devices"
HERE = {"lon": 121.655, "lat": 28.612}
ASKED: dict[str, Any] = {
    "procedure": "marine_waste.pickup", "key": "asked", "record": {
        "vessel": "浙椒渔00000", "place": HERE,
        "kinds": [{"kind": "plastic", "mass": {"kg": "12"}}],
    },
}  # fmt: skip


@dataclass
class Phone:
    """A phone with a key of its own, and the browser on it."""

    key: str
    public: dict[str, str]
    client: Client
    head: dict[str, str]

    def set_up(self, label: str = "示例手机", code: str = "") -> Any:
        """Set it up; return the answer."""
        said = {
            "id": self.key, "alg": "Ed25519", "key": self.public, "label": label, "code": code,
        }  # fmt: skip
        return self.client.post("/api/desk/keys", json=said, headers=self.head)

    def send(self, case: str, step: str, happened_at: str, name: str = "1") -> dict[str, Any]:
        """Send what was done on it; return what became of that."""
        intent = {
            "client_id": f"i{name}", "case": case, "step": step, "key": self.key, "body": {},
            "happened_at": happened_at, "signature": "of the phone",
        }  # fmt: skip
        answer = self.client.post("/api/intents", json={"intents": [intent]}, headers=self.head)
        assert answer.status_code == 200, answer.text
        (result,) = answer.json()["results"]
        return dict(result)


def phone(web: Web, member: Member, seed: int = 1) -> Phone:
    """Return a phone somebody sits at, its key made by itself."""
    del web
    raw = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32).public_key().public_bytes_raw()
    public = {"crv": "Ed25519", "kty": "OKP", "x": plain(raw)}
    name = plain(hashlib.sha256(encode(public)).digest())
    return Phone(name, public, member.client, {"accept": "application/json", **member.bearer})


def plain(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def post(who: Member, path: str, **fields: str) -> Any:
    form = {"csrf": who.csrf, **fields}
    return who.client.post(path, data=form, follow_redirects=False)


def handsets(web: Web, member: Member) -> list[identity.Handset]:
    with web.world.desk() as desk:
        return identity.handsets_of(desk, member.person)


def told(web: Web, member: Member) -> list[str]:
    """Return which messages about phones lie in somebody's inbox, oldest first."""
    with web.world.desk() as desk:
        found = notice.inbox(desk, member.person)
    return [one.code.removeprefix("handset.") for one in reversed(found)]


def kinds(web: Web, member: Member) -> list[str]:
    with web.world.desk() as desk:
        return [one.kind.removeprefix("identity.") for one in story(desk, member.person)]


def aboard(web: Web) -> tuple[Member, Member, str]:
    """A crew, their duty officer, and a case whose boat was sent."""
    boat = web.boat("蓝样03", 121.64, 28.62)
    crew = web.member("marine_waste.crew", name="林样本", unit=boat)
    fisher, duty = web.member(), web.member("marine_waste.duty", name="陈值班")
    case = str(fisher.client.post("/api/cases", json=ASKED, headers=fisher.bearer).json()["id"])
    web.world.drain()
    return crew, duty, case


def now(web: Web, **ago: int) -> str:
    return (web.world.clock.now() - timedelta(**ago)).isoformat()


def shown_code(page: str) -> str:
    """Return the code a page shows."""
    found = re.search(r"\b(\d{4}) (\d{4})\b", page)
    assert found is not None
    return "".join(found.groups())


# Setting one up


def test_a_phone_is_set_up_a_moment_after_signing_in_and_seen_by_its_person(web: Web) -> None:
    member = web.member()

    assert phone(web, member).set_up().status_code == 200

    page = member.client.get(PAGE).text
    assert "示例手机" in page
    assert "最近使用" in page
    assert told(web, member) == ["enrolled"]
    assert "HandsetEnrolled" in kinds(web, member)


def test_it_is_met_again_and_not_set_up_twice(web: Web) -> None:
    member = web.member()
    mine = phone(web, member)
    mine.set_up()
    (before,) = handsets(web, member)
    web.world.clock.turn(minutes=11)

    assert mine.set_up().status_code == 200

    (after,) = handsets(web, member)
    assert (after.id, after.seen_at) == (before.id, web.world.clock.now())
    assert told(web, member) == ["enrolled"]


def test_later_a_new_phone_wants_a_code(web: Web) -> None:
    member = web.member()
    web.world.clock.turn(minutes=11)

    answer = phone(web, member).set_up()

    assert (answer.status_code, answer.json()["code"]) == (403, "identity.handset_unproved")
    assert handsets(web, member) == []


def test_a_code_of_ones_own_sets_one_phone_up_and_no_second(web: Web) -> None:
    member = web.member()
    code = shown_code(post(member, f"{PAGE}/code").text)
    web.world.clock.turn(minutes=9)

    first = phone(web, member).set_up(code=f"{code[:4]} {code[4:]}")
    second = phone(web, member, seed=2).set_up(code=code)

    assert (first.status_code, second.status_code) == (200, 403)
    assert len(handsets(web, member)) == 1


def test_a_code_is_kept_as_a_mark_only(web: Web) -> None:
    member = web.member()

    code = shown_code(post(member, f"{PAGE}/code").text)

    kept = web.world.fetch("SELECT * FROM handset_code")
    journal = web.world.fetch("SELECT body FROM journal")
    assert len(kept) == 1
    assert code not in f"{kept} {journal}"


def test_a_code_is_good_for_ten_minutes(web: Web) -> None:
    member = web.member()
    code = shown_code(post(member, f"{PAGE}/code").text)
    web.world.clock.turn(minutes=11)

    answer = phone(web, member).set_up(code=code)

    assert answer.json()["code"] == "identity.wrong_code"


def test_a_code_is_nobody_elses(web: Web) -> None:
    member, other = web.member(), web.member(name="王样例")
    code = shown_code(post(member, f"{PAGE}/code").text)

    assert phone(web, other).set_up(code=code).status_code == 403
    assert handsets(web, other) == []


def test_after_five_wrong_codes_the_right_one_counts_no_more(web: Web) -> None:
    member = web.member()
    code = shown_code(post(member, f"{PAGE}/code").text)
    wrong = f"{(int(code) + 1) % 10**8:08}"

    tries = [phone(web, member).set_up(code=wrong).status_code for _ in range(5)]

    assert tries == [403] * 5
    assert phone(web, member).set_up(code=code).status_code == 403


def test_a_duty_officer_makes_a_code_for_somebody_of_a_crew(web: Web) -> None:
    crew, duty, _ = aboard(web)
    web.world.clock.turn(minutes=11)

    page = post(duty, f"{CREWS}/code", person=crew.person).text
    answer = phone(web, crew).set_up(code=shown_code(page))

    assert answer.status_code == 200
    assert told(web, crew)[-2:] == ["code", "enrolled"]
    made = web.world.fetch("SELECT body FROM journal WHERE kind = 'identity.HandsetCodeMade'")
    assert duty.person in str(made)


def test_a_shared_phone_stays_whose_it_was(web: Web) -> None:
    first, second = web.member(), web.member(name="王样例")
    phone(web, first).set_up()

    answer = phone(web, second).set_up()

    assert answer.status_code == 200
    assert (len(handsets(web, first)), handsets(web, second)) == (1, [])
    with web.world.desk() as desk:
        assert not is_held(desk, phone(web, second).key, second.person)


# Revoking one


def test_a_lost_phone_is_revoked_by_its_person_and_opens_nothing_more(web: Web) -> None:
    member, at = web.member(), browser(web)
    phone(web, member).set_up()
    at.enter(member.login)
    (held,) = handsets(web, member)

    at.post(f"{PAGE}/revoke", handset=held.id)

    answer = member.client.get("/api/tasks", headers=member.bearer)
    assert (answer.status_code, answer.json()["code"]) == (410, "identity.handset_ended")
    assert at.signed_in
    assert "示例手机" not in at.client.get(PAGE).text
    assert told(web, member) == ["enrolled", "revoked"]


def test_nobody_revokes_the_phone_of_somebody_else(web: Web) -> None:
    owner, other = web.member(name="王样例"), web.member()
    phone(web, owner).set_up()
    (held,) = handsets(web, owner)

    assert post(other, f"{PAGE}/revoke", handset=held.id).status_code == 404
    assert handsets(web, owner) == [held]


@pytest.mark.parametrize("what", ["code", "revoke"])
def test_a_form_of_another_page_does_nothing(web: Web, what: str) -> None:
    member = web.member()
    phone(web, member).set_up()
    (held,) = handsets(web, member)
    form = {"csrf": "of somebody else", "handset": held.id}

    assert member.client.post(f"{PAGE}/{what}", data=form).status_code == 403
    assert handsets(web, member) == [held]


def test_a_duty_officer_revokes_a_phone_that_a_crew_lost_and_they_are_told(web: Web) -> None:
    crew, duty, _ = aboard(web)
    phone(web, crew).set_up()
    (held,) = handsets(web, crew)

    assert "示例手机" in duty.client.get(CREWS).text
    answer = post(duty, f"{CREWS}/revoke", person=crew.person, handset=held.id)

    assert answer.headers["location"] == CREWS
    assert handsets(web, crew) == []
    assert told(web, crew)[-1] == "revoked_by_officer"
    revoked = web.world.fetch("SELECT body FROM journal WHERE kind = 'identity.HandsetRevoked'")
    assert duty.person in str(revoked)


@pytest.mark.parametrize("what", ["code", "revoke"])
def test_a_duty_officer_reaches_crews_of_units_they_see_and_nobody_else(
    web: Web, what: str
) -> None:
    _, duty, _ = aboard(web)
    stranger = web.member(name="王样例")
    phone(web, stranger).set_up()
    (held,) = handsets(web, stranger)

    answer = post(duty, f"{CREWS}/{what}", person=stranger.person, handset=held.id)

    assert answer.status_code == 404
    assert handsets(web, stranger) == [held]


def test_a_duty_officer_ends_the_key_of_a_boats_device(web: Web) -> None:
    crew, duty, _ = aboard(web)
    unit = web.subject(crew).unit
    with web.world.desk() as desk:
        units.issue_key(desk, units.UnitId(str(unit)))

    assert "设备密钥" in duty.client.get(CREWS).text
    assert post(duty, f"{CREWS}/unit", unit=str(unit)).status_code == 303

    with web.world.desk() as desk:
        assert units.key_holders(desk, [str(unit)]) == {}
    assert "设备没有密钥" in duty.client.get(CREWS).text


# Heard of late


def lost(web: Web) -> tuple[Phone, Member, str]:
    """A crew's phone that was revoked an hour after it was set up; they signed in on it again."""
    crew, duty, case = aboard(web)
    mine = phone(web, crew)
    mine.set_up()
    web.world.clock.turn(minutes=20)
    (held,) = handsets(web, crew)
    post(duty, f"{CREWS}/revoke", person=crew.person, handset=held.id)
    web.world.clock.turn(minutes=5)
    again = browser(web)
    again.enter(crew.login)
    csrf = identity.csrf_for(again.client.cookies["zhouqiao"])
    headers = {"x-csrf-token": csrf, "accept": "application/json"}
    return Phone(mine.key, mine.public, again.client, headers), crew, case


def test_a_revoked_phone_is_set_up_no_more_by_the_key_it_had(web: Web) -> None:
    mine, crew, _ = lost(web)

    answer = mine.set_up()

    assert (answer.status_code, answer.json()["code"]) == (410, "identity.handset_ended")
    with web.world.desk() as desk:
        assert not is_held(desk, mine.key, crew.person)


def test_what_it_did_before_is_kept_for_a_person_and_takes_no_step(web: Web) -> None:
    mine, crew, case = lost(web)
    web.world.drain()
    with web.world.desk() as desk:
        before = cases.get(desk, case)

    result = mine.send(case, "sent_to_under_way", now(web, minutes=20))

    assert result["status"] == "kept"
    assert "停用以前" in result["words"]
    with web.world.desk() as desk:
        assert cases.get(desk, case).nth == before.nth
        (kept,) = [one for one in evidence.of_case(desk, case) if one.why is not None]
    assert (kept.by, kept.why) == (crew.person, "identity.handset_late")
    assert "late" in told(web, crew)


def test_what_it_did_after_is_refused_in_words_and_written_down(web: Web) -> None:
    mine, crew, case = lost(web)

    results = [mine.send(case, "sent_to_under_way", now(web, minutes=n), str(n)) for n in (5, 1)]

    assert [it["status"] for it in results] == ["refused", "refused"]
    assert "不算数" in results[0]["words"]
    assert kinds(web, crew).count("HandsetRefused") == 2
    assert told(web, crew).count("late") == 1
    with web.world.desk() as desk:
        assert evidence.of_case(desk, case) == []


def test_what_it_did_while_in_use_stays_done(web: Web) -> None:
    crew, duty, case = aboard(web)
    mine = phone(web, crew)
    mine.set_up()
    assert mine.send(case, "sent_to_under_way", now(web))["status"] == "done"
    (held,) = handsets(web, crew)

    post(duty, f"{CREWS}/revoke", person=crew.person, handset=held.id)

    with web.world.desk() as desk:
        assert cases.get(desk, case).state == "under_way"


def test_on_another_phone_the_same_person_goes_on(web: Web) -> None:
    mine, _, case = lost(web)
    other = Phone("of another phone", {}, mine.client, mine.head)

    assert other.send(case, "sent_to_under_way", now(web))["status"] == "done"
