"""What a store of bytes must do; every one passes `tests/conformance/test_files.py`."""

from typing import Protocol


class Files(Protocol):
    """Bytes by their SHA-256 (64 hex digits), and uploads under way by their name.

    `upload` is a name of ours (letters, digits, `_`). A store may be shared by processes.
    """

    def begin(self, upload: str) -> None:
        """Start an upload; beginning again is no harm."""
        ...

    def held(self, upload: str) -> int:
        """Return how many bytes of it lie here. Raises `NoSuchFile`."""
        ...

    def append(self, upload: str, offset: int, chunk: bytes) -> int:
        """Add bytes at `offset`, return the new length. Raises `OffsetMismatch`, `NoSuchFile`."""
        ...

    def cut(self, upload: str, length: int) -> None:
        """Forget what came after the first `length` bytes. Raises `NoSuchFile`."""
        ...

    def digest(self, upload: str) -> str:
        """Return the SHA-256 of what lies here of it. Raises `NoSuchFile`."""
        ...

    def finish(self, upload: str, announced: str) -> None:
        """Keep it for good. Raises `HashMismatch` (the upload stays), `NoSuchFile`."""
        ...

    def abandon(self, upload: str) -> None:
        """Forget an upload; forgetting twice is no harm."""
        ...

    def put(self, raw: bytes) -> str:
        """Keep bytes made here; return their SHA-256."""
        ...

    def has(self, sha256: str) -> bool:
        """Say whether these bytes are kept."""
        ...

    def read(self, sha256: str) -> bytes:
        """Return the bytes. Raises `NoSuchFile`, `HashMismatch` when they rotted on the disk."""
        ...

    def head(self, sha256: str, size: int) -> bytes:
        """Return the first bytes. Raises `NoSuchFile`."""
        ...

    def drop(self, sha256: str) -> None:
        """Delete the bytes; deleting twice is no harm."""
        ...
