"""Proof: whether a paper is ours, unchanged, and still in force.

is          the reasoning over machine form, seals, hands, register and links; pure
hears       nothing
is asked    `verify`, `verify_file`, `verify_offline`
says        `Verification`: genuine, current, and every reason found, as code and slots
always true one changed byte is found; nothing personal is in a reason
"""

from zhouqiao.platform.document.proof.examine import Reason, Verification, Weight, verify_offline
from zhouqiao.platform.document.proof.service import verify, verify_file

__all__ = ["Reason", "Verification", "Weight", "verify", "verify_file", "verify_offline"]
