"""How an engine can fail us.

Hindrance
└── EngineFailed    it would not start, join, answer or stop
"""

from typing import ClassVar

from zhouqiao.base import Hindrance


class EngineFailed(Hindrance):
    """An engine will not do what it is for; told to whoever runs the machine.

    `engine` names it, `why` is a stable word for the reason, `said` its own last words, and
    `log` the file where it says more.
    """

    code: ClassVar[str] = "engine.failed"

    def __init__(self, engine: str, why: str, said: str = "", log: str = "") -> None:
        super().__init__()
        self.engine = engine
        self.why = why
        self.said = said
        self.log = log

    def __str__(self) -> str:
        last = f"\n{self.said}" if self.said else ""
        more = f"\n(more in {self.log})" if self.log else ""
        return f"{self.engine}: {self.why}{last}{more}"
