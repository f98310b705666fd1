"""The relying party of OpenID Connect: what it takes of a provider, and all it does not."""

import base64
import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from zhouqiao.base import Refusal
from zhouqiao.edge.openid import Party, Purpose, Vouched
from zhouqiao.testing import SeededDice, TurningClock
from zhouqiao.testing.issuer import CLIENT, SECRET, Issuer, issuer_on_loopback

HOME = "https://node.example/sign-in/back/province"
Answer = dict[str, str]


@pytest.fixture
def clock() -> TurningClock:
    return TurningClock()


@pytest.fixture
def issuer(clock: TurningClock) -> Iterator[Issuer]:
    with issuer_on_loopback(clock) as found:
        yield found


def party_of(issuer: Issuer, **more: Any) -> Party:
    return Party(issuer.provider(**more), issuer.clock, HOME)


def came_back(address: str) -> Answer:
    """Agree at the provider; return what it sends back."""
    with httpx.Client(trust_env=False) as browser:
        told = browser.get(address).headers["location"]
    return dict(parse_qsl(urlsplit(told).query))


def vouched(
    party: Party, purpose: Purpose = Purpose.SIGN_IN, **bent: str | None
) -> Vouched | Refusal:
    """Go there and back, with what came back bent on the way."""
    try:
        errand, address = party.begin(SeededDice(), purpose)
        answer = {**came_back(address), **bent}
        return party.finish(errand, {k: v for k, v in answer.items() if v is not None})
    except Refusal as refusal:
        return refusal


def why(party: Party, purpose: Purpose = Purpose.SIGN_IN, **bent: str | None) -> str:
    """Return why nobody is vouched for."""
    refusal = vouched(party, purpose, **bent)
    assert isinstance(refusal, Refusal), refusal
    return str(refusal).removeprefix("openid.")


def test_a_provider_that_keeps_the_standard_vouches_for_its_person(issuer: Issuer) -> None:
    found = vouched(party_of(issuer))

    assert found == Vouched(issuer=issuer.address, sub="sub-1")


def test_what_is_asked_names_client_scope_pkce_and_nothing_of_ours(issuer: Issuer) -> None:
    errand, address = party_of(issuer).begin(SeededDice(), Purpose.SIGN_IN, then="/papers")

    asked = dict(parse_qsl(urlsplit(address).query))

    assert asked.pop("code_challenge") != errand.verifier
    assert len(errand.verifier) >= 43
    assert len({errand.state, errand.nonce, errand.verifier}) == 3
    assert asked == {
        "response_type": "code", "client_id": CLIENT, "redirect_uri": HOME, "scope": "openid",
        "state": errand.state, "nonce": errand.nonce, "code_challenge_method": "S256",
    }  # fmt: skip


def test_the_secret_goes_where_the_provider_reads_it(issuer: Issuer) -> None:
    issuer.metadata = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert isinstance(vouched(party_of(issuer)), Vouched)

    issuer.metadata = {"token_endpoint_auth_methods_supported": ["private_key_jwt"]}
    assert why(party_of(issuer)) == "answer_wrong(why=client_auth)"


def test_a_wrong_secret_is_our_fault_and_named_in_the_log(issuer: Issuer) -> None:
    party = party_of(issuer, client_secret="another")  # noqa: S106 - of nobody

    assert why(party) == "answer_wrong(why=token_invalid_client)"


def test_a_name_is_asked_for_only_where_a_citizen_is_to_be_made(issuer: Issuer) -> None:
    issuer.name = "王样例"

    assert vouched(party_of(issuer)) == Vouched(issuer=issuer.address, sub="sub-1")
    found = vouched(party_of(issuer, opens_accounts=True))

    assert isinstance(found, Vouched)
    assert found.name is not None
    assert found.name.value == "王样例"
    assert issuer.asked.count("/userinfo") == 1


def test_what_is_told_of_somebody_else_gives_nobody_a_name(issuer: Issuer) -> None:
    issuer.name, issuer.claims = "王样例", {"sub": "sub-2"}

    assert why(party_of(issuer, opens_accounts=True)) == "answer_wrong(why=userinfo)"


def unsigned(_: Issuer, claims: dict[str, Any]) -> str:
    parts = ({"alg": "none"}, claims)
    told = [base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=") for one in parts]
    return b".".join([*told, b""]).decode()


def with_the_public_key(issuer: Issuer, claims: dict[str, Any]) -> str:
    """The classic: the public key, taken for a shared secret."""
    secret = OctKey.import_key(json.dumps(issuer.key.as_dict(private=False)))
    return jwt.encode({"alg": "HS256", "kid": issuer.key.kid}, claims, secret)


def with_the_clients_secret(issuer: Issuer, claims: dict[str, Any]) -> str:
    secret = OctKey.import_key(SECRET * 4)
    return jwt.encode({"alg": "HS256", "kid": issuer.key.kid}, claims, secret)


def by_somebody_else(issuer: Issuer, claims: dict[str, Any]) -> str:
    key = ECKey.generate_key("P-256")
    return jwt.encode({"alg": "ES256", "kid": issuer.key.kid}, claims, key)


def with_its_own_key_inside(_: Issuer, claims: dict[str, Any]) -> str:
    key = ECKey.generate_key("P-256")
    header = {"alg": "ES256", "kid": "k", "jwk": key.as_dict(private=False)}
    return jwt.encode(header, claims, key)


def cut_short(issuer: Issuer, claims: dict[str, Any]) -> str:
    token = jwt.encode({"alg": "ES256", "kid": issuer.key.kid}, claims, issuer.key)
    return token.rpartition(".")[0]


@pytest.mark.parametrize(
    ("forge", "told"),
    [
        (unsigned, "token_unsupported_algorithm"),
        (with_the_public_key, "token_unsupported_algorithm"),
        (with_the_clients_secret, "token_unsupported_algorithm"),
        (by_somebody_else, "token_bad_signature"),
        (with_its_own_key_inside, "token_invalid_key_id"),
        (cut_short, "token_decode_error"),
    ],
)
def test_a_token_that_the_provider_did_not_sign_is_worth_nothing(
    issuer: Issuer, forge: Callable[[Issuer, dict[str, Any]], str], told: str
) -> None:
    issuer.token = lambda claims: forge(issuer, claims)

    assert why(party_of(issuer)) == f"answer_wrong(why={told})"


@pytest.mark.parametrize(
    ("claims", "told"),
    [
        ({"nonce": "of another"}, "nonce"),
        ({"nonce": None}, "json"),
        ({"aud": "another-client"}, "audience"),
        ({"aud": []}, "audience"),
        ({"aud": [CLIENT, "another"]}, "authorized_party"),
        ({"aud": [CLIENT, "another"], "azp": "another"}, "authorized_party"),
        ({"azp": "another-client"}, "authorized_party"),
        ({"iss": "https://id.example"}, "issuer"),
        ({"iss": None}, "json"),
        ({"sub": None}, "json"),
        ({"sub": ""}, "json"),
        ({"sub": "x" * 256}, "json"),
        ({"sub": 7}, "json"),
        ({"sub": "\ud800"}, "json"),
        ({"exp": None}, "json"),
        ({"exp": True}, "json"),
        ({"exp": float("nan")}, "json"),
        ({"iat": None}, "json"),
    ],
    ids=str,
)
def test_a_token_made_for_something_else_is_worth_nothing(
    issuer: Issuer, claims: dict[str, Any], told: str
) -> None:
    issuer.claims = claims

    assert why(party_of(issuer)) == f"answer_wrong(why={told})"


def test_one_of_several_audiences_who_is_the_authorized_party_may_use_it(issuer: Issuer) -> None:
    issuer.claims = {"aud": ["another", CLIENT], "azp": CLIENT}

    assert isinstance(vouched(party_of(issuer)), Vouched)


@pytest.mark.parametrize(
    ("iat", "exp", "told"),
    [
        (-900, -61, "token_expired()"),
        (-400, -60, "token_expired()"),
        (61, 300, "clock_apart(minutes=1)"),
        (420, 900, "clock_apart(minutes=7)"),
    ],
)
def test_a_token_out_of_its_time_is_worth_nothing(
    issuer: Issuer, clock: TurningClock, iat: int, exp: int, told: str
) -> None:
    now = int(clock.now().timestamp())
    issuer.claims = {"iat": now + iat, "exp": now + exp}

    assert why(party_of(issuer)) == told


@pytest.mark.parametrize(("iat", "exp"), [(-400, -59), (60, 300)])
def test_two_clocks_may_be_a_minute_apart(
    issuer: Issuer, clock: TurningClock, iat: int, exp: int
) -> None:
    now = int(clock.now().timestamp())
    issuer.claims = {"iat": now + iat, "exp": now + exp}

    assert isinstance(vouched(party_of(issuer)), Vouched)


def test_a_token_not_valid_before_a_later_time_waits_for_it(
    issuer: Issuer, clock: TurningClock
) -> None:
    issuer.claims = {"nbf": clock.now().timestamp() + 300}

    assert why(party_of(issuer)) == "clock_apart(minutes=5)"


@pytest.mark.parametrize("seen", [None, 0, -3600])
def test_a_proof_is_one_only_when_the_person_was_asked_anew(
    issuer: Issuer, clock: TurningClock, seen: int | None
) -> None:
    issuer.claims = {"auth_time": None if seen is None else clock.now().timestamp() + seen}

    told = vouched(party_of(issuer), Purpose.PROVE)

    assert isinstance(told, Vouched) == (seen == 0)


def test_keys_that_were_changed_are_looked_up_once_a_minute_at_most(
    issuer: Issuer, clock: TurningClock
) -> None:
    party = party_of(issuer)
    vouched(party)
    issuer.rotate()
    clock.turn(minutes=2)

    assert isinstance(vouched(party), Vouched)
    assert issuer.asked.count("/jwks") == 2
    issuer.header = {"kid": "nobody-knows"}
    assert {why(party) for _ in range(3)} == {"answer_wrong(why=token_invalid_key_id)"}
    assert issuer.asked.count("/jwks") == 2
    clock.turn(minutes=1)
    assert {why(party) for _ in range(3)} == {"answer_wrong(why=token_invalid_key_id)"}
    assert issuer.asked.count("/jwks") == 3


def test_a_key_that_was_taken_back_signs_nothing_after_an_hour(
    issuer: Issuer, clock: TurningClock
) -> None:
    party, lost = party_of(issuer), issuer.key
    vouched(party)
    issuer.rotate()
    clock.turn(hours=1)
    issuer.token = lambda claims: jwt.encode({"alg": "ES256", "kid": lost.kid}, claims, lost)

    assert why(party) == "answer_wrong(why=token_invalid_key_id)"


def test_a_sender_is_who_it_is_and_is_named_where_that_was_promised(issuer: Issuer) -> None:
    assert why(party_of(issuer), iss="https://evil.example") == "answer_wrong(why=sender)"
    assert why(party_of(issuer), iss=None) == "answer_wrong(why=sender)"
    assert "/token" not in issuer.asked

    issuer.metadata = {"authorization_response_iss_parameter_supported": None}
    assert isinstance(vouched(party_of(issuer), iss=None), Vouched)


def test_an_answer_to_another_question_is_none(issuer: Issuer) -> None:
    assert why(party_of(issuer), state="of another") == "state_wrong()"
    assert why(party_of(issuer), state=None) == "state_wrong()"
    assert "/token" not in issuer.asked


def test_what_a_provider_refuses_is_told_by_its_own_code_or_none(issuer: Issuer) -> None:
    party = party_of(issuer)

    assert why(party, error="access_denied") == "declined(why=access_denied)"
    assert why(party, error="x\nfaked: a line of the log") == "declined(why=unnamed)"
    assert why(party, error="temporarily_unavailable") == "provider_away()"


def test_a_provider_cannot_name_another_issuer(issuer: Issuer) -> None:
    issuer.metadata = {"issuer": "https://id.example"}

    assert why(party_of(issuer)) == "answer_wrong(why=issuer)"


@pytest.mark.parametrize(
    "name",
    ["authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint",
     "end_session_endpoint"],
)  # fmt: skip
def test_nothing_is_asked_and_nobody_sent_beyond_a_providers_own_places(
    issuer: Issuer, name: str
) -> None:
    party = party_of(issuer)
    for place in (
        "http://169.254.169.254/latest", "https://evil.example/x", "file:///etc/passwd",
        "//evil/x", "{}@evil.example/", "{}\\@evil.example/", "{}0/", "{}#",
    ):  # fmt: skip
        issuer.metadata = {name: place.format(issuer.address)}
        assert why(party) == "answer_wrong(why=origin)", place

    assert set(issuer.asked) == {"/.well-known/openid-configuration"}


def test_a_provider_may_have_more_places_where_the_node_is_told_of_them(
    issuer: Issuer, clock: TurningClock
) -> None:
    with issuer_on_loopback(clock) as beside:
        issuer.metadata = {"end_session_endpoint": f"{beside.address}/end"}

        way_out = party_of(issuer, also_at=(beside.address,)).way_out("https://node.example/")

    assert way_out is not None
    assert way_out.startswith(f"{beside.address}/end?client_id={CLIENT}")


def test_where_a_provider_has_no_way_out_there_is_none(issuer: Issuer) -> None:
    issuer.metadata = {"end_session_endpoint": None}

    assert party_of(issuer).way_out("https://node.example/") is None


def test_a_provider_does_not_send_us_elsewhere(issuer: Issuer) -> None:
    issuer.broken = 303

    assert why(party_of(issuer)) == "answer_wrong(why=status_303)"
    assert issuer.asked == ["/.well-known/openid-configuration"]


def test_an_answer_without_end_is_not_read_to_its_end(issuer: Issuer) -> None:
    issuer.metadata = {"filler": "x" * 300_000}

    assert why(party_of(issuer)) == "answer_wrong(why=too_large)"


def test_a_provider_without_pkce_is_not_used(issuer: Issuer) -> None:
    issuer.metadata = {"code_challenge_methods_supported": ["plain"]}

    assert why(party_of(issuer)) == "answer_wrong(why=no_pkce)"


def test_a_provider_that_does_not_answer_is_left_in_peace_for_a_while(
    issuer: Issuer, clock: TurningClock
) -> None:
    party, issuer.broken = party_of(issuer), 0

    assert [why(party) for _ in range(3)] == ["provider_away()"] * 3
    assert len(issuer.asked) == 1
    issuer.broken = None
    clock.turn(seconds=10)

    assert isinstance(vouched(party), Vouched)


def test_a_provider_in_trouble_is_away_and_asked_again_by_the_next(issuer: Issuer) -> None:
    party, issuer.broken = party_of(issuer), 503
    assert why(party) == "provider_away()"
    issuer.broken = None

    assert isinstance(vouched(party), Vouched)
