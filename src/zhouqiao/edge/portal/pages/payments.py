"""What waits for a signature before money leaves."""

from datetime import datetime
from decimal import Decimal
from typing import ClassVar

import msgspec

from zhouqiao.edge.portal.pages.parts import View


class Payments(View, frozen=True, kw_only=True):
    """`/payments`: batches nobody signed for yet; posts to `/payments/<batch>/sign`."""

    template: ClassVar[str] = "command/payments.html"

    batches: tuple["Batch", ...] = ()
    refused: str = ""


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """A batch: how many payments, how much together, and each of them."""

    id: str
    made_at: datetime
    yuan: Decimal
    lines: tuple["Line", ...]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One payment of a batch, by the case it was granted in; never to whom."""

    code: str
    what: str
    yuan: Decimal
    granted_at: datetime
