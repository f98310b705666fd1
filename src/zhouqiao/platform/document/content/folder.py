"""Files in a local folder: `kept/ab/cd/<sha256>`, uploads under way in `coming/`."""

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from zhouqiao.platform.document.errors import HashMismatch, NoSuchFile, OffsetMismatch

_HASH = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[A-Za-z0-9_]{1,64}")
_BLOCK = 1 << 20


class FilesInFolder:
    """`Files` on one disk. Kept files are read-only, synced, and appear whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._kept = folder / "kept"
        self._coming = folder / "coming"
        for each in (self._kept, self._coming):
            each.mkdir(parents=True, exist_ok=True)

    def begin(self, upload: str) -> None:
        """Start an upload; beginning again is no harm."""
        self._upload(upload).touch()

    def held(self, upload: str) -> int:
        """Return how many bytes of it lie here. Raises `NoSuchFile`."""
        path = self._upload(upload)
        if not path.is_file():
            raise NoSuchFile(upload)
        return path.stat().st_size

    def append(self, upload: str, offset: int, chunk: bytes) -> int:
        """Add bytes at `offset`, return the new length."""
        with self._locked(upload) as coming:
            held = coming.seek(0, os.SEEK_END)
            if offset != held:
                raise OffsetMismatch(held, offset)
            coming.write(chunk)
            coming.flush()
            return held + len(chunk)

    def cut(self, upload: str, length: int) -> None:
        """Forget what came after the first `length` bytes."""
        with self._locked(upload) as coming:
            coming.truncate(min(length, coming.seek(0, os.SEEK_END)))

    def digest(self, upload: str) -> str:
        """Return the SHA-256 of what lies here of it."""
        with self._locked(upload) as coming:
            return _digest(coming)

    def finish(self, upload: str, announced: str) -> None:
        """Keep it for good. Raises `HashMismatch`; the upload stays."""
        with self._locked(upload) as coming:
            coming.seek(0)
            found = _digest(coming)
            if found != announced:
                raise HashMismatch(announced, found)
            os.fsync(coming.fileno())
            self._settle(self._upload(upload), found)

    def abandon(self, upload: str) -> None:
        """Forget an upload."""
        self._upload(upload).unlink(missing_ok=True)

    def put(self, raw: bytes) -> str:
        """Keep bytes made here; return their SHA-256."""
        name = hashlib.sha256(raw).hexdigest()
        if not self.has(name):
            rough = self._coming / f"put_{os.getpid()}_{name[:32]}"
            with rough.open("wb") as out:
                out.write(raw)
                out.flush()
                os.fsync(out.fileno())
            self._settle(rough, name)
        return name

    def has(self, sha256: str) -> bool:
        """Say whether these bytes are kept."""
        return self._path(sha256).is_file()

    def read(self, sha256: str) -> bytes:
        """Return the bytes. Raises `NoSuchFile`, `HashMismatch` when they rotted on the disk."""
        raw = self.head(sha256, -1)
        found = hashlib.sha256(raw).hexdigest()
        if found != sha256:
            raise HashMismatch(sha256, found)
        return raw

    def head(self, sha256: str, size: int) -> bytes:
        """Return the first bytes. Raises `NoSuchFile`."""
        try:
            with self._path(sha256).open("rb") as kept:
                return kept.read(size)
        except FileNotFoundError:
            raise NoSuchFile(sha256) from None

    def drop(self, sha256: str) -> None:
        """Delete the bytes."""
        self._path(sha256).unlink(missing_ok=True)

    def _settle(self, rough: Path, name: str) -> None:
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        rough.chmod(0o440)
        rough.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _path(self, sha256: str) -> Path:
        if not _HASH.fullmatch(sha256):
            raise NoSuchFile(sha256[:64])
        return self._kept / sha256[:2] / sha256[2:4] / sha256

    def _upload(self, upload: str) -> Path:
        if not _NAME.fullmatch(upload):
            raise NoSuchFile(upload[:64])
        return self._coming / upload

    @contextmanager
    def _locked(self, upload: str) -> Iterator[IO[bytes]]:
        try:
            coming = self._upload(upload).open("r+b")
        except FileNotFoundError:
            raise NoSuchFile(upload) from None
        with coming:
            fcntl.flock(coming, fcntl.LOCK_EX)
            yield coming


def _digest(stream: IO[bytes]) -> str:
    running = hashlib.sha256()
    while block := stream.read(_BLOCK):
        running.update(block)
    return running.hexdigest()
