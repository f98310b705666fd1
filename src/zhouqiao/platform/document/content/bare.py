"""A file without what it tells besides what it shows: place, camera, names, remarks.

What is kept is what came, byte for byte, under its hash: that is the evidence. What is shown is
bared of everything its kind does not need to be seen. Pictures are copied part by part, and only
parts that are known pass (JPEG: ITU-T T.81; PNG: ISO/IEC 15948; WebP: RFC 9649); in a film (MP4:
ISO/IEC 14496-12) the boxes of metadata are blanked where they lie, for others count bytes across
them. A PDF stays as it is: what is in it was put there to be read.
"""

import re
import struct
from collections.abc import Callable, Iterator, Mapping


class Broken(ValueError):
    """The bytes are not whole, or not of the kind their first bytes say."""


def bared(raw: bytes, media: str) -> bytes:
    """Return a file as it may be shown. Raises `Broken`."""
    try:
        return _BARE[media](raw)
    except (struct.error, IndexError) as cut:
        raise Broken(media) from cut


_SCANNED = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # a marker among entropy-coded bytes
_SOI, _EOI, _SOS, _ALONE = 0xD8, 0xD9, 0xDA, {0x01, *range(0xD0, 0xD8)}
_NEEDED = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}  # application segments kept
_ORIENTED = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0%c\0\0\0\0\0\0"


def _jpeg(raw: bytes) -> bytes:
    kept, orientation = [b"\xff\xd8"], 1
    for mark, part in _segments(raw):
        if mark == 0xE1 and part[4:10] == b"Exif\0\0":
            orientation = _orientation(part[10:])
        if not _tells(mark, part[4:]):
            kept.append(part)
    if orientation != 1:
        turned = _ORIENTED % orientation
        kept.insert(1, b"\xff\xe1" + struct.pack(">H", len(turned) + 2) + turned)
    return b"".join(kept)


def _segments(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each marker and its bytes, a scan with what follows it; nothing after the end."""
    at, scans = 2, 0
    while True:
        if raw[at] != 0xFF:
            raise Broken("jpeg")
        mark = raw[at + 1]
        if mark == 0xFF:
            at += 1
            continue
        if mark == _EOI and scans:
            yield mark, raw[at : at + 2]
            return
        if mark in _ALONE or mark in (_SOI, _EOI, 0):
            raise Broken("jpeg")
        end = at + 2 + struct.unpack_from(">H", raw, at + 2)[0]
        if mark == _SOS:
            found = _SCANNED.search(raw, end)
            end, scans = found.start() if found else len(raw), scans + 1
        yield mark, raw[at:end]
        at = end


def _tells(mark: int, body: bytes) -> bool:
    """Say whether a segment tells more than the picture: remarks, and most of the application's."""
    if mark == 0xFE:
        return True
    return 0xE0 <= mark <= 0xEF and not (mark in _NEEDED and body.startswith(_NEEDED[mark]))


def _orientation(tiff: bytes) -> int:
    """Return which way up the camera was held (Exif tag 0x0112), 1 where nothing says."""
    way = ">" if tiff[:2] == b"MM" else "<"
    (first,) = struct.unpack_from(way + "I", tiff, 4)
    (count,) = struct.unpack_from(way + "H", tiff, first)
    for n in range(count):
        tag, _, _, value = struct.unpack_from(way + "HHIH", tiff, first + 2 + 12 * n)
        if tag == 0x0112 and 1 <= value <= 8:
            return int(value)
    return 1


_PNG = (
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT pHYs bKGD acTL fcTL fdAT"
).split()  # fmt: skip


def _png(raw: bytes) -> bytes:
    kept, at, name = [raw[:8]], 8, b""
    while name != b"IEND":
        (size,) = struct.unpack_from(">I", raw, at)
        name, end = raw[at + 4 : at + 8], at + 12 + size
        if end > len(raw) or (at == 8) != (name == b"IHDR"):
            raise Broken("png")
        if name in _PNG:
            kept.append(raw[at:end])
        at = end
    return b"".join(kept)


_WEBP = (b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP")


def _webp(raw: bytes) -> bytes:
    kept, at = [], 12
    end = 8 + struct.unpack_from("<I", raw, 4)[0]
    while at < end:
        name, (size,) = raw[at : at + 4], struct.unpack_from("<I", raw, at + 4)
        part = raw[at : at + 8 + size + size % 2]
        if len(part) < 8 + size:
            raise Broken("webp")
        if name == b"VP8X":
            part = part[:8] + bytes([part[8] & ~0x0C]) + part[9:]  # no EXIF, no XMP any more
        if name in _WEBP:
            kept.append(part)
        at += len(part)
    body = b"".join(kept)
    if body[:3] != b"VP8":
        raise Broken("webp")
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


_INSIDE = (b"moov", b"trak", b"mdia", b"moof", b"traf", b"minf", b"stbl")
_TOLD = (b"udta", b"meta", b"uuid", b"free", b"skip", b"pnot")


def _mp4(raw: bytes) -> bytes:
    shown = bytearray(raw)
    names = [name for name, _, _, _ in _boxes(raw, 0, len(raw))]
    if names[:1] != [b"ftyp"] or b"moov" not in names:
        raise Broken("mp4")
    _blank(shown, 0, len(raw))
    return bytes(shown)


def _blank(shown: bytearray, start: int, end: int) -> None:
    for name, named, at, stop in _boxes(shown, start, end):
        if name in _TOLD:
            shown[named : named + 4] = b"free"
            shown[at:stop] = bytes(stop - at)
        elif name == b"hdlr" and shown[at + 8 : at + 12] == b"meta":
            raise Broken("mp4")  # a track of positions: it lies among the film, and is not shown
        elif name in _INSIDE:
            _blank(shown, at, stop)


def _boxes(raw: bytes | bytearray, start: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Yield each box's name, where that stands, where its body begins, and where it ends."""
    while start < end:
        size, name = struct.unpack_from(">I4s", raw, start)
        at = start + 8
        if size == 1:
            size, at = struct.unpack_from(">Q", raw, at)[0], at + 8
        stop = end if size == 0 else start + size
        if stop < at or stop > end:
            raise Broken("mp4")
        yield name, start + 4, at, stop
        start = stop


def _as_it_is(raw: bytes) -> bytes:
    if b"%%EOF" not in raw[-2048:]:
        raise Broken("pdf")
    return raw


_BARE: Mapping[str, Callable[[bytes], bytes]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
    "video/mp4": _mp4,
    "application/pdf": _as_it_is,
}
