"""Who may do and see what, and who looked.

is          one table of rights (role, action, where), one decision over it, grants and masks
hears       nothing
is asked    to decide; to read personal fields for a purpose; who looked; to lend and revoke rights
says        PersonalRead, Granted, GrantRevoked
always true whoever keeps or audits the machine sees no person and decides no case, whatever else
            they hold; nobody decides their own affair from a post; every read of somebody else's
            data names a purpose and a case that concerns them, and they can see it
"""

# fmt: off
# ruff: noqa: I001 - names side by side, so that the front door fits one screen
from zhouqiao.platform.access.declare import Mask, Right, Rights, Where
from zhouqiao.platform.access.errors import (
    CaseNotTheirs, GrantEnded, NoRight, OwnAffair, PurposeMissing, Separated,
)
from zhouqiao.platform.access.model import (
    Decider, Grant, GrantId, Look, Shown, decide, faults, like, make_decider,
    masked,
)
from zhouqiao.platform.access.service import (
    grant, grants_of, read_personal, revoke, subject_for, subject_under, who_looked,
)

__all__ = [
    "CaseNotTheirs", "Decider", "Grant", "GrantEnded", "GrantId", "Look", "Mask", "NoRight",
    "OwnAffair", "PurposeMissing", "Right", "Rights", "Separated", "Shown", "Where", "decide",
    "faults", "grant", "grants_of", "like", "make_decider", "masked", "read_personal", "revoke",
    "subject_for", "subject_under", "who_looked",
]
# fmt: on
