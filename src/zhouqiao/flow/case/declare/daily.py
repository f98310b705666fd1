"""What is opened day by day while something stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import ClassVar, Generic, TypeVar

import msgspec

from zhouqiao.flow.case.declare.moment import Entering
from zhouqiao.flow.case.declare.part import Part

S = TypeVar("S", bound=StrEnum)


class DailySpec(msgspec.Struct, frozen=True, kw_only=True):
    """A daily opening as plain values: while a case stands in `state`, `opens` at the time `at`."""

    state: str
    opens: str
    at: str

    @property
    def time(self) -> time:
        """Return the time of day here."""
        return time.fromisoformat(self.at)


@dataclass(frozen=True, kw_only=True)
class Daily(Part, Generic[S]):
    """While an arrangement stands (in the state `on` enters), a case of `opens` begins each day.

    It begins at `at` ("09:00", here), about the same person, with the record the arrangement began
    with: once a day and person, whatever is killed or started anew. A day nobody was there to open
    is not made up for, but said; and with the arrangement it ends.
    """

    stage: ClassVar[str] = "daily"

    on: Entering[S]
    opens: str
    at: str

    @property
    def procedure(self) -> str:
        """Return the procedure of the arrangement."""
        return self.on.procedure

    def spec(self, pack: str) -> DailySpec:  # noqa: ARG002 - it cites no function
        """Return it as plain values."""
        return DailySpec(state=self.on.state.value, opens=self.opens, at=self.at)

    def faults(self) -> Iterator[str]:
        """Yield, in plain words for its author, what is wrong with this declaration."""
        try:
            said = time.fromisoformat(self.at)
        except ValueError:
            said = None
        if said is None or said.strftime("%H:%M") != self.at:
            yield f"Daily: {self.at!r} is no time of day; write it like '09:00'"
        if self.opens == self.procedure:
            yield f"Daily opens {self.opens!r}, on which it stands; open another procedure"
