"""What a channel must do; every one passes `tests/conformance/test_channels.py`."""

from typing import Protocol

import msgspec

from zhouqiao.platform.notice.declare import Way


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """What goes out. `id` is the same at every attempt; `to` an address or number, in the clear."""

    id: str
    way: Way
    to: str
    subject: str
    text: str


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What the channel says: its own name for it, and whether it vouches for arrival."""

    reference: str
    arrived: bool = False


class Channel(Protocol):
    """Carries letters one way."""

    def send(self, letter: Letter) -> Receipt:
        """Take a letter over for good; again is no harm. Raises `Hindrance` when it cannot now."""
        ...
