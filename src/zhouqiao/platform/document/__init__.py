"""Forms to fill, papers to issue, files to keep.

is          forms derived from records; papers with number, seals, hands, links; files by hash
hears       PaperIssued (its own, to countersign)
is asked    `issue`, `rehearse`, `revoke`, `print_paper`, `machine_file`; and by five doors inside:
            `form` what is asked, `content` files, `seal` keys, `proof` verification, `typeset`
says        PaperIssued, PaperRevoked, KeyMade, FileKept
always true numbers have no gaps; a paper is its machine form, the PDF a print of it; one changed
            byte is found; the words of a paper stay as they were; bytes hash to their name
"""

# fmt: off
# ruff: noqa: I001 - names side by side, so that the front door fits one screen
from zhouqiao.platform.document import content, form, proof, seal, typeset
from zhouqiao.platform.document.errors import SignatureFault
from zhouqiao.platform.document.model import (
    Draft, IssuedPaper, MachineForm, PaperId, PaperShape, SeenBy, shape_of, signed_words,
)
from zhouqiao.platform.document.react import ALARMS, REACTIONS
from zhouqiao.platform.document.service import (
    SIGNER, Copy, Printed, issue, keep_shape, machine_file, print_paper, rehearse, revoke,
)

__all__ = [
    "ALARMS", "REACTIONS", "SIGNER", "Copy", "Draft", "IssuedPaper", "MachineForm", "PaperId",
    "PaperShape", "Printed", "SeenBy", "SignatureFault", "content", "form", "issue", "keep_shape",
    "machine_file", "print_paper", "proof", "rehearse", "revoke", "seal", "shape_of",
    "signed_words", "typeset",
]
# fmt: on
