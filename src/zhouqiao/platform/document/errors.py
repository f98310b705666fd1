"""How forms, papers and files can refuse.

Refusal
├── AlreadyRevoked         409  the paper was revoked and cannot be revoked again
├── BrokenLink             409  a paper it must stand on is missing, foreign or revoked
├── NoKey                  409  no key to seal with for this body
├── WrongMasterKey         409  the keys in the rows were wrapped by another master key
├── OffsetMismatch         409  an upload goes on somewhere else than it stopped
├── HashMismatch           409  the bytes that came are not the bytes announced
├── FileTooLarge           413
├── FileNotAccepted        415  its first bytes are not of a kind we keep, or not the kind asked
├── Invalid
│   ├── FormFaults         422  all faults of a body, by field
│   └── SignatureFault     422  a hand signature is missing, foreign, doubled, or covers other words
└── NotFound
    ├── NoSuchPaper        404
    └── NoSuchFile         404
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from zhouqiao.base import Invalid, NotFound, Refusal


class FormFaults(Invalid):
    """The body does not fit its form; `faults` lists `{field, why, …}`, all of them."""

    code: ClassVar[str] = "document.form_faults"

    def __init__(self, form: str, faults: Sequence[dict[str, Any]]) -> None:
        super().__init__(str(faults[0]["field"]), str(faults[0]["why"]))
        self.form = form
        self.faults = list(faults)
        self.count = len(faults)


class SignatureFault(Invalid):
    """A hand signature does not do: `why` is a word of `[signature_why]`, `who` of the pack."""

    code: ClassVar[str] = "document.signature_fault"

    def __init__(self, role: str, why: str, *, pack: str = "") -> None:
        super().__init__(f"signature.{role}", why)
        self.role, self.who = role, f"{pack}.role.{role}" if pack else role


class BrokenLink(Refusal):
    """`why`: missing, unknown, revoked, wrong_kind, doubled."""

    code: ClassVar[str] = "document.broken_link"

    def __init__(self, paper: str, quoted: str, why: str) -> None:
        super().__init__()
        self.paper = paper
        self.quoted = quoted
        self.why = why


class AlreadyRevoked(Refusal):
    """Revoked already: nothing further can be done with it."""

    code: ClassVar[str] = "document.already_revoked"

    def __init__(self, number: str, revoked_at: str) -> None:
        super().__init__()
        self.number = number
        self.revoked_at = revoked_at


class NoKey(Refusal):
    """Nobody made a key for this body in this cell."""

    code: ClassVar[str] = "document.no_key"

    def __init__(self, holder: str) -> None:
        super().__init__()
        self.holder = holder


class WrongMasterKey(Refusal):
    """The master key handed in is not the one these keys were wrapped with."""

    code: ClassVar[str] = "document.wrong_master_key"

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key


class NoSuchPaper(NotFound):
    """No such paper, or none this person may know of."""

    code: ClassVar[str] = "document.no_such_paper"

    def __init__(self, key: str) -> None:
        super().__init__("paper", key)


class NoSuchFile(NotFound):
    """No such file, or none this person may know of."""

    code: ClassVar[str] = "document.no_such_file"

    def __init__(self, key: str) -> None:
        super().__init__("file", key)


class FileTooLarge(Refusal):
    """Larger than this place keeps; sizes in bytes."""

    code: ClassVar[str] = "document.file_too_large"
    status: ClassVar[int] = 413

    def __init__(self, size: int, limit: int) -> None:
        super().__init__()
        self.size = size
        self.limit = limit
        self.limit_mb = limit // 1_000_000


class FileNotAccepted(Refusal):
    """Its first bytes say `found`, which is none of `wants`."""

    code: ClassVar[str] = "document.file_not_accepted"
    status: ClassVar[int] = 415

    def __init__(self, found: str, wants: tuple[str, ...]) -> None:
        super().__init__()
        self.found, self.wants = found, wants


class OffsetMismatch(Refusal):
    """The upload holds `held` bytes; go on from there."""

    code: ClassVar[str] = "document.offset_mismatch"

    def __init__(self, held: int, offset: int) -> None:
        super().__init__()
        self.held, self.offset = held, offset


class HashMismatch(Refusal):
    """The bytes that came hash to `found`, not to what was announced."""

    code: ClassVar[str] = "document.hash_mismatch"

    def __init__(self, announced: str, found: str) -> None:
        super().__init__()
        self.announced, self.found = announced, found
