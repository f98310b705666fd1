"""What is known of an outside account: at which issuer, and since when. Its name there is not."""

from datetime import datetime

import msgspec


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """An account at `issuer` (an OpenID `iss`) stands for a person since `linked_at`."""

    issuer: str
    linked_at: datetime
