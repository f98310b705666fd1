"""Secrets, tokens and counters, without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhouqiao.base import Invalid
from zhouqiao.platform.identity.declare import LockPolicy, PasswordPolicy, SessionKind
from zhouqiao.platform.identity.model import PersonId
from zhouqiao.platform.identity.session import model
from zhouqiao.platform.identity.session.model import Session, SessionId, Tries

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "password",
    ["Wan-ju-2026-xiao", "一艘船 两个人 三张网 四根缆绳 五", "correct horse battery staple"],
)
def test_a_good_password_is_taken(password: str) -> None:
    assert model.check_password(password, "lin", PasswordPolicy()) == password


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("Ab1-short", "password_length"),
        ("x" * 129, "password_length"),
        ("aaaaaaaaaaaaaaaaaaaa", "easily_guessed"),
        ("Lin-yangben-1", "easily_guessed"),
        ("My-Password-1", "easily_guessed"),
        ("alllowercase", "too_simple"),
        ("lower12345", "too_simple"),
    ],
)
def test_a_bad_password_is_refused_and_never_repeated(password: str, why: str) -> None:
    with pytest.raises(Invalid) as told:
        model.check_password(password, "LIN", PasswordPolicy())

    assert told.value.why == why
    assert password not in str(told.value)


def test_a_secret_fits_its_own_password_however_it_was_typed() -> None:
    kept = model.hash_secret("Wan-ju-2026-xiao", b"sixteen bytes!!!")

    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert model.secret_fits(kept, "Ｗan-ju-2026-xiao")
    assert not model.secret_fits(kept, "wan-ju-2026-xiao")
    assert not model.secret_fits(model.DECOY, "Wan-ju-2026-xiao")
    assert not model.secret_fits("not a hash", "Wan-ju-2026-xiao")


def test_each_further_wrong_secret_waits_twice_as_long_and_at_most_an_hour() -> None:
    tries, waits = Tries(login="x"), []
    for _ in range(14):
        tries = tries.after_failure(NOW, LockPolicy())
        waits.append(tries.locked_until and (tries.locked_until - NOW).total_seconds() / 60)

    assert waits == [None] * 4 + [1, 2, 4, 8, 16, 32, 60, 60, 60, 60]


def test_a_day_after_the_last_wrong_secret_the_count_begins_anew() -> None:
    tries = Tries(login="x", failures=9, last_at=NOW)

    assert tries.after_failure(NOW + timedelta(hours=25), LockPolicy()).failures == 1


@given(st.integers(min_value=0, max_value=100_000))
def test_no_count_of_wrong_secrets_breaks_the_clock(failures: int) -> None:
    tries = Tries(login="x", failures=failures, last_at=NOW).after_failure(NOW, LockPolicy())

    assert tries.locked_until is None or tries.locked_until - NOW <= timedelta(hours=1)


def test_a_form_fits_only_the_session_whose_page_it_came_from() -> None:
    token, other = model.token_from("331002", b"k" * 32), model.token_from("331002", b"l" * 32)

    assert model.csrf_fits(token, model.csrf_for(token))
    assert not model.csrf_fits(other, model.csrf_for(token))
    assert not model.csrf_fits(token, "é")
    assert token not in model.csrf_for(token)


@pytest.mark.parametrize("text", ["", ".", "331002", "331002.", "x.y", "３３.y"])
def test_what_is_not_shaped_like_a_token_names_no_cell(text: str) -> None:
    assert model.cell_of(text) is None


def test_a_token_names_its_cell_and_is_kept_only_as_a_hash() -> None:
    token = model.token_from("331002", b"k" * 32)

    assert model.cell_of(token) == "331002"
    assert len(model.token_digest(token)) == 64
    assert token not in model.token_digest(token)


@pytest.mark.parametrize(
    ("unused", "alive"), [(timedelta(minutes=29), True), (timedelta(minutes=30), False)]
)
def test_a_session_lives_while_it_is_used(unused: timedelta, *, alive: bool) -> None:
    session = Session(
        id=SessionId("session_1"),
        person=PersonId("person_1"),
        kind=SessionKind.WEB,
        token="",
        opened_at=NOW,
        seen_at=NOW,
    )

    assert session.alive(NOW + unused) is alive


def test_an_issued_token_does_not_show_itself() -> None:
    session = Session(
        id=SessionId("session_1"),
        person=PersonId("person_1"),
        kind=SessionKind.WEB,
        token="",
        opened_at=NOW,
        seen_at=NOW,
    )

    assert "hidden" not in repr(model.Issued(session=session, token="hidden"))  # noqa: S106
