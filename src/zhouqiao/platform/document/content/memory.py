"""A store of bytes that forgets everything with the process; for tests."""

import hashlib

from zhouqiao.platform.document.errors import HashMismatch, NoSuchFile, OffsetMismatch


class FilesInMemory:
    """`Files` in two dictionaries."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}
        self._uploads: dict[str, bytes] = {}

    def begin(self, upload: str) -> None:
        """Start an upload; beginning again is no harm."""
        self._uploads.setdefault(upload, b"")

    def held(self, upload: str) -> int:
        """Return how many bytes of it lie here. Raises `NoSuchFile`."""
        return len(self._upload(upload))

    def append(self, upload: str, offset: int, chunk: bytes) -> int:
        """Add bytes at `offset`, return the new length."""
        held = self._upload(upload)
        if offset != len(held):
            raise OffsetMismatch(len(held), offset)
        self._uploads[upload] = held + chunk
        return len(held) + len(chunk)

    def cut(self, upload: str, length: int) -> None:
        """Forget what came after the first `length` bytes."""
        self._uploads[upload] = self._upload(upload)[:length]

    def digest(self, upload: str) -> str:
        """Return the SHA-256 of what lies here of it."""
        return hashlib.sha256(self._upload(upload)).hexdigest()

    def finish(self, upload: str, announced: str) -> None:
        """Keep it for good. Raises `HashMismatch`; the upload stays."""
        raw = self._upload(upload)
        found = hashlib.sha256(raw).hexdigest()
        if found != announced:
            raise HashMismatch(announced, found)
        self._kept[found] = self._uploads.pop(upload)

    def abandon(self, upload: str) -> None:
        """Forget an upload."""
        self._uploads.pop(upload, None)

    def put(self, raw: bytes) -> str:
        """Keep bytes made here; return their SHA-256."""
        name = hashlib.sha256(raw).hexdigest()
        self._kept[name] = raw
        return name

    def has(self, sha256: str) -> bool:
        """Say whether these bytes are kept."""
        return sha256 in self._kept

    def read(self, sha256: str) -> bytes:
        """Return the bytes. Raises `NoSuchFile`."""
        if sha256 not in self._kept:
            raise NoSuchFile(sha256)
        return self._kept[sha256]

    def head(self, sha256: str, size: int) -> bytes:
        """Return the first bytes. Raises `NoSuchFile`."""
        return self.read(sha256)[:size]

    def drop(self, sha256: str) -> None:
        """Delete the bytes."""
        self._kept.pop(sha256, None)

    def _upload(self, upload: str) -> bytes:
        if upload not in self._uploads:
            raise NoSuchFile(upload)
        return self._uploads[upload]
