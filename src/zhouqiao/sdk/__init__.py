"""The words a pack may use, and what is done with them before anything starts.

is          one window for packs: every stage's `declare`, the check, the diagram, the loader
hears       nothing
is asked    `check`, `diagram`, `load`
says        `PackUnsound`, which names every finding and how to mend it
always true importing a pack does nothing; a pack that `check` finds fault with never starts
"""

# fmt: off
# ruff: noqa: I001 - names side by side, so that the front door fits one screen
from zhouqiao.base import Carbon, Count, Distance, Mass, Money, Personal, Point, Span, Volume
from zhouqiao.flow.case.declare import (
    PLATFORM, Chair, Clock, Daily, Dated, Extend, Guard, Intake, Party, Procedure, Remedy, Step,
    both, certified, panel, two,
)
from zhouqiao.flow.dispatch.declare import Dispatch, Errand
from zhouqiao.flow.indicator.declare import Tally, Total, Typical
from zhouqiao.flow.ledger.declare import Account, Book, Move, Posting, Whose
from zhouqiao.flow.outcome.declare import Affair, Grant, Issues, Rating
from zhouqiao.flow.report.declare import Tell
from zhouqiao.flow.warning.declare import WarnAbove, WarnLate
from zhouqiao.platform.document.declare import (
    Bounds, File, Grade, Hint, Icon, Length, Media, Paper, Quote, record,
)
from zhouqiao.platform.matter.declare import Matter
from zhouqiao.platform.notice.declare import ON_PAPER, Delivered, Proof, Way, served_on
from zhouqiao.platform.rule.declare import LegalClock, Promise, Statute, rule
from zhouqiao.platform.unit.declare import Load, UnitKind
from zhouqiao.sdk.check import PackUnsound, check
from zhouqiao.sdk.diagram import diagram
from zhouqiao.sdk.load import Loaded, load
from zhouqiao.sdk.pack import Held, Pack
from zhouqiao.sdk.words import PHRASES, pack_words

__all__ = [
    "ON_PAPER", "PHRASES", "PLATFORM", "Account", "Affair", "Book", "Bounds", "Carbon", "Chair",
    "Clock", "Count", "Daily", "Dated", "Delivered", "Dispatch", "Distance", "Errand", "Extend",
    "File", "Grade", "Grant", "Guard", "Held", "Hint", "Icon", "Intake", "Issues", "LegalClock",
    "Length", "Load", "Loaded", "Mass", "Matter", "Media", "Money", "Move", "Pack", "PackUnsound",
    "Paper", "Party", "Personal", "Point", "Posting", "Procedure", "Promise", "Proof", "Quote",
    "Rating", "Remedy", "Span", "Statute", "Step", "Tally", "Tell", "Total", "Typical", "UnitKind",
    "Volume", "WarnAbove", "WarnLate", "Way", "Whose", "both", "certified", "check", "diagram",
    "load", "pack_words", "panel", "record", "rule", "served_on", "two",
]
# fmt: on
