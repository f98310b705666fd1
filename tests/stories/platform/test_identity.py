"""Stories of people, posts and sessions."""

from datetime import date

import pytest

from zhouqiao.base import Invalid, Personal, Refusal
from zhouqiao.platform import identity
from zhouqiao.platform.identity import (
    Body,
    BodyKind,
    Breadth,
    Certificate,
    Issued,
    Level,
    Post,
    SessionKind,
)
from zhouqiao.store import Desk, Subject, story, system
from zhouqiao.testing import World

CELL = "331002"
SECRET = "Wan-ju-2026-xiao"  # noqa: S105 - made up
ISSUER = "https://issuer.example"


def a_person(desk: Desk, name: str = "江示例", **more: str) -> identity.PersonId:
    values = {"name": Personal(name)} | {key: Personal(value) for key, value in more.items()}
    return identity.register_person(desk, values)


def a_body(desk: Desk, key: str = "marine") -> Body:
    return identity.register_body(
        desk,
        Body(
            key=key,
            name="示例海洋局",
            uscc="11330105002500287C",
            level=Level.COUNTY,
            division=CELL,
            kind=BodyKind.DEPARTMENT,
        ),
    )


def a_post(
    desk: Desk, body: Body, role: str = "kernel.duty_officer", breadth: Breadth = Breadth.AREA
) -> Post:
    return identity.open_post(desk, Post(body=body.id, role=role, area=CELL, breadth=breadth))


def signed_in(desk: Desk, person: identity.PersonId, login: str = "jiang.shili") -> Issued:
    identity.open_account(desk, person, login, SECRET, must_change=False)
    issued = identity.sign_in(desk, login, SECRET)
    assert isinstance(issued, Issued)
    return issued


def test_an_officer_acts_at_one_post_and_sees_its_area_only(world: World):
    with world.desk() as desk:
        person, body = a_person(desk), a_body(desk)
        post = a_post(desk, body)
        identity.appoint(desk, person, post.id)
        first = signed_in(desk, person)

        moved = identity.act_as(desk, first.session, post.id)
        subject = identity.subject_for(desk, identity.resolve(desk, moved.token))

        assert subject.reach == "marine/331002"
        assert [seat.role for seat in subject.seats] == ["kernel.duty_officer"]
        assert moved.token != first.token
        with pytest.raises(identity.SessionEnded):
            identity.resolve(desk, first.token)


def test_a_post_taken_away_is_gone_at_the_next_act(world: World):
    with world.desk() as desk:
        person, body = a_person(desk), a_body(desk)
        post = a_post(desk, body)
        identity.appoint(desk, person, post.id)
        issued = identity.act_as(desk, signed_in(desk, person).session, post.id)

        identity.dismiss(desk, person, post.id)

        subject = identity.subject_for(desk, identity.resolve(desk, issued.token))
        assert subject == Subject(person=person, cell=CELL)


def test_a_certificate_counts_only_while_it_is_in_force(world: World):
    with world.desk() as desk:
        person, body = a_person(desk), a_body(desk)
        post = a_post(desk, body)
        identity.appoint(desk, person, post.id)
        certificate = identity.certify(
            desk,
            Certificate(
                person=person,
                kind="law_enforcement",
                number="样-0001",
                issuer="示例司法局",
                valid_from=date(2026, 1, 1),
                valid_to=world.clock.now().date(),
            ),
            scope="marine/331002",
        )
        issued = identity.act_as(desk, signed_in(desk, person).session, post.id)

        def held() -> tuple[str, ...]:
            session = identity.resolve(desk, issued.token)
            return identity.subject_for(desk, session).seats[0].certificates

        assert held() == ("law_enforcement",)
        identity.withdraw_certificate(desk, certificate.id, "示例原因")
        assert held() == ()


def test_a_wrong_secret_is_counted_and_the_sixth_waits_although_nothing_was_raised(world: World):
    with world.desk() as desk:
        identity.open_account(desk, a_person(desk), "lin", SECRET)

    answers = []
    for _ in range(6):
        with world.desk() as desk:
            answers.append(identity.sign_in(desk, "lin", "not-the-secret"))

    assert all(isinstance(answer, Refusal) for answer in answers)
    assert [a.code for a in answers][:5] == ["identity.sign_in_failed"] * 5
    assert answers[5].code == "identity.too_many_tries"
    with world.desk() as desk:
        assert identity.sign_in(desk, "lin", SECRET).code == "identity.too_many_tries"
    world.clock.turn(minutes=2)
    with world.desk() as desk:
        assert isinstance(identity.sign_in(desk, "LIN ", SECRET), Issued)


def test_a_name_nobody_has_answers_like_one_somebody_has(world: World):
    codes = []
    for _ in range(6):
        with world.desk() as desk:
            codes.append(identity.sign_in(desk, "nobody", "not-the-secret").code)

    assert codes == ["identity.sign_in_failed"] * 5 + ["identity.too_many_tries"]


def test_a_session_ends_unused_after_half_an_hour_and_used_after_half_a_day(world: World):
    with world.desk() as desk:
        person = a_person(desk)
        first = signed_in(desk, person)
        second = identity.sign_in(desk, "jiang.shili", SECRET)
    world.clock.turn(minutes=29)
    with world.desk() as desk:
        identity.resolve(desk, first.token)
    world.clock.turn(minutes=2)

    with world.desk() as desk:
        identity.resolve(desk, first.token)
        with pytest.raises(identity.SessionEnded):
            identity.resolve(desk, second.token)
    for _ in range(25):
        world.clock.turn(minutes=29)
        with world.desk() as desk:
            last = first_or_none(desk, first.token)
    assert last is None


def first_or_none(desk: Desk, token: str) -> identity.Session | None:
    try:
        return identity.resolve(desk, token)
    except (identity.SessionEnded, identity.HandsetEnded):
        return None


def test_a_new_password_ends_every_other_session(world: World):
    with world.desk() as desk:
        person = a_person(desk)
        here = signed_in(desk, person)
        there = identity.sign_in(desk, "jiang.shili", SECRET)

        moved = identity.change_password(desk, here.session, SECRET, "Hai-lang-2027-da")

        assert identity.resolve(desk, moved.token).person == person
        with pytest.raises(identity.SessionEnded):
            identity.resolve(desk, there.token)


def test_until_a_first_secret_is_changed_nobody_sits_anywhere(world: World):
    with world.desk() as desk:
        person, body = a_person(desk), a_body(desk)
        post = a_post(desk, body)
        identity.appoint(desk, person, post.id)
        identity.open_account(desk, person, "lin", SECRET)
        issued = identity.sign_in(desk, "lin", SECRET)

        with pytest.raises(identity.PostNotHeld):
            identity.act_as(desk, issued.session, post.id)

        moved = identity.change_password(desk, issued.session, SECRET, "Hai-lang-2027-da")
        assert identity.act_as(desk, moved.session, post.id).session.post == post.id


def test_a_lost_handset_is_revoked_and_its_sessions_end(world: World):
    with world.desk() as desk:
        person = a_person(desk)
        identity.open_account(desk, person, "lin", SECRET, must_change=False)
        handset = identity.enrol_handset(desk, person, "示例平板", key="its-key")
        issued = identity.sign_in(desk, "lin", SECRET, handset=handset)
        identity.revoke_handset(desk, handset, "lost")

        assert issued.session.kind is SessionKind.HANDSET
        ended = identity.revoked_by_key(desk, "its-key")
        assert (ended.id, ended.revoked_at) == (handset, desk.now())
        assert identity.handsets_of(desk, person) == []
        assert first_or_none(desk, issued.token) is None


def test_an_outside_account_stands_for_one_person_only(world: World):
    with world.desk() as desk:
        one, other = a_person(desk), a_person(desk, "林样本")
        identity.link_external(desk, one, ISSUER, "sub-1")

        issued = identity.sign_in_external(desk, ISSUER, "sub-1")

        assert issued.session.person == one
        with pytest.raises(Refusal, match="already_linked"):
            identity.link_external(desk, other, ISSUER, "sub-1")


def test_subjects_that_differ_by_a_capital_or_a_space_are_two(world: World):
    with world.desk() as desk:
        identity.link_external(desk, a_person(desk), ISSUER, "Sub 1")

        for near in ("sub 1", "Sub1", "Ｓub 1"):
            with pytest.raises(identity.NotLinked):
                identity.sign_in_external(desk, ISSUER, near)
        with pytest.raises(identity.NotLinked):
            identity.sign_in_external(desk, f"{ISSUER} Sub", "1")


def test_a_person_has_one_account_at_an_issuer(world: World):
    with world.desk() as desk:
        person = a_person(desk)
        identity.link_external(desk, person, ISSUER, "sub-1")

        identity.link_external(desk, person, ISSUER, "sub-1")

        with pytest.raises(Refusal, match="linked_otherwise"):
            identity.link_external(desk, person, ISSUER, "sub-2")
        assert [one.issuer for one in identity.links_of(desk, person)] == [ISSUER]


def test_by_what_one_signs_in_is_changed_only_with_a_fresh_proof(world: World):
    with world.desk() as desk:
        begun = signed_in(desk, a_person(desk))
    world.clock.turn(minutes=11)
    with world.desk() as desk, pytest.raises(identity.ProofMissing):
        identity.link_own(desk, begun.session, ISSUER, "sub-1")

    with world.desk() as desk:
        wrong = identity.prove(desk, begun.session, "not-the-secret")
        proved = identity.prove(desk, begun.session, SECRET)

        assert isinstance(wrong, Refusal)
        assert isinstance(proved, Issued)
        linked = identity.link_own(desk, proved.session, ISSUER, "sub-1")
        assert identity.resolve(desk, linked.token).person == begun.session.person
        assert first_or_none(desk, proved.token) is None


def test_an_issuers_word_is_a_proof_only_when_it_asked_anew(world: World):
    with world.desk() as desk:
        identity.link_external(desk, a_person(desk), ISSUER, "sub-1")

        silent = identity.sign_in_external(desk, ISSUER, "sub-1").session

        assert not silent.proved(desk.now())
        assert identity.prove_external(desk, silent, ISSUER, "sub-1").session.proved(desk.now())
        with pytest.raises(identity.NotLinked):
            identity.prove_external(desk, silent, ISSUER, "somebody-else")


def test_an_account_taken_away_opens_nothing_and_ends_the_other_sessions(world: World):
    with world.desk() as desk:
        here = signed_in(desk, a_person(desk))
        identity.link_external(desk, here.session.person, ISSUER, "sub-1")
        there = identity.sign_in_external(desk, ISSUER, "sub-1")

        identity.unlink_own(desk, here.session, ISSUER)

        assert first_or_none(desk, there.token) is None
        with pytest.raises(identity.NotLinked):
            identity.sign_in_external(desk, ISSUER, "sub-1")


def test_nobody_loses_their_last_way_in(world: World):
    with world.desk() as desk:
        identity.open_citizen(desk, ISSUER, "sub-1", Personal("江示例"))
        begun = identity.sign_in_external(desk, ISSUER, "sub-1")
        begun = identity.prove_external(desk, begun.session, ISSUER, "sub-1")

        with pytest.raises(Refusal, match="last_way_in"):
            identity.unlink_own(desk, begun.session, ISSUER)
        linked = identity.link_own(desk, begun.session, "https://other.example", "x")
        identity.unlink_own(desk, linked.session, ISSUER)

        assert [one.issuer for one in identity.links_of(desk, begun.session.person)] == [
            "https://other.example"
        ]


def test_a_first_secret_is_no_proof(world: World):
    with world.desk() as desk:
        identity.open_account(desk, a_person(desk), "lin", SECRET)
        begun = identity.sign_in(desk, "lin", SECRET)

        with pytest.raises(identity.ProofMissing):
            identity.link_own(desk, begun.session, ISSUER, "sub-1")


def test_an_id_card_is_one_persons_and_found_only_when_known_exactly(world: World):
    card = "331002190001010000"  # the check digit would be another
    with world.desk() as desk, pytest.raises(Invalid):
        a_person(desk, id_card=card)
    with world.desk() as desk:
        person = a_person(desk, id_card="33100219000101005X", phone="+86 138-0000-0000")

        assert identity.find_person(desk, "phone", Personal("13800000000")) == [person]
        assert identity.find_person(desk, "id_card", Personal("33100219000101005x")) == [person]
        with pytest.raises(Refusal, match="person_known"):
            a_person(desk, "林样本", id_card="33100219000101005X")


def test_the_auditor_holds_no_other_office(world: World):
    with world.desk() as desk:
        person, body = a_person(desk), a_body(desk)
        identity.appoint(desk, person, a_post(desk, body, "kernel.auditor").id)

        with pytest.raises(Refusal, match="roles_apart"):
            identity.appoint(desk, person, a_post(desk, body).id)


def test_no_personal_value_stands_in_a_fact(world: World):
    with world.desk() as desk:
        person = a_person(desk, phone="13800000000")
        signed_in(desk, person)

        told = b"".join(bytes(envelope.body) for envelope in story(desk, person))

        assert "江示例".encode() not in told
        assert b"13800000000" not in told
        assert b"jiang" not in told


def test_a_citizen_sees_bodies_but_neither_accounts_nor_sessions_of_others(world: World):
    with world.desk() as desk:
        person, other = a_person(desk), a_person(desk, "林样本")
        body = a_body(desk)
        signed_in(desk, person)

    with world.desk(Subject(person=other, cell=CELL)) as desk:
        assert identity.bodies(desk) == [body]
        for table in ("account", "session", "person", "handset"):
            assert desk.rows.all(f"SELECT * FROM {table} WHERE person = %s", (person,)) == []
    with world.desk(system("331003")) as desk:
        assert identity.bodies(desk) == []


def test_a_post_sees_as_far_as_its_breadth(world: World):
    with world.desk() as desk:
        body = a_body(desk)
        reach = {b: a_post(desk, body, breadth=b).reach for b in Breadth}

    assert reach == {
        Breadth.OWN: None,
        Breadth.AREA: "marine/331002",
        Breadth.BODY: "marine/",
        Breadth.CELL: "",
    }
