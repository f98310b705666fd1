"""Made-up pictures: small, whole of their kind, and saying where they were taken if asked to."""

import struct
import zlib

REMARK = b"taken at 28.6128, 121.6551 by a made-up phone"


def png(width: int = 40, height: int = 30, colour: bytes = b"\x2c\x6e\x8f") -> bytes:
    """Return a picture of one colour, with a remark on where it was taken."""
    rows = (b"\0" + colour * width) * height
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
            _chunk(b"tEXt", b"Comment\0" + REMARK),
            _chunk(b"IDAT", zlib.compress(rows)),
            _chunk(b"IEND", b""),
        )
    )


def jpeg(size: int = 5000, *, orientation: int = 1) -> bytes:
    """Return bytes with a JPEG's parts in order, though no decoder would show them."""
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01" + struct.pack(
        ">HHI", orientation, 0, 0
    )
    parts = (
        _segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"), _segment(0xE1, exif + REMARK),
        _segment(0xFE, REMARK), _segment(0xDB, bytes(65)), _segment(0xDA, bytes(10)),
    )  # fmt: skip
    scan = (b"a heap of nets\xff\0" * (size // 16 + 1))[:size]
    return b"\xff\xd8" + b"".join(parts) + scan + b"\xff\xd9"


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _segment(mark: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, mark, len(body) + 2) + body
