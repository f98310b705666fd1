"""How identity can refuse.

Refusal
├── SessionEnded          401  the token names no living session
├── SignInFailed          403  wrong name or secret; never says which
├── TooManyTries          409  wait until `until`
├── PostNotHeld           403  the person does not hold that post now
├── NotYourself           403  nobody appoints, certifies or dismisses themself
├── CertificateLacking    403  no certificate of that kind in force now
├── PersonKnown           409  this id card is already somebody's
├── NotLinked             403  that outside account stands for nobody here
├── AlreadyLinked         409  that outside account is already somebody's
├── LinkedOtherwise       409  another account there stands for this person already
├── LastWayIn             409  without it this person could not sign in any more
├── ProofMissing          403  show first, a moment ago, who sits there
├── LoginTaken            409
├── KeyTaken              409  another body has that key
├── PostIsClosed          409
├── RolesApart            409  these two roles are never one person's
└── Invalid               422  field and why
"""

from datetime import datetime
from typing import ClassVar

from zhouqiao.base import NotAllowed, Refusal


class SessionEnded(Refusal):
    """The token names no living session: sign in again."""

    code: ClassVar[str] = "identity.session_ended"
    status: ClassVar[int] = 401


class SignInFailed(Refusal):
    """The name or the secret is wrong; which of the two is nobody's business."""

    code: ClassVar[str] = "identity.sign_in_failed"
    status: ClassVar[int] = 403


class TooManyTries(Refusal):
    """Too many wrong secrets for this name; the next try counts only after `until`."""

    code: ClassVar[str] = "identity.too_many_tries"

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


class PostNotHeld(NotAllowed):
    """The person does not hold that post at this moment."""

    code: ClassVar[str] = "identity.post_not_held"

    def __init__(self, post: str) -> None:
        super().__init__("post.act_as", post=post)


class NotYourself(NotAllowed):
    """Nobody gives a post or a certificate to themself, or takes it."""

    code: ClassVar[str] = "identity.not_yourself"


class CertificateLacking(NotAllowed):
    """Acting here needs a certificate of `kind`, in force at this moment."""

    code: ClassVar[str] = "identity.certificate_lacking"

    def __init__(self, kind: str) -> None:
        super().__init__("certificate.use", kind=kind)


class PersonKnown(Refusal):
    """A person with this id card is registered already; data is given once."""

    code: ClassVar[str] = "identity.person_known"


class AlreadyLinked(Refusal):
    """That outside account belongs to somebody already."""

    code: ClassVar[str] = "identity.already_linked"


class NotLinked(Refusal):
    """That outside account stands for nobody here."""

    code: ClassVar[str] = "identity.not_linked"
    status: ClassVar[int] = 403


class LinkedOtherwise(Refusal):
    """Another account of the same issuer stands for this person already."""

    code: ClassVar[str] = "identity.linked_otherwise"


class LastWayIn(Refusal):
    """Without this outside account its person could not sign in any more."""

    code: ClassVar[str] = "identity.last_way_in"


class ProofMissing(Refusal):
    """By what one signs in is changed only by who showed a moment ago who they are."""

    code: ClassVar[str] = "identity.proof_missing"
    status: ClassVar[int] = 403


class LoginTaken(Refusal):
    """Another account has this sign-in name."""

    code: ClassVar[str] = "identity.login_taken"


class KeyTaken(Refusal):
    """Another body of this cell has the key, which scopes are built from."""

    code: ClassVar[str] = "identity.key_taken"

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key


class PostIsClosed(Refusal):
    """The post is closed."""

    code: ClassVar[str] = "identity.post_closed"

    def __init__(self, post: str) -> None:
        super().__init__()
        self.post = post


class RolesApart(Refusal):
    """One person may never hold both roles (separation of the three administrators)."""

    code: ClassVar[str] = "identity.roles_apart"

    def __init__(self, held: str, wanted: str) -> None:
        super().__init__()
        self.held = held
        self.wanted = wanted
