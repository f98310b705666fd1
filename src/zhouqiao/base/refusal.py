"""What may go wrong, and whose fault it is.

Exception
├── Refusal            a rule said no; told to the person; never retried   409
│   ├── Invalid        what was given cannot be                            422
│   ├── NotAllowed     this person may not                                 403
│   └── NotFound       no such thing, or not for this person               404
└── Hindrance          the world got in the way; retried, then parked      503

Anything else is a bug of ours (500, with a number). Each module derives its own refusals in its
`errors.py` and gives each a stable `code` ("case.step_not_open"); the sentence for people lives
in the words files under that code, with the refusal's public attributes as its slots.
"""

from collections.abc import Mapping
from typing import ClassVar


class Refusal(Exception):
    """A rule said no. Expected, told to the person in their language, never retried."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409

    def slots(self) -> Mapping[str, object]:
        """Return the facts a client may act on, which fill the translated sentence."""
        return {k: v for k, v in vars(self).items() if not k.startswith("_")}

    def __str__(self) -> str:
        told = ", ".join(f"{k}={v}" for k, v in self.slots().items())
        return f"{self.code}({told})"


class Invalid(Refusal):
    """What was given cannot be: `field` names where, `why` is a stable word for the reason."""

    code: ClassVar[str] = "invalid"
    status: ClassVar[int] = 422

    def __init__(self, field: str, why: str, **more: object) -> None:
        super().__init__()
        self.field = field
        self.why = why
        for name, value in more.items():
            setattr(self, name, value)


class NotAllowed(Refusal):
    """This person, at this post, may not do this here."""

    code: ClassVar[str] = "not_allowed"
    status: ClassVar[int] = 403

    def __init__(self, action: str, **more: object) -> None:
        super().__init__()
        self.action = action
        for name, value in more.items():
            setattr(self, name, value)


class NotFound(Refusal):
    """No such thing, or none that this person may know of."""

    code: ClassVar[str] = "not_found"
    status: ClassVar[int] = 404

    def __init__(self, kind: str, key: str) -> None:
        super().__init__()
        self.kind = kind
        self.key = key


class Hindrance(Exception):
    """The world got in the way: a lock, a timeout, a dead line. Tried again, with patience."""
