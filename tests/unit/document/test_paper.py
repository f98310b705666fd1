import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import msgspec
import pytest

from zhouqiao.base import Mass, Personal
from zhouqiao.platform.document.content import sniff
from zhouqiao.platform.document.declare import Grade, Paper, record
from zhouqiao.platform.document.form import Kind
from zhouqiao.platform.document.model import MachineForm, PaperShape, shape_of
from zhouqiao.platform.document.seal import KeyId, KeyRing, Level, Profile, holds, new_key
from zhouqiao.platform.document.typeset import (
    Press,
    dress,
    house_sources,
    local,
    sheet_of,
    square_code,
    upper_case,
)
from zhouqiao.platform.document.typeset.numerals import upper_money
from zhouqiao.testing.ports import SeededDice

MADE = datetime(2026, 10, 14, 0, 46, 3, tzinfo=UTC)
PLAIN = '#import "base.typ": *\n#show: sheet\n#title\n#number-line\n#verification\n'
WORDS = {"zh": {"paper.title": "证明"}, "en": {"paper.title": "Certificate"}}


@record
class Says:
    """One weight."""

    mass: Mass


def a_shape(**more: Any) -> PaperShape:
    paper = Paper(**{"name": "plain", "says": Says, "template": "p.typ", "keep_years": 2, **more})
    return shape_of(paper, pack="toy", sources={**house_sources(), "p.typ": PLAIN}, words=WORDS)


def a_form(shape: PaperShape) -> MachineForm:
    return MachineForm(
        id="paper_00000001",
        number="JJ-2026-000001",
        paper=shape.kind,
        shape=shape.mark,
        cell="331002",
        scope="marine/331002001",
        holder="331002/marine",
        issued_at=MADE,
        data={"mass": {"kg": "3.00"}},
        quotes=(),
        hands=(),
        demo=True,
    )


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("0", "零"),
        ("10", "壹拾"),
        ("198.20", "壹佰玖拾捌点贰零"),
        ("1001", "壹仟零壹"),
        ("10000", "壹万"),
        ("10010", "壹万零壹拾"),
        ("20300405", "贰仟零叁拾万零肆佰零伍"),
        ("100000001", "壹亿零壹"),
        ("0.05", "零点零伍"),
    ],
)
def test_a_figure_reads_in_capitals(number: str, said: str) -> None:
    assert upper_case(Decimal(number)) == said


@pytest.mark.parametrize(
    ("yuan", "said"),
    [
        ("86.40", "捌拾陆元肆角"),
        ("5", "伍元整"),
        ("5.03", "伍元零叁分"),
        ("0.30", "叁角"),
        ("0.03", "叁分"),
        ("0", "零元整"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
    ],
)
def test_money_reads_in_capitals(yuan: str, said: str) -> None:
    assert upper_money(Decimal(yuan)) == said


def test_a_paper_tells_chinas_time() -> None:
    assert local(MADE)["time"] == "08:46:03"
    assert local("2026-12-31T16:00:00Z")["zh"] == "2027 年 1 月 1 日"


def test_a_position_names_its_datum_and_accuracy() -> None:

    from_form = a_shape().form.fields[0]
    field = msgspec.structs.replace(from_form, name="at", kind=Kind.POINT, unit=None)

    dressed = dress((field,), {"at": {"lon": 121.655, "lat": -28.612, "accuracy": 8.0}})

    assert dressed["at"]["zh"] == "南纬 28.6120°，东经 121.6550°（WGS 84，±8 m）"
    assert dressed["at"]["en"] == "28.6120° S, 121.6550° E (WGS 84, ±8 m)"


def test_the_same_sheet_is_set_in_the_same_bytes_by_another_press(tmp_path: Path) -> None:
    shape = a_shape()
    sheet = sheet_of(shape, a_form(shape), part="only", tongue="zh", address="https://x.example/1")

    one, two = (Press(tmp_path / name).print(shape.sources, "p.typ", sheet, MADE) for name in "ab")

    assert one == two
    assert b"pdfaid:part" in one
    assert b"paper_00000001" in one


def test_a_template_reaches_nothing_but_the_files_beside_it(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    press = Press(tmp_path / "press")

    for text in ('#read("../../secret.txt")', '#read("/etc/hostname")'):
        with pytest.raises(RuntimeError):
            press.print({"p.typ": text}, "p.typ", {}, MADE)


def test_a_square_code_is_one_quiet_drawing() -> None:
    drawn = square_code("https://verify.zhouqiao.example/verify/paper_1")

    assert drawn.startswith("<svg")
    assert "<script" not in drawn


def test_a_shape_keeps_its_mark_through_storage_and_changes_with_every_word() -> None:
    shape = a_shape()
    again = msgspec.json.decode(msgspec.json.encode(shape), type=PaperShape)
    other = msgspec.structs.replace(shape, words={**WORDS, "zh": {"paper.title": "证"}})

    assert again.mark == shape.mark
    assert other.mark != shape.mark


@record
class Private:
    """Says something about a person."""

    phone: Annotated[Personal[str], Grade(4)]


@pytest.mark.parametrize(
    ("more", "finding"),
    [
        ({"number": "{body}-{serial}"}, "lacks {year}"),
        ({"covers": ("weight",)}, "no field 'weight'"),
        ({"shows": ("phone",), "says": Private}, "personal"),
        ({"keep_years": 0}, "how many years"),
        ({"template": "q.typ"}, "no template 'q.typ'"),
        ({"says": int}, "no record"),
    ],
)
def test_a_pack_author_hears_what_is_wrong_with_a_paper(more: dict[str, Any], finding: str) -> None:
    with pytest.raises(TypeError, match=re.escape(finding)):
        a_shape(**more)


def test_a_template_that_would_fetch_from_the_net_is_refused() -> None:
    paper = Paper(name="p", says=Says, template="p.typ", keep_years=1)

    with pytest.raises(TypeError, match="only files beside it"):
        shape_of(paper, pack="toy", sources={"p.typ": '#import "@preview/x:1.0.0"'}, words={})


def test_ed25519_agrees_with_rfc_8032() -> None:
    public = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signature = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )

    assert holds(Profile.ED25519, public, b"", signature)
    assert not holds(Profile.ED25519, public, b"x", signature)


def test_sm2_agrees_with_gb_t_32918_5_annex_a() -> None:
    public = bytes.fromhex(
        "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
        "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"
    )
    r = "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
    s = "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA"
    der = bytes.fromhex("3046022100" + r + "022100" + s)

    assert holds(Profile.SM2, public, b"message digest", der)


@pytest.mark.parametrize("profile", [Profile.ED25519, Profile.SM2])
def test_what_the_ring_signs_holds_and_nothing_else_does(profile: Profile) -> None:
    master = bytes(32)
    key = new_key(
        SeededDice(),
        master,
        id=KeyId("key_1"),
        holder="331002",
        profile=profile,
        level=Level.DEMO,
        since=MADE,
    )
    ring = KeyRing(master, [key])

    signature = ring.sign("key_1", b"said")

    assert ring.keys("331002/marine") == (key.public,)
    assert holds(profile, key.public.public, b"said", signature)
    assert not holds(profile, key.public.public, b"Said", signature)
    assert not holds(profile, b"", b"said", signature)
    assert not holds(profile, key.public.public, b"said", b"")
    assert key.public.public not in (key.secret, b"")


@pytest.mark.parametrize(
    ("head", "media"),
    [
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"RIFF....WEBPVP8 ", "image/webp"),
        (b"\x00\x00\x00\x20ftypisom", "video/mp4"),
        (b"\x00\x00\x00\x20ftypheic", "image/heic"),
        (b"GIF89a", "image/gif"),
        (b"<html>", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_a_file_is_what_its_first_bytes_say(head: bytes, media: str) -> None:
    assert sniff(head) == media
