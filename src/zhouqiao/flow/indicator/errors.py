"""How an indicator can refuse.

Refusal
└── NoSuchIndicator        404  no pack loaded here declares it
"""

from typing import ClassVar

from zhouqiao.base import NotFound


class NoSuchIndicator(NotFound):
    """No pack loaded here declares an indicator of that name."""

    code: ClassVar[str] = "indicator.not_found"

    def __init__(self, indicator: str) -> None:
        super().__init__("indicator", indicator)
