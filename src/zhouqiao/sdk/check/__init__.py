"""Everything wrong with a pack, in words that say how to mend it, before anything starts."""

from typing import ClassVar

from zhouqiao.base import Refusal
from zhouqiao.sdk.check import daily, parts, procedure, telling, whole, wording
from zhouqiao.sdk.pack import Pack


class PackUnsound(Refusal):
    """Start-up is refused: `findings` says what to mend."""

    code: ClassVar[str] = "pack.unsound"
    status: ClassVar[int] = 422

    def __init__(self, pack: str, findings: list[str]) -> None:
        super().__init__()
        self.pack = pack
        self.findings = findings


def check(pack: Pack) -> list[str]:
    """Return every finding; an empty list is a sound pack."""
    found = [
        *whole.findings(pack),
        *(one for each in pack.procedures for one in procedure.findings(pack, each)),
        *parts.findings(pack),
        *daily.findings(pack),
        *telling.findings(pack),
        *wording.findings(pack),
    ]
    return list(dict.fromkeys(found))
