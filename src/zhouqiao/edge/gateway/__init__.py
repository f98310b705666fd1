"""Where devices speak: MQTT and NATS, one adapter a standard.

is          what devices say by MQTT, understood and handed to the stage it belongs to
hears       CommandSent, KeyIssued, KeyRevoked; who knocks at the broker; messages below
            `devices/<cell>/<unit>/`: position, ack, evidence
is asked    `serve(platform, broker, ...)` until told to stop; `quarantined` to see what was odd
says        what units and signals say; to devices below `commands/<cell>/<unit>`
always true a device speaks for its own unit and hears what is said to it only, by the unit's key,
            and is put out when that ends; what must not be lost is acknowledged only after the
            commit, and said twice is kept once; a message nobody understands is counted and kept
            aside, and stops nothing
"""

from zhouqiao.edge.gateway.door import Door, user_of
from zhouqiao.edge.gateway.intake import Intake, Raw, Tally, quarantined
from zhouqiao.edge.gateway.line import serve
from zhouqiao.edge.gateway.message import Ack, Evidence, Malformed, Position, Sender, read

__all__ = [
    "Ack",
    "Door",
    "Evidence",
    "Intake",
    "Malformed",
    "Position",
    "Raw",
    "Sender",
    "Tally",
    "quarantined",
    "read",
    "serve",
    "user_of",
]
