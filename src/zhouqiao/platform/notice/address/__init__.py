"""Addresses people give for being told, each confirmed by a code that came to it.

is          the asking for a code, and its answer
hears       nothing; is woken to send a code
is asked    `offered`, `ask_code`, `asked`, `confirm_code`, `address_of`, `send_code`
says        CodeAsked; consent itself is `notice`'s
always true no code lies in a row, a fact or a log; no address counts that its code did not reach
"""

from zhouqiao.platform.notice.address.service import (
    CODE,
    address_of,
    ask_code,
    asked,
    confirm_code,
    offered,
    send_code,
)  # fmt: skip

__all__ = [
    "CODE", "address_of", "ask_code", "asked", "confirm_code", "offered", "send_code",
]  # fmt: skip
