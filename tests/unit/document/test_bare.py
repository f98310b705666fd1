"""A file is shown without what it tells besides: parts, not decoders, so no picture is redrawn."""

import struct

import pytest

from zhouqiao.platform.document.content import Broken, bared
from zhouqiao.testing.pictures import REMARK, jpeg, png

WEBP_FLAGS = 0x0C


def webp() -> bytes:
    """A picture with everything a camera adds."""
    parts = b"".join(
        name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
        for name, body in (
            (b"VP8X", bytes([WEBP_FLAGS | 0x20]) + bytes(9)), (b"ICCP", b"icc"),
            (b"VP8 ", b"the picture"), (b"EXIF", REMARK), (b"XMP ", REMARK),
        )
    )  # fmt: skip
    return b"RIFF" + struct.pack("<I", len(parts) + 4) + b"WEBP" + parts


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + name + body


def film(handler: bytes = b"vide") -> bytes:
    """A film whose phone wrote down where it was."""
    track = box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + handler)) + box(b"udta", REMARK))
    moov = box(b"moov", track + box(b"meta", REMARK) + box(b"udta", box(b"\xa9xyz", REMARK)))
    wide = struct.pack(">I4sQ", 1, b"uuid", 16 + len(REMARK)) + REMARK
    return box(b"ftyp", b"isom\0\0\0\0") + moov + wide + box(b"mdat", b"the film itself")


@pytest.mark.parametrize(
    ("media", "raw", "stays"),
    [
        ("image/jpeg", jpeg(), b"a heap of nets"),
        ("image/jpeg", jpeg() + REMARK, b"a heap of nets"),
        ("image/png", png(), b"IDAT"),
        ("image/png", png() + REMARK, b"IDAT"),
        ("image/webp", webp(), b"the picture"),
        ("video/mp4", film(), b"the film itself"),
    ],
)
def test_what_a_picture_says_of_its_place_is_not_shown(
    media: str, raw: bytes, stays: bytes
) -> None:
    shown = bared(raw, media)

    assert REMARK in raw
    assert REMARK not in shown
    assert b"Exif" not in shown
    assert b"EXIF" not in shown
    assert stays in shown
    assert bared(shown, media) == shown


def test_a_picture_stays_the_right_way_up() -> None:
    shown = bared(jpeg(orientation=6), "image/jpeg")

    assert REMARK not in shown
    assert shown.count(b"Exif") == 1
    assert bared(shown, "image/jpeg") == shown


def test_colours_and_what_a_decoder_needs_stay() -> None:
    assert b"JFIF" in bared(jpeg(), "image/jpeg")
    assert b"ICCP" in bared(webp(), "image/webp")
    assert not bared(webp(), "image/webp")[20] & WEBP_FLAGS


def test_a_film_keeps_its_length_so_that_its_parts_are_found() -> None:
    assert len(bared(film(), "video/mp4")) == len(film())


@pytest.mark.parametrize(
    ("media", "raw"),
    [
        *(("image/jpeg", jpeg()[:n]) for n in (3, 5, 21, 200, 4000)),
        ("image/jpeg", b"\xff\xd8\xff\xd9"),
        ("image/jpeg", b"\xff\xd8\xff\xe0<html><script>alert(1)</script></html>"),
        *(("image/png", png()[:n]) for n in (9, 30, 60)),
        ("image/png", png()[:8] + png()[33:]),
        ("image/webp", webp()[:-40]),
        ("image/webp", b"RIFF\x04\0\0\0WEBP"),
        ("video/mp4", film()[:-3]),
        ("video/mp4", box(b"ftyp", b"isom") + box(b"mdat", b"")),
        ("video/mp4", box(b"ftyp", b"isom") + struct.pack(">I", 3) + b"moov"),
        ("video/mp4", film(b"meta")),
        ("application/pdf", b"%PDF-1.7 cut o"),
    ],
)  # fmt: skip
def test_what_is_not_whole_or_not_what_it_seems_is_not_shown_at_all(media: str, raw: bytes) -> None:
    with pytest.raises(Broken):
        bared(raw, media)
