"""What a shape's content hash may not move for: words that a pack does not use."""

from zhouqiao.base import digest
from zhouqiao.flow.case import ChairSpec, ClockSpec, RemedySpec, ShapeSpec, StepSpec
from zhouqiao.platform.rule import clock_named

SHAPE = ShapeSpec(
    pack="sample", procedure="case", matter="case", states=("here", "there"), initial="here",
    finals=("there",), opens="officer", begins="note", forms={},
    steps=(StepSpec(name="here_to_there", start="here", end="there",
                    chairs=(ChairSpec(role="officer"),)),),
    clocks=(ClockSpec(name="decision", since="here", until=("there",),
                      term=clock_named("penalty_decision")),),
    remedy=RemedySpec(by="party", decides="tribunal", after=("there",), back="here"),
)  # fmt: skip
KNOWN = "562e579dbe86c9a0f9396a1946ebc53465ed39b9eebaec08f7fa77169f9e4c25"


def test_a_shape_that_uses_no_newer_word_keeps_the_hash_open_cases_name() -> None:
    """Open cases name it: a word added to a spec must be left out of it where it is not said."""
    assert digest(SHAPE) == KNOWN
