"""Bad input: a clear refusal in the person's language, and nothing lost or changed."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from stories.portal.handover import HANDOVER, HERE, NOW, pen
from zhouqiao.base import Mass, Point, Refusal
from zhouqiao.edge.portal.door import Visitor
from zhouqiao.edge.portal.refusals import in_words
from zhouqiao.edge.portal.words import LANGS, words
from zhouqiao.flow import case as cases
from zhouqiao.flow import dispatch, ledger
from zhouqiao.flow.ledger.model import Entry
from zhouqiao.platform import document
from zhouqiao.platform import unit as units
from zhouqiao.platform.unit import Compartment, Licence, Shift, Unit, UnitKind
from zhouqiao.testing.web import Member, Web

ASHORE = {"lon": 121.0, "lat": 28.85}
OFF_CHART = {"lon": 100.0, "lat": 20.0}
EVIL = "';DROP TABLE cases;--<b>{{7*7}}</b>"
KEPT = ("cases", "journal", "evidence", "ledger_line", "outcome_grant", "outcome_paper", "signal")


def kept(web: Web) -> dict[str, int]:
    """Count everything that must not change when something is refused."""
    return {table: web.world.fetch(f"SELECT count(*) AS n FROM {table}")[0]["n"] for table in KEPT}


def refused(web: Web, who: Member, path: str, body: object, status: int, code: str) -> None:
    """Send something twice, as a Chinese and as an English reader; nothing may come of it."""
    before = kept(web)
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    for lang in LANGS:
        headers = who.bearer | {"accept-language": lang, "content-type": "application/json"}
        answer = who.client.post(path, content=raw, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
        assert told(lang, answer.json()["said"])
    assert kept(web) == before


def told(lang: str, sentence: str) -> bool:
    """Say whether somebody is really told something, in their language."""
    chinese = any("一" <= letter <= "鿿" for letter in sentence)
    unnamed = words("zh" if lang == "zh" else "en")("refusal.portal.unnamed")
    return bool(sentence) and sentence != unnamed and chinese == (lang == "zh")


def in_both(web: Web, refusal: Refusal) -> None:
    """Hold a refusal of a command nobody has a page for yet to the same."""
    del web
    assert all(told(lang, in_words(Visitor(lang=lang), refusal)) for lang in LANGS)


def request(**other: Any) -> dict[str, Any]:
    """A request as a program sends it, with something else in it."""
    record: dict[str, Any] = {
        "vessel": "浙椒渔00000", "place": HERE,
        "kinds": [{"kind": "plastic", "mass": {"kg": "12"}}],
    }  # fmt: skip
    record |= {name: value for name, value in other.items() if name in record}
    whole = {"procedure": "marine_waste.pickup", "key": "k1", "record": record}
    return whole | {name: value for name, value in other.items() if name not in record}


@pytest.fixture
def fisher(web: Web) -> Member:
    """A fisher, signed in."""
    return web.member()


@pytest.mark.parametrize(
    ("place", "code"), [(ASHORE, "place.on_land"), (OFF_CHART, "place.outside_chart")]
)
def test_a_request_from_where_no_boat_can_come_is_refused(
    web: Web, fisher: Member, place: dict[str, float], code: str
) -> None:
    refused(web, fisher, "/api/cases", request(place=place), 409, code)


@pytest.mark.parametrize(
    "kg", ["-5", "1000000000", "0", "NaN", "Infinity", "1e400", "twelve", "12kg", ""]
)
def test_a_weight_that_cannot_be_is_refused(web: Web, fisher: Member, kg: str) -> None:
    body = request(kinds=[{"kind": "plastic", "mass": {"kg": kg}}])

    refused(web, fisher, "/api/cases", body, 422, "document.form_faults")


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"key": NaN}', b'{"a":' * 5000, b'{"procedure": 3}'],
)
def test_what_is_no_request_is_refused(web: Web, fisher: Member, raw: bytes) -> None:
    refused(web, fisher, "/api/cases", raw, 400, "portal.http_400")


def test_fifty_megabytes_are_too_much(web: Web, fisher: Member) -> None:
    body = json.dumps(request(vessel="x" * 50_000_000)).encode()

    refused(web, fisher, "/api/cases", body, 413, "portal.http_413")


def test_a_character_that_cannot_be_kept_is_refused(web: Web, fisher: Member) -> None:
    refused(web, fisher, "/api/cases", request(key="k\0"), 422, "invalid")


def test_a_time_before_all_calendars_is_refused(web: Web, fisher: Member) -> None:
    body = request(happened_at="0001-01-01T00:00:00+14:00")

    refused(web, fisher, "/api/cases", body, 422, "invalid")


def test_a_request_sent_twice_is_one_case(web: Web, fisher: Member) -> None:
    first, second = (
        fisher.client.post("/api/cases", json=request(), headers=fisher.bearer).json()
        for _ in range(2)
    )

    assert first == second
    assert kept(web)["cases"] == 1


def test_the_wrong_signer_is_refused(web: Web, fisher: Member) -> None:
    case, crew = met(web, fisher)
    stranger = web.member(name="王样例")

    hands = [pen(web, case, "crew", crew), pen(web, case, "fisher", stranger)]

    body = {"key": "h", "record": HANDOVER, "signatures": hands}
    refused(web, crew, step(case, "met_to_handed_over"), body, 403, "not_allowed")


def test_a_signature_under_something_else_is_refused(web: Web, fisher: Member) -> None:
    case, crew = met(web, fisher)
    hands = [pen(web, case, "crew", crew), pen(web, case, "fisher", fisher)]

    body = {"key": "h", "record": HANDOVER, "signatures": [hands[0], hands[1] | {"covers": "0"}]}

    refused(web, crew, step(case, "met_to_handed_over"), body, 422, "document.signature_fault")


def test_somebody_of_another_boat_is_refused(web: Web, fisher: Member) -> None:
    case, _ = met(web, fisher)
    other = web.member("marine_waste.crew", name="林样本", unit=boat(web, "蓝样09"))

    body = {"key": "h", "record": HANDOVER}

    refused(web, other, step(case, "met_to_handed_over"), body, 404, "case.not_found")


def test_a_step_out_of_order_is_kept_and_moves_nothing(web: Web, fisher: Member) -> None:
    case, crew = met(web, fisher)

    answers = [
        crew.client.post(
            step(case, "sent_to_under_way"), json={"key": "again"}, headers=crew.bearer
        ).json()
        for _ in range(2)
    ]

    assert [one["status"] for one in answers] == ["kept", "kept"]
    assert answers[0]["code"] == "case.step_not_open"
    assert answers[0] == answers[1]
    assert stands(web, case) == "met"


def test_a_step_sent_twice_is_taken_once(web: Web, fisher: Member) -> None:
    case, crew = met(web, fisher)
    hands = [pen(web, case, "crew", crew), pen(web, case, "fisher", fisher)]
    body = {"key": "h", "record": HANDOVER, "signatures": hands}

    for _ in range(3):
        answer = crew.client.post(step(case, "met_to_handed_over"), json=body, headers=crew.bearer)
        assert answer.json()["status"] == "done", answer.text
    web.world.drain()

    assert kept(web)["outcome_grant"] == kept(web)["outcome_paper"] == 1


def test_a_key_that_named_something_else_is_refused(web: Web, fisher: Member) -> None:
    case, crew = met(web, fisher)

    body = {"key": "m", "record": {"reason": "船上没有"}}

    refused(web, crew, step(case, "met_to_cancelled"), body, 422, "invalid")


def test_a_posting_by_hand_that_does_not_balance_is_refused(web: Web) -> None:
    before = kept(web)
    entries = [
        Entry(book="waste", account="boat", kind="plastic", quantity=Mass.of(5)),
        Entry(book="waste", account="depot", kind="plastic", quantity=Mass.of(4), out=True),
    ]

    with pytest.raises(Refusal) as caught, web.world.desk() as desk:
        ledger.post_manual(desk, entries, scope="marine/331002", reason="试")

    assert caught.value.code == "ledger.unbalanced"
    in_both(web, caught.value)
    assert kept(web) == before


def test_a_boat_whose_licence_has_expired_is_not_sent(web: Web, fisher: Member) -> None:
    expired = boat(web, "蓝样01", until=date(2026, 10, 13))
    body = request(kinds=[{"kind": "waste_oil", "mass": {"kg": "12"}}])

    case = fisher.client.post("/api/cases", json=body, headers=fisher.bearer).json()["id"]
    web.world.drain()

    with web.world.desk() as desk:
        made = dispatch.plan(desk, *_dispatch(desk, case))
    assert made.unit is None
    assert [(one.unit, one.lacks) for one in made.tried] == [
        (expired, ("licence:hazardous_waste",))
    ]


@pytest.mark.parametrize("name", ["R-2026-00000001", "paper_00", "../../etc/passwd", EVIL])
def test_a_forged_paper_does_not_verify(web: Web, name: str) -> None:
    with pytest.raises(Refusal) as caught, web.world.desk() as desk:
        document.proof.verify(desk, name)
    in_both(web, caught.value)

    page = web.stranger().get("/verify", params={"paper": name})

    assert page.status_code in {200, 404}
    assert EVIL not in page.text


@pytest.mark.parametrize("raw", [b"", b"%PDF-1.7 forged", b'{"form": {}}', b"\0" * 1000])
def test_forged_bytes_do_not_verify(web: Web, raw: bytes) -> None:
    with web.world.desk() as desk:
        assert not document.proof.verify_file(desk, raw).genuine


def test_sql_and_script_are_kept_as_words_and_shown_as_words(web: Web, fisher: Member) -> None:
    vessel = EVIL[:20]
    body = request(vessel=vessel, key=EVIL) | {"happened_at": NOW}
    body["record"]["berth"] = EVIL

    case = fisher.client.post("/api/cases", json=body, headers=fisher.bearer).json()
    web.world.drain()

    assert (case["record"]["vessel"], case["record"]["berth"]) == (vessel, EVIL)
    assert kept(web)["cases"] == 1
    duty = web.member("marine_waste.duty")
    for who, path in (
        (fisher, "/"), (fisher, f"/cases/{case['id']}"), (fisher, "/cases"), (duty, "/command"),
        (duty, "/command/queue"), (duty, f"/command/cases/{case['id']}"),
        (duty, f"/command/cases/{case['id']}/story"),
    ):  # fmt: skip
        page = who.client.get(path, headers={"accept": "text/html"})
        assert page.status_code == 200, (path, page.text[:300])
        assert "<b>{{7*7}}" not in page.text, path
        assert "<b>49</b>" not in page.text, path


@pytest.mark.parametrize("text", [EVIL, "<script>alert(1)</script>", "%00", "\u202e", "' OR 1=1"])
@pytest.mark.parametrize(
    "path", ["/api/cases?state={}", "/api/cases?procedure={}", "/api/search?q={}", "/verify/{}"]
)
def test_sql_and_script_in_an_address_are_words_too(
    web: Web, fisher: Member, path: str, text: str
) -> None:
    before = kept(web)

    answer = fisher.client.get(path.format(text.replace("%", "%25")), headers=fisher.bearer)

    assert answer.status_code < 500, answer.text
    assert "<script>alert(1)" not in answer.text
    assert kept(web) == before


def met(web: Web, fisher: Member) -> tuple[str, Member]:
    """A case whose boat lies alongside, and its crew."""
    crew = web.member("marine_waste.crew", name="林样本", unit=boat(web, "蓝样03"))
    case = fisher.client.post("/api/cases", json=request(), headers=fisher.bearer).json()["id"]
    web.world.drain()
    for name, body in (
        ("sent_to_under_way", {"key": "s"}),
        ("under_way_to_met", {"key": "m", "record": {"place": HERE}}),
    ):
        answer = crew.client.post(step(case, name), json=body, headers=crew.bearer)
        assert answer.json()["status"] == "done", answer.text
    return case, crew


def boat(web: Web, name: str, *, until: date = date(2027, 1, 1)) -> str:
    """A boat off the port, on duty, with a licence in force until some day."""
    now = web.world.clock.now()
    hold = Compartment(name="hold", capacity=Mass.of(500), holds=("plastic", "waste_oil"))
    berth = Point(lon=121.64, lat=28.62)
    with web.world.desk() as desk:
        made = units.register_unit(
            desk,
            Unit(
                kind=UnitKind.BOAT, name=name, scope="marine/331002", compartments=(hold,),
                berth=berth,
            ),
        )  # fmt: skip
        span = Shift(starts=now - timedelta(hours=1), ends=now + timedelta(hours=10))
        units.change_shift(desk, made.id, span, [span])
        licence = Licence(
            kind="hazardous_waste", number="SAMPLE-1", valid_from=date(2026, 1, 1), valid_to=until
        )
        units.license_unit(desk, made.id, licence)
    return str(made.id)


def step(case: str, name: str) -> str:
    """The address a step is taken at."""
    return f"/api/cases/{case}/steps/{name}"


def stands(web: Web, case: str) -> str:
    """Where a case stands."""
    with web.world.desk() as desk:
        return cases.get(desk, case).state


def _dispatch(desk: Any, name: str) -> tuple[Any, Any, Any]:
    case = cases.get(desk, name)
    spec = dispatch.service.waits_for(case, cases.shape_of(desk, case.shape))
    return case, spec, desk.pinned.function(dispatch.TRAVEL)
