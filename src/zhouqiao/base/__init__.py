"""Values every other module speaks in: names, time, chance, quantities, places, refusals.

is          the alphabet: frozen values and the three ports of the world (clock, dice, ids)
hears       nothing
is asked    to make, compare, add, convert and (de)serialise values
says        nothing; a broken rule is a `Refusal`, a broken world a `Hindrance`
always true imports nothing of ours; no I/O, no global state; quantities are exact decimals
"""

from zhouqiao.base.clock import Clock, SystemClock, stated_moment
from zhouqiao.base.dice import Dice, SystemDice
from zhouqiao.base.identifiers import check_elicence, check_id_card, check_uscc
from zhouqiao.base.ids import Id, Ids, Uuid7Ids
from zhouqiao.base.personal import Personal
from zhouqiao.base.point import Datum, Point
from zhouqiao.base.quantity import Carbon, Count, Distance, Mass, Money, Quantity, Span, Volume
from zhouqiao.base.refusal import Hindrance, Invalid, NotAllowed, NotFound, Refusal
from zhouqiao.base.wire import decode, digest, encode, to_plain

__all__ = [
    "Carbon",
    "Clock",
    "Count",
    "Datum",
    "Dice",
    "Distance",
    "Hindrance",
    "Id",
    "Ids",
    "Invalid",
    "Mass",
    "Money",
    "NotAllowed",
    "NotFound",
    "Personal",
    "Point",
    "Quantity",
    "Refusal",
    "Span",
    "SystemClock",
    "SystemDice",
    "Uuid7Ids",
    "Volume",
    "check_elicence",
    "check_id_card",
    "check_uscc",
    "decode",
    "digest",
    "encode",
    "stated_moment",
    "to_plain",
]
