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
from zhouqiao.platform.identity.errors import NotLinked, PostNotHeld, ProofMissing, SessionEnded
from zhouqiao.platform.identity.external.model import Link
from zhouqiao.platform.identity.external.service import (
    link_external, link_own, links_of, open_citizen, prove_external, sign_in_external, unlink_own,
)
from zhouqiao.platform.identity.handset.errors import HandsetEnded
from zhouqiao.platform.identity.handset.model import Handset, HandsetId
from zhouqiao.platform.identity.handset.service import (
    enrol_handset, enrol_here, handsets_of, make_code, refuse_late, revoke_handset, revoked_by_key,
    revoke_own_handset,
)
from zhouqiao.platform.identity.model import (
    Body, BodyId, Certificate, PersonId, Post, area_of, tidy_phone,
)
from zhouqiao.platform.identity.service import (
    appoint, assign_crew, bodies, certify, crew_of, dismiss, find_person, holders_of, open_post,
    people, posts_of, register_body, register_person, require_certificate, withdraw_certificate,
)
from zhouqiao.platform.identity.session.model import (
    Issued, Session, SessionId, cell_of, csrf_fits, csrf_for,
)
from zhouqiao.platform.identity.session.service import (
    act_as, change_password, end_others, find_account, first_password, has_account, living,
    open_account, prove, require_proof, reset_password, resolve, revoke_sessions, sessions_of,
    sign_in, sign_out, subject_for,
)

__all__ = [
    "TECHNICAL", "Body", "BodyId", "BodyKind", "Breadth", "Certificate", "Handset", "HandsetEnded",
    "HandsetId", "Issued", "KernelRole", "Level", "Link", "NotLinked", "PersonId", "Post",
    "PostNotHeld", "ProofMissing", "Session", "SessionEnded", "SessionId", "SessionKind", "act_as",
    "apart", "appoint", "area_of", "assign_crew", "bodies", "cell_of", "certify", "change_password",
    "crew_of", "csrf_fits", "csrf_for", "dismiss", "end_others", "enrol_handset", "enrol_here",
    "find_account", "find_person", "first_password", "handsets_of", "has_account", "holders_of",
    "link_external", "link_own", "links_of", "living", "make_code", "open_account", "open_citizen",
    "open_post", "people", "posts_of", "prove", "prove_external", "refuse_late", "register_body",
    "register_person", "require_certificate", "require_proof", "reset_password", "resolve",
    "revoke_handset", "revoke_own_handset", "revoke_sessions", "revoked_by_key", "sessions_of",
    "sign_in", "sign_in_external", "sign_out", "subject_for", "tidy_phone", "unlink_own",
    "withdraw_certificate",
]
# fmt: on
