"""Ways out of the house: a port, a folder for gateways to collect from, one in memory.

is          what carries a letter to an address
hears       nothing
is asked    `send`
says        nothing; a dead line is a `Hindrance`
always true the same letter sent twice leaves once
"""

from zhouqiao.platform.notice.channel.memory import ChannelInMemory
from zhouqiao.platform.notice.channel.outbox import OutboxFolder
from zhouqiao.platform.notice.channel.port import Channel, Letter, Receipt

__all__ = ["Channel", "ChannelInMemory", "Letter", "OutboxFolder", "Receipt"]
