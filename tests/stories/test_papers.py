"""Stories of papers: issued on a boat, carried on, doubted, revoked."""

import importlib.util
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from zhouqiao.base import Personal
from zhouqiao.platform import document, identity
from zhouqiao.platform.document import Copy, Draft, SeenBy, seal
from zhouqiao.platform.document.content import FilesInMemory
from zhouqiao.platform.document.declare import HandSignature, Paper, Quote
from zhouqiao.platform.document.errors import (
    AlreadyRevoked,
    BrokenLink,
    FormFaults,
    NoKey,
    NoSuchPaper,
    SignatureFault,
    WrongMasterKey,
)
from zhouqiao.platform.document.proof import verify, verify_file, verify_offline
from zhouqiao.platform.document.typeset import Press, house_sources

ROOT = Path(__file__).parents[2]
SITE = "https://verify.zhouqiao.example/verify/"
SEEN = SeenBy(scope="marine/331002001", person="person_jiang", unit="unit_blue03")


def _sample() -> Any:
    where = ROOT / "tests/unit/document/sample.py"
    spec = importlib.util.spec_from_file_location("paper_sample", where)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


sample = _sample()
TEMPLATE = ROOT / "src/zhouqiao_systems/government/marine_waste/templates/receipt.typ"
SOURCES = {**house_sources(), "receipt.typ": TEMPLATE.read_text("utf-8")}


def _frozen(paper: Paper) -> document.PaperShape:
    return document.shape_of(paper, pack="marine_waste", sources=SOURCES, words=sample.WORDS)


def _onward(name: str, quoted: str) -> document.PaperShape:
    return _frozen(
        Paper(
            name=name,
            says=sample.Receipt,
            template="receipt.typ",
            number=name.upper() + "-{body}-{year}-{serial:04d}",
            must_quote=(Quote(paper=f"marine_waste.{quoted}"),),
            keep_years=3,
        )
    )


RECEIPT = _frozen(sample.receipt)
TRANSFER = _onward("transfer", "receipt")
HAZARD = _onward("hazard", "transfer")


class Device:
    """A phone with a key of its own."""

    def __init__(self, number: int) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)
        self.id = ""

    def enrol(self, desk: Any, person: str) -> None:
        public = self._key.public_key().public_bytes_raw()
        profile = seal.Profile.ED25519
        self.id = seal.enrol_device(desk, person=person, profile=profile, public=public).id

    def mark(self, hand: HandSignature) -> HandSignature:
        named = msgspec.structs.replace(hand, key=self.id)
        mark = self._key.sign(document.signed_words(named))
        return msgspec.structs.replace(named, mark=mark)


def hand(role: str, name: str, person: str, **more: Any) -> HandSignature:
    said: dict[str, Any] = {
        "role": role,
        "name": name,
        "person": person,
        "strokes": sample.STROKES[name],
        "signed_at": "2026-10-14T08:45:52+08:00",
        "covers": RECEIPT.covered(sample.SAID),
        **more,
    }
    return HandSignature(**said)


HANDS = (hand("fisher", "江示例", "person_jiang"), hand("crew", "林样本", "person_lin"))
DRAFT = Draft(data=sample.SAID, body="JJ", hands=HANDS, demo=True)


@pytest.fixture
def county(world: Any) -> Any:
    """A county whose keys are ready and whose papers are known."""
    with world.desk() as desk:
        for shape in (RECEIPT, TRANSFER, HAZARD):
            document.keep_shape(desk, shape)
    return world


@pytest.fixture
def printing(county: Any, tmp_path: Path) -> Callable[..., document.Printed]:
    press, files = Press(tmp_path / "press"), FilesInMemory()

    def printed(id: str, **more: str) -> document.Printed:
        copy = Copy(**{"part": "ship", "tongue": "zh", "address": SITE + id, **more})
        with county.desk() as desk:
            return document.print_paper(desk, press, files, id, copy)

    return printed


def issued(world: Any, shape: Any = RECEIPT, draft: Draft = DRAFT, by: Any = None) -> Any:
    with world.desk(by) as desk:
        return document.issue(desk, shape, draft, SEEN)


def quoting(*quotes: str) -> Draft:
    return Draft(data=sample.SAID, body="JJ", quotes=quotes)


def codes(found: Any) -> set[str]:
    return {reason.code.removeprefix("document.") for reason in found.why}


def checked(world: Any, name: str) -> Any:
    with world.desk() as desk:
        return verify(desk, name)


def test_a_crew_issues_a_receipt_and_anybody_may_verify_it(county: Any) -> None:
    paper = issued(county, by=county.crew("unit_blue03"))
    county.drain()

    found = checked(county, paper.number)

    assert paper.number == "JJ-2026-000001"
    assert (found.genuine, found.current) == (True, True)
    assert found.shown["total"] == {"kg": "198.20"}
    assert "giver" not in found.shown
    assert codes(found) == {"sealed", "demo_key", "demo_paper", "hand_unvouched"}
    profiles = {r.slots["profile"] for r in found.why if r.code == "document.sealed"}
    assert profiles == {"ed25519", "sm2"}


def test_a_receipt_is_genuine_at_once_while_the_slow_seal_is_pending(county: Any) -> None:
    found = checked(county, issued(county).id)

    assert found.current
    assert "seal_pending" in codes(found)


def test_numbers_have_no_gaps_even_after_a_refusal(county: Any) -> None:
    first = issued(county).number
    with pytest.raises(NoSuchPaper), county.desk() as desk:
        document.machine_file(desk, document.issue(desk, RECEIPT, DRAFT, SEEN).id + "0")
    second = issued(county).number

    assert [first, second] == ["JJ-2026-000001", "JJ-2026-000002"]


def test_numbers_begin_anew_with_chinas_year_and_for_each_body(county: Any) -> None:
    issued(county)
    county.clock.turn_to(county.clock.now().replace(month=12, day=31, hour=15, minute=59))
    last = issued(county).number
    county.clock.turn(minutes=1)

    assert last == "JJ-2026-000002"
    assert issued(county).number == "JJ-2027-000001"
    other = Draft(data=sample.SAID, body="HH", hands=HANDS)
    assert issued(county, draft=other).number == "HH-2027-000001"


def test_the_party_sees_the_paper_and_a_stranger_only_that_it_stands(county: Any) -> None:
    paper = issued(county)

    with county.desk(county.citizen("jiang")) as desk:
        assert b"198.20" in document.machine_file(desk, paper.id)
    with county.desk(county.citizen("wang")) as desk, pytest.raises(NoSuchPaper):
        document.machine_file(desk, paper.id)
    with county.desk(county.citizen("wang")) as desk:
        assert verify(desk, paper.number).shown == {}


def test_the_same_copy_is_printed_in_the_same_bytes(county: Any, printing: Any) -> None:
    paper = issued(county)

    first, again, english = (
        printing(paper.id), printing(paper.id), printing(paper.id, tongue="en")
    )  # fmt: skip

    assert first.raw == again.raw
    assert english.sha256 != first.sha256
    assert first.raw.startswith(b"%PDF-1.7")
    assert first.name == "JJ-2026-000001-ship-zh.pdf"


def test_one_changed_byte_of_a_print_is_found(county: Any, printing: Any) -> None:
    paper = issued(county)
    raw = printing(paper.id).raw

    with county.desk() as desk:
        assert verify_file(desk, raw).current
        for at in (20, len(raw) // 2, len(raw) - 3):
            forged = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
            found = verify_file(desk, forged)
            assert not found.genuine
            assert found.number == paper.number


def test_one_changed_byte_of_the_machine_file_is_found(county: Any) -> None:
    paper = issued(county)
    county.drain()
    with county.desk() as desk:
        raw = document.machine_file(desk, paper.id)
        trusted = seal.published_keys(desk)

        assert verify_file(desk, raw).current
        for at in range(0, len(raw), 97):
            forged = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
            assert not verify_file(desk, forged).genuine, raw[at - 20 : at + 20]
            assert not verify_offline(forged, trusted).genuine, raw[at - 20 : at + 20]
    assert verify_offline(raw, trusted).genuine


def test_a_paper_sealed_by_somebody_elses_key_is_forged(county: Any) -> None:
    paper = issued(county)
    with county.desk() as desk:
        raw = document.machine_file(desk, paper.id)
        forged = json.loads(raw)
        forged["keys"][0]["public"] = "A" * 43 + "="

        assert verify_offline(raw, ()).genuine is False
        assert not verify_file(desk, json.dumps(forged).encode()).genuine


@pytest.mark.parametrize("raw", [b"", b"{}", b"%PDF-1.7 nothing", b"\xff\xfe", b"[" * 5000])
def test_what_is_no_paper_is_not_genuine(county: Any, raw: bytes) -> None:
    with county.desk() as desk:
        assert not verify_file(desk, raw).genuine


def test_a_row_changed_behind_our_back_is_found(county: Any) -> None:
    paper = issued(county)
    with county.desk() as desk:
        desk.rows.run(
            "UPDATE paper_register SET digest = repeat('0', 64) WHERE id = %s", (paper.id,)
        )

    assert codes(checked(county, paper.id)) >= {"altered"}


def test_a_revoked_paper_is_genuine_but_not_current(county: Any) -> None:
    paper = issued(county)
    with county.desk() as desk:
        document.revoke(desk, paper.id, why="两次开具")

    found = checked(county, paper.number)

    assert (found.genuine, found.current) == (True, False)
    assert "revoked" in codes(found)
    with county.desk() as desk, pytest.raises(AlreadyRevoked):
        document.revoke(desk, paper.id, why="两次开具")


def test_papers_stand_on_papers_down_to_the_receipt(county: Any) -> None:
    receipt = issued(county)
    transfer = issued(
        county, TRANSFER, Draft(data=sample.SAID, body="JJ", quotes=(receipt.number,))
    )
    hazard = issued(county, HAZARD, Draft(data=sample.SAID, body="JJ", quotes=(transfer.id,)))

    found = checked(county, hazard.number)

    assert found.current
    assert [kept.number for kept in found.chain] == [transfer.number, receipt.number]
    with county.desk() as desk:
        document.revoke(desk, receipt.id, why="错开")
    found = checked(county, hazard.number)
    assert (found.genuine, found.current) == (True, False)
    assert "link_revoked" in codes(found)


def test_a_link_that_does_not_hold_is_refused(county: Any) -> None:
    receipt, revoked = issued(county), issued(county)
    with county.desk() as desk:
        document.revoke(desk, revoked.id, why="错开")

    def refused(*quotes: str, shape: Any = TRANSFER) -> str:
        with pytest.raises(BrokenLink) as fault:
            issued(county, shape, quoting(*quotes))
        return fault.value.why

    assert refused() == "missing"
    assert refused("JJ-2026-999999") == "unknown"
    assert refused("'; DROP TABLE paper;--") == "unknown"
    assert refused(revoked.number) == "revoked"
    assert refused(receipt.id, receipt.number) == "doubled"
    assert refused(receipt.id, shape=HAZARD) == "wrong_kind"


@pytest.mark.parametrize(
    ("hands", "why"),
    [
        ((HANDS[0],), "missing"),
        ((*HANDS, HANDS[0]), "doubled"),
        ((*HANDS, hand("officer", "林样本", "person_o")), "foreign_role"),
        ((HANDS[0], hand("crew", "林样本", "person_jiang")), "same_person"),
        ((HANDS[0], hand("crew", "林样本", "person_lin", covers="0" * 64)), "covers_other"),
        ((HANDS[0], hand("crew", "林样本", "person_lin", strokes='"/><script>')), "not_a_drawing"),
        ((HANDS[0], hand("crew", "林样本", "person_\x00")), "unreadable"),
        ((HANDS[0], hand("crew", "林样本", "person_lin", signed_at="soon")), "unreadable"),
        ((HANDS[0], hand("crew", "林样本", "person_lin", key="key_none")), "unknown_key"),
    ],
)
def test_a_signature_that_does_not_do_is_refused(county: Any, hands: Any, why: str) -> None:
    hands = tuple(
        h if h.covers == "0" * 64 else replace_covers(h) for h in hands
    )  # fmt: skip

    with pytest.raises(SignatureFault) as fault:
        issued(county, draft=Draft(data=sample.SAID, body="JJ", hands=hands))

    assert fault.value.why == why


def replace_covers(signed: HandSignature) -> HandSignature:
    return msgspec.structs.replace(signed, covers=RECEIPT.covered(sample.SAID))


def test_a_device_vouches_for_the_hand_of_its_own_person_only(county: Any) -> None:
    jiang, lin = Device(1), Device(2)
    with county.desk() as desk:
        jiang.enrol(desk, "person_jiang")
        lin.enrol(desk, "person_lin")
    good = (jiang.mark(HANDS[0]), lin.mark(HANDS[1]))

    found = checked(county, issued(county, draft=Draft(data=sample.SAID, body="JJ", hands=good)).id)

    assert "hand_unvouched" not in codes(found)
    for bad, why in (
        ((jiang.mark(HANDS[0]), jiang.mark(HANDS[1])), "foreign_key"),
        ((jiang.mark(HANDS[0]), replace_name(lin.mark(HANDS[1]))), "bad_mark"),
    ):
        with pytest.raises(SignatureFault) as fault:
            issued(county, draft=Draft(data=sample.SAID, body="JJ", hands=bad))
        assert fault.value.why == why


def test_what_a_phone_marked_before_it_was_revoked_stays_vouched_for(county: Any) -> None:
    jiang, lin = Device(1), Device(2)
    with county.desk() as desk:
        jiang.enrol(desk, "person_jiang")
        lin.enrol(desk, "person_lin")
        owner = identity.register_person(desk, {"name": Personal("江示例")})
        phone = identity.enrol_handset(desk, owner, "示例手机", key=jiang.id)
        assert seal.is_held(desk, jiang.id, "person_jiang")
    marked = (jiang.mark(HANDS[0]), lin.mark(HANDS[1]))
    paper = issued(county, draft=Draft(data=sample.SAID, body="JJ", hands=marked))

    with county.desk() as desk:
        identity.revoke_handset(desk, phone, "lost")

    assert "hand_unvouched" not in codes(checked(county, paper.id))
    with county.desk() as desk:
        assert not seal.is_held(desk, jiang.id, "person_jiang")


def replace_name(signed: HandSignature) -> HandSignature:
    return msgspec.structs.replace(signed, name="陈假冒")


def test_a_paper_says_only_what_its_form_allows(county: Any) -> None:
    with pytest.raises(FormFaults):
        issued(county, draft=Draft(data={**sample.SAID, "total": -5}, body="JJ", hands=HANDS))


def test_keys_are_made_once_and_open_to_their_master_only(county: Any) -> None:
    with county.desk() as desk:
        again = seal.ready_keys(desk, desk.vault.master)
        with pytest.raises(WrongMasterKey):
            seal.KeyRing(bytes(32), again)

    assert {key.public.profile for key in again} == {"ed25519", "sm2"}
    assert {key.public.level for key in again} == {"demo"}
    rows = county.fetch("SELECT * FROM signing_key")
    assert len(rows) == len(again) == 2


def test_without_a_key_nothing_is_issued(county: Any) -> None:
    with county.desk() as desk:
        bare = replace(
            desk.pinned, functions={document.SIGNER: lambda: seal.KeyRing(bytes(32), ())}
        )
        with pytest.raises(NoKey):
            document.issue(replace(desk, pinned=bare), RECEIPT, DRAFT, SEEN)


def test_a_paper_is_kept_as_long_as_the_law_wants(county: Any) -> None:
    issued(county)

    (row,) = county.fetch("SELECT keep_until FROM paper")

    assert row["keep_until"] == date(2028, 10, 14)
    assert row["keep_until"] - date(2026, 10, 14) >= timedelta(days=730)


def test_no_fact_holds_what_a_paper_says(county: Any) -> None:
    issued(county)

    bodies = "".join(row["body"] for row in county.fetch("SELECT body FROM journal"))

    assert "JJ-2026-000001" in bodies
    assert "江示例" not in bodies
    assert "浙椒渔" not in bodies


def test_many_crews_at_once_leave_no_gap_and_no_double(county: Any) -> None:
    def one(_: int) -> str:
        return str(issued(county).number)

    with ThreadPoolExecutor(4) as crews:
        numbers = sorted(crews.map(one, range(40)))

    assert numbers == [f"JJ-2026-{serial:06d}" for serial in range(1, 41)]
