"""A channel that only remembers; for tests."""

from zhouqiao.base import Hindrance
from zhouqiao.platform.notice.channel.port import Letter, Receipt


class ChannelInMemory:
    """`sent` by letter id; while `is_down` it takes nothing; `vouches` for arrival if asked to."""

    def __init__(self, *, vouches: bool = False) -> None:
        self.sent: dict[str, Letter] = {}
        self.is_down = False
        self._vouches = vouches

    def send(self, letter: Letter) -> Receipt:
        """Remember the letter. Raises `Hindrance` while down."""
        if self.is_down:
            raise Hindrance("the line is dead")
        self.sent.setdefault(letter.id, letter)
        return Receipt(reference=letter.id, arrived=self._vouches)
