"""Persons, bodies, posts and officers; sign-in.

is          who there is, what office they hold, what they are certified for, and who is asking
hears       nothing
is asked    to register, find, appoint, dismiss, certify; to sign in, act as a post, name who acts
says        PersonRegistered, BodyRegistered, PostOpened, Appointed, Dismissed, CertificateIssued,
            CertificateWithdrawn, AccountOpened, SignedIn, SignedOut, ActedAs, HandsetRevoked, …
always true no name, number or secret stands in a fact or in a table of ours; of tokens, sign-in
            names and outside accounts only hashes; a person acts as one post at a time; a post or
            certificate taken away is gone at the next act; nobody loses their last way in
"""

# fmt: off
# ruff: noqa: I001 - names side by side, so that the front door fits one screen
from zhouqiao.platform.identity.declare import (
    BodyKind, Breadth, KernelRole, Level, SessionKind, TECHNICAL, apart,
)
from zhouqiao.platform.identity.errors import (
    CertificateLacking, NotLinked, PostNotHeld, ProofMissing, SessionEnded, SignInFailed,
    TooManyTries,
)
from zhouqiao.platform.identity.external.model import Link
from zhouqiao.platform.identity.external.service import (
    link_external, link_own, links_of, open_citizen, prove_external, sign_in_external, unlink_own,
)
from zhouqiao.platform.identity.model import (
    Body, BodyId, Certificate, CertificateId, PersonId, Post, PostId, area_of, tidy_phone,
)
from zhouqiao.platform.identity.service import (
    appoint, assign_crew, bodies, body_by_key, certify, close_post, correct_personal, crew_of,
    dismiss, find_person, holders_of, open_post, people, posts_of, register_body, register_person,
    require_certificate, withdraw_certificate,
)
from zhouqiao.platform.identity.session.model import (
    AccountId, Handset, HandsetId, Issued, Session, SessionId, cell_of, csrf_fits, csrf_for,
)
from zhouqiao.platform.identity.session.service import (
    act_as, change_password, end_others, enrol_handset, find_account, first_password, handsets_of,
    has_account, living, open_account, prove, require_proof, reset_password, resolve,
    revoke_handset, revoke_own_handset, revoke_sessions, revoked_handsets, sessions_of, sign_in,
    sign_out, subject_for,
)

__all__ = [
    "TECHNICAL", "AccountId", "Body", "BodyId", "BodyKind", "Breadth", "Certificate",
    "CertificateId", "CertificateLacking", "Handset", "HandsetId", "Issued", "KernelRole", "Level",
    "Link", "NotLinked", "PersonId", "Post", "PostId", "PostNotHeld", "ProofMissing", "Session",
    "SessionEnded", "SessionId", "SessionKind", "SignInFailed", "TooManyTries", "act_as", "apart",
    "appoint", "area_of", "assign_crew", "bodies", "body_by_key", "cell_of", "certify",
    "change_password", "close_post", "correct_personal", "crew_of", "csrf_fits", "csrf_for",
    "dismiss", "end_others", "enrol_handset", "find_account", "find_person", "first_password",
    "handsets_of", "has_account", "holders_of", "link_external", "link_own", "links_of", "living",
    "open_account", "open_citizen", "open_post", "people", "posts_of", "prove", "prove_external",
    "register_body", "register_person", "require_certificate", "require_proof", "reset_password",
    "resolve", "revoke_handset", "revoke_own_handset", "revoke_sessions", "revoked_handsets",
    "sessions_of", "sign_in", "sign_in_external", "sign_out", "subject_for", "tidy_phone",
    "unlink_own", "withdraw_certificate",
]
# fmt: on
