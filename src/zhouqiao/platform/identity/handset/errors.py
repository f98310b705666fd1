"""How handsets can refuse.

Refusal
├── HandsetEnded     410  this phone was revoked; what it keeps is wiped
├── HandsetUnproved  403  a new phone wants a code, or a sign-in of a moment ago
└── WrongCode        403  not the code, too late or tried too often
"""

from typing import ClassVar

from zhouqiao.base import Refusal


class HandsetEnded(Refusal):
    """This handset was revoked: it is in use no more."""

    code: ClassVar[str] = "identity.handset_ended"
    status: ClassVar[int] = 410


class HandsetUnproved(Refusal):
    """A new handset is set up by a code, or a moment after signing in."""

    code: ClassVar[str] = "identity.handset_unproved"
    status: ClassVar[int] = 403


class WrongCode(Refusal):
    """That is not the code, or it counts no more."""

    code: ClassVar[str] = "identity.wrong_code"
    status: ClassVar[int] = 403
