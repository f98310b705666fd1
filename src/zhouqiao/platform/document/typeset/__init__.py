"""Papers set in type: machine form in, PDF/A-2b out, the same bytes every time.

is          the press: one reused typst compiler, our fonts, nothing of the machine's
hears       nothing
is asked    `Press.print`, `sheet_of`, `dress`, `upper_case`, `square_code`
says        nothing
always true equal sheets give equal bytes; no network, no system font, no clock
"""

from zhouqiao.platform.document.typeset.dress import drawing, dress, local
from zhouqiao.platform.document.typeset.numerals import upper_case
from zhouqiao.platform.document.typeset.press import Press, square_code
from zhouqiao.platform.document.typeset.sheet import house_sources, sheet_of

__all__ = [
    "Press",
    "drawing",
    "dress",
    "house_sources",
    "local",
    "sheet_of",
    "square_code",
    "upper_case",
]
