"""What it means: classified, placed, and made one with its like.

is          the things that are going on, each known by one name
hears       SignalReceived
is asked    `establish`, `classify`, `merge`, `split`, `reroute`, `event_of`
says        EventEstablished, EventClassified, EventMerged, EventSplit, EventRerouted
always true every signal tells of at least one event; merging loses nobody who told of it
"""

from zhouqiao.flow.event.errors import NoSuchEvent, NotMergeable
from zhouqiao.flow.event.facts import (
    EventClassified,
    EventEstablished,
    EventId,
    EventMerged,
    EventRerouted,
    EventSplit,
)
from zhouqiao.flow.event.react import REACTIONS
from zhouqiao.flow.event.service import classify, establish, event_of, merge, reroute, split

__all__ = [
    "REACTIONS",
    "EventClassified",
    "EventEstablished",
    "EventId",
    "EventMerged",
    "EventRerouted",
    "EventSplit",
    "NoSuchEvent",
    "NotMergeable",
    "classify",
    "establish",
    "event_of",
    "merge",
    "reroute",
    "split",
]
